#include "features/install/views.hpp"

#include "platform/base/text.hpp"
#include "platform/i18n/i18n.hpp"
#include "platform/web/fields.hpp"
#include "platform/web/parts.hpp"

namespace torv::install::views {

using html::put;
namespace parts = web::parts;

std::string icon(std::string_view name, int hue, int chroma, Edge edge) {
    // The lightness of buttons, which carries white text in every hue (web/css/tokens.css).
    const std::string fill = "oklch(0.51 " + std::to_string(chroma / 1000.0).substr(0, 5) + " " +
                             std::to_string(hue) + ")";
    html::Out out;
    put(out,
        R"(<svg xmlns="http://www.w3.org/2000/svg" viewbox="0 0 512 512" width="512" height="512"><rect width="512" height="512" rx="{}" fill="{}"></rect>)",
        edge == Edge::Bleed ? 0 : 112, fill);
    put(out,
        R"(<text x="256" y="256" dy="0.36em" text-anchor="middle" font-family="system-ui, sans-serif" font-weight="600" font-size="{}" fill="{}">{}</text></svg>)",
        edge == Edge::Bleed ? 230 : 300, "#fff", i18n::initials(first_code_points(name, 1)));
    return out.take();
}

void offline(html::Out& out, const web::Context& ctx) {
    put(out,
        R"(<section class="panel"><h1 class="panel__title">{}</h1><p class="panel__lead">{}</p>)",
        ctx.t("install.offline"), ctx.t("install.offline_text"));
    put(out,
        R"(<kept-pages class="kept"><h2 class="section__title" hidden>{}</h2><ul hidden></ul></kept-pages>)",
        ctx.t("install.kept"));
    put(out, R"(<p class="panel__foot"><a class="button" href="/">{}</a></p></section>)",
        ctx.t("install.again"));
}

void phone(html::Out& out, const web::Context& ctx) {
    const auto step = [&](std::string_view key) {
        put(out, "<li>{}</li>", ctx.t(key, {{"community", ctx.place.name}}));
    };
    parts::page_head(out, ctx.t("install.phone_title"),
                     ctx.t("install.phone_lead", {{"community", ctx.place.name}}));
    put(out, R"(<div class="prose"><h2>{}</h2><ol>)", ctx.t("install.iphone"));
    step("install.iphone_1");
    step("install.iphone_2");
    step("install.iphone_3");
    step("install.iphone_4");
    put(out, "</ol><p>{}</p><h2>{}</h2><ol>", ctx.t("install.iphone_note"),
        ctx.t("install.android"));
    step("install.android_1");
    step("install.android_2");
    put(out, R"(</ol><h2>{}</h2><p>{}</p></div>)", ctx.t("install.computer"),
        ctx.t("install.computer_text"));
    if (ctx.viewer.is_member())
        put(out, R"(<p class="panel__foot"><a class="button" href="/me/devices">{}</a></p>)",
            ctx.t("install.to_devices"));
}

void share(html::Out& out, const web::Context& ctx, const Shared& shared,
           const std::vector<spaces::Space>& spaces, const Error* error) {
    parts::page_head(out, ctx.t("install.share"), ctx.t("install.share_lead"));
    parts::error_summary(out, ctx, error);
    if (spaces.empty()) return put(out, "<p>{}</p>", ctx.t("install.share_nowhere"));
    std::vector<parts::Option> options;
    for (const auto& space : spaces)
        options.push_back({.value = space.id.text(), .text = space.name, .hint = {}});
    parts::form_start(out, ctx, "/share");
    parts::select(out, ctx,
                  {.name = "space",
                   .label = "install.share_where",
                   .value = parts::typed(ctx, "space", spaces[0].id.text())},
                  options, error);
    parts::input(out, ctx,
                 {.name = "title",
                  .label = "install.share_title",
                  .value = parts::typed(ctx, "title", shared.title),
                  .optional = true},
                 error);
    parts::area(out, ctx,
                {.name = "body",
                 .label = "install.share_body",
                 .value = parts::typed(ctx, "body", shared.body),
                 .rows = 6},
                error);
    parts::form_end(out, ctx.t("install.share_go"));
}

}  // namespace torv::install::views
