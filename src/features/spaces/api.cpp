#include "features/circles/circles.hpp"
#include "features/spaces/input.hpp"
#include "features/spaces/spaces.hpp"
#include "platform/web/web.hpp"

namespace torv::spaces {

namespace {

using Who = web::Access;
using web::Context;
using web::Response;

void write_space(json::Writer& json, const Entry& entry) {
    const Space& space = entry.space;
    json.object()
        .field("id", space.id)
        .field("parent", space.parent ? std::optional(space.parent) : std::nullopt)
        .field("slug", space.slug)
        .field("name", space.name)
        .field("description", space.description)
        .field("icon", space.icon)
        .field("kind", kind_name(space.kind))
        .field("visibility", visibility_name(space.visibility))
        .field("starters", space.starters == Starters::Moderators ? "moderators" : "writers")
        .field("archived", static_cast<bool>(space.archived_at))
        .field("topic_count", space.topic_count)
        .field("last_post_at",
               space.last_post_at ? std::optional(space.last_post_at) : std::nullopt)
        .field("readable", entry.readable)
        .field("unread", entry.unread)
        .field("may_start", entry.may_start)
        .end();
}

Result<json::Value> typed_body(const Context& ctx) {
    return ctx.json_body({{"name"},
                          {"slug"},
                          {"description"},
                          {"icon"},
                          {"kind"},
                          {"visibility"},
                          {"starters"},
                          {"parent", web::JsonMember::Kind::Id}});
}

/// What the document says; what is missing keeps what `before` has.
Result<NewSpace> typed_from(const json::Value& body, NewSpace before) {
    const auto text = [&](std::string_view name, std::string& into) {
        if (const auto given = body[name].string()) into = *given;
    };
    text("name", before.name);
    text("slug", before.slug);
    text("description", before.description);
    text("icon", before.icon);
    if (const auto name = body["kind"].string()) {
        const auto kind = kind_from(*name);
        if (!kind || *kind == Kind::Ideas)
            return fail(Fault::Invalid, "spaces.kind_unknown", "kind");
        before.kind = *kind;
    }
    if (const auto name = body["visibility"].string()) {
        const auto visibility = visibility_from(*name);
        if (!visibility) return fail(Fault::Invalid, "spaces.visibility_unknown", "visibility");
        before.visibility = *visibility;
    }
    if (const auto name = body["starters"].string()) {
        if (*name != "moderators" && *name != "writers")
            return fail(Fault::Invalid, "spaces.starters_unknown", "starters");
        before.starters = *name == "moderators" ? Starters::Moderators : Starters::Writers;
    }
    if (const auto id = body["parent"].string()) {
        const auto parent = SpaceId::parse(*id);
        if (!parent) return fail(Fault::Invalid, "spaces.parent_unknown", "parent");
        before.parent = *parent;
    }
    return before;
}

Response respond(Context& ctx, const Entry& entry, int status) {
    json::Writer json;
    write_space(json, entry);
    return ctx.json(json.take(), status);
}

Response respond(Context& ctx, SpaceId id, int status) {
    const auto list = ctx.db.read([&](db::Tx& tx) { return entries(tx, ctx.viewer); });
    for (const Entry& entry : list)
        if (entry.space.id == id) return respond(ctx, entry, status);
    return ctx.refuse(Error{Fault::NotFound, "spaces.not_found", {}, {}});
}

/// Admins change spaces that they may not read: they are told what the form shows them.
Response respond_changed(Context& ctx, SpaceId id) {
    Response seen = respond(ctx, id, 200);
    if (seen.status != 404) return seen;
    auto space = ctx.db.read([&](db::Tx& tx) { return managed(tx, ctx.viewer, id); });
    if (!space) return ctx.refuse(space.error());
    space->topic_count = 0;
    space->last_post_at = {};
    return respond(ctx, Entry{.space = *std::move(space)}, 200);
}

Response list(Context& ctx) {
    const auto all = ctx.db.read([&](db::Tx& tx) { return entries(tx, ctx.viewer); });
    json::Writer json;
    json.array();
    for (const Entry& entry : all) write_space(json, entry);
    json.end();
    return ctx.json_items(json.take());
}

Response show(Context& ctx) { return respond(ctx, ctx.path_id<SpaceId>("space"), 200); }

Response create_space(Context& ctx) {
    const auto body = typed_body(ctx);
    if (!body) return ctx.refuse(body.error());
    const auto typed = typed_from(*body, {});
    if (!typed) return ctx.refuse(typed.error());
    const auto made =
        ctx.create([&](db::Tx& tx) -> Result<SpaceId> { return create(tx, ctx.viewer, *typed); });
    if (!made) return ctx.refuse(made.error());
    return respond(ctx, *made, 201).set("Location", "/api/v1/spaces/" + made->text());
}

Response edit_space(Context& ctx) {
    const auto id = ctx.path_id<SpaceId>("space");
    const auto body = typed_body(ctx);
    if (!body) return ctx.refuse(body.error());
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        const Space space = TRY(managed(tx, ctx.viewer, id));
        const NewSpace before{.name = space.name,
                              .slug = space.slug,
                              .description = space.description,
                              .icon = space.icon,
                              .kind = space.kind,
                              .visibility = space.visibility,
                              .starters = space.starters,
                              .parent = space.parent};
        return edit(tx, ctx.viewer, id, TRY(typed_from(*body, before)));
    });
    if (!done) return ctx.refuse(done.error());
    return respond_changed(ctx, id);
}

/// Circles that open the space, for who may read or manage it: those the caller may see.
Response list_circles(Context& ctx) {
    const auto id = ctx.path_id<SpaceId>("space");
    const auto opening = ctx.db.read([&](db::Tx& tx) -> Result<circles::Opening> {
        if (!managed(tx, ctx.viewer, id)) TRY(find(tx, ctx.viewer, id));
        return circles::opening(tx, ctx.viewer, id);
    });
    if (!opening) return ctx.refuse(opening.error());
    json::Writer json;
    json.array();
    for (const auto& one : opening->circles)
        json.object().field("id", one.id).field("slug", one.slug).field("name", one.name).end();
    json.end();
    return ctx.json_items(json.take());
}

Response change_circle(Context& ctx,
                       Done (*change)(db::Tx&, const auth::Viewer&, SpaceId, circles::CircleId)) {
    const auto done = ctx.db.write([&](db::Tx& tx) {
        return change(tx, ctx.viewer, ctx.path_id<SpaceId>("space"),
                      ctx.path_id<circles::CircleId>("circle"));
    });
    if (!done) return ctx.refuse(done.error());
    return ctx.no_content();
}

Response put_circle(Context& ctx) { return change_circle(ctx, seat_circle); }
Response drop_circle(Context& ctx) { return change_circle(ctx, unseat_circle); }

}  // namespace

void api_routes(web::Routes& routes) {
    routes.get("/api/v1/spaces", Who::Anyone, list);
    routes.get("/api/v1/spaces/{space}", Who::Anyone, show);
    routes.post("/api/v1/spaces", Who::Admin, create_space);
    routes.patch("/api/v1/spaces/{space}", Who::Member, edit_space);
    routes.get("/api/v1/spaces/{space}/circles", Who::Member, list_circles);
    routes.put("/api/v1/spaces/{space}/circles/{circle}", Who::Member, put_circle);
    routes.del("/api/v1/spaces/{space}/circles/{circle}", Who::Member, drop_circle);
}

}  // namespace torv::spaces
