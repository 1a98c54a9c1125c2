#include "features/profiles/profiles.hpp"
#include "features/profiles/values.hpp"
#include "features/profiles/views.hpp"

namespace torv::profiles {
namespace {

using web::Access;
using web::Context;
using web::Response;

Response page(Context& ctx, const Error* error) {
    const auto fields = ctx.db.read([&](db::Tx& tx) { return own(tx, ctx.viewer); });
    const std::string title(ctx.t("profiles.title"));
    const auto body = [&](html::Out& out) { views::edit(out, ctx, fields, error); };
    const web::PageOptions options{.section = "me"};
    if (error) return ctx.refuse_form(*error, title, body, options);
    return ctx.page(title, body, options);
}

Response show(Context& ctx) { return page(ctx, nullptr); }

Response save(Context& ctx) {
    if (auto ok = ctx.limit("profile:" + ctx.viewer.id.text(), 10, 20); !ok)
        return page(ctx, &ok.error());
    std::vector<Change> changes;
    for (const Kind kind : kKinds) {
        const std::string name(kind_name(kind));
        if (!ctx.form().has(name)) continue;
        changes.push_back({.kind = kind,
                           .typed = std::string(ctx.form()[name]),
                           .shown = shown_from(ctx.form()[name + "_shown"])});
    }
    const auto done = ctx.db.write([&](db::Tx& tx) { return change(tx, ctx.viewer, changes); });
    if (!done) return page(ctx, &done.error());
    return ctx.redirect_with("/m/" + ctx.viewer.handle, "profiles.saved");
}

}  // namespace

void edit_routes(web::Routes& routes) {
    routes.get("/me/about", Access::Member, show);
    routes.post("/me/about", Access::Member, save);
}

}  // namespace torv::profiles
