#include "platform/web/web.hpp"

#include <algorithm>
#include <cmath>

#include "features/community/colour.hpp"
#include "features/community/community.hpp"
#include "features/community/views.hpp"
#include "platform/base/text.hpp"
#include "platform/config/config.hpp"

namespace torv::community {
namespace {

using web::Access;
using web::Context;
using web::PageOptions;
using web::Response;

Community here(Context& ctx) {
    return ctx.db.read([&](db::Tx& tx) { return find(tx, ctx.place.id); }).value_or(Community{});
}

/// One of the pages for those who run the community, with what was typed when it was refused.
Response admin_page(Context& ctx, std::string_view title_key, const Error* error,
                    const std::function<void(html::Out&)>& body) {
    const std::string title(ctx.t(title_key));
    const PageOptions options{.section = "admin"};
    if (error) return ctx.refuse_form(*error, title, body, options);
    return ctx.page(title, body, options);
}

// ── for everybody ──

Response look_sheet(Context& ctx) {
    const Look look = here(ctx).look;
    Response response = ctx.text(colour::look_css(look), "text/css; charset=utf-8");
    const bool exact = ctx.query("v") == ctx.place.look_version;
    return response.set("Cache-Control",
                        exact ? "public, max-age=31536000, immutable" : "no-cache");
}

Response about(Context& ctx) {
    const Community c = here(ctx);
    return ctx.page(ctx.t("community.about", {{"community", c.name}}),
                    [&](html::Out& out) { views::about(out, ctx, c); },
                    {.description = c.tagline, .indexed = true});
}

Response show_rules(Context& ctx) {
    const auto now = ctx.db.read([&](db::Tx& tx) { return rules(tx, ctx.place.id); });
    return ctx.page(ctx.t("community.rules"), [&](html::Out& out) { views::rules(out, ctx, now); },
                    {.indexed = true});
}

// ── /admin/community ──

Response profile_page(Context& ctx, const Error* error) {
    const Profile p = profile_of(here(ctx));
    return admin_page(ctx, "community.menu_community", error,
                      [&](html::Out& out) { views::profile(out, ctx, p, error); });
}

Response show_profile(Context& ctx) { return profile_page(ctx, nullptr); }

Result<Profile> typed_profile(const Context& ctx) {
    const auto& form = ctx.form();
    const auto text = [&](std::string_view name) { return std::string(form[name]); };
    const auto how = sign_up_from(form["sign_up"]);
    if (!how) return fail(Fault::Invalid, "community.sign_up_unknown", "sign_up");
    if (!ctx.services.catalogue.has(form["language"]))
        return fail(Fault::Invalid, "community.language_unknown", "language");
    return Profile{.name = text("name"),
                   .tagline = text("tagline"),
                   .purpose = text("purpose"),
                   .values = text("values"),
                   .audience = text("audience"),
                   .tone = text("tone"),
                   .about = text("about"),
                   .language = text("language"),
                   .sign_up = *how,
                   .guests_may_read = form.checked("guests_may_read"),
                   .members_invite = form.checked("members_invite")};
}

Response save_profile(Context& ctx) {
    const auto typed = typed_profile(ctx);
    if (!typed) return profile_page(ctx, &typed.error());
    const auto done = ctx.db.write([&](db::Tx& tx) { return set_profile(tx, ctx.viewer, *typed); });
    if (!done) return profile_page(ctx, &done.error());
    return ctx.redirect_with("/admin/community", "community.saved");
}

// ── /admin/look ──

Response look_page(Context& ctx, const Error* error) {
    const Look look = here(ctx).look;
    return admin_page(ctx, "community.menu_look", error,
                      [&](html::Out& out) { views::look(out, ctx, look, error); });
}

Response show_look(Context& ctx) { return look_page(ctx, nullptr); }

Response save_look(Context& ctx) {
    const auto& form = ctx.form();
    const auto accent = colour::from_hex(form["accent"]);
    if (!accent) {
        const Error bad{Fault::Invalid, "community.accent_bad", "accent", {}};
        return look_page(ctx, &bad);
    }
    const int chroma = static_cast<int>(std::lround(accent->chroma * 1000));
    Look look{.hue = static_cast<int>(std::lround(accent->hue)) % 360,
              .chroma = std::min(chroma, 190),
              .font = std::string(form["font"]),
              .radius = std::string(form["radius"]),
              .logo = std::string(form["logo"])};
    const auto done = ctx.db.write([&](db::Tx& tx) { return set_look(tx, ctx.viewer, look); });
    if (!done) return look_page(ctx, &done.error());
    return ctx.redirect_with("/admin/look", "community.saved");
}

// ── /admin/rules ──

Response rules_page(Context& ctx, const Error* error) {
    const auto now = ctx.db.read([&](db::Tx& tx) { return rules(tx, ctx.place.id); });
    return admin_page(ctx, "community.menu_rules", error,
                      [&](html::Out& out) { views::edit_rules(out, ctx, now, error); });
}

Response show_edit_rules(Context& ctx) { return rules_page(ctx, nullptr); }

Response save_rules(Context& ctx) {
    const auto done =
        ctx.db.write([&](db::Tx& tx) { return publish_rules(tx, ctx.viewer, ctx.form()["body"]); });
    if (!done) return rules_page(ctx, &done.error());
    return ctx.redirect_with("/admin/rules", "community.rules_published");
}

// ── /admin/address ──

Response address_page(Context& ctx, const Error* error) {
    const Community c = here(ctx);
    return admin_page(ctx, "community.menu_address", error,
                      [&](html::Out& out) { views::address(out, ctx, c, error); });
}

Response show_address(Context& ctx) { return address_page(ctx, nullptr); }

Response save_address(Context& ctx) {
    const auto done = ctx.db.write([&](db::Tx& tx) {
        return set_address(tx, ctx.viewer, ctx.form()["address"], ctx.services.config.base_url());
    });
    if (!done) return address_page(ctx, &done.error());
    return ctx.redirect_with("/admin/address", "community.saved");
}

}  // namespace

void routes(web::Routes& r) {
    for (auto* route :
         {&r.get("/look.css", Access::Anyone, look_sheet), &r.get("/about", Access::Anyone, about),
          &r.get("/rules", Access::Anyone, show_rules)})
        route->same_for_guests = true;
    r.get("/admin/community", Access::Admin, show_profile);
    r.post("/admin/community", Access::Admin, save_profile);
    r.get("/admin/look", Access::Admin, show_look);
    r.post("/admin/look", Access::Admin, save_look);
    r.get("/admin/rules", Access::Admin, show_edit_rules);
    r.post("/admin/rules", Access::Admin, save_rules);
    r.get("/admin/address", Access::Owner, show_address);
    r.post("/admin/address", Access::Owner, save_address);
}

}  // namespace torv::community
