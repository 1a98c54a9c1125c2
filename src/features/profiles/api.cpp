#include <algorithm>

#include "features/community/community.hpp"
#include "features/profiles/profiles.hpp"
#include "features/profiles/views.hpp"
#include "platform/base/text.hpp"
#include "platform/json/json.hpp"

namespace torv::profiles {
namespace {

using web::Access;
using web::Context;
using web::Response;

constexpr int kAlike = 20;

const Field* found(const std::vector<Field>& fields, Kind kind) {
    const auto at = std::ranges::find(fields, kind, &Field::kind);
    return at == fields.end() ? nullptr : &*at;
}

/// An object of all fields; what is hidden is empty, as what was never filled in.
void write_fields(json::Writer& w, const std::vector<Field>& fields) {
    for (const Kind kind : kKinds) {
        const Field* field = found(fields, kind);
        w.key(kind_name(kind));
        if (kind == Kind::Place) {
            w.value(field && !field->values.empty() ? field->values.front() : "");
            continue;
        }
        w.array();
        if (field)
            for (const auto& value : field->values) w.value(value);
        w.end();
    }
}

Response show(Context& ctx) {
    const auto id = ctx.path_id<MemberId>("member");
    const auto fields = ctx.db.read([&](db::Tx& tx) -> Result<std::vector<Field>> {
        const auto member = TRY(members::find(tx, ctx.place.id, id));
        if (member.state == members::State::Pending && !ctx.viewer.may_administer())
            return fail(Fault::NotFound, "members.not_found");
        if (member.state != members::State::Active) return std::vector<Field>{};
        return of(tx, ctx.viewer, id);
    });
    if (!fields) return ctx.refuse(fields.error());
    json::Writer w;
    w.object().field("member", id);
    write_fields(w, *fields);
    w.end();
    return ctx.json(w.take());
}

Response answer_own(Context& ctx) {
    const auto fields = ctx.db.read([&](db::Tx& tx) { return own(tx, ctx.viewer); });
    json::Writer w;
    w.object().field("member", ctx.viewer.id);
    write_fields(w, fields);
    w.key("shown_to").object();
    for (const Field& field : fields) w.field(kind_name(field.kind), shown_name(field.shown));
    w.end().end();
    return ctx.json(w.take());
}

bool fits(const json::Value& value, Kind kind) {
    const auto is_text = [](const json::Value& one) {
        return one.is_string() && one.string()->find('\0') == std::string_view::npos;
    };
    if (kind == Kind::Place) return is_text(value);
    return value.is_array() && std::ranges::all_of(value.items(), is_text);
}

std::string typed_of(const json::Value& value) {
    if (value.is_string()) return value.string_or("");
    std::string text;
    for (const auto& one : value.items()) text += one.string_or("") + "\n";
    return text;
}

Change& change_of(std::vector<Change>& changes, Kind kind) {
    const auto at = std::ranges::find(changes, kind, &Change::kind);
    if (at != changes.end()) return *at;
    return changes.emplace_back(Change{.kind = kind, .typed = {}, .shown = {}});
}

/// "shown_to": {"skills": "everyone"}
Done read_shown(const json::Value& value, std::vector<Change>& changes) {
    if (!value.is_object()) return fail(Fault::Invalid, "web.json_kind", "shown_to");
    for (const auto& [name, chosen] : value.members()) {
        const auto kind = kind_from(name);
        if (!kind) return fail(Fault::Invalid, "web.json_unknown", name);
        const auto shown = shown_from(chosen.string().value_or(""));
        if (!shown) return fail(Fault::Invalid, "profiles.shown_unknown", "shown_to");
        change_of(changes, *kind).shown = shown;
    }
    return Unit{};
}

Result<std::vector<Change>> changes_of(const Context& ctx) {
    const auto body = TRY(json::parse(ctx.request.body, json::Repeats::Refused));
    if (!body.is_object()) return fail(Fault::Invalid, "web.json_not_object");
    std::vector<Change> changes;
    for (const auto& [name, value] : body.members()) {
        if (name == "shown_to") {
            TRY(read_shown(value, changes));
            continue;
        }
        const auto kind = kind_from(name);
        if (!kind) return fail(Fault::Invalid, "web.json_unknown", name);
        if (!fits(value, *kind)) return fail(Fault::Invalid, "web.json_kind", name);
        change_of(changes, *kind).typed = typed_of(value);
    }
    return changes;
}

Response save(Context& ctx) {
    const auto changes = changes_of(ctx);
    if (!changes) return ctx.refuse(changes.error());
    if (auto ok = ctx.limit("profile:" + ctx.viewer.id.text(), 10, 20); !ok)
        return ctx.refuse(ok.error());
    const auto done = ctx.db.write([&](db::Tx& tx) { return change(tx, ctx.viewer, *changes); });
    if (!done) return ctx.refuse(done.error());
    return answer_own(ctx);
}

Response index(Context& ctx) {
    Wanted wanted{.search = std::string(first_code_points(ctx.query("q"), 80)),
                  .role = {},
                  .holds = {},
                  .after = std::string(ctx.query("cursor"))};
    if (ctx.query("sort") == "newest") wanted.order = members::Order::Newest;
    if (const auto limit = ctx.query("limit"); !limit.empty())
        wanted.limit = parse_int<int>(limit).value_or(wanted.limit);
    if (const auto role = ctx.query("role"); !role.empty()) {
        wanted.role = auth::role_from(role);
        if (!wanted.role)
            return ctx.refuse(Error{Fault::Invalid, "members.role_unknown", "role", {}});
    }
    for (const Kind kind : kKinds)
        if (const auto value = trimmed(ctx.query(filter_name(kind))); !value.empty())
            wanted.holds.emplace_back(kind, first_code_points(value, 80));
    const auto page = ctx.db.read([&](db::Tx& tx) { return find(tx, ctx.place.id, wanted); });
    if (!page) return ctx.refuse(page.error());
    json::Writer w;
    w.array();
    for (const auto& member : page->items) members::write(w, ctx, member);
    w.end();
    return ctx.json_items(w.take(), page->next);
}

void write_list(json::Writer& w, std::string_view name, const std::vector<std::string>& values) {
    w.key(name).array();
    for (const auto& value : values) w.value(value);
    w.end();
}

Response like_me(Context& ctx) {
    std::vector<members::Member> people;
    const auto found = ctx.db.read([&](db::Tx& tx) {
        const auto community = community::find(tx, ctx.place.id);
        auto list = alike(tx, ctx.viewer, community ? community->member_count : 0, kAlike);
        std::vector<MemberId> ids;
        for (const Alike& one : list) ids.push_back(one.id);
        people = members::these(tx, ctx.place.id, ids);
        return list;
    });
    json::Writer w;
    w.array();
    for (std::size_t i = 0; i < people.size(); ++i) {
        w.object().key("member");
        members::write(w, ctx, people[i]);
        write_list(w, "both", found[i].both);
        write_list(w, "offers", found[i].offers);
        write_list(w, "seeks", found[i].seeks);
        w.field("near", found[i].near).end();
    }
    w.end();
    return ctx.json_items(w.take());
}

}  // namespace

void api_routes(web::Routes& routes) {
    routes.get("/api/v1/members", Access::Member, index).repeats_query = true;
    routes.get("/api/v1/members/{member}/profile", Access::Member, show);
    routes.get("/api/v1/me/profile", Access::Member, answer_own);
    routes.patch("/api/v1/me/profile", Access::Member, save);
    routes.get("/api/v1/me/alike", Access::Member, like_me);
}

}  // namespace torv::profiles
