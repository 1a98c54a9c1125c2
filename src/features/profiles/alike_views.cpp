#include "features/profiles/views.hpp"
#include "platform/web/parts.hpp"

namespace torv::profiles::views {

using html::put;

namespace {

std::string listed(const std::vector<std::string>& values) {
    std::string text;
    for (const auto& value : values) {
        if (!text.empty()) text += ", ";
        text += value;
    }
    return text;
}

/// Why somebody is shown, in a line for each reason.
void reasons(html::Out& out, const web::Context& ctx, const Alike& one) {
    const auto line = [&](std::string_view key, const std::string& values) {
        if (!values.empty())
            put(out, R"(<p class="member-card__why">{}</p>)", ctx.t(key, {{"values", values}}));
    };
    line("profiles.both", listed(one.both));
    line("profiles.offers_you", listed(one.offers));
    line("profiles.seeks_yours", listed(one.seeks));
    line("profiles.near", one.near);
}

void card(html::Out& out, const web::Context& ctx, const Alike& one, const members::Face& face) {
    put(out, R"(<li class="member-card">)");
    members::living_face(out, face);
    put(out,
        R"(<div class="member-card__body"><h3 class="member-card__name" dir="auto"><a class="member-card__link" href="/m/{}">{}</a></h3>)",
        face.handle, face.name);
    reasons(out, ctx, one);
    put(out, "</div></li>");
}

}  // namespace

void alike(html::Out& out, const web::Context& ctx, const Directory& page) {
    if (!page.first) return;
    if (!page.tells) {
        put(out, R"(<p class="told-hint">{} <a href="/me/about">{}</a></p>)",
            ctx.t("profiles.alike_hint"), ctx.t("profiles.invite_do"));
        return;
    }
    if (page.alike.empty()) return;
    put(out,
        R"(<section class="section" aria-labelledby="alike"><div class="section__head"><h2 class="section__title" id="alike">{}</h2></div><ul class="member-list">)",
        ctx.t("profiles.alike"));
    for (const Alike& one : page.alike) card(out, ctx, one, page.faces[one.id]);
    put(out, "</ul></section>");
}

}  // namespace torv::profiles::views
