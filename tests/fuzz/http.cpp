// The head of a request, as we judge it, and all that is read out of it: target, path, cookies,
// ranges, tags, languages.
#include "platform/http/http.hpp"

#include <array>
#include <cstdint>

#include "platform/base/text.hpp"
#include "platform/http/head.hpp"
#include "platform/i18n/i18n.hpp"
#include "tests/fuzz/check.hpp"

namespace {

using namespace torv;

constexpr std::string_view kWords = "msgctxt \"web\"\nmsgid \"web.home\"\nmsgstr \"x\"\n";

/// A head that we take, split as any reader would.
http::Request split_head(std::string_view raw) {
    http::Request request;
    const auto line_end = raw.find("\r\n");
    const auto line = raw.substr(0, line_end);
    const auto first = line.find(' ');
    const auto second = line.find(' ', first + 1);
    request.method = line.substr(0, first);
    request.target = line.substr(first + 1, second - first - 1);
    for (raw.remove_prefix(line_end + 2); raw != "\r\n";) {
        const auto end = raw.find("\r\n");
        const auto colon = raw.find(':');
        HOLDS(colon < end);
        request.headers.push_back({std::string(raw.substr(0, colon)),
                                   std::string(trimmed(raw.substr(colon + 1, end - colon - 1)))});
        raw.remove_prefix(end + 2);
    }
    return request;
}

void check_range(const http::Request& request) {
    constexpr std::uint64_t kSize = 1000;
    const auto answer = http::file_response(request, "/x", kSize, "text/plain", "\"tag\"");
    if (answer.status == 416) return;
    HOLDS(answer.file && answer.file->offset + answer.file->length <= kSize);
    HOLDS(answer.status == 200 ? answer.file->length == kSize : answer.file->length > 0);
}

void check_path(const http::Request& request) {
    HOLDS(request.path.starts_with('/') && request.path.find('?') == std::string::npos);
    const auto segments = request.segments();
    if (!segments) return;
    for (const auto& segment : *segments) {
        HOLDS(segment != "." && segment != "..");
        HOLDS(is_utf8(segment) && segment.find_first_of("/\\") == std::string::npos);
    }
}

void check_answer(const http::Request& request) {
    http::Response response;
    for (const auto& header : request.headers) response.add(header.name, header.value);
    response.set("Location", request.target).set("X", std::string("a\r\nY: b"));
    std::string out;
    http::write_head(out, response, 0, "id", true);
    HOLDS(out.ends_with("\r\n\r\n") && out.find("\r\n\r\n") == out.size() - 4);
    // The status, four headers of the server's, the empty line: nobody's value begins another.
    std::size_t lines = 0;
    for (const char c : out) lines += c == '\n' ? 1 : 0;
    HOLDS(lines <= 6 + response.headers.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static constexpr std::array kFiles{
        i18n::File{.language = "en", .slice = "web", .text = kWords},
        i18n::File{.language = "da", .slice = "web", .text = kWords}};
    static const i18n::Catalogue catalogue{kFiles};
    const std::string_view raw(reinterpret_cast<const char*>(bytes), size);
    const int status = http::judge_head(raw);
    HOLDS(status == 0 || status == 400 || status == 431 || status == 501 || status == 505);
    if (status != 0) return 0;
    auto request = split_head(raw);
    http::settle_target(request);
    check_path(request);
    check_range(request);
    check_answer(request);
    request.cookie("session");
    http::names_etag(request.header("If-None-Match"), "\"tag\"");
    HOLDS(catalogue.has(catalogue.negotiate(request.header("Accept-Language"), "en")));
    return 0;
}
