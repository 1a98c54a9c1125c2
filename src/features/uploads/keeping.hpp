#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "features/uploads/uploads.hpp"

namespace torv::media {
class Processor;
}
namespace torv::web {
class Context;
}

/// From the body of a request to files in the data folder; before any transaction, since it takes
/// time.
namespace torv::uploads {

/// A file in the data folder: what upload_files holds.
struct Part {
    std::string name;
    int width = 0;
    int height = 0;
    std::int64_t size = 0;
    std::string hash;
};

/// What is in the data folder already, and waits for its row.
struct Kept {
    Upload upload;  ///< without id, member and time
    std::vector<Part> parts;
};

enum class Purpose { Attachment, Face };

/// Keeps the file that came with the request. A picture is made anew in several widths (square ones
/// for a Face), and what was sent is thrown away: it may tell where it was taken. A Face must be a
/// picture. Faults, all on "file": Invalid "uploads.no_file", "uploads.empty",
/// "uploads.not_a_picture", "files.picture_unreadable", "files.picture_too_large"; TooLarge
/// "uploads.too_large"; Unavailable "files.disk_full".
Result<Kept> keep(web::Context& ctx, Purpose purpose);

}  // namespace torv::uploads
