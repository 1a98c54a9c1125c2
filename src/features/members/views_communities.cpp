#include "features/members/views.hpp"
#include "platform/web/fields.hpp"
#include "platform/web/parts.hpp"

namespace torv::members::views {

namespace parts = web::parts;

namespace {

void row(html::Out& out, const web::Context& ctx, const community::Community& c) {
    html::put(
        out,
        R"(<li class="row"><div class="row__body"><h2 class="row__title" dir="auto">{}</h2><p class="row__text">{} · {}</p></div>)",
        c.name, c.address, ctx.t("members.count", c.member_count));
    html::put(out, R"(<div class="row__actions">)");
    if (c.id == ctx.place.id)
        html::put(out, R"(<span class="badge badge--good">{}</span>)", ctx.t("members.here"));
    else parts::button_form(out, ctx, "/me/communities/" + c.id.text(), ctx.t("members.visit"));
    html::put(out, "</div></li>");
}

}  // namespace

void hop(html::Out& out, const web::Context& ctx, const community::Community& c,
         const std::string& address) {
    html::put(
        out,
        R"(<div class="panel"><h1 class="panel__title" dir="auto">{}</h1><p class="panel__lead">{}</p><div class="actions"><a class="button button--primary" href="{}">{}</a></div></div>)",
        c.name, ctx.t("members.hop_lead", {{"address", c.address}}), address,
        ctx.t("members.hop", {{"community", c.name}}));
}

void my_communities(html::Out& out, const web::Context& ctx,
                    const std::vector<community::Community>& list) {
    accounts::settings(out, ctx, "/me/communities", [&](html::Out& o) {
        html::put(
            o,
            R"(<header class="page-head"><h1 class="page-head__title">{}</h1><p class="page-head__lead">{}</p></header><ul class="rows">)",
            ctx.t("members.my_communities"), ctx.t("members.my_communities_lead"));
        for (const community::Community& c : list) row(o, ctx, c);
        html::put(o, "</ul>");
    });
}

void communities(html::Out& out, const web::Context& ctx,
                 const std::vector<community::Community>& list, const Error* error) {
    community::admin_frame(out, ctx, "/admin/communities", [&](html::Out& o) {
        html::put(
            o,
            R"(<header class="page-head"><h1 class="page-head__title">{}</h1><p class="page-head__lead">{}</p></header>)",
            ctx.t("members.communities"), ctx.t("members.communities_lead"));
        html::put(o, R"(<ul class="rows">)");
        for (const community::Community& c : list) row(o, ctx, c);
        html::put(o, R"(</ul><section class="section"><h2 class="section__title">{}</h2>)",
                  ctx.t("members.community_new"));
        parts::error_summary(o, ctx, error);
        parts::form_start(o, ctx, "/admin/communities");
        parts::input(o, ctx,
                     {.name = "name",
                      .label = "members.community_name",
                      .value = parts::typed(ctx, "name"),
                      .max_length = 60},
                     error);
        parts::input(o, ctx,
                     {.name = "slug",
                      .label = "members.slug",
                      .hint = "members.slug_hint",
                      .value = parts::typed(ctx, "slug"),
                      .optional = true,
                      .max_length = 40},
                     error);
        parts::form_end(o, ctx.t("members.community_new_do"));
        html::put(o, "</section>");
    });
}

}  // namespace torv::members::views
