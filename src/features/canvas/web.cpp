#include <algorithm>

#include "features/accounts/accounts.hpp"
#include "features/canvas/canvas.hpp"
#include "features/canvas/draft.hpp"
#include "features/canvas/views.hpp"
#include "features/invitations/invitations.hpp"
#include "platform/base/text.hpp"
#include "platform/web/web.hpp"

namespace torv::canvas {

using web::Access;
using web::Response;

namespace {

web::PageOptions bare(int status = 200) {
    web::PageOptions options;
    options.shape = "centre";
    options.bare = true;
    options.status = status;
    return options;
}

Draft draft_of(web::Context& ctx) {
    Draft draft = ctx.db.read([&](db::Tx& tx) { return load(tx, ctx.place.id); });
    if (!draft.answered("language")) draft.language = ctx.viewer.language;
    return draft;
}

std::string where(std::string_view step) { return "/start/" + std::string(step); }

/// To the first question without an answer: one may go away and come back.
Response resume(web::Context& ctx) {
    if (ctx.place.founded) return ctx.redirect("/");
    return ctx.redirect(where(draft_of(ctx).next()));
}

Response show_step(web::Context& ctx) {
    const std::string_view step = ctx.path("step");
    if (step_number(step) < 0) return ctx.refuse(Error{Fault::NotFound, "web.not_found", {}, {}});
    if (ctx.place.founded) return ctx.redirect("/");
    const Draft draft = draft_of(ctx);
    std::string typed(draft[step]);
    if (step == "language") typed = draft.language;
    if (step == "goals") typed = draft.goals_text();
    return ctx.page(
        views::question_of(ctx, step),
        [&](html::Out& out) { views::step(out, ctx, draft, step, typed, nullptr); }, bare());
}

Response step_again(web::Context& ctx, std::string_view step, std::string_view typed,
                    const Error& error) {
    const Draft draft = draft_of(ctx);
    return ctx.refuse_form(
        error, views::question_of(ctx, step),
        [&](html::Out& out) { views::step(out, ctx, draft, step, typed, &error); }, bare());
}

/// The step after this one, or the review once everything has been seen.
std::string after(web::Context& ctx, std::string_view step) {
    const Draft draft = draft_of(ctx);
    if (draft.next() == "review") return where("review");
    const auto number = static_cast<std::size_t>(step_number(step)) + 1;
    return number < kSteps.size() ? where(kSteps[number]) : where("review");
}

Response answer_step(web::Context& ctx) {
    const std::string_view step = ctx.path("step");
    if (step_number(step) < 0) return ctx.refuse(Error{Fault::NotFound, "web.not_found", {}, {}});
    if (ctx.place.founded) return ctx.redirect("/");
    const std::string typed(ctx.form().has("skip") ? std::string_view{} : ctx.form()["answer"]);
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        TRY(keep(tx, ctx.viewer, step, typed));
        if (step == "language") accounts::set_language(tx, ctx.viewer.account, trimmed(typed));
        return Unit{};
    });
    if (!done) return step_again(ctx, step, typed, done.error());
    return ctx.redirect(after(ctx, step));
}

Response review_page(web::Context& ctx, const Choice& choice, const Error* error) {
    const Draft draft = draft_of(ctx);
    const std::string title = ctx.t("canvas.review", {{"name", draft["name"]}});
    const auto body = [&](html::Out& out) { views::review(out, ctx, draft, choice, error); };
    return error ? ctx.refuse_form(*error, title, body, bare()) : ctx.page(title, body, bare());
}

Response show_review(web::Context& ctx) {
    if (ctx.place.founded) return ctx.redirect("/");
    const Draft draft = draft_of(ctx);
    if (draft["name"].empty()) return ctx.redirect(where("name"));
    Choice all;
    for (const auto& space : draft.preset().spaces) all.spaces.push_back(space.id);
    return review_page(ctx, all, nullptr);
}

Response opened_page(web::Context& ctx, std::string_view name, const std::string& invitation) {
    return ctx.page(
        ctx.t("canvas.opened", {{"name", name}}),
        [&](html::Out& out) { views::opened(out, ctx, name, invitation); }, bare());
}

/// The link is shown this once: only its hash is kept. Anybody of the first twenty may use it for a
/// month.
Response with_invitation(web::Context& ctx, std::string_view name) {
    const auto made = ctx.db.write([&](db::Tx& tx) {
        return invitations::create(tx, ctx.viewer, {.uses_most = 20, .days = 30});
    });
    if (!made) return ctx.refuse(made.error());
    return opened_page(ctx, name, ctx.absolute(made->path));
}

Response open_community(web::Context& ctx) {
    Choice choice;
    for (const auto space : ctx.form().all("spaces")) choice.spaces.emplace_back(space);
    const auto done = open(ctx.db, ctx.viewer, choice);
    if (!done && done.error().field == "spaces") return review_page(ctx, choice, &done.error());
    if (!done) return ctx.refuse(done.error());
    if (ctx.place.founded) return ctx.redirect("/start/opened");  // a double click
    return with_invitation(ctx, draft_of(ctx)["name"]);
}

Response show_opened(web::Context& ctx) {
    if (!ctx.place.founded) return ctx.redirect("/start");
    return opened_page(ctx, ctx.place.name, "");
}

Response invite(web::Context& ctx) {
    if (!ctx.place.founded) return ctx.redirect("/start");
    return with_invitation(ctx, ctx.place.name);
}

}  // namespace

void routes(web::Routes& r) {
    r.get("/start", Access::Owner, resume);
    r.get("/start/review", Access::Owner, show_review);
    r.get("/start/opened", Access::Owner, show_opened);
    r.post("/start/open", Access::Owner, open_community);
    r.post("/start/invitation", Access::Owner, invite);
    r.get("/start/{step}", Access::Owner, show_step);
    r.post("/start/{step}", Access::Owner, answer_step);
}

}  // namespace torv::canvas
