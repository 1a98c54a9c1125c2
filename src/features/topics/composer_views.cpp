#include "features/topics/views.hpp"
#include "platform/web/parts.hpp"

namespace torv::topics::views {

using html::put;
namespace parts = web::parts;

namespace {

/// A problem with one field, above it.
void field_error(html::Out& out, const web::Context& ctx, const Error& error) {
    put(out, R"(<p class="field__error" id="{}-error">)", error.field);
    parts::icon(out, "circle-alert");
    put(out, "{}</p>", ctx.message(error));
}

void title_field(html::Out& out, const web::Context& ctx, const Composer& composer) {
    const bool wrong = composer.error && composer.error->field == "title";
    put(out, R"(<div class="field{}"><label class="field__label" for="title">{}</label>)",
        wrong ? " field--error" : "", ctx.t("topics.title"));
    if (wrong) field_error(out, ctx, *composer.error);
    put(out,
        R"(<input class="input input--title" id="title" name="title" maxlength="{}" required dir="auto" value="{}" {} {}></div>)",
        kTitleMax, *composer.title, html::attr("aria-invalid", "true", wrong),
        html::attr("aria-describedby", "title-error", wrong));
    if (!composer.edits)
        put(out, R"(<similar-topics url="/search/similar" for="title"></similar-topics>)");
}

/// What a tool does is in web/elements/formatting.ts, by its name.
struct Tool {
    std::string_view name;
    std::string_view icon;
    std::string_view label;
    std::string_view keys = {};
};
constexpr Tool kTools[] = {
    {"bold", "bold", "topics.bold", "Control+B"},
    {"italic", "italic", "topics.italic", "Control+I"},
    {"strike", "strikethrough", "topics.strike", "Control+Shift+X"},
    {"heading", "heading", "topics.heading"},
    {"quote", "quote", "topics.quote", "Control+Shift+9"},
    {"list", "list", "topics.list", "Control+Shift+8"},
    {"numbers", "list-ordered", "topics.numbers", "Control+Shift+7"},
    {"tasks", "list-todo", "topics.tasks"},
    {"link", "link", "topics.link", "Control+K"},
    {"code", "code", "topics.code", "Control+E"},
    {"table", "table", "topics.table"},
    {"mention", "at-sign", "topics.mention"},
    {"emoji", "smile", "topics.emoji"},
};

void tools(html::Out& out, const web::Context& ctx, const Composer& composer) {
    put(out,
        R"(<div class="composer__tools" role="toolbar" aria-label="{}" aria-controls="{}" hidden>)",
        ctx.t("topics.tools"), composer.field);
    for (const Tool& tool : kTools) {
        const std::string_view label = ctx.t(tool.label);
        put(out,
            R"(<button class="composer__tool" type="button" data-format="{}" title="{}" tabindex="-1" {} {}>)",
            tool.name, label, html::attr("aria-keyshortcuts", tool.keys, !tool.keys.empty()),
            html::attr("data-column", ctx.t("topics.column"), tool.name == "table"));
        parts::icon(out, tool.icon);
        put(out, R"(<span class="sr-only">{}</span></button>)", label);
    }
    put(out, "</div>");
}

void text_field(html::Out& out, const web::Context& ctx, const Composer& composer) {
    put(out,
        R"(<upload-field url="/uploads" for="{}" icon="{}" add="{}" uploading="{}" failed="{}" retry="{}" remove="{}" stop="{}" too-large="{}">)",
        composer.field, parts::icon_url("paperclip"), ctx.t("topics.add_file"),
        ctx.t("topics.uploading"), ctx.t("topics.upload_failed"), ctx.t("topics.retry"),
        ctx.t("topics.remove"), ctx.t("topics.stop"), ctx.t("topics.too_large"));
    const bool wrong = composer.error && composer.error->field == "body";
    put(out,
        R"(<suggest-text url="/members/suggest"><textarea class="composer__text" id="{}" name="body" rows="{}" required placeholder="{}" dir="auto" {} {}>{}</textarea></suggest-text><a class="upload-add composer__help" href="/uploads" data-plain>{}</a></upload-field>)",
        composer.field,
        composer.chat    ? 2
        : composer.title ? 10
                         : 4,
        ctx.t(composer.label), html::attr("aria-invalid", "true", wrong),
        html::attr("aria-describedby", "body-error", wrong), composer.body,
        ctx.t("topics.add_file"));
    put(out,
        R"(<live-preview url="/preview" for="{}" write="{}" preview="{}" empty="{}"></live-preview>)",
        composer.field, ctx.t("topics.write"), ctx.t("topics.preview"),
        ctx.t("topics.preview_empty"));
}

void form(html::Out& out, const web::Context& ctx, const Composer& composer) {
    put(out, R"(<form class="composer{}" method="post" action="{}">)",
        composer.chat ? " composer--chat" : "", composer.action);
    ctx.csrf_field(out);
    if (composer.edits) {
        ctx.method_field(out, "PATCH");
        put(out, R"(<input type="hidden" name="edits" value="{}">)", *composer.edits);
    } else {
        ctx.once_field(out);
    }
    if (composer.reply_to)
        put(out, R"(<input type="hidden" name="reply_to" value="{}">)", composer.reply_to);
    parts::error_summary(out, ctx, composer.error);
    if (composer.title) title_field(out, ctx, composer);
    box(out, ctx, composer);
    put(out,
        R"(<div class="composer__foot"><button class="button button--primary" type="submit">{}</button>)",
        ctx.t(composer.submit));
    if (!composer.later.empty())
        put(out, R"(<button class="button" type="submit" formaction="{}">{}</button>)",
            composer.later, ctx.t("topics.post_later"));
    put(out,
        R"(<span class="composer__draft" data-draft-state aria-live="polite"></span></div></form>)");
}

/// What is selected in the posts above can be quoted in an answer.
void answering_form(html::Out& out, const web::Context& ctx, const Composer& composer) {
    if (composer.title || composer.edits) return form(out, ctx, composer);
    put(out, R"(<quote-selection label="{}" wrote="{}">)", ctx.t("topics.quote_this"),
        ctx.t("topics.quote_wrote", {{"name", "{name}"}}));
    form(out, ctx, composer);
    put(out, "</quote-selection>");
}

}  // namespace

void box(html::Out& out, const web::Context& ctx, const Composer& composer) {
    if (composer.error && composer.error->field == "body") field_error(out, ctx, *composer.error);
    put(out, R"(<div class="composer__box"><label class="sr-only" for="{}">{}</label>)",
        composer.field, ctx.t(composer.label));
    put(out, "<markdown-field>");
    tools(out, ctx, composer);
    text_field(out, ctx, composer);
    put(out, "</markdown-field></div>");
}

void composer(html::Out& out, const web::Context& ctx, const Composer& composer) {
    put(out, R"(<draft-keeper key="{}" url="/drafts/{}" saved="{}" local="{}">)", composer.draft,
        composer.draft, ctx.t("topics.draft_saved"), ctx.t("topics.draft_local"));
    if (composer.chat) {
        // Stays on the page, and keeps what cannot be sent yet.
        put(out,
            R"(<chat-send key="{}" waiting="{}" refused="{}" retry="{}" edit="{}" editing="{}" replying="{}" cancel="{}"><enter-sends>)",
            composer.draft, ctx.t("topics.message_waits"), ctx.t("topics.message_refused"),
            ctx.t("topics.retry"), ctx.t("topics.edit"), ctx.t("topics.message_edits"),
            ctx.t("topics.message_replies", {{"name", "{name}"}}), ctx.t("topics.cancel"));
        answering_form(out, ctx, composer);
        return put(out, "</enter-sends></chat-send></draft-keeper>");
    }
    put(out, R"(<form-guard sending="{}" failed="{}" retry="{}">)", ctx.t("topics.sending"),
        ctx.t("topics.send_failed"), ctx.t("topics.retry"));
    answering_form(out, ctx, composer);
    put(out, "</form-guard></draft-keeper>");
}

void write(html::Out& out, const web::Context& ctx, const WritePage& page) {
    put(out,
        R"(<header class="page-head"><nav class="crumbs" aria-label="{}"><a href="{}" dir="auto">{}</a></nav><h1 class="page-head__title">{}</h1></header>)",
        ctx.t("topics.you_are_here"), page.back, page.back_name, page.heading);
    if (page.theirs) {
        put(out, R"(<section class="card"><h2 class="card__title">{}</h2>)",
            ctx.t("topics.their_version"));
        put(out, R"(<p class="card__text" dir="auto">{}</p></section>)", *page.theirs);
    }
    composer(out, ctx, page.composer);
}

}  // namespace torv::topics::views
