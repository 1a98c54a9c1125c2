#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace torv::media {

/// Loads every decoder that may be needed, and shuts out all others. Before the sandbox is closed.
void start_vips();

struct Encoded {
    std::string name;
    int width = 0;
    int height = 0;
    std::string webp;
};

struct Decoded {
    int width = 0;  ///< upright
    int height = 0;
    bool animated = false;
    std::string_view format;
    std::vector<Encoded> variants;
};

enum class Purpose { Page, Avatar };

struct TooManyPixels {};
struct Unreadable {
    std::string why;
};

/// Throws TooManyPixels (from the header, before anything is decoded) or Unreadable.
Decoded convert(std::string_view bytes, Purpose purpose, std::int64_t max_pixels);

/// By its first bytes: "jpeg", "png", "webp", "gif", "avif", "heic", or "".
std::string_view format_of(std::string_view bytes);

}  // namespace torv::media
