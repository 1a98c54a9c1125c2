#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/base/time.hpp"

namespace torv::json {

/// A parsed JSON value. Object members keep their order of appearance; a repeated name keeps the
/// last.
class Value {
public:
    using Array = std::vector<Value>;
    using Members = std::vector<std::pair<std::string, Value>>;

    Value() = default;
    explicit Value(
        std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, Array, Members> data)
        : data_(std::move(data)) {}

    bool is_null() const { return data_.index() == 0; }
    bool is_object() const { return std::holds_alternative<Members>(data_); }
    bool is_array() const { return std::holds_alternative<Array>(data_); }
    bool is_string() const { return std::holds_alternative<std::string>(data_); }

    /// The member, or a shared null value when this is not an object or has no such member.
    const Value& operator[](std::string_view name) const;
    /// The items, or an empty list when this is not an array.
    const Array& items() const;
    const Members& members() const;

    std::optional<std::string_view> string() const;
    std::optional<std::int64_t> integer() const;
    std::optional<double> number() const;
    std::optional<bool> boolean() const;
    std::string string_or(std::string_view otherwise) const {
        return std::string(string().value_or(otherwise));
    }

private:
    std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, Array, Members> data_ =
        nullptr;
};

/// What a name that stands twice in one object means.
enum class Repeats { LastCounts, Refused };

/// Strict RFC 8259, UTF-8 checked, at most 128 levels deep. Fault: Malformed "web.bad_json".
Result<Value> parse(std::string_view text, Repeats repeats = Repeats::LastCounts);

/// Writes compact JSON in the order of the calls:
///     Writer w; w.object().field("id", topic.id).field("title",
///     topic.title).key("tags").array().value("a").end().end();
class Writer {
public:
    Writer& object();
    Writer& array();
    Writer& end();  ///< closes the innermost object or array
    Writer& key(std::string_view name);
    Writer& value(std::string_view text);
    Writer& value(const char* text) { return value(std::string_view(text)); }
    Writer& value(const std::string& text) { return value(std::string_view(text)); }
    Writer& value(std::int64_t number);
    Writer& value(int number) { return value(static_cast<std::int64_t>(number)); }
    Writer& value(std::size_t number) { return value(static_cast<std::int64_t>(number)); }
    Writer& value(double number);
    Writer& value(bool yes);
    Writer& value(Instant at) { return value(std::string_view(at.rfc3339())); }
    Writer& null();
    template <class Tag>
    Writer& value(Id<Tag> id) {
        return value(std::string_view(id.text()));
    }
    template <class T>
    Writer& value(const std::optional<T>& maybe) {
        return maybe ? value(*maybe) : null();
    }
    template <class T>
    Writer& field(std::string_view name, const T& what) {
        return key(name).value(what);
    }
    /// Puts text that is JSON already.
    Writer& raw(std::string_view json);
    const std::string& text() const { return out_; }
    std::string take() { return std::move(out_); }

private:
    void separate();
    std::string out_;
    std::string open_;  ///< one '{' or '[' per open level
    bool first_ = true;
    bool after_key_ = false;
};

}  // namespace torv::json
