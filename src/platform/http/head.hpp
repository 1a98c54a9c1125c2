#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/http/http.hpp"

/// The head of a message: what is refused before it is parsed, and what is sent. Private to http.
namespace torv::http {

/// Judges the raw head of a request, up to and with its empty line, by what lets two servers
/// disagree about where a message ends: bare CR or LF, folded lines, space before a colon, two
/// lengths, a length beside a coding, anything but HTTP/1.0 and 1.1. Gives 0 when it may be parsed,
/// else the status to refuse it with: 400, 431, 501 or 505. Source: RFC 9112 2.2, 3, 5, 6.
int judge_head(std::string_view raw);

/// Splits the target into path and query. An absolute one ("http://a.example/x") loses its host to
/// the header Host, because that is the one that counts (RFC 9112 3.2.2).
void settle_target(Request& request);

/// Appends the head of a response. `length` is that of the whole body, also for HEAD; without one
/// the body goes on until the connection ends. Headers whose name or value could begin a new line
/// are left out.
void write_head(std::string& out, const Response& response, std::optional<std::uint64_t> length,
                std::string_view request_id, bool keep_alive);

/// What is said when nobody has said it better: "404 Not Found" as plain text.
Response plain_refusal(int status);

/// 204 and 304 have no body, whatever the handler put there.
bool has_body(int status);

}  // namespace torv::http
