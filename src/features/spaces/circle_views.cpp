#include "features/spaces/views.hpp"
#include "platform/web/fields.hpp"
#include "platform/web/parts.hpp"

namespace torv::spaces::views {

using html::put;
namespace parts = web::parts;

namespace {

void row(html::Out& out, const web::Context& ctx, const MembersPage& page,
         const circles::Circle& circle) {
    put(out,
        R"(<li class="row"><div class="row__body"><h3 class="row__title" dir="auto"><a href="{}">{}</a></h3><p class="row__text">{}</p></div>)",
        circles::path(circle.slug), circle.name,
        ctx.t("spaces.circle_people", circle.member_count));
    if (page.manages) {
        put(out, R"(<div class="row__actions">)");
        parts::button_form(out, ctx, path(page.space.slug) + "/circles/" + circle.id.text(),
                           ctx.t("spaces.circle_drop"), "button--quiet button--small", "DELETE");
        put(out, "</div>");
    }
    put(out, "</li>");
}

void add_form(html::Out& out, const web::Context& ctx, const MembersPage& page) {
    std::vector<parts::Option> options;
    for (const auto& circle : page.circles) options.push_back({circle.id.text(), circle.name, {}});
    parts::form_start(out, ctx, path(page.space.slug) + "/circles");
    parts::select(
        out, ctx,
        {.name = "circle", .label = "spaces.circle_add", .hint = "spaces.circle_add_hint"},
        options);
    put(out,
        R"(<div class="actions"><button class="button" type="submit">{}</button></div></form>)",
        ctx.t("spaces.circle_add_do"));
}

}  // namespace

void circles(html::Out& out, const web::Context& ctx, const MembersPage& page) {
    if (page.space.visibility < Visibility::Private) return;
    const bool none = page.opening.circles.empty() && page.opening.unseen == 0;
    const bool offers = page.manages && !page.circles.empty();
    if (none && !offers) return;
    put(out,
        R"(<section class="section" aria-labelledby="circles"><h2 class="section__title" id="circles">{}</h2>)",
        ctx.t("spaces.circles"));
    put(out, R"(<div class="stack">)");
    if (!none) put(out, R"(<p class="quiet">{}</p>)", ctx.t("spaces.circles_lead"));
    if (!page.opening.circles.empty()) {
        put(out, R"(<ul class="rows">)");
        for (const auto& circle : page.opening.circles) row(out, ctx, page, circle);
        put(out, "</ul>");
    }
    if (page.opening.unseen > 0)
        put(out, R"(<p class="quiet">{}</p>)", ctx.t("spaces.circles_unseen", page.opening.unseen));
    if (offers) add_form(out, ctx, page);
    put(out, "</div></section>");
}

}  // namespace torv::spaces::views
