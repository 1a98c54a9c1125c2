#pragma once

#include <string>
#include <string_view>

#include "features/uploads/uploads.hpp"

/// What a file is, and what it may be called. Nothing here trusts the sender's word for it.
namespace torv::uploads {

inline constexpr std::size_t kBeginning = 4096;  ///< bytes that tell what a file is

struct Recognised {
    Kind kind = Kind::File;
    std::string_view media_type = "application/octet-stream";
};

/// By the first kBeginning bytes of the file; the name decides only between kinds of plain
/// downloads. Text that a browser might run (HTML, SVG, scripts) is "application/octet-stream".
Recognised recognise(std::string_view beginning, std::string_view name);
/// The name promises a picture.
bool is_named_picture(std::string_view name);

/// A name that is safe to show and to save: NFC, at most 100 characters, without control
/// characters, marks that turn the direction of writing, and leading dots. May be empty.
std::string clean_name(std::string_view sent);
/// "Garden.JPG" → "Garden.webp". Never only digits before the dot: that is how widths are named.
std::string picture_name(std::string_view clean);
/// The value of Content-Disposition (RFC 6266), `how` being "inline" or "attachment".
std::string disposition(std::string_view how, std::string_view name);

}  // namespace torv::uploads
