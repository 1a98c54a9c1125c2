#include "features/scheduling/views.hpp"

#include "features/scheduling/recurrence.hpp"
#include "platform/i18n/i18n.hpp"
#include "platform/web/fields.hpp"
#include "platform/web/parts.hpp"

namespace torv::scheduling::views {

using html::put;
namespace parts = web::parts;

namespace {

std::string path(ScheduledId id) { return "/scheduled/" + id.text(); }

std::string_view words(const web::Context& ctx, std::string_view choice) {
    if (choice == "daily") return ctx.t("scheduling.daily");
    if (choice == "weekdays") return ctx.t("scheduling.weekdays");
    if (choice == "weekly") return ctx.t("scheduling.weekly");
    if (choice == "fortnightly") return ctx.t("scheduling.fortnightly");
    if (choice == "monthly") return ctx.t("scheduling.monthly");
    if (choice == "monthly_weekday") return ctx.t("scheduling.monthly_weekday");
    if (choice == "yearly") return ctx.t("scheduling.yearly");
    return ctx.t("scheduling.by_rule");
}

std::string_view repeat_of(const web::Context& ctx, const Plan& plan) {
    return words(ctx, choice_of(plan.rule, wall_from(plan.at).value_or(Wall{})));
}

void nothing(html::Out& out, const web::Context& ctx) {
    put(out, R"(<div class="empty empty--calm">)");
    parts::icon(out, "calendar-clock");
    put(out, R"(<h2 class="empty__title">{}</h2><p class="empty__text">{}</p></div>)",
        ctx.t("scheduling.none"), ctx.t("scheduling.none_text"));
}

std::string title_of(const web::Context& ctx, const Item& item) {
    if (item.one.plan.space) return item.one.plan.title;
    if (item.where.name.empty()) return std::string(ctx.t("scheduling.answer"));
    return ctx.t("scheduling.answer_in", {{"title", item.where.name}});
}

void moments(html::Out& out, const web::Context& ctx, const Item& item) {
    const Scheduled& one = item.one;
    put(out, R"(<p class="row__text">)");
    if (one.plan.space && !item.where.name.empty())
        put(out, R"(<a href="{}" dir="auto">{}</a> · )", item.where.path, item.where.name);
    if (one.due_at) {
        const i18n::Dates there(ctx.viewer.language, one.plan.zone);
        parts::icon(out, "clock");
        put(out, " {}", there.date_time(one.due_at));
        if (one.plan.zone != ctx.viewer.zone) put(out, " ({})", one.plan.zone);
    }
    if (!one.plan.rule.empty()) {
        put(out, " · ");
        parts::icon(out, "repeat");
        put(out, " {}", repeat_of(ctx, one.plan));
    }
    if (one.posted > 0) put(out, " · {}", ctx.t("scheduling.posted", one.posted));
    put(out, "</p>");
    if (!one.failed_at) return;
    put(out, R"(<p class="field__error">)");
    parts::icon(out, "circle-alert");
    put(out, "{} {}</p>", ctx.t("scheduling.failed"),
        ctx.message({.fault = Fault::Forbidden, .key = one.fault}));
}

void row(html::Out& out, const web::Context& ctx, const Item& item) {
    const std::string title = title_of(ctx, item);
    const std::string base = path(item.one.id);
    put(out,
        R"(<li class="row"><div class="row__body"><h2 class="row__title" dir="auto"><a href="{}">{}</a></h2>)",
        base, title);
    put(out, R"(<p class="topic-row__excerpt" dir="auto">{}</p>)", item.one.plan.body);
    moments(out, ctx, item);
    put(out, R"(</div><div class="row__actions">)");
    put(out,
        R"(<a class="button button--quiet button--small" href="{}">{}<span class="sr-only">: {}</span></a>)",
        base, ctx.t("scheduling.change"), title);
    const std::string now = base + "/now?posted=" + std::to_string(item.one.posted);
    parts::button_form(out, ctx, now, ctx.t("scheduling.now"), "button--quiet button--small");
    put(out, R"(<ask-first question="{}" yes="{}" no="{}">)", ctx.t("scheduling.drop_question"),
        ctx.t("scheduling.drop"), ctx.t("scheduling.keep"));
    parts::button_form(out, ctx, base, ctx.t("scheduling.drop"), "button--quiet button--small",
                       "DELETE");
    put(out, "</ask-first></div></li>");
}

void moment_fields(html::Out& out, const web::Context& ctx, const FormPage& page) {
    // Browsers give seconds back only where a field has them.
    const std::string at = page.plan.at.ends_with(":00") && page.plan.at.size() == 19
                               ? page.plan.at.substr(0, 16)
                               : page.plan.at;
    parts::input(out, ctx,
                 {.name = "at", .label = "scheduling.at", .value = at, .type = "datetime-local"},
                 page.error);
    put(out, R"(<p class="field__hint">{}</p>)",
        ctx.t("scheduling.zone", {{"zone", page.plan.zone}}));
    std::vector<parts::Option> options{{"", std::string(ctx.t("scheduling.once")), {}}};
    if (page.repeat == "keep")
        options.push_back({"keep", std::string(ctx.t("scheduling.by_rule")), {}});
    for (const std::string_view choice : kChoices)
        options.push_back({std::string(choice), std::string(words(ctx, choice)), {}});
    parts::select(out, ctx, {.name = "repeat", .label = "scheduling.repeat", .value = page.repeat},
                  options, page.error);
}

void hidden(html::Out& out, const web::Context& ctx, const FormPage& page) {
    if (page.id) return ctx.method_field(out, "PATCH");
    ctx.once_field(out);
    if (page.plan.topic)
        put(out, R"(<input type="hidden" name="topic" value="{}">)", page.plan.topic);
    if (page.plan.space)
        put(out, R"(<input type="hidden" name="space" value="{}">)", page.plan.space);
    if (page.plan.reply_to)
        put(out, R"(<input type="hidden" name="reply_to" value="{}">)", page.plan.reply_to);
}

}  // namespace

void list(html::Out& out, const web::Context& ctx, const std::vector<Item>& items) {
    parts::page_head(out, ctx.t("scheduling.title"), ctx.t("scheduling.lead"));
    if (items.empty()) return nothing(out, ctx);
    put(out, R"(<ul class="rows">)");
    for (const Item& item : items) row(out, ctx, item);
    put(out, "</ul>");
}

void form(html::Out& out, const web::Context& ctx, const FormPage& page) {
    put(out,
        R"(<header class="page-head"><nav class="crumbs" aria-label="{}"><a href="{}" dir="auto">{}</a></nav><h1 class="page-head__title">{}</h1></header>)",
        ctx.t("scheduling.you_are_here"), page.where.path, page.where.name,
        ctx.t(page.id ? "scheduling.change_title" : "scheduling.new_title"));
    put(out, R"(<form-guard sending="{}" failed="{}" retry="{}">)", ctx.t("topics.sending"),
        ctx.t("topics.send_failed"), ctx.t("topics.retry"));
    put(out, R"(<form class="composer" method="post" action="{}">)",
        page.id ? path(page.id) : std::string("/scheduled"));
    ctx.csrf_field(out);
    hidden(out, ctx, page);
    parts::error_summary(out, ctx, page.error);
    if (page.plan.space)
        parts::input(out, ctx,
                     {.name = "title",
                      .label = "topics.title",
                      .value = page.plan.title,
                      .max_length = static_cast<int>(topics::kTitleMax)},
                     page.error);
    topics::text_box(out, ctx, "topics.your_text", page.plan.body, page.error);
    moment_fields(out, ctx, page);
    put(out,
        R"(<div class="composer__foot"><button class="button button--primary" type="submit">{}</button></div></form></form-guard>)",
        ctx.t("scheduling.save"));
}

}  // namespace torv::scheduling::views
