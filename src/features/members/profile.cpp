#include "features/members/doors.hpp"
#include "features/members/members.hpp"
#include "features/members/views.hpp"
#include "platform/base/text.hpp"
#include "platform/json/json.hpp"
#include "platform/web/parts.hpp"

namespace torv::members {
namespace {

using web::Access;
using web::Context;
using web::Response;

constexpr int kSuggestions = 8;

Response edit_page(Context& ctx, const Error* error) {
    const auto member =
        ctx.db.read([&](db::Tx& tx) { return find(tx, ctx.place.id, ctx.viewer.id); });
    if (!member) return ctx.refuse(member.error());
    const std::string title(ctx.t("members.profile"));
    const auto body = [&](html::Out& out) { views::edit(out, ctx, *member, error); };
    const web::PageOptions options{.section = "me"};
    if (error) return ctx.refuse_form(*error, title, body, options);
    return ctx.page(title, body, options);
}

Response show_edit(Context& ctx) { return edit_page(ctx, nullptr); }

Response save(Context& ctx) {
    if (auto ok = ctx.limit("profile:" + ctx.viewer.id.text(), 10, 20); !ok)
        return edit_page(ctx, &ok.error());
    const auto& form = ctx.form();
    const ProfileEdit typed{
        .name = std::string(form["name"]),
        .handle = std::string(form["handle"]),
        .bio = std::string(form["bio"]),
        .avatar = std::string(form.has("avatar") ? form["avatar"] : ctx.viewer.avatar)};
    const auto done = ctx.db.write([&](db::Tx& tx) { return set_profile(tx, ctx.viewer, typed); });
    if (!done) return edit_page(ctx, &done.error());
    return ctx.redirect_with("/me/profile", "members.saved");
}

Response leave_community(Context& ctx) {
    const auto done = ctx.db.write([&](db::Tx& tx) { return leave(tx, ctx.viewer); });
    if (!done) return edit_page(ctx, &done.error());
    return ctx.redirect_with("/", "members.goodbye");
}

/// For the element that completes @mentions.
Response suggest(Context& ctx) {
    if (auto ok = ctx.limit("suggest:" + ctx.viewer.id.text(), 240, 60); !ok)
        return ctx.refuse(ok.error());
    const auto page = ctx.db.read([&](db::Tx& tx) {
        return list(
            tx, ctx.place.id,
            {.search = std::string(first_code_points(ctx.query("q"), 40)), .limit = kSuggestions});
    });
    if (!page) return ctx.refuse(page.error());
    json::Writer w;
    w.object().key("items").array();
    for (const Member& m : page->items)
        w.object()
            .field("handle", m.handle)
            .field("name", m.name)
            .field("hue", web::parts::hue(m.handle))
            .field("initials", i18n::initials(m.name))
            .field("avatar", m.avatar)
            .end();
    w.end().end();
    return ctx.json(w.take());
}

}  // namespace

void profile_routes(web::Routes& r) {
    r.get("/members/suggest", Access::Member, suggest);
    r.get("/me/profile", Access::Member, show_edit);
    r.post("/me/profile", Access::Member, save);
    r.post("/me/leave", Access::Member, leave_community).for_outdated_rules = true;
}

}  // namespace torv::members
