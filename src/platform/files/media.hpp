#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "platform/base/result.hpp"
#include "platform/files/files.hpp"

/// Pictures from strangers, decoded and written anew by the program torv-media, which has no
/// network, no files, little memory and little time. Whatever it does, this process lives on.
namespace torv::media {

/// A picture in one size, as WebP without any metadata.
struct Variant {
    std::string name;  ///< "320", "960", "1920": width at most; "96", "256": avatars, square
    int width = 0;
    int height = 0;
    std::uint64_t size = 0;
    files::Hash hash;
};

struct Picture {
    int width = 0;  ///< of the original, turned upright
    int height = 0;
    bool animated = false;  ///< the original moved; variants show the first frame
    std::string
        format;  ///< of the original by its content: "jpeg", "png", "webp", "gif", "avif", "heic"
    std::vector<Variant> variants;  ///< smallest first; never larger than the original
};

struct Limits {
    std::int64_t max_pixels = 50'000'000;
    std::int64_t max_memory = 1 << 30;  ///< bytes of address space
    int seconds = 20;
};

/// Runs torv-media; at most two at once, others wait. Thread-safe.
class Processor {
public:
    /// `program`: path of torv-media; `store` outlives the Processor.
    Processor(std::filesystem::path program, files::Store& store, Limits limits = {});

    /// Sizes for pages. Faults: Invalid "files.picture_unreadable", Invalid
    /// "files.picture_too_large" (pixels), Unavailable "files.disk_full".
    Result<Picture> picture(const std::filesystem::path& original);
    /// Square sizes for avatars and logos; the same faults.
    Result<Picture> avatar(const std::filesystem::path& original);

private:
    Result<Picture> run(const std::filesystem::path& original, const char* purpose);
    std::filesystem::path program_;
    files::Store& store_;
    Limits limits_;
};

/// torv-media beside the running program.
std::filesystem::path beside_this_program();

}  // namespace torv::media
