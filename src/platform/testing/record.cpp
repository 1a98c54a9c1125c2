#include "platform/testing/record.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <cstdlib>
#include <stdexcept>

#include "platform/base/text.hpp"
#include "platform/json/json.hpp"
#include "platform/testing/site.hpp"

namespace torv::testing {

namespace {

std::string line_of(const http::Request& request, std::string_view sent, const Answer& answer) {
    json::Writer line;
    line.object()
        .field("method", request.method)
        .field("target", request.target)
        .field("type", request.header("Content-Type"))
        .field("sent", is_utf8(sent) ? sent : std::string_view())
        .field("status", answer.status)
        .key("headers")
        .object();
    for (const auto& [name, value] : answer.response.headers) line.field(ascii_lower(name), value);
    line.end().field("body", answer.body).end();
    return line.take() + '\n';
}

}  // namespace

void record(const http::Request& request, std::string_view sent, const Answer& answer) {
    const char* path = std::getenv("TORV_TEST_RECORD");
    if (!path || !request.path.starts_with("/api/v1/")) return;
    const std::string line = line_of(request, sent, answer);
    // One write of the whole line: several test programs write to the same file.
    const int file = ::open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    const bool good =
        file >= 0 && ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size());
    if (file >= 0) ::close(file);
    if (!good) throw std::runtime_error(std::string("cannot write ") + path);
}

}  // namespace torv::testing
