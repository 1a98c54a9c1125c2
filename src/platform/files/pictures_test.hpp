#pragma once

#include <cstdint>
#include <string>

/// Pictures that tests make by hand.
namespace torv::files::testing {

inline std::string big_endian(std::uint32_t number) {
    return {static_cast<char>(number >> 24), static_cast<char>(number >> 16),
            static_cast<char>(number >> 8), static_cast<char>(number)};
}

/// A PNG of any size without a picture in it: the first chunk says how large it is, and libpng
/// wants its check sum right.
inline std::string png_of(std::uint32_t width, std::uint32_t height) {
    const std::string chunk =
        "IHDR" + big_endian(width) + big_endian(height) + std::string("\x08\x02\x00\x00\x00", 5);
    std::uint32_t crc = 0xFFFFFFFF;
    for (const char c : chunk) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (crc & 1 ? 0xEDB88320U : 0U);
    }
    return "\x89PNG\r\n\x1A\n" + big_endian(13) + chunk + big_endian(~crc) + big_endian(100) +
           "IDAT" + std::string(100, 'x');
}

}  // namespace torv::files::testing
