#include <algorithm>

#include "features/profiles/views.hpp"
#include "platform/base/text.hpp"
#include "platform/html/markdown.hpp"
#include "platform/web/fields.hpp"
#include "platform/web/parts.hpp"

namespace torv::profiles::views {

using auth::Role;
using html::put;
using members::Order;
namespace parts = web::parts;

namespace {

std::string held(const Wanted& wanted, Kind kind) {
    const auto at = std::ranges::find(wanted.holds, kind, &std::pair<Kind, std::string>::first);
    return at == wanted.holds.end() ? std::string() : at->second;
}

/// A field that offers what people show; without script, too.
void filter_field(html::Out& out, const web::Context& ctx, const Directory& page, Kind kind,
                  const std::vector<std::string>& offered) {
    const auto name = filter_name(kind);
    put(out,
        R"(<div class="field"><label class="field__label" for="{}">{}</label><input class="input" id="{}" name="{}" value="{}" maxlength="60" dir="auto" {}>)",
        name, label(ctx, kind), name, name, held(page.wanted, kind),
        html::attr("list", std::string(name) + "-list", !offered.empty()));
    if (!offered.empty()) {
        put(out, R"(<datalist id="{}-list">)", name);
        for (const auto& value : offered) put(out, R"(<option value="{}"></option>)", value);
        put(out, "</datalist>");
    }
    put(out, "</div>");
}

void role_field(html::Out& out, const web::Context& ctx, const Wanted& wanted) {
    std::vector<parts::Option> options{{"", std::string(ctx.t("profiles.any_role")), ""}};
    for (const Role role : {Role::Member, Role::Moderator, Role::Admin, Role::Owner})
        options.push_back(
            {std::string(auth::role_name(role)), std::string(ctx.t(members::role_key(role))), ""});
    parts::select(out, ctx,
                  {.name = "role",
                   .label = "profiles.role",
                   .value = std::string(wanted.role ? auth::role_name(*wanted.role) : "")},
                  options);
}

void narrowing(html::Out& out, const web::Context& ctx, const Directory& page) {
    put(out, R"(<details class="search-filters" {}><summary>)",
        html::flag("open", !page.wanted.holds.empty() || page.wanted.role));
    parts::icon(out, "sliders-horizontal");
    put(out, R"({}</summary><div class="search-filters__fields">)", ctx.t("profiles.narrow"));
    for (std::size_t i = 0; i < kKinds.size(); ++i)
        filter_field(out, ctx, page, kKinds[i], page.offered[i]);
    role_field(out, ctx, page.wanted);
    put(out, R"(</div><div class="actions"><button class="button" type="submit">{}</button>)",
        ctx.t("profiles.show"));
    if (page.wanted.narrow())
        put(out, R"( <a class="button button--quiet" href="/members">{}</a>)",
            ctx.t("profiles.everybody"));
    put(out, "</div></details>");
}

void form(html::Out& out, const web::Context& ctx, const Directory& page) {
    put(out,
        R"(<form class="search-form" action="/members" role="search"><label class="sr-only" for="q">{}</label><input class="input search-form__name" id="q" name="q" type="search" value="{}" placeholder="{}" maxlength="80" dir="auto">)",
        ctx.t("members.find"), page.wanted.search, ctx.t("members.find_hint"));
    if (page.wanted.order == Order::Newest)
        put(out, R"(<input type="hidden" name="sort" value="newest">)");
    put(out, R"(<button class="button" type="submit">{}</button>)", ctx.t("members.find_do"));
    narrowing(out, ctx, page);
    put(out, "</form>");
}

void orders(html::Out& out, const web::Context& ctx, const Wanted& wanted) {
    Wanted other = wanted;
    other.after.clear();
    put(out, R"(<nav class="tabs" aria-label="{}">)", ctx.t("members.sort"));
    const auto tab = [&](Order order, std::string_view word) {
        other.order = order;
        put(out, R"(<a class="tabs__item" href="{}" {}>{}</a>)", address(other),
            html::attr("aria-current", "page", wanted.order == order), word);
    };
    tab(Order::Name, ctx.t("members.sort_name"));
    tab(Order::Newest, ctx.t("members.sort_newest"));
    put(out, "</nav>");
}

void card(html::Out& out, const web::Context& ctx, const Directory& page,
          const members::Member& m) {
    put(out, R"(<li class="member-card">)");
    members::living_face(out, members::face_of(m));
    put(out,
        R"(<div class="member-card__body"><h2 class="member-card__name" dir="auto"><a class="member-card__link" href="/m/{}">{}</a></h2><p class="member-card__handle">@{} )",
        m.handle, m.name, m.handle);
    members::badge(out, ctx, m.role);
    put(out, "</p>");
    if (!m.bio.empty())
        put(out, R"(<p class="member-card__text" dir="auto">{}</p>)",
            markdown::excerpt(m.bio, 140));
    if (const auto told = page.told.find(m.id); told != page.told.end())
        put(out, R"(<p class="member-card__told" dir="auto">{}</p>)", told->second);
    put(out, "</div></li>");
}

void nobody(html::Out& out, const web::Context& ctx, const Wanted& wanted) {
    put(out, R"(<div class="empty empty--calm"><h2 class="empty__title">{}</h2>)",
        ctx.t(wanted.holds.empty() && !wanted.role ? "members.nobody" : "profiles.nobody"));
    put(out, R"(<p class="empty__text">{}</p><a class="button" href="/members">{}</a></div>)",
        ctx.t("profiles.nobody_hint"), ctx.t("profiles.everybody"));
}

void head(html::Out& out, const web::Context& ctx, bool may_invite) {
    put(out,
        R"(<header class="page-head"><div class="page-head__row"><h1 class="page-head__title">{}</h1>)",
        ctx.t("members.members"));
    if (may_invite)
        put(out,
            R"(<div class="page-head__actions"><a class="button button--primary" href="{}">{}</a></div>)",
            ctx.viewer.may_administer() ? "/admin/invitations" : "/invitations",
            ctx.t("members.invite"));
    put(out, R"(</div><p class="page-head__lead">{}</p></header>)", ctx.t("members.members_lead"));
}

}  // namespace

std::string address(const Wanted& wanted) {
    std::string path = "/members?q=" + percent_encode(wanted.search);
    for (const auto& [kind, value] : wanted.holds)
        path += "&" + std::string(filter_name(kind)) + "=" + percent_encode(value);
    if (wanted.role) path += "&role=" + std::string(auth::role_name(*wanted.role));
    if (wanted.order == Order::Newest) path += "&sort=newest";
    if (!wanted.after.empty()) path += "&after=" + percent_encode(wanted.after);
    return path;
}

void directory(html::Out& out, const web::Context& ctx, const Directory& page) {
    head(out, ctx, page.may_invite);
    form(out, ctx, page);
    if (page.page.items.empty()) return nobody(out, ctx, page.wanted);
    alike(out, ctx, page);
    orders(out, ctx, page.wanted);
    put(out, R"(<ul class="member-list">)");
    for (const auto& member : page.page.items) card(out, ctx, page, member);
    put(out, "</ul>");
    if (page.next.empty()) return;
    put(out,
        R"(<nav class="pager" aria-label="{}"><a class="button" href="{}" rel="next">{}</a></nav>)",
        ctx.t("members.more"), page.next, ctx.t("members.more"));
}

}  // namespace torv::profiles::views
