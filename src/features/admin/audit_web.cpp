#include "features/admin/audit_views.hpp"
#include "platform/base/or_null.hpp"
#include "platform/base/text.hpp"
#include "platform/web/web.hpp"

namespace torv::admin {

using web::Access;
using web::Response;

namespace {

constexpr int kOnPage = 50;
constexpr int kMostInApi = 100;

/// Only nouns that there are: what else stands in the address asks for everything.
std::string_view noun_of(const web::Context& ctx) {
    for (const auto noun : audit::nouns())
        if (noun == ctx.query("kind")) return noun;
    return {};
}

struct Listed {
    std::vector<audit::Entry> entries;
    bool more = false;
};

Listed list(db::Tx& tx, const web::Context& ctx, std::string_view before, int limit) {
    const auto id = audit::EntryId::parse(before).value_or(audit::EntryId{});
    Listed listed{.entries = audit::entries(tx, ctx.place.id, noun_of(ctx), id, limit + 1)};
    listed.more = static_cast<int>(listed.entries.size()) > limit;
    if (listed.more) listed.entries.pop_back();
    return listed;
}

/// Those who did it, and those to whom it was done.
members::Faces faces_of(db::Tx& tx, const web::Context& ctx,
                        const std::vector<audit::Entry>& entries) {
    std::vector<MemberId> people;
    for (const auto& entry : entries) {
        people.push_back(entry.member);
        if (entry.subject_kind == "member") people.push_back(MemberId{entry.subject_id});
    }
    return members::names(tx, ctx.place.id, people);
}

Response show(web::Context& ctx) {
    views::Audit page{.noun = noun_of(ctx)};
    ctx.db.read([&](db::Tx& tx) {
        auto listed = list(tx, ctx, ctx.query("before"), kOnPage);
        page.faces = faces_of(tx, ctx, listed.entries);
        page.entries = std::move(listed.entries);
        page.more = listed.more;
    });
    return ctx.page(ctx.t("audit.title"), [&](html::Out& out) { views::audit_log(out, ctx, page); },
                    {.section = "admin", .shape = "wide"});
}

void write(json::Writer& json, const audit::Entry& entry) {
    json.object()
        .field("id", entry.id)
        .field("at", entry.at)
        .field("kind", entry.kind)
        .field("account", or_null(entry.account))
        .field("member", or_null(entry.member))
        .field("subject_kind", entry.subject_kind)
        .field("subject", std::to_string(entry.subject_id));
    json.key("before").raw(entry.before);
    json.key("after").raw(entry.after);
    json.field("position", entry.position ? std::optional(entry.position) : std::nullopt)
        .field("hash", entry.hash)
        .end();
}

Response api_list(web::Context& ctx) {
    const int wanted = parse_int<int>(ctx.query("limit")).value_or(kOnPage);
    const int limit = std::clamp(wanted, 1, kMostInApi);
    const auto listed =
        ctx.db.read([&](db::Tx& tx) { return list(tx, ctx, ctx.query("cursor"), limit); });
    json::Writer json;
    json.array();
    for (const auto& entry : listed.entries) write(json, entry);
    json.end();
    return ctx.json_items(json.take(), listed.more ? listed.entries.back().id.text() : "");
}

}  // namespace

void audit_routes(web::Routes& r) {
    r.get("/admin/audit", Access::Owner, show);
    r.get("/api/v1/audit", Access::Owner, api_list);
}

}  // namespace torv::admin
