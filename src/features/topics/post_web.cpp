#include "features/topics/handlers.hpp"
#include "features/topics/pages.hpp"
#include "features/topics/rules.hpp"
#include "features/topics/views.hpp"
#include "platform/base/text.hpp"

namespace torv::topics {

namespace {

using web::Access;
using web::Context;
using web::Response;

/// A post the viewer may change now.
Result<SeenPost> editable(db::Tx& tx, const auth::Viewer& viewer, PostId id) {
    SeenPost seen = TRY(visible_post(tx, viewer, id));
    if (!may_edit(viewer, seen.post, seen.topic, seen.space))
        return fail(Fault::Forbidden, "topics.not_yours");
    return seen;
}

struct Typed {
    std::string title;
    std::string body;
};

/// The form of a change: with what was typed, and with what others wrote meanwhile.
Response edit_page(Context& ctx, const SeenPost& seen, const Typed& typed, const Error* error) {
    const bool opening = seen.topic.first_post == seen.post.id;
    views::WritePage page{
        .heading = std::string(ctx.t("topics.edit_title")),
        .back = path(seen.post.id),
        .back_name = seen.topic.title.empty() ? seen.space.name : seen.topic.title,
        .composer = {.action = path(seen.post.id),
                     .draft = "post:" + seen.post.id.text(),
                     .submit = "topics.save",
                     .label = "topics.your_text",
                     .title = opening ? std::optional(typed.title) : std::nullopt,
                     .body = typed.body,
                     .edits = seen.post.edits,
                     .error = error}};
    if (error && error->fault == Fault::Conflict) page.theirs = seen.post.body_md;
    const auto draw = [&](html::Out& out) { views::write(out, ctx, page); };
    const web::PageOptions options{.section = "spaces", .space = seen.space.id};
    if (error) return ctx.refuse_form(*error, page.heading, draw, options);
    return ctx.page(page.heading, draw, options);
}

Response edit_form(Context& ctx) {
    const auto id = ctx.path_id<PostId>("post");
    std::optional<drafts::Draft> draft;
    const auto seen = ctx.db.read([&](db::Tx& tx) -> Result<SeenPost> {
        SeenPost found = TRY(editable(tx, ctx.viewer, id));
        draft = drafts::find(tx, ctx.viewer, "post:" + id.text());
        return found;
    });
    if (!seen) return ctx.refuse(seen.error());
    Typed typed{.title = seen->topic.title, .body = seen->post.body_md};
    if (draft) typed.body = draft->body;
    if (draft && !draft->title.empty()) typed.title = draft->title;
    return edit_page(ctx, *seen, typed, nullptr);
}

Response save(Context& ctx) {
    const auto id = ctx.path_id<PostId>("post");
    const web::Form& form = ctx.form();
    const Typed typed{.title = std::string(form["title"]), .body = std::string(form["body"])};
    const auto again = [&](const Error& error) {
        if (ctx.wants_fragment()) return ctx.refuse(error);
        const auto seen = ctx.db.read([&](db::Tx& tx) { return editable(tx, ctx.viewer, id); });
        const bool keeps = error.fault == Fault::Invalid || error.fault == Fault::Conflict ||
                           error.fault == Fault::TooMany;
        if (!seen || !keeps) return ctx.refuse(seen ? error : seen.error());
        return edit_page(ctx, *seen, typed, &error);
    };
    if (const auto slow = calm_change(ctx); !slow) return again(slow.error());
    const auto text = prepared(ctx, typed.body);
    if (!text) return again(text.error());
    const auto edits = parse_int<std::int64_t>(form["edits"]).value_or(-1);
    const auto title =
        form.has("title") ? std::optional<std::string_view>(typed.title) : std::nullopt;
    const auto done =
        ctx.db.write([&](db::Tx& tx) { return edit(tx, ctx.viewer, id, edits, *text, title); });
    if (!done) return again(done.error());
    if (ctx.wants_fragment()) return message(ctx, id);
    return ctx.redirect(path(id));
}

/// After a deletion the post's page may be gone for whoever deleted it.
Response drop(Context& ctx) {
    const auto id = ctx.path_id<PostId>("post");
    std::string back = "/";
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        const SeenPost seen = TRY(any_post(tx, ctx.viewer, id));
        back = seen.topic.kind == Kind::Topic || seen.topic.kind == Kind::Stream
                   ? spaces::path(seen.space.slug)
                   : talk_path(seen.topic, seen.space);
        TRY(remove(tx, ctx.viewer, id));
        if (visible(tx, ctx.viewer, seen.topic.id) && seen.topic.kind == Kind::Topic)
            back = path(id);
        return Unit{};
    });
    if (!done) return ctx.refuse(done.error());
    if (ctx.wants_fragment()) return ctx.no_content();
    return ctx.redirect_with(back, "topics.post_deleted");
}

Response bring_back(Context& ctx) {
    const auto id = ctx.path_id<PostId>("post");
    const auto done = ctx.db.write([&](db::Tx& tx) { return restore(tx, ctx.viewer, id); });
    if (!done) return ctx.refuse(done.error());
    if (ctx.wants_fragment()) return ctx.no_content();
    return ctx.redirect(path(id));
}

Response show_history(Context& ctx) {
    const auto id = ctx.path_id<PostId>("post");
    const auto page = ctx.db.read([&](db::Tx& tx) { return pages::history(tx, ctx.viewer, id); });
    if (!page) return ctx.refuse(page.error());
    return ctx.page(ctx.t("topics.history_title"),
                    [&](html::Out& out) { views::history(out, ctx, *page); },
                    {.section = "spaces", .space = page->seen.space.id});
}

/// The row of reactions alone, for elements; a redirect for browsers without script.
Response reacted(Context& ctx, PostId id) {
    if (!ctx.wants_fragment()) return ctx.redirect(path(id));
    std::string counts;
    reactions::Own own;
    const auto seen = ctx.db.read([&](db::Tx& tx) -> Done {
        counts = TRY(visible_post(tx, ctx.viewer, id)).post.reactions;
        own = reactions::own(tx, ctx.viewer, {id});
        return Unit{};
    });
    if (!seen) return ctx.refuse(seen.error());
    return ctx.fragment([&](html::Out& out) {
        reactions::bar(out, ctx, id, reactions::counts_from(counts), &own[id],
                       reactions::Press::Allowed);
    });
}

Response change_reaction(Context& ctx, std::string_view emoji, State wanted) {
    const auto id = ctx.path_id<PostId>("post");
    if (const auto slow = calm_change(ctx); !slow) return ctx.refuse(slow.error());
    const auto done =
        ctx.db.write([&](db::Tx& tx) { return react(tx, ctx.viewer, id, emoji, wanted); });
    if (!done) return ctx.refuse(done.error());
    return reacted(ctx, id);
}

Response put_reaction(Context& ctx) { return change_reaction(ctx, ctx.path("emoji"), State::On); }
Response drop_reaction(Context& ctx) { return change_reaction(ctx, ctx.path("emoji"), State::Off); }

/// Where "add one" leads without script.
Response choose_reaction(Context& ctx) {
    const auto id = ctx.path_id<PostId>("post");
    members::Faces faces;
    const auto seen = ctx.db.read([&](db::Tx& tx) -> Result<SeenPost> {
        SeenPost found = TRY(visible_post(tx, ctx.viewer, id));
        if (!spaces::may_write(ctx.viewer, found.space))
            return fail(Fault::Forbidden, "spaces.read_only");
        faces = members::names(tx, ctx.viewer.community, {found.post.author});
        return found;
    });
    if (!seen) return ctx.refuse(seen.error());
    return ctx.page(
        ctx.t("reactions.react"),
        [&](html::Out& out) { views::react(out, ctx, *seen, faces[seen->post.author]); },
        {.section = "spaces", .space = seen->space.id});
}

/// One address for the buttons under a post: a second press takes the reaction back.
Response toggle_reaction(Context& ctx) {
    const auto id = ctx.path_id<PostId>("post");
    const std::string emoji{ctx.form()["emoji"]};
    if (const auto slow = calm_change(ctx); !slow) return ctx.refuse(slow.error());
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        TRY(visible_post(tx, ctx.viewer, id));
        const auto own = reactions::own(tx, ctx.viewer, {id});
        const auto mine = own.find(id);
        const bool given = mine != own.end() && reactions::holds(mine->second, emoji);
        return react(tx, ctx.viewer, id, emoji, given ? State::Off : State::On);
    });
    if (!done) return ctx.refuse(done.error());
    return reacted(ctx, id);
}

}  // namespace

void post_routes(web::Routes& routes) {
    routes.get("/p/{post}/edit", Access::Member, edit_form);
    routes.patch("/p/{post}", Access::Member, save);
    routes.del("/p/{post}", Access::Member, drop);
    routes.post("/p/{post}/restore", Access::Member, bring_back);
    routes.get("/p/{post}/history", Access::Anyone, show_history);
    routes.get("/p/{post}/react", Access::Member, choose_reaction);
    routes.post("/p/{post}/reactions", Access::Member, toggle_reaction);
    routes.put("/p/{post}/reactions/{emoji}", Access::Member, put_reaction);
    routes.del("/p/{post}/reactions/{emoji}", Access::Member, drop_reaction);
}

}  // namespace torv::topics
