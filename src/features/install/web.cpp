#include "platform/web/web.hpp"

#include <algorithm>

#include "features/community/community.hpp"
#include "features/drafts/drafts.hpp"
#include "features/install/install.hpp"
#include "features/install/views.hpp"
#include "features/spaces/spaces.hpp"
#include "platform/assets/assets.hpp"
#include "platform/base/text.hpp"

namespace torv::install {

namespace {

using web::Access;
using web::Context;
using web::Response;

constexpr std::string_view kGround = "#f9f5ef";  // of tokens.css, by day

void shortcut(json::Writer& json, std::string_view name, std::string_view url) {
    json.object().field("name", name).field("url", url).end();
}

void icon_entry(json::Writer& json, std::string_view src, std::string_view purpose) {
    json.object()
        .field("src", src)
        .field("sizes", "any")
        .field("type", "image/svg+xml")
        .field("purpose", purpose)
        .end();
}

void write_icons(json::Writer& json, const web::Place& place) {
    const std::string version = "?v=" + place.look_version;
    json.key("icons").array();
    if (!place.logo.empty())
        json.object()
            .field("src", place.logo)
            .field("sizes", "256x256")
            .field("type", "image/webp")
            .field("purpose", "any")
            .end();
    icon_entry(json, "/icon.svg" + version, "any");
    icon_entry(json, "/icon-full.svg" + version, "maskable");
    json.end();
}

Response manifest(Context& ctx) {
    const auto& place = ctx.place;
    const auto& t = ctx.services.catalogue.words(place.language);
    json::Writer json;
    json.object()
        .field("id", "/")
        .field("name", place.name)
        .field("short_name", first_code_points(place.name, 12))
        .field("description", place.tagline)
        .field("lang", t.language())
        .field("dir", t.direction())
        .field("start_url", "/")
        .field("scope", "/")
        .field("display", "standalone")
        .field("background_color", kGround)
        .field("theme_color", kGround);
    write_icons(json, place);
    json.key("shortcuts").array();
    shortcut(json, t("install.share"), "/share");
    shortcut(json, t("notifications.title"), "/notices");
    shortcut(json, t("shell.search"), "/search");
    json.end().key("share_target").object().field("action", "/share").field("method", "GET");
    json.key("params").object();
    json.field("title", "title").field("text", "text").field("url", "url").end().end().end();
    return ctx.text(json.take(), "application/manifest+json");
}

Response icon(Context& ctx, views::Edge edge) {
    const auto look = ctx.db.read([&](db::Tx& tx) {
        const auto found = community::find(tx, ctx.place.id);
        return found ? found->look : community::Look{};
    });
    Response response =
        ctx.text(views::icon(ctx.place.name, look.hue, look.chroma, edge), "image/svg+xml");
    response.set("Cache-Control", "public, max-age=86400");
    return response;
}

Response round_icon(Context& ctx) { return icon(ctx, views::Edge::Round); }
Response full_icon(Context& ctx) { return icon(ctx, views::Edge::Bleed); }

/// Always asked for anew: a new release has a new worker.
Response worker(Context& ctx) {
    const auto* script = assets::find("web/worker.js");
    if (!script) return ctx.refuse(Error{Fault::NotFound, "web.not_found", {}, {}});
    Response response = ctx.text(std::string(script->bytes), "text/javascript; charset=utf-8");
    response.set("Cache-Control", "no-cache");
    response.set("Content-Security-Policy",
                 "default-src 'none'; connect-src 'self'; img-src 'self'");
    return response;
}

Response offline(Context& ctx) {
    return ctx.page(ctx.t("install.offline"), [&](html::Out& out) { views::offline(out, ctx); },
                    {.bare = true});
}

Response phone(Context& ctx) {
    return ctx.page(ctx.t("install.phone_title"), [&](html::Out& out) { views::phone(out, ctx); });
}

// ── sharing ──

std::vector<spaces::Space> places(Context& ctx) {
    std::vector<spaces::Space> list;
    for (auto& entry : ctx.db.read([&](db::Tx& tx) { return spaces::sidebar(tx, ctx.viewer); }))
        if (entry.may_start && entry.space.kind != spaces::Kind::Chat)
            list.push_back(std::move(entry.space));
    return list;
}

/// Apps put the address into the text, into a field of its own, or into both.
views::Shared shared(const Context& ctx) {
    views::Shared what{.title = std::string(ctx.query("title")),
                       .body = std::string(ctx.query("text"))};
    const std::string_view url = ctx.query("url");
    if (!url.empty() && what.body.find(url) == what.body.npos)
        what.body += (what.body.empty() ? "" : "\n\n") + std::string(url);
    return what;
}

Response share_page(Context& ctx, const Error* error) {
    const auto list = places(ctx);
    const auto draw = [&](html::Out& out) { views::share(out, ctx, shared(ctx), list, error); };
    const std::string title(ctx.t("install.share"));
    return error ? ctx.refuse_form(*error, title, draw) : ctx.page(title, draw);
}

Response show_share(Context& ctx) { return share_page(ctx, nullptr); }

/// A draft in that space, behind what was being written there: nothing is lost, nothing is posted.
Response take_share(Context& ctx) {
    const auto& form = ctx.form();
    const auto list = places(ctx);
    const auto chosen = std::ranges::find(list, form["space"],
                                          [](const spaces::Space& one) { return one.id.text(); });
    if (chosen == list.end()) {
        const Error error{Fault::Invalid, "install.share_bad_space", "space", {}};
        return share_page(ctx, &error);
    }
    const std::string place = "space:" + chosen->id.text();
    const auto done = ctx.db.write([&](db::Tx& tx) {
        tx.shown_to_no_other();
        auto draft = drafts::find(tx, ctx.viewer, place).value_or(drafts::Draft{});
        if (draft.title.empty()) draft.title = form["title"];
        if (!draft.body.empty()) draft.body += "\n\n";
        draft.body += form["body"];
        return drafts::keep(tx, ctx.viewer, place, draft.title, draft.body);
    });
    if (!done) return share_page(ctx, &done.error());
    return ctx.redirect(spaces::path(chosen->slug) + "/new");
}

}  // namespace

void routes(web::Routes& routes) {
    routes.get("/manifest.webmanifest", Access::Anyone, manifest);
    routes.get("/icon.svg", Access::Anyone, round_icon);
    routes.get("/icon-full.svg", Access::Anyone, full_icon);
    routes.get("/worker.js", Access::Anyone, worker);
    routes.get("/offline", Access::Anyone, offline);
    routes.get("/help/phone", Access::Anyone, phone);
    routes.get("/share", Access::Member, show_share).repeats_query = true;
    routes.post("/share", Access::Member, take_share);
}

}  // namespace torv::install
