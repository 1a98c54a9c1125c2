#include <array>
#include <charconv>
#include <cmath>

#include "platform/json/json.hpp"

namespace torv::json {
namespace {

void append_string(std::string& out, std::string_view text) {
    static constexpr std::string_view kHex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        switch (c) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default: {
                const auto byte = static_cast<unsigned char>(c);
                if (byte >= 0x20) {
                    out += c;
                    break;
                }
                out += "\\u00";
                out += kHex[byte >> 4];
                out += kHex[byte & 15];
            }
        }
    }
    out += '"';
}

template <class Number, class... Format>
void append_number(std::string& out, Number number, Format... format) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number, format...).ptr;
    out.append(text.data(), end);
}

}  // namespace

void Writer::separate() {
    if (after_key_) after_key_ = false;
    else if (!first_) out_ += ',';
    first_ = false;
}

Writer& Writer::object() {
    separate();
    out_ += '{';
    open_ += '{';
    first_ = true;
    return *this;
}

Writer& Writer::array() {
    separate();
    out_ += '[';
    open_ += '[';
    first_ = true;
    return *this;
}

Writer& Writer::end() {
    out_ += open_.back() == '{' ? '}' : ']';
    open_.pop_back();
    first_ = false;
    return *this;
}

Writer& Writer::key(std::string_view name) {
    separate();
    append_string(out_, name);
    out_ += ':';
    after_key_ = true;
    return *this;
}

Writer& Writer::value(std::string_view text) {
    separate();
    append_string(out_, text);
    return *this;
}

Writer& Writer::value(std::int64_t number) {
    separate();
    append_number(out_, number);
    return *this;
}

Writer& Writer::value(double number) {
    if (!std::isfinite(number)) return null();
    separate();
    // Written in full, a large one looks like an integer that nobody can read.
    constexpr double kInFull = 1e15;
    if (std::abs(number) < kInFull) append_number(out_, number + 0.0);  // -0 is 0
    else append_number(out_, number, std::chars_format::scientific);
    return *this;
}

Writer& Writer::value(bool yes) { return raw(yes ? "true" : "false"); }

Writer& Writer::null() { return raw("null"); }

Writer& Writer::raw(std::string_view json) {
    separate();
    out_ += json;
    return *this;
}

}  // namespace torv::json
