#include <algorithm>

#include "features/notifications/handlers.hpp"
#include "features/notifications/views.hpp"
#include "platform/base/or_null.hpp"
#include "platform/base/text.hpp"
#include "platform/json/json.hpp"

namespace torv::notifications {

namespace {

using web::Access;
using web::Context;
using web::Response;

void write_actors(json::Writer& json, const Line& line, const members::Faces& faces) {
    json.key("actors").array();
    for (std::size_t i = 0; i < line.bundle.actors.size() && i < 3; ++i) {
        const auto& face = faces[line.bundle.actors[i]];
        json.object()
            .field("id", face.id)
            .field("handle", face.handle)
            .field("name", face.name)
            .end();
    }
    json.end().field("actor_count", line.bundle.actors.size());
}

void write_line(json::Writer& json, const Context& ctx, const Line& line, const Page& page) {
    const auto& item = line.bundle.newest;
    const spaces::Access* space = item.space ? page.readable.find(item.space) : nullptr;
    json.object()
        .field("id", std::to_string(item.position))
        .field("kind", kind_name(item.kind))
        .field("why", why_name(item.why))
        .field("unread", line.bundle.unread)
        .field("count", line.bundle.count)
        .field("happened_at", item.at)
        .field("space", or_null(item.space))
        .field("topic", or_null(item.topic))
        .field("post", or_null(item.post))
        .field("title", line.title)
        .field("excerpt", line.excerpt)
        .field("text", sentence(ctx.t, page, line))
        .field("url", ctx.absolute(path_of(item, line.bundle.count, space)));
    write_actors(json, line, page.faces);
    json.key("emoji").array();
    for (const std::string& emoji : line.bundle.emoji) json.value(emoji);
    json.end().end();
}

Response list(Context& ctx) {
    const auto which = ctx.query("unread") == "true" ? store::Which::Unread : store::Which::All;
    const int limit = std::clamp(parse_int<int>(ctx.query("limit")).value_or(kOnPage), 1, 100);
    const auto page = ctx.db.read(
        [&](db::Tx& tx) { return inbox(tx, ctx.viewer, which, ctx.query("cursor"), limit); });
    if (!page) return ctx.refuse(page.error());
    json::Writer json;
    json.array();
    for (const Line& line : page->lines) write_line(json, ctx, line, *page);
    json.end();
    return ctx.json_items(json.take(), page->next);
}

Response count(Context& ctx) {
    const auto unread_now = ctx.db.read(
        [&](db::Tx& tx) { return unread(tx, ctx.viewer, spaces::readable(tx, ctx.viewer).ids); });
    json::Writer json;
    json.object().field("unread", unread_now).end();
    return ctx.json(json.take());
}

Response read_one(Context& ctx) {
    const auto position = parse_int<std::int64_t>(ctx.path("notice")).value_or(0);
    const auto done = ctx.db.write([&](db::Tx& tx) {
        tx.shown_to_no_other();
        return mark_read(tx, ctx.viewer, position);
    });
    if (!done) return ctx.refuse(done.error());
    return ctx.no_content();
}

Response read_all(Context& ctx) {
    const auto body = ctx.json_body({{"until", web::JsonMember::Kind::Id}});
    if (!body) return ctx.refuse(body.error());
    const auto until = parse_int<std::int64_t>((*body)["until"].string_or("")).value_or(0);
    ctx.db.write([&](db::Tx& tx) {
        tx.shown_to_no_other();
        mark_all_read(tx, ctx.viewer, until);
    });
    return ctx.no_content();
}

}  // namespace

void api_routes(web::Routes& routes) {
    routes.get("/api/v1/notices", Access::Member, list);
    routes.get("/api/v1/notices/count", Access::Member, count);
    routes.put("/api/v1/notices/{notice}/read", Access::Member, read_one);
    routes.put("/api/v1/notices/read", Access::Member, read_all);
}

}  // namespace torv::notifications
