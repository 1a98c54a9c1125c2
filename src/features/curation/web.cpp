#include "features/curation/curation.hpp"
#include "features/curation/handlers.hpp"
#include "features/curation/views.hpp"

namespace torv::curation {

namespace {

using topics::Mark;
using topics::Seen;
using topics::State;
using web::Access;
using web::Context;
using web::Response;

constexpr std::size_t kSplitChoices = 100;

Response back_to_topic(Context& ctx, const Done& done, TopicId id) {
    if (!done) return ctx.refuse(done.error());
    return ctx.redirect("/t/" + id.text());
}

Response change_mark(Context& ctx, Mark what, State wanted) {
    const auto id = ctx.path_id<TopicId>("topic");
    const auto done =
        ctx.db.write([&](db::Tx& tx) { return mark(tx, ctx.viewer, id, what, wanted); });
    return back_to_topic(ctx, done, id);
}

Response lock(Context& ctx) { return change_mark(ctx, Mark::Locked, State::On); }
Response unlock(Context& ctx) { return change_mark(ctx, Mark::Locked, State::Off); }
Response pin(Context& ctx) { return change_mark(ctx, Mark::Pinned, State::On); }
Response unpin(Context& ctx) { return change_mark(ctx, Mark::Pinned, State::Off); }

Response open_as_chat(Context& ctx) { return change_mark(ctx, Mark::Chat, State::On); }
Response show_as_topic(Context& ctx) { return change_mark(ctx, Mark::Chat, State::Off); }

Response drop_topic(Context& ctx) {
    const auto id = ctx.path_id<TopicId>("topic");
    const auto done = ctx.db.write([&](db::Tx& tx) { return remove_topic(tx, ctx.viewer, id); });
    return back_to_topic(ctx, done, id);
}

Response bring_back(Context& ctx) {
    const auto id = ctx.path_id<TopicId>("topic");
    const auto done = ctx.db.write([&](db::Tx& tx) { return restore_topic(tx, ctx.viewer, id); });
    return back_to_topic(ctx, done, id);
}

/// Spaces into which the viewer may put topics.
std::vector<spaces::Access> targets(db::Tx& tx, const auth::Viewer& viewer) {
    std::vector<spaces::Access> list;
    for (auto& space : spaces::readable(tx, viewer).spaces)
        if (space.kind != spaces::Kind::Chat && spaces::may_start(viewer, space))
            list.push_back(std::move(space));
    return list;
}

Result<Seen> moderated(db::Tx& tx, const auth::Viewer& viewer, TopicId id) {
    Seen seen = TRY(topics::visible(tx, viewer, id));
    if (!spaces::may_moderate(viewer, seen.space))
        return fail(Fault::Forbidden, "curation.moderators_only");
    return seen;
}

Response move_page(Context& ctx, const Error* error) {
    const auto id = ctx.path_id<TopicId>("topic");
    const auto page = ctx.db.read([&](db::Tx& tx) -> Result<views::MovePage> {
        Seen seen = TRY(moderated(tx, ctx.viewer, id));
        return views::MovePage{
            .topic = std::move(seen.topic), .targets = targets(tx, ctx.viewer), .error = error};
    });
    if (!page) return ctx.refuse(page.error());
    const auto draw = [&](html::Out& out) { views::move(out, ctx, *page); };
    if (error) return ctx.refuse_form(*error, ctx.t("topics.move"), draw);
    return ctx.page(ctx.t("topics.move"), draw);
}

Response move_form(Context& ctx) { return move_page(ctx, nullptr); }

Response move_it(Context& ctx) {
    const auto id = ctx.path_id<TopicId>("topic");
    const auto to = SpaceId::parse(ctx.form()["space"]).value_or(SpaceId{});
    const auto done = ctx.db.write([&](db::Tx& tx) { return move(tx, ctx.viewer, id, to); });
    if (!done && done.error().fault == Fault::Invalid) return move_page(ctx, &done.error());
    return back_to_topic(ctx, done, id);
}

/// Posts to choose from; one more than asked for says that there are others.
void load_choices(db::Tx& tx, CommunityId community, TopicId id, PostId after,
                  views::SplitPage& page) {
    page.posts = topics::posts_after(tx, community, id, after, static_cast<int>(kSplitChoices) + 1);
    page.more = page.posts.size() > kSplitChoices;
    if (page.more) page.posts.pop_back();
    std::vector<MemberId> people;
    for (const topics::Post& post : page.posts) people.push_back(post.author);
    page.faces = members::names(tx, community, people);
}

Response split_page(Context& ctx, views::SplitPage typed) {
    const auto id = ctx.path_id<TopicId>("topic");
    const auto after = PostId::parse(ctx.query("after")).value_or(PostId{});
    const auto loaded = ctx.db.read([&](db::Tx& tx) -> Done {
        Seen seen = TRY(moderated(tx, ctx.viewer, id));
        load_choices(tx, ctx.viewer.community, id, after, typed);
        typed.targets = targets(tx, ctx.viewer);
        if (!typed.to) typed.to = seen.space.id;
        typed.topic = std::move(seen.topic);
        return Unit{};
    });
    if (!loaded) return ctx.refuse(loaded.error());
    const auto draw = [&](html::Out& out) { views::split(out, ctx, typed); };
    if (typed.error) return ctx.refuse_form(*typed.error, ctx.t("topics.split"), draw);
    return ctx.page(ctx.t("topics.split"), draw);
}

Response split_form(Context& ctx) { return split_page(ctx, {}); }

Response split_it(Context& ctx) {
    const auto id = ctx.path_id<TopicId>("topic");
    const web::Form& form = ctx.form();
    views::SplitPage typed{.title = std::string(form["title"]),
                           .to = SpaceId::parse(form["space"]).value_or(SpaceId{})};
    for (const auto text : form.all("posts"))
        if (const auto post = PostId::parse(text)) typed.chosen.push_back(*post);
    const auto made = ctx.create([&](db::Tx& tx) -> Result<TopicId> {
        return split(tx, ctx.viewer, id, typed.chosen, typed.title, typed.to);
    });
    if (made) return ctx.redirect(topics::path(*made, typed.title));
    if (made.error().fault != Fault::Invalid) return ctx.refuse(made.error());
    typed.error = &made.error();
    return split_page(ctx, std::move(typed));
}

}  // namespace

void routes(web::Routes& routes) {
    api_routes(routes);
    // Members, because a space has moderators of its own: the rules decide.
    routes.put("/t/{topic}/lock", Access::Member, lock);
    routes.del("/t/{topic}/lock", Access::Member, unlock);
    routes.put("/t/{topic}/pin", Access::Member, pin);
    routes.del("/t/{topic}/pin", Access::Member, unpin);
    routes.put("/t/{topic}/chat", Access::Member, open_as_chat);
    routes.del("/t/{topic}/chat", Access::Member, show_as_topic);
    routes.del("/t/{topic}", Access::Member, drop_topic);
    routes.post("/t/{topic}/restore", Access::Member, bring_back);
    routes.get("/t/{topic}/move", Access::Member, move_form);
    routes.put("/t/{topic}/space", Access::Member, move_it);
    routes.get("/t/{topic}/split", Access::Member, split_form);
    routes.post("/t/{topic}/split", Access::Member, split_it);
}

}  // namespace torv::curation
