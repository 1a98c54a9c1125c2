#include "platform/web/web.hpp"

#include "features/bookmarks/handlers.hpp"
#include "features/bookmarks/views.hpp"

namespace torv::bookmarks {

namespace {

using web::Access;
using web::Context;
using web::Response;

Response show_list(Context& ctx) {
    const auto page = ctx.db.read([&](db::Tx& tx) -> Result<views::ListPage> {
        auto [items, next] = TRY(one_page(tx, ctx.viewer, ctx.query("before")));
        views::ListPage found{.items = std::move(items), .next = std::move(next)};
        std::vector<MemberId> people;
        for (const Shown& one : found.items)
            if (one.there) people.push_back(one.author);
        found.faces = members::names(tx, ctx.viewer.community, people);
        return found;
    });
    if (!page) return ctx.refuse(page.error());
    return ctx.page(ctx.t("bookmarks.title"), [&](html::Out& out) { views::list(out, ctx, *page); },
                    {.section = "bookmarks"});
}

Response form_page(Context& ctx, const Error* error) {
    const auto id = ctx.path_id<PostId>("post");
    const auto page = ctx.db.read([&](db::Tx& tx) -> Result<views::FormPage> {
        const auto seen = TRY(topics::visible_post(tx, ctx.viewer, id));
        views::FormPage found{.post = id,
                              .title = seen.topic.title,
                              .words = seen.post.body_html,
                              .known = find(tx, ctx.viewer, id)};
        const auto faces = members::names(tx, ctx.viewer.community, {seen.post.author});
        found.author = faces[seen.post.author];
        return found;
    });
    if (!page) return ctx.refuse(page.error());
    views::FormPage shown = *page;
    shown.error = error;
    if (shown.known) shown.note = shown.known->note;
    if (shown.known && shown.known->remind_at) shown.when = "keep";
    if (error) {
        shown.note = ctx.form()["note"];
        shown.when = ctx.form()["when"];
        shown.at = ctx.form()["remind_at"];
    }
    const std::string title(ctx.t("bookmarks.title"));
    const auto draw = [&](html::Out& out) { views::form(out, ctx, shown); };
    const web::PageOptions options{.section = "bookmarks"};
    if (error) return ctx.refuse_form(*error, title, draw, options);
    return ctx.page(title, draw, options);
}

Response show_form(Context& ctx) { return form_page(ctx, nullptr); }

/// What the form wants; a moment of one's own is needed when that was chosen.
Result<Instant> wanted(Context& ctx, const std::optional<Bookmark>& known) {
    const std::string_view when = ctx.form()["when"];
    const auto offered = choices(ctx.dates, ctx.now());
    if (when == "keep" && known) return known->remind_at;
    if (when == "later") return offered.later;
    if (when == "tomorrow") return offered.tomorrow;
    if (when == "monday") return offered.monday;
    // Who types a moment means it, also without pressing the button beside it.
    if (when != "at" && ctx.form()["remind_at"].empty()) return Instant{};
    const auto typed = moment_from(ctx.dates, ctx.form()["remind_at"]);
    if (!typed) return fail(Fault::Invalid, "bookmarks.no_moment", "remind_at");
    return *typed;
}

Response save(Context& ctx) {
    const auto id = ctx.path_id<PostId>("post");
    if (const auto slow = calm(ctx); !slow) return ctx.refuse(slow.error());
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        tx.shown_to_no_other();
        const Instant at = TRY(wanted(ctx, find(tx, ctx.viewer, id)));
        return put(tx, ctx.viewer, id, ctx.form()["note"], at);
    });
    if (!done && done.error().fault == Fault::Invalid) return form_page(ctx, &done.error());
    if (!done) return ctx.refuse(done.error());
    return ctx.redirect_with("/bookmarks", "bookmarks.saved");
}

/// What is gone already is no fault: pressed twice is once.
Response remove(Context& ctx) {
    const auto id = ctx.path_id<PostId>("post");
    const auto done = ctx.db.write([&](db::Tx& tx) {
        tx.shown_to_no_other();
        return drop(tx, ctx.viewer, id);
    });
    if (!done && done.error().fault != Fault::NotFound) return ctx.refuse(done.error());
    return ctx.redirect_with("/bookmarks", "bookmarks.removed");
}

}  // namespace

Done calm(Context& ctx) { return ctx.limit("bookmarks:" + ctx.viewer.id.text(), 60, 60); }

Result<Slice> one_page(db::Tx& tx, const auth::Viewer& viewer, std::string_view typed) {
    const auto below = TRY(web::keyset_from(typed));
    Slice slice{.items = list(tx, viewer, below, kOnPage + 1)};
    if (static_cast<int>(slice.items.size()) > kOnPage) {
        slice.items.pop_back();
        const Bookmark& last = slice.items.back().bookmark;
        slice.next = web::Keyset{.at = last.created_at, .id = last.post.value}.text();
    }
    return slice;
}

void routes(web::Routes& routes) {
    routes.get("/bookmarks", Access::Member, show_list);
    routes.get("/p/{post}/bookmark", Access::Member, show_form);
    routes.put("/p/{post}/bookmark", Access::Member, save);
    routes.del("/p/{post}/bookmark", Access::Member, remove);
    api_routes(routes);
}

}  // namespace torv::bookmarks
