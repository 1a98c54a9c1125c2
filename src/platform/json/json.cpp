#include "platform/json/json.hpp"

#include <simdjson.h>

#include <optional>
#include <set>

#include "platform/base/text.hpp"

namespace torv::json {
namespace {

constexpr std::size_t kMaxDepth = 128;

using simdjson::dom::element;
using simdjson::dom::element_type;

Value value_of(const element& from);

Value array_of(const element& from) {
    Value::Array items;
    for (const element& item : simdjson::dom::array(from)) items.push_back(value_of(item));
    return Value(std::move(items));
}

/// Sets `name` once; the last of a repeated name stays, at the place of the first.
void put(Value::Members& members, std::string_view name, Value value) {
    for (auto& [known, held] : members)
        if (known == name) {
            held = std::move(value);
            return;
        }
    members.emplace_back(name, std::move(value));
}

Value object_of(const element& from) {
    constexpr std::size_t kFew =
        64;  // looking for repeats costs n²; large objects look in a set instead
    const simdjson::dom::object object(from);
    Value::Members members;
    if (object.size() <= kFew) {
        for (const auto& [name, item] : object) put(members, name, value_of(item));
        return Value(std::move(members));
    }
    std::map<std::string, std::size_t, std::less<>> places;
    for (const auto& [name, item] : object) {
        const auto [place, is_new] = places.try_emplace(std::string(name), members.size());
        if (is_new) members.emplace_back(name, value_of(item));
        else members[place->second].second = value_of(item);
    }
    return Value(std::move(members));
}

/// Does any object in it have two members of one name?
bool repeats_a_name(const element& from) {
    if (from.is_array()) {
        for (const element& item : simdjson::dom::array(from))
            if (repeats_a_name(item)) return true;
        return false;
    }
    if (!from.is_object()) return false;
    std::set<std::string_view> names;
    for (const auto& [name, item] : simdjson::dom::object(from))
        if (!names.insert(name).second || repeats_a_name(item)) return true;
    return false;
}

Value value_of(const element& from) {
    switch (from.type()) {
        case element_type::ARRAY: return array_of(from);
        case element_type::OBJECT: return object_of(from);
        case element_type::INT64: return Value(static_cast<std::int64_t>(from));
        // Above 2^63: no integer of ours.
        case element_type::UINT64:
            return Value(static_cast<double>(static_cast<std::uint64_t>(from)));
        case element_type::DOUBLE: return Value(static_cast<double>(from));
        case element_type::STRING: return Value(std::string(static_cast<std::string_view>(from)));
        case element_type::BOOL: return Value(static_cast<bool>(from));
        case element_type::NULL_VALUE: return Value(nullptr);
    }
    return {};
}

}  // namespace

const Value& Value::operator[](std::string_view name) const {
    static const Value nothing;
    for (const auto& [known, value] : members())
        if (known == name) return value;
    return nothing;
}

const Value::Array& Value::items() const {
    static const Array none;
    const auto* items = std::get_if<Array>(&data_);
    return items ? *items : none;
}

const Value::Members& Value::members() const {
    static const Members none;
    const auto* members = std::get_if<Members>(&data_);
    return members ? *members : none;
}

std::optional<std::string_view> Value::string() const {
    const auto* text = std::get_if<std::string>(&data_);
    return text ? std::optional<std::string_view>(*text) : std::nullopt;
}

std::optional<std::int64_t> Value::integer() const {
    const auto* number = std::get_if<std::int64_t>(&data_);
    return number ? std::optional(*number) : std::nullopt;
}

std::optional<double> Value::number() const {
    if (const auto* real = std::get_if<double>(&data_)) return *real;
    if (const auto whole = integer()) return static_cast<double>(*whole);
    return std::nullopt;
}

std::optional<bool> Value::boolean() const {
    const auto* yes = std::get_if<bool>(&data_);
    return yes ? std::optional(*yes) : std::nullopt;
}

Result<Value> parse(std::string_view text, Repeats repeats) {
    // A page reads dozens of small texts: their parser is kept. A large one takes its memory along.
    constexpr std::size_t kSmall = 16 * 1024;
    thread_local simdjson::dom::parser kept;
    std::optional<simdjson::dom::parser> own;
    auto& parser = text.size() <= kSmall ? kept : own.emplace();
    if (parser.capacity() < text.size() + 1 &&
        parser.allocate(text.size() + 1, kMaxDepth) != simdjson::SUCCESS)
        return fail(Fault::Malformed, "web.bad_json");
    element root;
    if (parser.parse(text.data(), text.size()).get(root) != simdjson::SUCCESS)
        return fail(Fault::Malformed, "web.bad_json");
    if (repeats == Repeats::Refused && repeats_a_name(root))
        return fail(Fault::Malformed, "web.bad_json");
    return value_of(root);
}

}  // namespace torv::json
