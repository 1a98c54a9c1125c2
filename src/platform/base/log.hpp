#pragma once

#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>

#include "platform/base/ids.hpp"

namespace torv::log {

enum class Level { Debug, Info, Warning, Error };

/// One field of an event. Never a body, token, address or password.
struct Field {
    std::string_view name;
    std::string value;
    bool quoted = true;

    Field(std::string_view n, std::string_view v) : name(n), value(v) {}
    Field(std::string_view n, const char* v) : name(n), value(v) {}
    Field(std::string_view n, const std::string& v) : name(n), value(v) {}
    Field(std::string_view n, std::integral auto v)
        : name(n), value(std::to_string(v)), quoted(false) {}
    template <class Tag>
    Field(std::string_view n, Id<Tag> id) : name(n), value(id.text()) {}
};

/// Writes one JSON line to stderr: {"at":"…","level":"info","event":"topic.locked", …}.
/// Thread-safe.
void write(Level level, std::string_view event, std::initializer_list<Field> fields = {});
inline void info(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::Info, event, fields);
}
inline void warning(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::Warning, event, fields);
}
inline void error(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::Error, event, fields);
}
inline void debug(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::Debug, event, fields);
}
/// Nothing below `level` is written. Tests use Error.
void set_level(Level level);

}  // namespace torv::log
