#include "platform/web/web.hpp"

#include <algorithm>

#include "features/drafts/drafts.hpp"
#include "features/scheduling/handlers.hpp"
#include "features/scheduling/recurrence.hpp"
#include "features/scheduling/views.hpp"
#include "features/spaces/spaces.hpp"
#include "platform/base/text.hpp"
#include "platform/i18n/i18n.hpp"

namespace torv::scheduling {

namespace {

using views::FormPage;
using web::Access;
using web::Context;
using web::Response;

constexpr int kMorning = 8 * 3600;

/// A topic or a space as the viewer may see it; nothing of one that is out of their sight.
views::Where where_of(db::Tx& tx, const auth::Viewer& viewer, const spaces::Readable& readable,
                      const Plan& plan) {
    if (plan.topic) {
        const auto seen = topics::visible(tx, viewer, plan.topic);
        if (!seen) return {};
        return {.name = seen->topic.title, .path = topics::path(plan.topic, seen->topic.title)};
    }
    const spaces::Access* space = readable.find(plan.space);
    if (!space) return {};
    return {.name = space->name, .path = spaces::path(space->slug)};
}

Response show_list(Context& ctx) {
    const auto items = ctx.db.read([&](db::Tx& tx) {
        const auto readable = spaces::readable(tx, ctx.viewer);
        std::vector<views::Item> found;
        for (Scheduled& one : list(tx, ctx.viewer)) {
            auto where = where_of(tx, ctx.viewer, readable, one.plan);
            found.push_back({.one = std::move(one), .where = std::move(where)});
        }
        return found;
    });
    return ctx.page(ctx.t("scheduling.title"),
                    [&](html::Out& out) { views::list(out, ctx, items); },
                    {.section = "scheduled"});
}

/// The place that the address or the form names.
Plan target_of(const Context& ctx) {
    const auto said = [&](std::string_view name) {
        const auto query = ctx.query(name);
        return query.empty() ? ctx.form()[name] : query;
    };
    return {.space = SpaceId::parse(said("space")).value_or(SpaceId{}),
            .topic = TopicId::parse(said("topic")).value_or(TopicId{}),
            .reply_to = PostId::parse(said("reply_to")).value_or(PostId{})};
}

/// The rule that was chosen; "keep": the one it has.
std::string rule_from_form(Context& ctx, const std::string& known) {
    const auto chosen = ctx.form()["repeat"];
    if (chosen == "keep") return known;
    return rule_for(chosen, wall_from(ctx.form()["at"]).value_or(Wall{}));
}

Plan typed(Context& ctx, Plan plan) {
    const std::string known = plan.rule;
    plan.title = ctx.form()["title"];
    plan.body = ctx.form()["body"];
    plan.at = ctx.form()["at"];
    plan.rule = rule_from_form(ctx, known);
    return plan;
}

Response draw(Context& ctx, FormPage page, const Error* error) {
    const auto where = ctx.db.read([&](db::Tx& tx) -> Result<views::Where> {
        if (!page.id) TRY(check_target(tx, ctx.viewer, page.plan));
        return where_of(tx, ctx.viewer, spaces::readable(tx, ctx.viewer), page.plan);
    });
    if (!where) return ctx.refuse(where.error());
    page.where = *where;
    if (page.where.path.empty())
        page.where = {.name = std::string(ctx.t("scheduling.title")), .path = "/scheduled"};
    page.error = error;
    const std::string title(ctx.t(page.id ? "scheduling.change_title" : "scheduling.new_title"));
    const auto body = [&](html::Out& out) { views::form(out, ctx, page); };
    const web::PageOptions options{.section = "scheduled"};
    return error ? ctx.refuse_form(*error, title, body, options) : ctx.page(title, body, options);
}

/// With what stood in the composer, or in its draft; tomorrow at eight, until one says otherwise.
Response show_new(Context& ctx) {
    FormPage page{.plan = target_of(ctx)};
    page.plan.title = ctx.form()["title"];
    page.plan.body = ctx.form()["body"];
    if (page.plan.body.empty()) {
        const std::string place =
            page.plan.topic ? "topic:" + page.plan.topic.text() : "space:" + page.plan.space.text();
        const auto draft =
            ctx.db.read([&](db::Tx& tx) { return drafts::find(tx, ctx.viewer, place); });
        if (draft) page.plan.body = draft->body;
        if (draft && page.plan.title.empty()) page.plan.title = draft->title;
    }
    page.plan.at = text({.day = ctx.dates.day_number(ctx.now()) + 1, .second = kMorning});
    page.plan.zone = ctx.viewer.zone;
    return draw(ctx, std::move(page), nullptr);
}

bool can_be_mended(const Error& error) {
    return error.fault == Fault::Invalid || error.fault == Fault::TooMany;
}

Response create(Context& ctx) {
    Plan plan = typed(ctx, target_of(ctx));
    plan.zone = ctx.viewer.zone;
    const auto again = [&](const Error& error) {
        if (!can_be_mended(error)) return ctx.refuse(error);
        return draw(ctx, {.plan = plan, .repeat = std::string(ctx.form()["repeat"])}, &error);
    };
    if (const auto slow = calm(ctx); !slow) return again(slow.error());
    const auto made = ctx.create([&](db::Tx& tx) -> Result<ScheduledId> {
        tx.shown_to_no_other();
        const auto id = TRY(put(tx, ctx.viewer, plan));
        drafts::forget(tx, ctx.viewer,
                       plan.topic ? "topic:" + plan.topic.text() : "space:" + plan.space.text());
        return id;
    });
    if (!made) return again(made.error());
    return ctx.redirect_with("/scheduled", "scheduling.saved");
}

Response show(Context& ctx) {
    const auto id = ctx.path_id<ScheduledId>("scheduled");
    const auto one = ctx.db.read([&](db::Tx& tx) { return find(tx, ctx.viewer, id); });
    if (!one) return ctx.refuse(one.error());
    const Plan& plan = one->plan;
    std::string repeat(choice_of(plan.rule, wall_from(plan.at).value_or(Wall{})));
    if (repeat.empty() && !plan.rule.empty()) repeat = "keep";
    return draw(ctx, {.id = id, .plan = plan, .repeat = repeat}, nullptr);
}

Response save(Context& ctx) {
    const auto id = ctx.path_id<ScheduledId>("scheduled");
    if (const auto slow = calm(ctx); !slow) return ctx.refuse(slow.error());
    const auto one = ctx.db.read([&](db::Tx& tx) { return find(tx, ctx.viewer, id); });
    if (!one) return ctx.refuse(one.error());
    const Plan plan = typed(ctx, one->plan);
    const auto done = ctx.db.write([&](db::Tx& tx) {
        tx.shown_to_no_other();
        return change(tx, ctx.viewer, id, plan);
    });
    if (!done && can_be_mended(done.error())) {
        const std::string repeat(ctx.form()["repeat"]);
        return draw(ctx, {.id = id, .plan = plan, .repeat = repeat}, &done.error());
    }
    if (!done) return ctx.refuse(done.error());
    return ctx.redirect_with("/scheduled", "scheduling.saved");
}

/// What is gone already is no fault: pressed twice is once.
Response remove(Context& ctx) {
    const auto id = ctx.path_id<ScheduledId>("scheduled");
    const auto done = ctx.db.write([&](db::Tx& tx) {
        tx.shown_to_no_other();
        return drop(tx, ctx.viewer, id);
    });
    if (!done && done.error().fault != Fault::NotFound) return ctx.refuse(done.error());
    return ctx.redirect_with("/scheduled", "scheduling.removed");
}

Response now(Context& ctx) {
    const auto path = post_now(ctx, ctx.path_id<ScheduledId>("scheduled"));
    if (!path) return ctx.refuse(path.error());
    return ctx.redirect(*path);
}

}  // namespace

Done calm(Context& ctx) { return ctx.limit("scheduled:" + ctx.viewer.id.text(), 30, 30); }

Result<std::string> post_now(Context& ctx, ScheduledId id) {
    TRY(calm(ctx));
    const auto one = TRY(ctx.db.read([&](db::Tx& tx) { return find(tx, ctx.viewer, id); }));
    const auto text = TRY(topics::written(ctx, one.plan.body));
    const auto seen = parse_int<std::int64_t>(ctx.query("posted"));
    return ctx.db.write([&](db::Tx& tx) { return post_now(tx, ctx.viewer, id, text, seen); });
}

void routes(web::Routes& routes) {
    routes.get("/scheduled", Access::Member, show_list);
    routes.get("/scheduled/new", Access::Member, show_new);
    routes.post("/scheduled/new", Access::Member, show_new);
    routes.post("/scheduled", Access::Member, create);
    routes.get("/scheduled/{scheduled}", Access::Member, show);
    routes.patch("/scheduled/{scheduled}", Access::Member, save);
    routes.del("/scheduled/{scheduled}", Access::Member, remove);
    routes.post("/scheduled/{scheduled}/now", Access::Member, now);
    api_routes(routes);
}

}  // namespace torv::scheduling
