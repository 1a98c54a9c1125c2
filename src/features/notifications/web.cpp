#include "platform/web/web.hpp"

#include "features/notifications/handlers.hpp"
#include "features/notifications/views.hpp"
#include "platform/base/text.hpp"

namespace torv::notifications {

namespace {

using web::Access;
using web::Context;
using web::Response;

std::int64_t position_of(const Context& ctx) {
    return parse_int<std::int64_t>(ctx.path("notice")).value_or(0);
}

Response show(Context& ctx) {
    const auto which = ctx.query("show") == "unread" ? store::Which::Unread : store::Which::All;
    const auto page = ctx.db.read(
        [&](db::Tx& tx) { return inbox(tx, ctx.viewer, which, ctx.query("before"), kOnPage); });
    if (!page) return ctx.refuse(page.error());
    return ctx.page(ctx.t("notifications.title"),
                    [&](html::Out& out) { views::inbox(out, ctx, *page); }, {.section = "notices"});
}

/// Leads to what the notice is about; whoever goes there has read it. A browser that only looks
/// ahead has not.
Response open(Context& ctx) {
    const auto position = position_of(ctx);
    const auto opened = ctx.db.read([&](db::Tx& tx) { return find(tx, ctx.viewer, position); });
    if (!opened) return ctx.refuse(opened.error());
    const bool ahead = ctx.request.header("Sec-Purpose").starts_with("prefetch");
    if (!ahead && !opened->item.read_at)
        (void)ctx.db.write([&](db::Tx& tx) {
            tx.shown_to_no_other();
            return mark_read(tx, ctx.viewer, position);
        });
    return ctx.redirect(opened->path);
}

Response read_one(Context& ctx) {
    const auto done = ctx.db.write([&](db::Tx& tx) {
        tx.shown_to_no_other();
        return mark_read(tx, ctx.viewer, position_of(ctx));
    });
    if (!done) return ctx.refuse(done.error());
    return ctx.back_to("/notices");
}

Response read_all(Context& ctx) {
    const auto until = parse_int<std::int64_t>(ctx.form()["until"]).value_or(0);
    ctx.db.write([&](db::Tx& tx) {
        tx.shown_to_no_other();
        mark_all_read(tx, ctx.viewer, until);
    });
    return ctx.redirect_with("/notices", "notifications.all_read");
}

}  // namespace

void routes(web::Routes& routes) {
    routes.get("/notices", Access::Member, show);
    routes.get("/notices/{notice}", Access::Member, open);
    routes.post("/notices/{notice}/read", Access::Member, read_one);
    routes.post("/notices/read", Access::Member, read_all);
    level_routes(routes);
    api_routes(routes);
    settings_routes(routes);
}

}  // namespace torv::notifications
