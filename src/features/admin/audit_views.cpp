#include "features/admin/audit_views.hpp"

#include "features/community/community.hpp"
#include "platform/web/parts.hpp"

namespace torv::admin::views {

namespace {

using html::put;
namespace parts = web::parts;

/// Deeds of moderators have their words in the record that moderators read.
std::string deed(const web::Context& ctx, std::string_view kind) {
    const auto noun = kind.substr(0, kind.find('.'));
    const bool moderation =
        noun == "topic" || noun == "post" || noun == "space" || noun == "circle";
    return std::string(moderation ? ctx.t("modlog." + std::string(kind))
                                  : ctx.t("audit." + std::string(kind)));
}

void option(html::Out& out, std::string_view value, std::string_view text, bool chosen) {
    put(out, R"(<option value="{}" {}>{}</option>)", value, html::flag("selected", chosen), text);
}

void filter(html::Out& out, const web::Context& ctx, std::string_view noun) {
    put(out,
        R"(<form class="filter" action="/admin/audit"><label class="sr-only" for="kind">{}</label><select class="input input--select" id="kind" name="kind">)",
        ctx.t("audit.kind"));
    option(out, "", ctx.t("audit.all"), noun.empty());
    for (const auto one : audit::nouns())
        option(out, one, ctx.t("audit.noun." + std::string(one)), one == noun);
    put(out, R"(</select><button class="button" type="submit">{}</button></form>)",
        ctx.t("audit.show"));
}

void what_changed(html::Out& out, const web::Context& ctx, const audit::Entry& entry) {
    if (entry.after == "{}" && entry.before == "{}") return;
    put(out, R"(<p class="row__text"><code>{}</code></p>)",
        entry.before == "{}"
            ? entry.after
            : ctx.t("audit.changed", {{"before", entry.before}, {"after", entry.after}}));
}

void row(html::Out& out, const web::Context& ctx, const Audit& page, const audit::Entry& entry) {
    const std::string& name = page.faces[entry.member].name;
    put(out,
        R"(<li class="row"><div class="row__body"><h2 class="row__title"><bdi>{}</bdi> {}</h2>)",
        name.empty() ? std::string(ctx.t("audit.somebody")) : name, deed(ctx, entry.kind));
    put(out, R"(<p class="row__text">)");
    if (entry.subject_kind == "member" && entry.subject_id != entry.member.value)
        put(out, R"(<bdi>{}</bdi> · )", page.faces[MemberId{entry.subject_id}].name);
    parts::time(out, ctx, entry.at);
    if (entry.position)
        put(out, R"( · <code>{} {}</code></p>)", entry.position, entry.hash.substr(0, 12));
    else put(out, R"( · {}</p>)", ctx.t("audit.not_sealed"));
    what_changed(out, ctx, entry);
    put(out, "</div></li>");
}

std::string next_page(const Audit& page) {
    std::string address = "/admin/audit?before=" + page.entries.back().id.text();
    if (!page.noun.empty()) address += "&kind=" + std::string(page.noun);
    return address;
}

void draw(html::Out& out, const web::Context& ctx, const Audit& page) {
    parts::page_head(out, ctx.t("audit.title"), ctx.t("audit.lead"));
    filter(out, ctx, page.noun);
    if (page.entries.empty()) return put(out, "<p>{}</p>", ctx.t("audit.none"));
    put(out, R"(<ol class="rows">)");
    for (const auto& entry : page.entries) row(out, ctx, page, entry);
    put(out, "</ol>");
    if (page.more)
        put(out,
            R"(<nav class="pager" aria-label="{}"><a class="button" href="{}" rel="next">{}</a></nav>)",
            ctx.t("audit.title"), next_page(page), ctx.t("audit.older"));
}

}  // namespace

void audit_log(html::Out& out, const web::Context& ctx, const Audit& page) {
    community::admin_frame(out, ctx, "/admin/audit",
                           [&](html::Out& body) { draw(body, ctx, page); });
}

}  // namespace torv::admin::views
