#include "features/bookmarks/handlers.hpp"
#include "platform/base/or_null.hpp"
#include "platform/web/web.hpp"

namespace torv::bookmarks {

namespace {

using web::Access;
using web::Context;
using web::Response;

/// A comma follows for what the caller adds.
json::Writer& begin(json::Writer& json, const Bookmark& one) {
    return json.object()
        .field("post", one.post)
        .field("note", one.note)
        .field("created_at", one.created_at)
        .field("remind_at", or_null(one.remind_at));
}

Response list(Context& ctx) {
    const auto slice =
        ctx.db.read([&](db::Tx& tx) { return one_page(tx, ctx.viewer, ctx.query("cursor")); });
    if (!slice) return ctx.refuse(slice.error());
    json::Writer json;
    json.array();
    for (const Shown& one : slice->items)
        begin(json, one.bookmark)
            .field("author", one.there ? or_null(one.author) : std::nullopt)
            .field("title", one.title)
            .field("excerpt", one.excerpt)
            .end();
    json.end();
    return ctx.json_items(json.take(), slice->next);
}

Response save(Context& ctx) {
    const auto id = ctx.path_id<PostId>("post");
    const auto body = ctx.json_body({{"note"}, {"remind_at"}});
    if (!body) return ctx.refuse(body.error());
    if (const auto slow = calm(ctx); !slow) return ctx.refuse(slow.error());
    const std::string typed = (*body)["remind_at"].string_or("");
    const auto at = typed.empty() ? std::optional(Instant{}) : Instant::parse_rfc3339(typed);
    if (!at)
        return ctx.refuse(
            {.fault = Fault::Invalid, .key = "bookmarks.no_moment", .field = "remind_at"});
    const auto saved = ctx.db.write([&](db::Tx& tx) -> Result<Bookmark> {
        tx.shown_to_no_other();
        TRY(put(tx, ctx.viewer, id, (*body)["note"].string_or(""), *at));
        return *find(tx, ctx.viewer, id);
    });
    if (!saved) return ctx.refuse(saved.error());
    json::Writer json;
    begin(json, *saved).end();
    return ctx.json(json.take());
}

Response remove(Context& ctx) {
    const auto id = ctx.path_id<PostId>("post");
    const auto done = ctx.db.write([&](db::Tx& tx) {
        tx.shown_to_no_other();
        return drop(tx, ctx.viewer, id);
    });
    if (!done) return ctx.refuse(done.error());
    return ctx.text("", "text/plain", 204);
}

}  // namespace

void api_routes(web::Routes& routes) {
    routes.get("/api/v1/bookmarks", Access::Member, list);
    routes.put("/api/v1/bookmarks/{post}", Access::Member, save);
    routes.del("/api/v1/bookmarks/{post}", Access::Member, remove);
}

}  // namespace torv::bookmarks
