#include "features/members/members.hpp"
#include "features/notifications/handlers.hpp"
#include "features/notifications/placing.hpp"
#include "features/notifications/views.hpp"
#include "platform/json/json.hpp"
#include "platform/web/web.hpp"

namespace torv::notifications {

namespace {

using web::Access;
using web::Context;
using web::Response;

using Find = Result<Spot> (*)(db::Tx&, const Context&);

Result<Spot> topic_in(db::Tx& tx, const Context& ctx) {
    return topic_spot(tx, ctx.viewer, ctx.path_id<TopicId>("topic"));
}
Result<Spot> slug_in(db::Tx& tx, const Context& ctx) {
    return space_spot(tx, ctx.viewer, ctx.path("slug"));
}
Result<Spot> handle_in(db::Tx& tx, const Context& ctx) {
    return person_spot(tx, ctx.viewer, ctx.path("handle"));
}
Result<Spot> space_in(db::Tx& tx, const Context& ctx) {
    return space_spot(tx, ctx.viewer, ctx.path_id<SpaceId>("space"));
}
Result<Spot> member_in(db::Tx& tx, const Context& ctx) {
    return person_spot(tx, ctx.viewer, ctx.path_id<MemberId>("member"));
}

Result<Spot> tag_in(db::Tx& tx, const Context& ctx) {
    return tag_spot(tx, ctx.viewer, ctx.path("tag"), Make::No);
}
Result<Spot> made_tag_in(db::Tx& tx, const Context& ctx) {
    return tag_spot(tx, ctx.viewer, ctx.path("tag"), Make::Yes);
}

/// Sixty changes a minute are enough for anybody's fingers.
Done calm(Context& ctx) { return ctx.limit("level:" + ctx.viewer.id.text(), 60, 60); }

Result<Spot> choose(Context& ctx, Find spot_in, std::string_view typed) {
    TRY(calm(ctx));
    return ctx.db.write([&](db::Tx& tx) -> Result<Spot> {
        tx.shown_to_no_other();
        Spot spot = TRY(spot_in(tx, ctx));
        set_level(tx, ctx.viewer, spot.place, spot.id, TRY(level_for(spot.place, typed)));
        return spot;
    });
}

std::string_view said(Place place, std::string_view level) {
    if (place == Place::Person)
        return level == "muted" ? "notifications.person_muted" : "notifications.person_heard";
    if (place == Place::Tag)
        return level == "watching" ? "notifications.tag_followed" : "notifications.tag_normal";
    if (level == "watching") return "notifications.followed";
    return level == "muted" ? "notifications.place_muted" : "notifications.place_normal";
}

Response by_form(Context& ctx, Find spot_in) {
    const std::string typed(ctx.form()["level"]);
    const auto spot = choose(ctx, spot_in, typed);
    if (!spot) return ctx.refuse(spot.error());
    const auto back = ctx.form()["return_to"];
    const bool ours = back == "/notices" || back == "/me/notices";
    return ctx.redirect_with(ours ? std::string(back) : spot->path, said(spot->place, typed));
}

Response level_json(Context& ctx, const std::optional<Chosen>& chosen) {
    json::Writer json;
    json.object()
        .field("level", level_name(chosen ? chosen->level : Level::Normal))
        .field("chosen", chosen && chosen->own)
        .end();
    return ctx.json(json.take());
}

Response show(Context& ctx, Find spot_in) {
    const auto found = ctx.db.read([&](db::Tx& tx) -> Result<std::optional<Chosen>> {
        const Spot spot = TRY(spot_in(tx, ctx));
        return level(tx, ctx.viewer, spot.place, spot.id);
    });
    if (!found) return ctx.refuse(found.error());
    return level_json(ctx, *found);
}

Response put(Context& ctx, Find spot_in) {
    const auto body = ctx.json_body({{"level"}});
    if (!body) return ctx.refuse(body.error());
    const std::string typed = (*body)["level"].string_or("");
    const auto spot = choose(ctx, spot_in, typed);
    if (!spot) return ctx.refuse(spot.error());
    return level_json(ctx, Chosen{.level = level_from(typed).value_or(Level::Normal), .own = true});
}

/// What the viewer hears because of somebody.
struct Person {
    std::string handle, name;
    bool muted = false;
};

Result<Person> person(db::Tx& tx, const Context& ctx) {
    const Spot spot = TRY(handle_in(tx, ctx));
    const auto member = TRY(members::by_handle(tx, ctx.place.id, ctx.path("handle")));
    const auto chosen = level(tx, ctx.viewer, spot.place, spot.id);
    return Person{.handle = member.handle,
                  .name = member.name,
                  .muted = chosen && chosen->level == Level::Muted};
}

Response person_page(Context& ctx) {
    const auto found = ctx.db.read([&](db::Tx& tx) { return person(tx, ctx); });
    if (!found) return ctx.refuse(found.error());
    return ctx.page(
        ctx.t("notifications.person_title", {{"name", found->name}}),
        [&](html::Out& out) { views::person(out, ctx, found->handle, found->name, found->muted); });
}

Response topic_form(Context& ctx) { return by_form(ctx, topic_in); }
Response space_form(Context& ctx) { return by_form(ctx, slug_in); }
Response person_form(Context& ctx) { return by_form(ctx, handle_in); }
Response topic_shown(Context& ctx) { return show(ctx, topic_in); }
Response space_shown(Context& ctx) { return show(ctx, space_in); }
Response person_shown(Context& ctx) { return show(ctx, member_in); }
Response tag_form(Context& ctx) { return by_form(ctx, made_tag_in); }
Response tag_shown(Context& ctx) { return show(ctx, tag_in); }
Response tag_put(Context& ctx) { return put(ctx, made_tag_in); }
Response topic_put(Context& ctx) { return put(ctx, topic_in); }
Response space_put(Context& ctx) { return put(ctx, space_in); }
Response person_put(Context& ctx) { return put(ctx, member_in); }

}  // namespace

void level_routes(web::Routes& routes) {
    routes.post("/t/{topic}/level", Access::Member, topic_form);
    routes.post("/s/{slug}/level", Access::Member, space_form);
    routes.get("/m/{handle}/level", Access::Member, person_page);
    routes.post("/m/{handle}/level", Access::Member, person_form);
    routes.get("/api/v1/topics/{topic}/level", Access::Member, topic_shown);
    routes.put("/api/v1/topics/{topic}/level", Access::Member, topic_put);
    routes.get("/api/v1/spaces/{space}/level", Access::Member, space_shown);
    routes.put("/api/v1/spaces/{space}/level", Access::Member, space_put);
    routes.get("/api/v1/members/{member}/level", Access::Member, person_shown);
    routes.put("/api/v1/members/{member}/level", Access::Member, person_put);
    routes.post("/tags/{tag}/level", Access::Member, tag_form);
    routes.get("/api/v1/tags/{tag}/level", Access::Member, tag_shown);
    routes.put("/api/v1/tags/{tag}/level", Access::Member, tag_put);
}

}  // namespace torv::notifications
