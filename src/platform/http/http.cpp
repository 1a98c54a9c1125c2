#include "platform/http/http.hpp"

#include <algorithm>
#include <system_error>

#include "platform/base/text.hpp"

namespace torv::http {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string_view find(const std::vector<Header>& headers, std::string_view name) {
    for (const Header& header : headers)
        if (same_name(header.name, name)) return header.value;
    return {};
}

bool safe_segment(std::string_view segment) {
    if (segment == "." || segment == "..") return false;
    if (segment.find_first_of(std::string_view("\0/\\", 3)) != segment.npos) return false;
    return is_utf8(segment);
}

struct Span {
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
};

enum class RangeKind { Whole, Part, Unsatisfiable };

/// Reads "bytes=first-last", "bytes=first-" and "bytes=-suffix"; anything else is ignored, as RFC
/// 9110 14.2 allows.
RangeKind parse_range(std::string_view range, std::uint64_t size, Span& span) {
    constexpr std::string_view kUnit = "bytes=";
    if (!range.starts_with(kUnit)) return RangeKind::Whole;
    range.remove_prefix(kUnit.size());
    const auto dash = range.find('-');
    if (dash == range.npos || range.find(',') != range.npos) return RangeKind::Whole;

    const auto first = parse_int<std::uint64_t>(range.substr(0, dash));
    const auto last = parse_int<std::uint64_t>(range.substr(dash + 1));
    if (dash == 0) {
        if (!last) return RangeKind::Whole;
        if (*last == 0 || size == 0) return RangeKind::Unsatisfiable;
        span.length = std::min(*last, size);
        span.offset = size - span.length;
        return RangeKind::Part;
    }
    const bool open_ended = dash + 1 == range.size();
    if (!first || (!last && !open_ended) || (last && *last < *first)) return RangeKind::Whole;
    if (*first >= size) return RangeKind::Unsatisfiable;
    span.offset = *first;
    span.length = (last ? std::min(*last, size - 1) : size - 1) - *first + 1;
    return RangeKind::Part;
}

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                              [](char x, char y) { return lower(x) == lower(y); });
}

TempFile::~TempFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
}

std::string_view Request::header(std::string_view name) const { return find(headers, name); }

std::string_view Request::cookie(std::string_view name) const {
    for (const Header& header : headers) {
        if (!same_name(header.name, "Cookie")) continue;
        for (std::string_view pair : split(header.value, ';')) {
            while (!pair.empty() && pair[0] == ' ') pair.remove_prefix(1);
            if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
                return pair.substr(name.size() + 1);
        }
    }
    return {};
}

std::optional<std::vector<std::string>> Request::segments() const {
    std::vector<std::string> decoded;
    if (path.empty() || path[0] != '/') return std::nullopt;
    if (path == "/") return decoded;
    for (const std::string_view part : split(std::string_view(path).substr(1), '/')) {
        auto segment = percent_decode(part);
        if (!segment || !safe_segment(*segment)) return std::nullopt;
        decoded.push_back(std::move(*segment));
    }
    return decoded;
}

Response& Response::set(std::string_view name, std::string_view value) {
    std::erase_if(headers, [&](const Header& header) { return same_name(header.name, name); });
    return add(name, value);
}

Response& Response::add(std::string_view name, std::string_view value) {
    headers.push_back({std::string(name), std::string(value)});
    return *this;
}

std::string_view Response::header(std::string_view name) const { return find(headers, name); }

bool names_etag(std::string_view if_none_match, std::string_view etag) {
    const auto strong = [](std::string_view tag) {
        return tag.starts_with("W/") ? tag.substr(2) : tag;
    };
    if (trimmed(if_none_match) == "*") return !etag.empty();
    for (const auto tag : split(if_none_match, ','))
        if (!etag.empty() && strong(trimmed(tag)) == strong(etag)) return true;
    return false;
}

bool has_already(const Request& request, std::string_view etag, std::string_view last_modified) {
    const auto tags = request.header("If-None-Match");
    if (!tags.empty()) return names_etag(tags, etag);
    return !last_modified.empty() && request.header("If-Modified-Since") == last_modified;
}

Response file_response(const Request& request, const std::filesystem::path& file,
                       std::uint64_t size, std::string_view content_type, std::string_view etag) {
    Response response;
    response.set("Content-Type", content_type).set("Accept-Ranges", "bytes");
    if (!etag.empty()) response.set("ETag", etag);

    Span span{0, size};
    auto kind = RangeKind::Whole;
    const auto if_range = request.header("If-Range");
    // A weak or unknown validator must not be joined with an old part (RFC 9110 13.1.5).
    if (request.method == "GET" &&
        (if_range.empty() || (if_range == etag && !etag.starts_with("W/"))))
        kind = parse_range(request.header("Range"), size, span);

    if (kind == RangeKind::Unsatisfiable) {
        response.status = 416;
        response.set("Content-Range", "bytes */" + std::to_string(size));
        return response;
    }
    if (kind == RangeKind::Part) {
        response.status = 206;
        response.set("Content-Range", "bytes " + std::to_string(span.offset) + "-" +
                                          std::to_string(span.offset + span.length - 1) + "/" +
                                          std::to_string(size));
    }
    response.file = FileBody{file, span.offset, span.length};
    return response;
}

std::string_view reason(int status) {
    switch (status) {
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 206: return "Partial Content";
        case 301: return "Moved Permanently";
        case 302: return "Found";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 307: return "Temporary Redirect";
        case 308: return "Permanent Redirect";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 406: return "Not Acceptable";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 410: return "Gone";
        case 411: return "Length Required";
        case 412: return "Precondition Failed";
        case 413: return "Content Too Large";
        case 415: return "Unsupported Media Type";
        case 416: return "Range Not Satisfiable";
        case 417: return "Expectation Failed";
        case 421: return "Misdirected Request";
        case 422: return "Unprocessable Content";
        case 428: return "Precondition Required";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 503: return "Service Unavailable";
        case 505: return "HTTP Version Not Supported";
        case 507: return "Insufficient Storage";
        default: return "Unknown";
    }
}

}  // namespace torv::http
