#include "features/community/community.hpp"
#include "features/members/members.hpp"
#include "features/modlog/modlog.hpp"
#include "features/spaces/spaces.hpp"
#include "platform/web/parts.hpp"
#include "platform/web/web.hpp"

namespace torv::spaces {

namespace {

using html::put;
namespace parts = web::parts;

constexpr int kDeedsOnPage = 50;

struct LogPage {
    std::vector<modlog::Deed> deeds;
    bool more = false;
    members::Faces faces;
    Readable readable;
};

/// Deeds about the whole community and about spaces the viewer may read.
LogPage load(db::Tx& tx, const auth::Viewer& viewer, modlog::DeedId before) {
    LogPage page{.readable = readable(tx, viewer)};
    page.deeds = modlog::deeds(tx, viewer.community, page.readable.ids, before, kDeedsOnPage + 1);
    page.more = page.deeds.size() > kDeedsOnPage;
    if (page.more) page.deeds.pop_back();
    std::vector<MemberId> actors;
    for (const auto& deed : page.deeds) actors.push_back(deed.actor);
    page.faces = members::names(tx, viewer.community, actors);
    return page;
}

/// Where what it was done to can be seen; empty when nowhere.
std::string place_of(const modlog::Deed& deed, const Access* space) {
    const std::string id = std::to_string(deed.subject_id);
    if (deed.subject_kind == "topic") return "/t/" + id;
    if (deed.subject_kind == "post") return "/p/" + id;
    return space ? path(space->slug) : std::string{};
}

void row(html::Out& out, const web::Context& ctx, const LogPage& page, const modlog::Deed& deed) {
    const auto& actor = page.faces[deed.actor];
    const Access* space = page.readable.find(deed.space);
    put(out,
        R"(<li class="row"><div class="row__body"><h2 class="row__title"><bdi>{}</bdi> {}</h2>)",
        actor.name, ctx.t("modlog." + deed.act));
    put(out, R"(<p class="row__text">)");
    if (space) put(out, R"(<bdi>{}</bdi> · )", space->name);
    parts::time(out, ctx, deed.at);
    put(out, R"(</p></div><div class="row__actions">)");
    if (const std::string place = place_of(deed, space); !place.empty())
        put(out, R"(<a class="button button--quiet button--small" href="{}">{}</a>)", place,
            ctx.t("modlog.look"));
    put(out, "</div></li>");
}

void draw(html::Out& out, const web::Context& ctx, const LogPage& page) {
    put(out,
        R"(<header class="page-head"><h1 class="page-head__title">{}</h1><p class="page-head__lead">{}</p></header>)",
        ctx.t("modlog.title"), ctx.t("modlog.lead"));
    if (page.deeds.empty()) return put(out, "<p>{}</p>", ctx.t("modlog.none"));
    put(out, R"(<ol class="rows">)");
    for (const auto& deed : page.deeds) row(out, ctx, page, deed);
    put(out, "</ol>");
    if (page.more)
        put(out,
            R"(<nav class="pager" aria-label="{}"><a class="button" href="/admin/log?before={}" rel="next">{}</a></nav>)",
            ctx.t("modlog.title"), page.deeds.back().id, ctx.t("modlog.older"));
}

web::Response show(web::Context& ctx) {
    const auto before = modlog::DeedId::parse(ctx.query("before")).value_or(modlog::DeedId{});
    const auto page = ctx.db.read([&](db::Tx& tx) { return load(tx, ctx.viewer, before); });
    return ctx.page(ctx.t("modlog.title"),
                    [&](html::Out& out) {
                        community::admin_frame(out, ctx, "/admin/log",
                                               [&](html::Out& body) { draw(body, ctx, page); });
                    },
                    {.section = "admin", .shape = "wide"});
}

}  // namespace

void log_routes(web::Routes& routes) { routes.get("/admin/log", web::Access::Moderator, show); }

}  // namespace torv::spaces
