#include "features/home/views.hpp"

#include <algorithm>

#include "platform/base/text.hpp"
#include "platform/web/parts.hpp"

namespace torv::home::views {

namespace {

int hour_of(const web::Context& ctx) {
    const std::string time = ctx.dates.time(ctx.now());
    return parse_int<int>(std::string_view(time).substr(0, 2)).value_or(12);
}

std::string first_name(std::string_view name) {
    return std::string(name.substr(0, name.find(' ')));
}

/// On a page that lives a list without rows waits for its first one.
void section(html::Out& out, web::Context& ctx, const Page& page, std::string_view name,
             std::string_view title, const std::vector<topics::Topic>& list) {
    if (list.empty() && !page.live) return;
    html::put(
        out,
        R"(<section class="section" {}><h2 class="section__title">{}</h2><ol class="topics" data-list="{}">)",
        html::flag("hidden", list.empty()), title, name);
    for (const auto& topic : list)
        topics::row(out, ctx, topic, page.faces[topic.author], page.readable.find(topic.space));
    html::put(out, "</ol></section>");
}

/// The first small step of somebody who has just come: a place where saying hello is easy.
void step(html::Out& out, web::Context& ctx, const Page& page) {
    if (!page.is_new) return;
    for (const auto& entry : page.spaces) {
        if (!entry.may_start || entry.space.kind != spaces::Kind::Discussion) continue;
        html::put(
            out,
            R"(<section class="card card--step"><h2 class="card__title">{}</h2><p class="card__text">{}</p>)",
            ctx.t("home.step"), ctx.t("home.step_hello", {{"space", entry.space.name}}));
        html::put(out, R"(<a class="button button--primary" href="{}">{}</a></section>)",
                  spaces::path(entry.space.slug) + "/new", ctx.t("home.step_button"));
        return;
    }
}

/// From so many topics with something new, sorting by what matters helps.
constexpr std::size_t kMuch = 8;

void much(html::Out& out, web::Context& ctx) {
    html::put(
        out,
        R"(<section class="card card--step"><h2 class="card__title">{}</h2><p class="card__text">{}</p><a class="button" href="/catch-up">{}</a></section>)",
        ctx.t("home.much"), ctx.t("home.much_text"), ctx.t("home.catch_up"));
}

void up_to_date(html::Out& out, web::Context& ctx) {
    html::put(
        out,
        R"(<div class="empty empty--calm"><svg class="icon empty__icon" aria-hidden="true"><use href="{}"></use></svg>)",
        web::parts::icon_url("coffee"));
    html::put(out, R"(<h2 class="empty__title">{}</h2><p class="empty__text">{}</p></div>)",
              ctx.t("home.up_to_date"), ctx.t("home.up_to_date_hint"));
}

void space_cards(html::Out& out, web::Context& ctx, const Page& page) {
    bool any = false;
    for (const auto& entry : page.spaces) any = any || entry.readable;
    if (!any) return;
    html::put(
        out,
        R"(<section class="section"><h2 class="section__title">{}</h2><ul class="space-list">)",
        ctx.t("home.spaces"));
    for (const auto& entry : page.spaces) {
        if (!entry.readable) continue;
        html::put(
            out,
            R"(<li class="space-card"><div class="space-card__body"><h3 class="space-card__name" dir="auto"><a class="space-card__link" href="{}">{}</a></h3>)",
            spaces::path(entry.space.slug), entry.space.name);
        html::put(out, R"(<p class="space-card__text" dir="auto">{}</p></div></li>)",
                  entry.space.description);
    }
    html::put(out, "</ul></section>");
}

/// Some of those whose topics a guest may read.
void faces(html::Out& out, const Page& page) {
    constexpr std::size_t kFaces = 6;
    std::vector<MemberId> shown;
    for (const auto& topic : page.other)
        if (shown.size() < kFaces && std::ranges::find(shown, topic.author) == shown.end())
            shown.push_back(topic.author);
    if (shown.size() < 2) return;
    html::put(out, R"(<span class="faces">)");
    for (const MemberId member : shown)
        members::face(out, page.faces[member], members::FaceSize::Small);
    html::put(out, "</span>");
}

}  // namespace

void newcomers(html::Out& out, web::Context& ctx, const Page& page) {
    if (page.newcomers.empty()) return;
    html::put(
        out,
        R"(<section class="card"><h2 class="card__title">{}</h2><ul class="people people--row">)",
        ctx.t("home.newcomers"));
    for (const auto& member : page.newcomers) {
        html::put(out, R"(<li><a class="person" href="{}">)", members::path(member.handle));
        members::living_face(out, members::face_of(member), members::FaceSize::Small);
        html::put(out, R"(<span class="person__name" dir="auto">{}</span></a></li>)", member.name);
    }
    html::put(out, "</ul></section>");
}

std::string_view greeting(int hour) {
    if (hour < 5) return "home.night";
    if (hour < 10) return "home.morning";
    if (hour < 18) return "home.day";
    return "home.evening";
}

void member(html::Out& out, web::Context& ctx, const Page& page) {
    html::put(out, R"(<header class="page-head"><h1 class="page-head__title">{}</h1></header>)",
              ctx.t(greeting(hour_of(ctx)), {{"name", first_name(ctx.viewer.name)}}));
    step(out, ctx, page);
    if (page.live) html::put(out, R"(<live-home fresh="{}">)", ctx.t("home.new_posts"));
    if (page.fresh.size() >= kMuch) much(out, ctx);
    section(out, ctx, page, "fresh", ctx.t("home.fresh"), page.fresh);
    if (page.fresh.empty()) up_to_date(out, ctx);
    section(out, ctx, page, "other", ctx.t("home.lately"), page.other);
    if (page.live) html::put(out, "</live-home>");
}

void guest(html::Out& out, web::Context& ctx, const Page& page) {
    html::put(out, R"(<section class="hero">)");
    if (!ctx.place.logo.empty())
        html::put(out, R"(<img class="hero__logo" src="{}" alt="" width="96" height="96">)",
                  ctx.place.logo);
    html::put(
        out, R"(<h1 class="hero__title" dir="auto">{}</h1><p class="hero__lead" dir="auto">{}</p>)",
        ctx.place.name, ctx.place.tagline);
    html::put(
        out,
        R"(<div class="actions"><a class="button button--primary" href="/sign-up">{}</a><a class="button" href="/about">{}</a>)",
        ctx.t("home.join", {{"name", ctx.place.name}}), ctx.t("home.about"));
    // Elsewhere the bar at the top has it.
    if (!ctx.place.open_to_guests)
        html::put(out, R"(<a class="button button--quiet" href="/sign-in">{}</a>)",
                  ctx.t("home.sign_in"));
    html::put(out, R"(</div><p class="hero__facts">)");
    faces(out, page);
    html::put(out, "{}</p></section>", ctx.t("home.members", page.members));
    section(out, ctx, page, "other", ctx.t("home.talk"), page.other);
    if (ctx.place.open_to_guests) web::parts::feed_link(out, ctx, "/feed");
    space_cards(out, ctx, page);
}

}  // namespace torv::home::views
