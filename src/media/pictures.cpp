#include "media/pictures.hpp"

#include <stdlib.h>

#include <algorithm>
#include <vips/vips8>

namespace torv::media {

using vips::VImage;

namespace {

constexpr int kPageSizes[] = {320, 960, 1920};
constexpr int kAvatarSizes[] = {96, 256};
constexpr int kTallest =
    4;  // a page picture is at most so many times as high as its size says wide
constexpr int kQuality = 80;
constexpr int kOrientationSideways = 5;  // EXIF 5–8: width and height change places

VipsBlob* borrowed(std::string_view bytes) {
    return vips_blob_new(nullptr, bytes.data(), bytes.size());
}

/// Reads the header only; pixels come when they are asked for.
VImage opened(std::string_view bytes) {
    return VImage::new_from_buffer(bytes.data(), bytes.size(), "",
                                   VImage::option()
                                       ->set("access", VIPS_ACCESS_SEQUENTIAL)
                                       ->set("fail_on", VIPS_FAIL_ON_ERROR));
}

std::uint32_t little_endian(std::string_view bytes) {
    std::uint32_t number = 0;
    for (int i = 3; i >= 0; --i)
        number = number << 8 | static_cast<unsigned char>(bytes[static_cast<std::size_t>(i)]);
    return number;
}

std::string little_endian(std::uint32_t number) {
    return {static_cast<char>(number), static_cast<char>(number >> 8),
            static_cast<char>(number >> 16), static_cast<char>(number >> 24)};
}

/// The chunks that hold pixels and no others: no place, camera, name or colour profile (they are
/// sRGB by now). The saver's own `strip` leaves EXIF in (seen in libvips 8.14).
std::string pixels_only(std::string_view webp) {
    constexpr std::size_t kHead = 8;
    constexpr char kAlpha = 0x10;
    std::string chunks = "WEBP";
    for (std::string_view rest = webp.substr(12); rest.size() >= kHead;) {
        const std::size_t size =
            std::min<std::size_t>(little_endian(rest.substr(4, 4)), rest.size() - kHead);
        const std::size_t padded = std::min(kHead + size + size % 2, rest.size());
        const std::string_view name = rest.substr(0, 4);
        if (name == "VP8 " || name == "VP8L" || name == "ALPH" || name == "VP8X") {
            chunks += rest.substr(0, padded);
            // Its first byte says which other chunks there are.
            if (name == "VP8X") chunks[chunks.size() - padded + kHead] &= kAlpha;
        }
        rest.remove_prefix(padded);
    }
    return "RIFF" + little_endian(static_cast<std::uint32_t>(chunks.size())) + chunks;
}

Encoded encoded(const VImage& image, int name) {
    VipsBlob* blob = image.webpsave_buffer(
        VImage::option()->set("Q", kQuality)->set("strip", true)->set("effort", 4));
    std::size_t size = 0;
    const char* data = static_cast<const char*>(vips_blob_get(blob, &size));
    Encoded out{std::to_string(name), image.width(), image.height(), pixels_only({data, size})};
    vips_area_unref(VIPS_AREA(blob));
    return out;
}

Encoded page_variant(std::string_view bytes, int size) {
    VipsBlob* blob = borrowed(bytes);
    const VImage image = VImage::thumbnail_buffer(blob, size,
                                                  VImage::option()
                                                      ->set("height", size * kTallest)
                                                      ->set("size", VIPS_SIZE_DOWN)
                                                      ->set("fail_on", VIPS_FAIL_ON_ERROR)
                                                      ->set("export_profile", "srgb"));
    vips_area_unref(VIPS_AREA(blob));
    return encoded(image, size);
}

Encoded avatar_variant(std::string_view bytes, int size) {
    VipsBlob* blob = borrowed(bytes);
    const VImage image = VImage::thumbnail_buffer(blob, size,
                                                  VImage::option()
                                                      ->set("height", size)
                                                      ->set("crop", VIPS_INTERESTING_CENTRE)
                                                      ->set("fail_on", VIPS_FAIL_ON_ERROR)
                                                      ->set("export_profile", "srgb"));
    vips_area_unref(VIPS_AREA(blob));
    return encoded(image, size);
}

std::string_view iso_brand(std::string_view bytes) {
    const std::string_view brand = bytes.substr(8, 4);
    if (brand == "avif" || brand == "avis") return "avif";
    if (brand == "heic" || brand == "heix" || brand == "mif1" || brand == "heim") return "heic";
    return "";
}

}  // namespace

std::string_view format_of(std::string_view bytes) {
    if (bytes.size() < 16) return "";
    if (bytes.starts_with("\xFF\xD8\xFF")) return "jpeg";
    if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return "png";
    if (bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP") return "webp";
    if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a")) return "gif";
    if (bytes.substr(4, 4) == "ftyp") return iso_brand(bytes);
    return "";
}

void start_vips() {
    ::setenv("VIPS_DISC_THRESHOLD", "2g", 1);  // there is no disk in the sandbox
    ::setenv("VIPS_CONCURRENCY", "1", 1);
    if (VIPS_INIT("torv-media") != 0) throw Unreadable{"libvips does not start"};
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    vips_operation_block_set("VipsForeignLoad", true);
    for (const char* wanted : {"VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp",
                               "VipsForeignLoadNsgif", "VipsForeignLoadHeif"})
        vips_operation_block_set(wanted, false);
}

Decoded convert(std::string_view bytes, Purpose purpose, std::int64_t max_pixels) {
    Decoded made;
    made.format = format_of(bytes);
    if (made.format.empty()) throw Unreadable{"not a picture we know"};
    try {
        const VImage image = opened(bytes);
        if (std::int64_t{image.width()} * image.height() > max_pixels) throw TooManyPixels{};
        const bool sideways = image.get_typeof(VIPS_META_ORIENTATION) != 0 &&
                              image.get_int(VIPS_META_ORIENTATION) >= kOrientationSideways;
        made.width = sideways ? image.height() : image.width();
        made.height = sideways ? image.width() : image.height();
        made.animated = image.get_typeof(VIPS_META_N_PAGES) != 0 &&
                        image.get_int(VIPS_META_N_PAGES) > 1 && made.format != "heic";
        if (purpose == Purpose::Avatar) {
            for (const int size : kAvatarSizes)
                made.variants.push_back(avatar_variant(bytes, size));
        } else {
            for (const int size : kPageSizes) {
                made.variants.push_back(page_variant(bytes, size));
                if (size >= made.width) break;
            }
        }
    } catch (const vips::VError& e) {
        throw Unreadable{e.what()};
    }
    return made;
}

}  // namespace torv::media
