#include "features/profiles/profiles.hpp"
#include "features/profiles/views.hpp"
#include "platform/web/parts.hpp"

namespace torv::profiles {
namespace {

using web::Access;
using web::Context;
using web::Response;

/// Guests see faces where they may read; who only asked to come in is seen by those who decide.
Result<members::Member> visible(db::Tx& tx, const Context& ctx, std::string_view handle) {
    if (!ctx.viewer.is_member() && !ctx.place.open_to_guests)
        return fail(Fault::NotFound, "members.not_found");
    members::Member member = TRY(members::by_handle(tx, ctx.place.id, handle));
    const bool own = ctx.viewer.id && member.id == ctx.viewer.id;
    if (member.state == members::State::Pending && !own && !ctx.viewer.may_administer())
        return fail(Fault::NotFound, "members.not_found");
    return member;
}

Response show(Context& ctx) {
    const std::string_view handle = ctx.path("handle");
    const auto page = ctx.db.read([&](db::Tx& tx) -> Result<views::Profile> {
        views::Profile found{
            .member = TRY(visible(tx, ctx, handle)), .fields = {}, .in_circles = {}};
        if (found.member.state != members::State::Active) return found;
        found.fields = of(tx, ctx.viewer, found.member.id);
        found.in_circles = circles::of_member(tx, ctx.viewer, found.member.id);
        return found;
    });
    if (!page) return ctx.refuse(page.error());
    if (page->member.handle != handle) return ctx.redirect(members::path(page->member.handle), 302);
    const bool fed = ctx.place.open_to_guests && page->member.state != members::State::Pending;
    const std::string feed = fed ? members::path(page->member.handle) + "/feed" : std::string{};
    return ctx.page(page->member.name,
                    [&](html::Out& out) {
                        views::profile(out, ctx, *page);
                        if (fed) web::parts::feed_link(out, ctx, feed);
                    },
                    {.preview = {.kind = "profile", .feed = feed}, .section = "members"});
}

}  // namespace

void profile_routes(web::Routes& routes) {
    routes.get("/m/{handle}", Access::Anyone, show).same_for_guests = true;
}

void routes(web::Routes& routes) {
    profile_routes(routes);
    edit_routes(routes);
    directory_routes(routes);
    api_routes(routes);
}

}  // namespace torv::profiles
