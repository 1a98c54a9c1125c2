#include "features/search/similar.hpp"
#include "platform/base/text.hpp"
#include "platform/web/parts.hpp"
#include "platform/web/web.hpp"

namespace torv::search {

namespace {

using html::put;
using web::Access;
using web::Response;

void line(html::Out& out, const web::Context& ctx, const topics::Topic& topic) {
    put(out, R"(<li class="similar__item"><a href="{}" dir="auto">{}</a> )",
        topics::path(topic.id, topic.title), topic.title);
    if (topic.accepted) {
        put(out, R"(<span class="badge badge--good">)");
        web::parts::icon(out, "badge-check");
        put(out, "{}</span> ", ctx.t("search.answered"));
    }
    put(out, R"(<span class="quiet">{}</span></li>)", ctx.t("search.replies", topic.replies));
}

void draw(html::Out& out, const web::Context& ctx, const std::vector<topics::Topic>& found) {
    if (found.empty()) return;
    put(out,
        R"(<section class="similar" aria-labelledby="similar-title"><h2 class="similar__title" id="similar-title">{}</h2><ul class="similar__list">)",
        ctx.t("search.similar"));
    for (const auto& topic : found) line(out, ctx, topic);
    put(out, "</ul></section>");
}

/// While somebody writes a title: asked for after each pause.
Response show(web::Context& ctx) {
    if (const auto slow = ctx.limit("similar:" + ctx.viewer.id.text(), 120, 60); !slow)
        return ctx.refuse(slow.error());
    const std::string title(first_code_points(trimmed(ctx.query("title")), topics::kTitleMax));
    const auto found = ctx.db.read([&](db::Tx& tx) { return similar(tx, ctx.viewer, title); });
    return ctx.fragment([&](html::Out& out) { draw(out, ctx, found); });
}

}  // namespace

void similar_routes(web::Routes& routes) {
    routes.get("/search/similar", Access::Member, show).repeats_query = true;
}

}  // namespace torv::search
