#include "platform/web/web.hpp"

#include <algorithm>

#include "features/lifting/audience.hpp"
#include "features/lifting/handlers.hpp"
#include "features/lifting/lifting.hpp"
#include "features/lifting/views.hpp"
#include "platform/base/text.hpp"

namespace torv::lifting {

namespace {

using web::Access;
using web::Context;
using web::Response;

constexpr int kEachSide = 40;  // messages to choose from, around the first that is chosen
constexpr int kTopics = 30;

/// What the address of the page, or the form, says.
struct Asked {
    std::vector<PostId> posts;
    PostId around;
    std::string to;
    std::string address;
    std::string title;
    bool suggest = false;
};

/// "?from=41": the conversation around a message is suggested; "?posts=41,42": these are chosen.
Asked asked_by(const Context& ctx) {
    Asked asked{.around = PostId::parse(ctx.query("around")).value_or(PostId{})};
    for (const auto text : split(ctx.query("posts"), ','))
        if (const auto post = PostId::parse(text); post && asked.posts.size() < kPostsMax)
            asked.posts.push_back(*post);
    if (const auto from = PostId::parse(ctx.query("from"))) {
        asked.posts = {*from};
        asked.suggest = true;
    }
    return asked;
}

/// Messages to choose from: a stretch of the stream, and those that are chosen already.
std::vector<topics::Post> choices(db::Tx& tx, CommunityId community, const topics::Topic& from,
                                  const Asked& asked) {
    PostId around = asked.around;
    auto posts = topics::posts_of(tx, community, from.id, asked.posts);
    if (!around && !posts.empty()) around = posts.front().id;
    if (!around) around = from.last_post;
    for (auto& post : topics::posts_around(tx, community, from.id, around, kEachSide))
        posts.push_back(std::move(post));
    const auto place = [](const topics::Post& post) { return std::pair(post.created_at, post.id); };
    std::ranges::sort(posts, {}, place);
    posts.erase(std::unique(posts.begin(), posts.end(),
                            [](const auto& a, const auto& b) { return a.id == b.id; }),
                posts.end());
    return posts;
}

/// Topics that were written in lately and may take the messages.
std::vector<topics::Topic> known_topics(db::Tx& tx, const auth::Viewer& viewer,
                                        const spaces::Readable& all, const spaces::Access& from) {
    spaces::Readable fitting;
    for (const auto& space : all.spaces) {
        if (!spaces::may_write(viewer, space) || !no_wider(all, space, from)) continue;
        fitting.ids.values.push_back(space.id.value);
        fitting.spaces.push_back(space);
    }
    return topics::recent(tx, viewer, fitting, kTopics);
}

Result<views::Page> load(db::Tx& tx, const auth::Viewer& viewer, TopicId id, Asked asked) {
    auto seen = TRY(topics::visible(tx, viewer, id));
    if (!topics::may_lift(viewer, seen.topic, seen.space))
        return fail(Fault::Forbidden, "lifting.not_yours");
    views::Page page{.viewer = viewer.id};
    if (asked.suggest) {
        if (const auto fitting = suggest(tx, viewer, asked.posts.front())) asked.posts = *fitting;
        page.suggested = asked.posts.size() > 1;
    }
    page.posts = choices(tx, viewer.community, seen.topic, asked);
    std::vector<MemberId> people;
    for (const auto& post : page.posts) people.push_back(post.author);
    page.faces = members::names(tx, viewer.community, people);
    const auto all = spaces::readable(tx, viewer);
    for (auto& space : target_spaces(viewer, all, seen.space))
        page.places.push_back({.space = space, .fewer = !no_wider(all, seen.space, space)});
    page.topics = known_topics(tx, viewer, all, seen.space);
    page.further = static_cast<bool>(asked.around);
    page.moderates = spaces::may_moderate(viewer, seen.space);
    page.chosen = std::move(asked.posts);
    page.to = std::move(asked.to);
    page.address = std::move(asked.address);
    page.title = std::move(asked.title);
    page.from = std::move(seen.topic);
    page.space = std::move(seen.space);
    return page;
}

Response show(Context& ctx, Asked asked, const Error* error) {
    const auto id = ctx.path_id<TopicId>("topic");
    auto page = ctx.db.read([&](db::Tx& tx) { return load(tx, ctx.viewer, id, std::move(asked)); });
    if (!page) return ctx.refuse(page.error());
    page->error = error;
    const auto draw = [&](html::Out& out) { views::choose(out, ctx, *page); };
    const web::PageOptions options{.section = "spaces", .space = page->space.id};
    if (error) return ctx.refuse_form(*error, ctx.t("lifting.title"), draw, options);
    return ctx.page(ctx.t("lifting.title"), draw, options);
}

Response choose(Context& ctx) { return show(ctx, asked_by(ctx), nullptr); }

/// "https://square.example/t/7/picnic" → 7; 0 when there is no such thing in it.
TopicId topic_in(std::string_view address) {
    const auto at = address.find("/t/");
    if (at == address.npos) return {};
    const auto rest = address.substr(at + 3);
    return TopicId::parse(rest.substr(0, rest.find_first_not_of("0123456789"))).value_or(TopicId{});
}

Target target_of(const Asked& asked) {
    if (!trimmed(asked.address).empty()) {
        const TopicId named = topic_in(asked.address);
        return {.topic = named ? named : TopicId{-1}, .space = {}, .title = {}};
    }
    const std::string_view to = asked.to;
    const std::string_view id = to.empty() ? to : to.substr(1);
    if (to.starts_with('t'))
        return {.topic = TopicId::parse(id).value_or(TopicId{-1}), .space = {}, .title = {}};
    return {.topic = {}, .space = SpaceId::parse(id).value_or(SpaceId{}), .title = asked.title};
}

/// A topic that is not there is a mistake in the form, not a page that is missing.
Error as_typed(const Error& error, const Target& target) {
    if (error.fault != Fault::NotFound || !target.topic) return error;
    return {.fault = Fault::Invalid, .key = "lifting.topic_closed", .field = "to"};
}

Response lift_it(Context& ctx) {
    const auto id = ctx.path_id<TopicId>("topic");
    const web::Form& form = ctx.form();
    Asked asked{.to = std::string(form["to"]),
                .address = std::string(form["address"]),
                .title = std::string(form["title"])};
    for (const auto text : form.all("posts"))
        if (const auto post = PostId::parse(text)) asked.posts.push_back(*post);
    asked.around = PostId::parse(form["around"]).value_or(PostId{});
    if (asked.around) {
        if (asked.posts.size() > kPostsMax) asked.posts.resize(kPostsMax);
        return show(ctx, std::move(asked), nullptr);
    }
    const Target target = target_of(asked);
    const auto made = ctx.create([&](db::Tx& tx) -> Result<LiftId> {
        TRY(topics::visible(tx, ctx.viewer, id));
        const auto lifted = lift(tx, ctx.viewer, id, asked.posts, target);
        if (!lifted) return std::unexpected(as_typed(lifted.error(), target));
        return *lifted;
    });
    if (!made) {
        const Error error = made.error();
        const bool mends = error.fault == Fault::Invalid || error.fault == Fault::Conflict;
        return mends ? show(ctx, std::move(asked), &error) : ctx.refuse(error);
    }
    const auto to = ctx.db.read([&](db::Tx& tx) -> Result<std::string> {
        const auto done = TRY(visible(tx, ctx.viewer, *made));
        return topics::path(done.to, TRY(topics::visible(tx, ctx.viewer, done.to)).topic.title);
    });
    return to ? ctx.redirect(*to) : ctx.refuse(to.error());
}

/// Where the messages stood; when they are back, to the first of them.
Response place(Context& ctx) {
    const auto id = ctx.path_id<LiftId>("lift");
    const auto to = ctx.db.read([&](db::Tx& tx) -> Result<std::string> {
        const auto lift = TRY(visible(tx, ctx.viewer, id));
        if (lift.undone_at) return topics::path(lift.first);
        const auto from = TRY(topics::visible(tx, ctx.viewer, lift.from));
        const PostId next = topics::next_post(tx, ctx.viewer.community, lift.from, lift.first_at);
        const std::string base = from.topic.kind == topics::Kind::Stream
                                     ? spaces::path(from.space.slug)
                                     : "/t/" + lift.from.text();
        return base + (next ? "?at=" + next.text() : "") + "#lift-" + id.text();
    });
    return to ? ctx.redirect(*to) : ctx.refuse(to.error());
}

Response undo_it(Context& ctx) {
    const auto id = ctx.path_id<LiftId>("lift");
    const auto first = ctx.db.write([&](db::Tx& tx) -> Result<PostId> {
        TRY(undo(tx, ctx.viewer, id));
        return lifts::find(tx, ctx.viewer.community, id)->first;
    });
    if (!first) return ctx.refuse(first.error());
    return ctx.redirect(topics::path(*first));
}

}  // namespace

void routes(web::Routes& routes) {
    // Members, because a space has moderators of its own, and members lift what is theirs.
    routes.get("/t/{topic}/lift", Access::Member, choose);
    routes.post("/t/{topic}/lift", Access::Member, lift_it);
    routes.get("/lifts/{lift}", Access::Anyone, place);
    routes.del("/lifts/{lift}", Access::Member, undo_it);
    api_routes(routes);
}

}  // namespace torv::lifting
