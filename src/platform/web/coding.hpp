#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/http/http.hpp"

/// Smaller answers: which coding a browser takes, and packing. Private to web and app.
namespace torv::web {

enum class Coding { Plain, Gzip, Brotli };

/// Quick: for what is sent once. Thorough: for what is kept and sent often.
enum class Effort { Quick, Thorough };
/// The best of our codings that "Accept-Encoding: gzip, br;q=0.8" allows. In a hurry that is gzip.
Coding accepted(std::string_view accept_encoding, Effort effort);
/// "gzip", "br"; "" for Plain.
std::string_view coding_name(Coding coding);

/// The text in that coding; nothing when it would not be smaller.
std::optional<std::string> packed(std::string_view text, Coding coding, Effort effort);

/// Text of at least a kilobyte: less fits into one packet anyway.
bool worth_packing(const http::Response& response);
/// Packs the body as far as it pays, and says so in the headers. An ETag becomes a weak one: the
/// bytes differ by coding, what they say does not.
void pack(http::Response& response, Coding coding, Effort effort);

}  // namespace torv::web
