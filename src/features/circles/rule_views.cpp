#include "features/circles/rules.hpp"
#include "features/circles/views.hpp"
#include "platform/web/fields.hpp"
#include "platform/web/parts.hpp"

namespace torv::circles::views {

using html::put;
namespace parts = web::parts;

namespace {

constexpr Metric kAll[] = {Metric::Posts,     Metric::Answers,     Metric::Thanks,
                           Metric::MemberFor, Metric::JoinedAfter, Metric::Role};

std::string number(int value) { return value > 0 ? std::to_string(value) : std::string(); }

void fields(html::Out& out, const web::Context& ctx, const RulePage& page) {
    std::vector<parts::Option> metrics;
    for (const Metric metric : kAll) {
        const std::string name(metric_name(metric));
        metrics.push_back({name, std::string(ctx.t("circles.metric." + name)), {}});
    }
    parts::select(out, ctx,
                  {.name = "metric",
                   .label = "circles.metric",
                   .value = std::string(metric_name(page.rule.metric))},
                  metrics, page.error);
    parts::input(out, ctx,
                 {.name = "amount",
                  .label = "circles.amount",
                  .hint = "circles.amount_hint",
                  .value = number(page.rule.amount),
                  .type = "number",
                  .optional = true},
                 page.error);
    parts::input(out, ctx,
                 {.name = "days",
                  .label = "circles.days",
                  .hint = "circles.days_hint",
                  .value = number(page.rule.days),
                  .type = "number",
                  .optional = true},
                 page.error);
    parts::input(out, ctx,
                 {.name = "after",
                  .label = "circles.after",
                  .hint = "circles.after_hint",
                  .value = page.after,
                  .type = "date",
                  .optional = true},
                 page.error);
    std::vector<parts::Option> roles;
    for (const auto role : {auth::Role::Moderator, auth::Role::Admin, auth::Role::Owner}) {
        const std::string name(auth::role_name(role));
        roles.push_back({name, std::string(ctx.t("circles.role." + name)), {}});
    }
    parts::select(out, ctx,
                  {.name = "role",
                   .label = "circles.role",
                   .hint = "circles.role_hint",
                   .value = std::string(auth::role_name(page.rule.role))},
                  roles, page.error);
}

void names(html::Out& out, const web::Context& ctx, const RulePage& page, std::string_view title,
           const std::vector<MemberId>& members, std::int64_t count) {
    if (members.empty()) return;
    put(out, R"(<div><h3 class="row__title">{}</h3><p>)", title);
    for (std::size_t i = 0; i < members.size(); ++i) {
        const auto& face = page.faces[members[i]];
        put(out, R"({}<a href="/m/{}" dir="auto">{}</a>)", i ? ", " : "", face.handle, face.name);
    }
    const auto others = count - static_cast<std::int64_t>(members.size());
    if (others > 0) put(out, " {}", ctx.t("circles.and_others", others));
    put(out, "</p></div>");
}

void preview(html::Out& out, const web::Context& ctx, const RulePage& page) {
    if (!page.preview) return;
    const Preview& seen = *page.preview;
    put(out,
        R"(<section class="section" aria-labelledby="preview"><h2 class="section__title" id="preview">{}</h2><div class="stack"><p>{}</p>)",
        ctx.t("circles.preview"), ctx.t("circles.preview_stay", seen.staying));
    names(out, ctx, page, ctx.t("circles.preview_enter", seen.entering), seen.enter, seen.entering);
    names(out, ctx, page, ctx.t("circles.preview_leave", seen.leaving), seen.leave, seen.leaving);
    put(out, "</div></section>");
}

}  // namespace

std::string rule_words(const web::Context& ctx, const Rule& rule) {
    const auto days = [&] { return ctx.t("circles.days_count", rule.days); };
    switch (rule.metric) {
        case Metric::None: return {};
        case Metric::Posts: return ctx.t("circles.rule.posts", rule.amount, {{"days", days()}});
        case Metric::Answers: return ctx.t("circles.rule.answers", rule.amount, {{"days", days()}});
        case Metric::Thanks: return ctx.t("circles.rule.thanks", rule.amount, {{"days", days()}});
        case Metric::MemberFor: return ctx.t("circles.rule.member_for", {{"days", days()}});
        case Metric::JoinedAfter:
            return ctx.t("circles.rule.joined_after", {{"date", ctx.dates.date(rule.after)}});
        case Metric::Role:
            return std::string(ctx.t("circles.role." + std::string(auth::role_name(rule.role))));
    }
    return {};
}

void rule(html::Out& out, const web::Context& ctx, const RulePage& page) {
    const std::string address = path(page.circle.slug);
    put(out,
        R"(<header class="page-head"><nav class="crumbs" aria-label="{}"><a href="{}" dir="auto">{}</a></nav><h1 class="page-head__title">{}</h1><p class="page-head__lead">{}</p></header>)",
        ctx.t("circles.you_are_here"), address, page.circle.name, ctx.t("circles.rule"),
        ctx.t("circles.rule_lead"));
    preview(out, ctx, page);
    put(out, R"(<section class="section">)");
    parts::form_start(out, ctx, address + "/rule");
    ctx.method_field(out, "PUT");
    parts::error_summary(out, ctx, page.error);
    fields(out, ctx, page);
    put(out,
        R"(<div class="actions"><button class="button{}" type="submit" name="do" value="preview">{}</button><button class="button{}" type="submit" name="do" value="save">{}</button></div></form></section>)",
        page.preview ? "" : " button--primary", ctx.t("circles.preview_do"),
        page.preview ? " button--primary" : "", ctx.t("circles.rule_save"));
    if (page.circle.entry != Entry::Rule) return;
    put(out, R"(<section class="section"><p class="quiet">{}</p>)",
        ctx.t("circles.rule_drop_hint"));
    parts::button_form(out, ctx, address + "/rule", ctx.t("circles.rule_drop"),
                       "button--quiet button--small", "DELETE");
    put(out, "</section>");
}

}  // namespace torv::circles::views
