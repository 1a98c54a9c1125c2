#include "platform/web/web.hpp"

#include "features/accounts/accounts.hpp"
#include "features/community/community.hpp"
#include "features/uploads/api.hpp"
#include "features/uploads/keeping.hpp"
#include "features/uploads/kinds.hpp"
#include "features/uploads/rules.hpp"
#include "features/uploads/views.hpp"
#include "platform/base/log.hpp"

namespace torv::uploads {

namespace {

using web::Access;
using web::Context;
using web::Response;

constexpr std::uint64_t kDefaultLimit = 64 << 20;  // bytes
constexpr std::uint64_t kAround = 64 << 10;        // bytes of a form around its file

Response own_page(Context& ctx, const Error* error) {
    const auto uploads = ctx.db.read([&](db::Tx& tx) { return own(tx, ctx.viewer); });
    const std::string title(ctx.t("uploads.title"));
    const auto body = [&](html::Out& out) { views::own(out, ctx, uploads, error); };
    return error ? ctx.refuse_form(*error, title, body, {.section = "me"})
                 : ctx.page(title, body, {.section = "me"});
}

Response show_own(Context& ctx) { return own_page(ctx, nullptr); }

/// A script sends the bytes alone and reads JSON; a form without script gets a page.
Response receive(Context& ctx) {
    const bool from_form = ctx.request.header("Content-Type").starts_with("multipart/form-data");
    const auto upload = take(ctx);
    if (!from_form) return upload ? ctx.json(json(*upload, ""), 201) : problem(ctx, upload.error());
    if (!upload) return own_page(ctx, &upload.error());
    return ctx.redirect_with("/uploads#upload-" + upload->id.text(), "uploads.kept");
}

/// Pictures were made by us; sound and film play, but nothing beside them; the rest is only saved.
void set_manners(Response& response, const Upload& upload) {
    const bool shown = upload.kind != Kind::File;
    response.set("Content-Disposition", disposition(shown ? "inline" : "attachment", upload.name));
    response.set("Cache-Control", "private, max-age=31536000, immutable");
    // A browser's own player is a page with a style and the file as its medium.
    if (upload.kind == Kind::Audio || upload.kind == Kind::Video)
        response.set("Content-Security-Policy",
                     "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; "
                     "frame-ancestors 'none'; sandbox");
}

Response serve(Context& ctx) {
    const auto id = ctx.path_id<UploadId>("upload");
    const auto found =
        ctx.db.read([&](db::Tx& tx) { return served(tx, ctx.viewer, id, ctx.path("name")); });
    if (!found) return ctx.refuse(found.error());
    const auto hash = files::Hash::parse(found->part.hash);
    if (!hash || !ctx.services.files->has(*hash)) {
        log::error("uploads.file_missing", {{"upload", id.value}});
        return ctx.refuse(Error{Fault::NotFound, "uploads.not_found", {}, {}});
    }
    const std::string etag = '"' + hash->text().substr(0, 32) + '"';
    Response response;
    if (http::names_etag(ctx.request.header("If-None-Match"), etag)) {
        response.status = 304;
        response.set("ETag", etag);
    } else {
        response = http::file_response(ctx.request, ctx.services.files->path(*hash),
                                       static_cast<std::uint64_t>(found->part.size),
                                       found->upload.media_type, etag);
    }
    set_manners(response, found->upload);
    // What any guest may see, feed readers on other sites may show.
    if (!ctx.viewer.signed_in()) response.set("Cross-Origin-Resource-Policy", "cross-origin");
    return response;
}

Response face_page(Context& ctx, const Error* error) {
    const std::string title(ctx.t("uploads.face_title"));
    const auto body = [&](html::Out& out) {
        accounts::settings(out, ctx, "/me/profile", [&](html::Out& o) {
            views::face(o, ctx,
                        {.action = "/me/avatar",
                         .title = title,
                         .lead = ctx.t("uploads.face_lead"),
                         .now = ctx.viewer.avatar},
                        error);
        });
    };
    return error ? ctx.refuse_form(*error, title, body, {.section = "me"})
                 : ctx.page(title, body, {.section = "me"});
}

Response show_face(Context& ctx) { return face_page(ctx, nullptr); }

Response save_face(Context& ctx) {
    const auto kept = take_face(ctx);
    if (!kept) return face_page(ctx, &kept.error());
    const auto done = ctx.db.write([&](db::Tx& tx) { return set_face(tx, ctx.viewer, *kept); });
    if (!done) return face_page(ctx, &done.error());
    return ctx.redirect_with("/me/profile", "uploads.face_saved");
}

Response remove_face(Context& ctx) {
    ctx.db.write([&](db::Tx& tx) { drop_face(tx, ctx.viewer); });
    return ctx.redirect_with("/me/profile", "uploads.face_removed");
}

Response logo_page(Context& ctx, const Error* error) {
    const std::string title(ctx.t("uploads.logo_title"));
    const auto body = [&](html::Out& out) {
        community::admin_frame(out, ctx, "/admin/look", [&](html::Out& o) {
            views::face(o, ctx,
                        {.action = "/admin/logo",
                         .title = title,
                         .lead = ctx.t("uploads.logo_lead"),
                         .now = ctx.place.logo},
                        error);
        });
    };
    return error ? ctx.refuse_form(*error, title, body, {.section = "admin"})
                 : ctx.page(title, body, {.section = "admin"});
}

Response show_logo(Context& ctx) { return logo_page(ctx, nullptr); }

Response save_logo(Context& ctx) {
    const auto kept = take_face(ctx);
    if (!kept) return logo_page(ctx, &kept.error());
    const auto done = ctx.db.write([&](db::Tx& tx) { return set_logo(tx, ctx.viewer, *kept); });
    if (!done) return logo_page(ctx, &done.error());
    return ctx.redirect_with("/admin/look", "uploads.logo_saved");
}

Response remove_logo(Context& ctx) {
    const auto done = ctx.db.write([&](db::Tx& tx) { return drop_logo(tx, ctx.viewer); });
    if (!done) return ctx.refuse(done.error());
    return ctx.redirect_with("/admin/look", "uploads.logo_removed");
}

}  // namespace

void routes(web::Routes& r) {
    r.get("/uploads", Access::Member, show_own);
    r.post("/uploads", Access::Member, receive).spooled = true;
    r.get("/files/{upload}/{name}", Access::Anyone, serve);
    r.get("/me/avatar", Access::Member, show_face);
    r.post("/me/avatar", Access::Member, save_face).spooled = true;
    r.post("/me/avatar/remove", Access::Member, remove_face);
    r.get("/admin/logo", Access::Admin, show_logo);
    r.post("/admin/logo", Access::Admin, save_logo).spooled = true;
    r.post("/admin/logo/remove", Access::Admin, remove_logo);
    api_routes(r);
    set_limit(r, kDefaultLimit);
}

void set_limit(web::Routes& routes, std::uint64_t bytes) {
    constexpr std::string_view ours[] = {"/uploads", "/me/avatar", "/admin/logo",
                                         "/api/v1/uploads"};
    for (const auto& route : routes.all())
        for (const std::string_view pattern : ours)
            if (route->spooled && route->pattern == pattern) route->max_body = bytes + kAround;
}

}  // namespace torv::uploads
