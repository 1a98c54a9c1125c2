#include "platform/web/web.hpp"

#include "features/catchup/views.hpp"
#include "platform/base/text.hpp"

namespace torv::catchup {

namespace {

using web::Access;
using web::Context;
using web::Response;

Response show(Context& ctx) {
    const auto page = ctx.db.read([&](db::Tx& tx) { return load(tx, ctx.viewer); });
    return ctx.page(ctx.t("catchup.title"), [&](html::Out& out) { views::page(out, ctx, page); },
                    {.section = "home"});
}

Response read(Context& ctx) {
    const auto until = parse_int<std::int64_t>(ctx.form()["until"]);
    if (!until || *until < 0)
        return ctx.refuse({.fault = Fault::Malformed, .key = "web.bad_form", .field = "until"});
    ctx.db.write([&](db::Tx& tx) {
        tx.shown_to_no_other();
        done(tx, ctx.viewer, Instant{*until});
    });
    return ctx.redirect("/catch-up");
}

/// The same order as on the page.
Response list(Context& ctx) {
    const auto page = ctx.db.read([&](db::Tx& tx) { return load(tx, ctx.viewer); });
    json::Writer json;
    json.array();
    for (const Line& line : page.lines)
        json.object()
            .field("topic", line.topic.id)
            .field("space", line.topic.space)
            .field("title", line.topic.title)
            .field("url", ctx.absolute(topics::path(line.topic.id, line.topic.title)))
            .field("why", why_name(line.why))
            .field("posts", line.facts.posts)
            .field("people", line.facts.people)
            .field("reactions", line.facts.reactions)
            .field("last_post_at", line.topic.last_post_at)
            .end();
    json.end();
    return ctx.json_items(json.take());
}

}  // namespace

void routes(web::Routes& routes) {
    routes.get("/catch-up", Access::Member, show);
    routes.post("/catch-up", Access::Member, read);
    routes.get("/api/v1/catch-up", Access::Member, list);
}

}  // namespace torv::catchup
