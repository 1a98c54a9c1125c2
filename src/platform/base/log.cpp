#include "platform/base/log.hpp"

#include <unistd.h>

#include <array>
#include <atomic>

#include "platform/base/time.hpp"

namespace torv::log {
namespace {

std::atomic<Level> lowest{Level::Info};

std::string_view name_of(Level level) {
    switch (level) {
        case Level::Debug: return "debug";
        case Level::Info: return "info";
        case Level::Warning: return "warning";
        case Level::Error: return "error";
    }
    return "error";
}

void append_quoted(std::string& out, std::string_view text) {
    static constexpr std::string_view kHex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20 || byte == 0x7f) {
            out += "\\u00";
            out += kHex[byte >> 4];
            out += kHex[byte & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

/// One system call per line, so that lines of several threads do not mix.
void write_line(std::string_view line) {
    while (!line.empty()) {
        const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
        if (written <= 0) return;  // nobody reads the log: nothing better to do than to go on
        line.remove_prefix(static_cast<std::size_t>(written));
    }
}

}  // namespace

void set_level(Level level) { lowest = level; }

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
    if (level < lowest.load(std::memory_order_relaxed)) return;
    std::string line = R"({"at":)";
    append_quoted(line, SystemClock{}.now().rfc3339());
    line += R"(,"level":)";
    append_quoted(line, name_of(level));
    line += R"(,"event":)";
    append_quoted(line, event);
    for (const Field& field : fields) {
        line += ',';
        append_quoted(line, field.name);
        line += ':';
        if (field.quoted) append_quoted(line, field.value);
        else line += field.value;
    }
    line += "}\n";
    write_line(line);
}

}  // namespace torv::log
