#include "features/uploads/views.hpp"

#include "platform/web/fields.hpp"
#include "platform/web/parts.hpp"
#include "platform/web/web.hpp"

namespace torv::uploads::views {

using html::put;
namespace parts = web::parts;

namespace {

void form_start(html::Out& out, const web::Context& ctx, std::string_view action,
                const Error* error) {
    parts::error_summary(out, ctx, error);
    put(out, R"(<form class="form" method="post" action="{}" enctype="multipart/form-data">)",
        action);
    ctx.csrf_field(out);
}

/// The input and its hint; what a field of text has, web::parts draws.
void file_input(html::Out& out, std::string_view hint, std::string_view accept,
                const Error* error) {
    put(out, R"(<p class="field__hint" id="file-hint">{}</p>)", hint);
    put(out,
        R"(<input class="input input--file" id="file" name="file" type="file" required aria-describedby="file-hint" {} {}>)",
        html::attr("accept", accept, !accept.empty()), html::attr("aria-invalid", "true", error));
}

void row(html::Out& out, const web::Context& ctx, const Upload& upload) {
    const std::string line = markdown(upload);
    put(out,
        R"(<li class="row" id="upload-{}"><div class="row__body"><h3 class="row__title" dir="auto"><a href="{}">{}</a></h3><p class="row__text">{} · )",
        upload.id, path(upload), upload.name, ctx.t.size(upload.size));
    parts::time(out, ctx, upload.created_at);
    put(out, R"(</p><p class="copy-box"><code class="copy-box__text" dir="ltr">{}</code></p>)",
        line);
    put(out, "</div></li>");
}

}  // namespace

void own(html::Out& out, const web::Context& ctx, const std::vector<Upload>& uploads,
         const Error* error) {
    web::parts::page_head(out, ctx.t("uploads.title"), ctx.t("uploads.lead"));
    form_start(out, ctx, "/uploads", error);
    put(out, R"(<div class="field"><label class="field__label" for="file">{}</label>)",
        ctx.t("uploads.file"));
    file_input(out, ctx.t("uploads.file_hint"), "", error);
    put(out, "</div>");
    parts::form_end(out, ctx.t("uploads.send"));
    if (uploads.empty()) return;
    put(out,
        R"(<section class="section"><h2 class="section__title">{}</h2><p>{}</p><ul class="rows">)",
        ctx.t("uploads.yours"), ctx.t("uploads.yours_hint"));
    for (const Upload& upload : uploads) row(out, ctx, upload);
    put(out, "</ul></section>");
}

void face(html::Out& out, const web::Context& ctx, const Face& face, const Error* error) {
    web::parts::page_head(out, face.title, face.lead);
    form_start(out, ctx, face.action, error);
    put(out,
        R"(<div class="field"><file-preview><label class="field__label" for="file">{}</label>)",
        ctx.t("uploads.picture"));
    if (face.now.empty())
        put(out, R"(<img class="avatar avatar--large" data-preview alt="" hidden>)");
    else put(out, R"(<img class="avatar avatar--large" data-preview alt="" src="{}">)", face.now);
    file_input(out, ctx.t("uploads.picture_hint"), "image/*", error);
    put(out, "</file-preview></div>");
    parts::form_end(out, ctx.t("uploads.picture_save"));
    if (face.now.empty()) return;
    parts::button_form(out, ctx, std::string(face.action) + "/remove",
                       ctx.t("uploads.picture_remove"), "button--quiet");
}

}  // namespace torv::uploads::views
