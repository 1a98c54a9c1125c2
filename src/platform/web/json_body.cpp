#include <algorithm>

#include "platform/web/state.hpp"

namespace torv::web {

namespace {

bool is_of(const json::Value& value, JsonMember::Kind kind) {
    switch (kind) {
        case JsonMember::Kind::Text: return value.is_string();
        case JsonMember::Kind::Flag: return value.boolean().has_value();
        case JsonMember::Kind::Number: return value.integer().has_value();
        case JsonMember::Kind::Id:
            return value.is_string() && Id<struct AnyTag>::parse(*value.string()).has_value();
    }
    return false;
}

Done check_member(std::string_view name, const json::Value& value,
                  std::initializer_list<JsonMember> known) {
    const auto member = std::ranges::find(known, name, &JsonMember::name);
    if (member == known.end()) return fail(Fault::Invalid, "web.json_unknown", name);
    if (!is_of(value, member->kind)) return fail(Fault::Invalid, "web.json_kind", name);
    // PostgreSQL's text cannot hold it, and nobody types it.
    if (value.string().value_or("").find('\0') != std::string_view::npos)
        return fail(Fault::Invalid, "web.json_zero", name);
    return Unit{};
}

}  // namespace

Result<json::Value> Context::json_body(std::initializer_list<JsonMember> members) const {
    auto body = TRY(json::parse(request.body, json::Repeats::Refused));
    if (!body.is_object()) return fail(Fault::Invalid, "web.json_not_object");
    for (const auto& [name, value] : body.members()) TRY(check_member(name, value, members));
    return body;
}

}  // namespace torv::web
