#include "platform/web/web.hpp"

#include <algorithm>

#include "features/circles/circles.hpp"
#include "features/community/community.hpp"
#include "features/members/members.hpp"
#include "features/spaces/input.hpp"
#include "features/spaces/spaces.hpp"
#include "features/spaces/store.hpp"
#include "features/spaces/views.hpp"
#include "platform/base/text.hpp"

namespace torv::spaces {

void api_routes(web::Routes& routes);
void log_routes(web::Routes& routes);

namespace {

using Who = web::Access;
using web::Context;
using web::PageOptions;
using web::Response;

const Error kNotFound{Fault::NotFound, "spaces.not_found", {}, {}};

/// The fields of the form; what is missing or unknown keeps what `before` has.
NewSpace typed_from(const web::Form& form, NewSpace before) {
    before.name = form["name"];
    before.slug = form["slug"];
    before.description = form["description"];
    before.icon = form["icon"];
    before.kind = kind_from(form["kind"]).value_or(before.kind);
    if (before.kind == Kind::Ideas) before.kind = Kind::Discussion;
    before.visibility = visibility_from(form["visibility"]).value_or(before.visibility);
    if (form.has("starters"))
        before.starters =
            form["starters"] == "moderators" ? Starters::Moderators : Starters::Writers;
    if (form.has("parent")) before.parent = SpaceId::parse(form["parent"]).value_or(SpaceId{});
    return before;
}

NewSpace as_typed(const Space& space) {
    return {.name = space.name,
            .slug = space.slug,
            .description = space.description,
            .icon = space.icon,
            .kind = space.kind,
            .visibility = space.visibility,
            .starters = space.starters,
            .parent = space.parent};
}

/// Spaces at the top that another may stand under.
std::vector<Space> parents_for(db::Tx& tx, const auth::Viewer& viewer, SpaceId self) {
    std::vector<Space> list;
    for (auto& row : store::all(tx, viewer.community, viewer.id))
        if (!row.space.parent && row.space.id != self && !row.space.archived_at)
            list.push_back(std::move(row.space));
    return list;
}

Response overview(Context& ctx) {
    const auto list = ctx.db.read([&](db::Tx& tx) { return sidebar(tx, ctx.viewer); });
    return ctx.page(ctx.t("spaces.title"), [&](html::Out& out) { views::overview(out, ctx, list); },
                    {.indexed = true, .section = "spaces"});
}

Response admin_list(Context& ctx) {
    const auto rows = ctx.db.read(
        [&](db::Tx& tx) { return store::all(tx, ctx.viewer.community, ctx.viewer.id); });
    return ctx.page(ctx.t("spaces.title"),
                    [&](html::Out& out) {
                        community::admin_frame(out, ctx, "/admin/spaces", [&](html::Out& body) {
                            views::admin_list(body, ctx, rows);
                        });
                    },
                    {.section = "admin", .shape = "wide"});
}

Response form_page(Context& ctx, views::FormPage page, const Error* error) {
    page.error = error;
    page.admin = ctx.viewer.may_administer();
    if (page.admin)
        page.parents =
            ctx.db.read([&](db::Tx& tx) { return parents_for(tx, ctx.viewer, page.id); });
    const auto title = ctx.t(page.id ? "spaces.edit_title" : "spaces.new_title");
    const auto body = [&](html::Out& out) {
        if (!page.admin) return views::form(out, ctx, page);
        community::admin_frame(out, ctx, "/admin/spaces",
                               [&](html::Out& inner) { views::form(inner, ctx, page); });
    };
    if (error) return ctx.refuse_form(*error, title, body, {.section = "admin", .shape = "wide"});
    return ctx.page(title, body, {.section = "admin", .shape = "wide"});
}

Response new_form(Context& ctx) {
    NewSpace typed;
    typed.parent = SpaceId::parse(ctx.query("parent")).value_or(SpaceId{});
    return form_page(ctx, {.typed = typed}, nullptr);
}

Response create_space(Context& ctx) {
    const NewSpace typed = typed_from(ctx.form(), {});
    const auto made =
        ctx.create([&](db::Tx& tx) -> Result<SpaceId> { return create(tx, ctx.viewer, typed); });
    if (!made) return form_page(ctx, {.typed = typed}, &made.error());
    return ctx.redirect_with("/admin/spaces", "spaces.made");
}

Response edit_form(Context& ctx) {
    const auto id = ctx.path_id<SpaceId>("space");
    const auto space = ctx.db.read([&](db::Tx& tx) { return managed(tx, ctx.viewer, id); });
    if (!space) return ctx.refuse(space.error());
    return form_page(ctx, {.id = id, .typed = as_typed(*space)}, nullptr);
}

Response edit_space(Context& ctx) {
    const auto id = ctx.path_id<SpaceId>("space");
    NewSpace typed;
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        const Space space = TRY(managed(tx, ctx.viewer, id));
        typed = typed_from(ctx.form(), as_typed(space));
        return edit(tx, ctx.viewer, id, typed);
    });
    // Who may not edit the space at all sees no form.
    if (!done && done.error().field.empty()) return ctx.refuse(done.error());
    if (!done) return form_page(ctx, {.id = id, .typed = typed}, &done.error());
    return ctx.redirect_with(ctx.viewer.may_administer() ? "/admin/spaces" : "/spaces",
                             "spaces.saved");
}

Response change_archive(Context& ctx, Done (*change)(db::Tx&, const auth::Viewer&, SpaceId)) {
    const auto id = ctx.path_id<SpaceId>("space");
    const auto done = ctx.db.write([&](db::Tx& tx) { return change(tx, ctx.viewer, id); });
    if (!done) return ctx.refuse(done.error());
    return ctx.redirect_with("/admin/spaces", "spaces.saved");
}

Response put_archive(Context& ctx) { return change_archive(ctx, archive); }
Response drop_archive(Context& ctx) { return change_archive(ctx, reopen); }

Response shift_space(Context& ctx) {
    const auto id = ctx.path_id<SpaceId>("space");
    const Step step = ctx.form()["step"] == "up" ? Step::Up : Step::Down;
    const auto done = ctx.db.write([&](db::Tx& tx) { return shift(tx, ctx.viewer, id, step); });
    if (!done) return ctx.refuse(done.error());
    return ctx.redirect("/admin/spaces");
}

/// Public and members' spaces need no circle to open them.
void load_circles(db::Tx& tx, const auth::Viewer& viewer, views::MembersPage& page) {
    if (page.space.visibility < Visibility::Private) return;
    page.opening = circles::opening(tx, viewer, page.space.id);
    if (!page.manages) return;
    page.circles = circles::list(tx, viewer);
    std::erase_if(page.circles, [&](const circles::Circle& one) {
        return std::ranges::find(page.opening.circles, one.id, &circles::Circle::id) !=
               page.opening.circles.end();
    });
}

/// Who is in a space is for those who may read it, and for admins.
Result<views::MembersPage> load_members(db::Tx& tx, const auth::Viewer& viewer,
                                        std::string_view slug) {
    const auto id = store::by_slug(tx, viewer.community, slug);
    if (!id) return fail(Fault::NotFound, "spaces.not_found");
    const auto manager = managed(tx, viewer, *id);
    views::MembersPage page{.manages = manager.has_value()};
    page.space = manager ? *manager : TRY(find(tx, viewer, *id));
    page.seats = store::seats(tx, viewer.community, *id, 500);
    if (page.manages) page.requests = store::requests(tx, viewer.community, *id);
    load_circles(tx, viewer, page);
    std::vector<MemberId> people = page.requests;
    for (const auto& seat : page.seats) people.push_back(seat.member);
    page.faces = members::names(tx, viewer.community, people);
    return page;
}

Response members_page(Context& ctx, std::string_view typed, const Error* error) {
    auto page =
        ctx.db.read([&](db::Tx& tx) { return load_members(tx, ctx.viewer, ctx.path("slug")); });
    if (!page) return ctx.refuse(page.error());
    page->typed = typed;
    page->error = error;
    const auto body = [&](html::Out& out) { views::members(out, ctx, *page); };
    const PageOptions options{.section = "spaces", .space = page->space.id};
    if (error) return ctx.refuse_form(*error, ctx.t("spaces.members"), body, options);
    return ctx.page(ctx.t("spaces.members"), body, options);
}

Response show_members(Context& ctx) { return members_page(ctx, {}, nullptr); }

Result<SpaceId> id_of(db::Tx& tx, const Context& ctx) {
    const auto id = store::by_slug(tx, ctx.viewer.community, ctx.path("slug"));
    if (!id) return std::unexpected(kNotFound);
    return *id;
}

Response add_member(Context& ctx) {
    std::string_view handle = trimmed(ctx.form()["handle"]);
    if (handle.starts_with('@')) handle.remove_prefix(1);
    const Role role = role_from(ctx.form()["role"]).value_or(Role::Member);
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        const SpaceId id = TRY(id_of(tx, ctx));
        TRY(managed(tx, ctx.viewer, id));
        const auto member = members::by_handle(tx, ctx.viewer.community, ascii_lower(handle));
        if (!member) return fail(Fault::Invalid, "spaces.handle_unknown", "handle");
        return seat(tx, ctx.viewer, id, member->id, role);
    });
    if (!done && done.error().field == "handle") return members_page(ctx, handle, &done.error());
    if (!done) return ctx.refuse(done.error());
    return ctx.redirect(path(ctx.path("slug")) + "/members");
}

Response drop_member(Context& ctx) {
    const auto member = ctx.path_id<MemberId>("member");
    const auto done = ctx.db.write(
        [&](db::Tx& tx) -> Done { return unseat(tx, ctx.viewer, TRY(id_of(tx, ctx)), member); });
    if (!done) return ctx.refuse(done.error());
    if (member == ctx.viewer.id) return ctx.redirect("/spaces");
    return ctx.redirect(path(ctx.path("slug")) + "/members");
}

Response answer_request(Context& ctx) {
    const auto member = ctx.path_id<MemberId>("member");
    const Answer how = ctx.form()["answer"] == "let_in" ? Answer::LetIn : Answer::Decline;
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        return answer(tx, ctx.viewer, TRY(id_of(tx, ctx)), member, how);
    });
    if (!done) return ctx.refuse(done.error());
    return ctx.redirect(path(ctx.path("slug")) + "/members");
}

Response add_circle(Context& ctx) {
    const auto circle =
        circles::CircleId::parse(ctx.form()["circle"]).value_or(circles::CircleId{});
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        return seat_circle(tx, ctx.viewer, TRY(id_of(tx, ctx)), circle);
    });
    if (!done) return ctx.refuse(done.error());
    return ctx.redirect(path(ctx.path("slug")) + "/members");
}

Response drop_circle(Context& ctx) {
    const auto circle = ctx.path_id<circles::CircleId>("circle");
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        return unseat_circle(tx, ctx.viewer, TRY(id_of(tx, ctx)), circle);
    });
    if (!done) return ctx.refuse(done.error());
    // Whoever was there by this circle alone does not see the page any more.
    const bool sees = ctx.db.read(
        [&](db::Tx& tx) { return load_members(tx, ctx.viewer, ctx.path("slug")).has_value(); });
    return ctx.redirect(sees ? path(ctx.path("slug")) + "/members" : std::string("/spaces"));
}

Response ask_in(Context& ctx) {
    const auto done =
        ctx.db.write([&](db::Tx& tx) { return ask(tx, ctx.viewer, ctx.path("slug")); });
    if (!done) return ctx.refuse(done.error());
    return ctx.redirect_with("/spaces", "spaces.asked_done");
}

}  // namespace

Response door(Context& ctx, std::string_view slug) {
    const auto list = ctx.db.read([&](db::Tx& tx) { return entries(tx, ctx.viewer); });
    for (const Entry& entry : list)
        if (entry.space.slug == slug && !entry.readable)
            return ctx.page(entry.space.name, [&](html::Out& out) { views::door(out, ctx, entry); },
                            {.status = 403, .section = "spaces"});
    return ctx.refuse(kNotFound);
}

void routes(web::Routes& routes) {
    routes.get("/spaces", Who::Anyone, overview).same_for_guests = true;
    routes.get("/s/{slug}/members", Who::Member, show_members);
    routes.post("/s/{slug}/members", Who::Member, add_member);
    routes.del("/s/{slug}/members/{member}", Who::Member, drop_member);
    routes.post("/s/{slug}/circles", Who::Member, add_circle);
    routes.del("/s/{slug}/circles/{circle}", Who::Member, drop_circle);
    routes.post("/s/{slug}/requests/{member}", Who::Member, answer_request);
    routes.post("/s/{slug}/ask", Who::Member, ask_in);
    routes.get("/admin/spaces", Who::Admin, admin_list);
    routes.get("/admin/spaces/new", Who::Admin, new_form);
    routes.post("/admin/spaces", Who::Admin, create_space);
    routes.get("/admin/spaces/{space}/edit", Who::Member, edit_form);
    routes.patch("/admin/spaces/{space}", Who::Member, edit_space);
    routes.put("/admin/spaces/{space}/archive", Who::Admin, put_archive);
    routes.del("/admin/spaces/{space}/archive", Who::Admin, drop_archive);
    routes.post("/admin/spaces/{space}/shift", Who::Admin, shift_space);
    api_routes(routes);
    log_routes(routes);
}

}  // namespace torv::spaces
