#include "platform/web/web.hpp"

#include "features/devices/page.hpp"
#include "features/devices/store.hpp"
#include "platform/base/text.hpp"

namespace torv::devices {

namespace {

using web::Access;
using web::Context;
using web::Response;

Response page(Context& ctx, const Error* error) {
    auto loaded = ctx.db.read([&](db::Tx& tx) { return devices_page(tx, ctx); });
    loaded.key = open_key(ctx);
    const auto draw = [&](html::Out& out) { views::devices(out, ctx, loaded, error); };
    const web::PageOptions options{.section = "me"};
    const std::string title(ctx.t("devices.title"));
    if (error) return ctx.refuse_form(*error, title, draw, options);
    return ctx.page(title, draw, options);
}

Response show(Context& ctx) { return page(ctx, nullptr); }

/// The form leaves out what only those who lead the whole community are asked.
void keep_unasked(Context& ctx, Choice& choice) {
    if (ctx.viewer.may_moderate()) return;
    const Choice before = ctx.db.read(
        [&](db::Tx& tx) { return store::choice(tx, ctx.viewer.community, ctx.viewer.id); });
    for (const auto kind : notifications::kinds_by_weight())
        if (notifications::for_leaders(kind))
            choice.kinds[static_cast<std::size_t>(kind)] = before.wants(kind);
}

Response save(Context& ctx) {
    Choice choice;
    std::string kinds;
    for (const auto kind : ctx.form().all("kind")) kinds += std::string(kind) + " ";
    set_kinds(choice, kinds);
    keep_unasked(ctx, choice);
    choice.weekly_limit = parse_int<int>(ctx.form()["weekly_limit"]).value_or(-1);
    const auto done = choose(ctx, choice);
    if (!done) return page(ctx, &done.error());
    return ctx.redirect_with("/me/devices", "devices.saved");
}

Response forget(Context& ctx) {
    const auto done = remove(ctx, ctx.path_id<DeviceId>("device"));
    if (!done) return ctx.refuse(done.error());
    return ctx.redirect_with("/me/devices", "devices.removed");
}

Response ask(Context& ctx) {
    const std::string key = open_key(ctx);
    return ctx.fragment([&](html::Out& out) { views::ask(out, ctx, key); });
}

}  // namespace

void routes(web::Routes& routes) {
    routes.get("/me/devices", Access::Member, show);
    routes.post("/me/devices", Access::Member, save);
    routes.get("/me/devices/ask", Access::Member, ask);
    routes.del("/me/devices/{device}", Access::Member, forget);
    api_routes(routes);
}

}  // namespace torv::devices
