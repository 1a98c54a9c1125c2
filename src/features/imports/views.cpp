#include "features/imports/views.hpp"

#include "features/community/community.hpp"
#include "platform/web/fields.hpp"
#include "platform/web/parts.hpp"

namespace torv::imports::views {

namespace {

std::string_view state_word(const web::Context& ctx, State state) {
    switch (state) {
        case State::Waiting: return ctx.t("imports.waiting");
        case State::Running: return ctx.t("imports.running");
        case State::Done: return ctx.t("imports.done");
        case State::Failed: return ctx.t("imports.failed");
    }
    return {};
}

std::string path(const Import& import) { return "/admin/imports/" + import.id.text(); }

void upload_form(html::Out& out, web::Context& ctx, const Error* error) {
    html::put(
        out,
        R"(<section class="section" aria-labelledby="slack"><div class="section__head"><h2 class="section__title" id="slack">{}</h2></div>)",
        ctx.t("imports.slack"));
    web::parts::error_summary(out, ctx, error);
    html::put(
        out,
        R"(<form class="form" method="post" action="/admin/imports" enctype="multipart/form-data">)");
    ctx.csrf_field(out);
    html::put(
        out,
        R"(<div class="field"><label class="field__label" for="file">{}</label><p class="field__hint" id="file-hint">{}</p>)",
        ctx.t("imports.file"), ctx.t("imports.file_hint"));
    html::put(
        out,
        R"(<input class="input input--file" id="file" name="file" type="file" accept=".zip,application/zip" required aria-describedby="file-hint"></div>)");
    html::put(
        out,
        R"(<div class="actions"><button class="button button--primary" type="submit">{}</button></div></form></section>)",
        ctx.t("imports.try"));
}

void count(html::Out& out, const web::Context& ctx, std::string_view word, std::int64_t number) {
    html::put(out, R"(<div class="report__row"><dt>{}</dt><dd>{}</dd></div>)", word,
              ctx.t.number(number));
}

void counts(html::Out& out, const web::Context& ctx, const Report& report) {
    html::put(out, R"(<h2 class="section__title">{}</h2><dl class="report">)",
              ctx.t("imports.messages"));
    count(out, ctx, ctx.t("imports.total"), report.total);
    for (const auto& [what, number] : report.messages)
        count(out, ctx, ctx.t("imports.outcome." + what), number);
    html::put(out, R"(</dl><h2 class="section__title">{}</h2><dl class="report">)",
              ctx.t("imports.besides"));
    for (const auto& [what, number] : report.things)
        count(out, ctx, ctx.t("imports.thing." + what), number);
    html::put(out, "</dl>");
}

void oddities(html::Out& out, const web::Context& ctx, const Report& report) {
    if (report.oddities.empty()) return;
    html::put(
        out,
        R"(<details class="details"><summary>{}</summary><div class="table-wrap" tabindex="0"><table class="table"><thead><tr><th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th></tr></thead><tbody>)",
        ctx.t("imports.oddities",
              static_cast<std::int64_t>(report.oddities.size()) + report.oddities_left_out),
        ctx.t("imports.what"), ctx.t("imports.detail"), ctx.t("imports.where"));
    for (const auto& oddity : report.oddities)
        html::put(out, "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
                  ctx.t("imports.oddity." + oddity.what), oddity.detail, oddity.where);
    html::put(out, "</tbody></table></div>");
    if (report.oddities_left_out > 0)
        html::put(out, "<p>{}</p>", ctx.t("imports.left_out", report.oddities_left_out));
    html::put(out, "</details>");
}

/// After a trial: do it for real.
void go_on(html::Out& out, const web::Context& ctx, const Import& import) {
    if (!import.trial || import.state != State::Done || import.stored_as.empty()) return;
    html::put(out, R"(<div class="notice"><p>{}</p></div>)", ctx.t("imports.trial_done"));
    web::parts::button_form(out, ctx, path(import) + "/run", ctx.t("imports.run"),
                            "button--primary");
}

}  // namespace

namespace {

void earlier(html::Out& out, web::Context& ctx, const std::vector<Import>& imports) {
    if (imports.empty()) return;
    html::put(out,
              R"(<section class="section"><h2 class="section__title">{}</h2><ul class="rows">)",
              ctx.t("imports.earlier"));
    for (const Import& import : imports) {
        html::put(
            out,
            R"(<li class="row"><div class="row__body"><h3 class="row__title" dir="auto"><a href="{}">{}</a></h3><p class="row__text">{} · {} · )",
            path(import), import.file_name, ctx.t(import.trial ? "imports.trial" : "imports.real"),
            state_word(ctx, import.state));
        web::parts::time(out, ctx, import.created_at);
        html::put(out, "</p></div></li>");
    }
    html::put(out, "</ul></section>");
}

}  // namespace

void list(html::Out& out, web::Context& ctx, const std::vector<Import>& imports,
          const Error* error) {
    community::admin_frame(out, ctx, "/admin/imports", [&](html::Out& o) {
        web::parts::page_head(o, ctx.t("imports.title"), ctx.t("imports.slack_hint"));
        upload_form(o, ctx, error);
        earlier(o, ctx, imports);
    });
}

void part(html::Out& out, web::Context& ctx, const Import& import) {
    const bool under_way = import.state == State::Waiting || import.state == State::Running;
    html::put(out,
              R"(<section class="job" id="import" {}><p class="job__state" role="status">{}</p>)",
              html::flag("data-running", under_way), state_word(ctx, import.state));
    if (under_way) {
        html::put(
            out,
            R"(<progress class="progress" max="{}" value="{}" aria-label="{}"></progress><p>{}</p>)",
            std::max<std::int64_t>(import.report.total, 1), import.report.done,
            ctx.t("imports.progress"),
            ctx.t("imports.so_far", {{"done", ctx.t.number(import.report.done)},
                                     {"total", ctx.t.number(import.report.total)}}));
    }
    if (!import.fault.empty())
        html::put(out, R"(<div class="notice notice--danger" role="alert"><p>{}</p></div>)",
                  ctx.t(import.fault));
    go_on(out, ctx, import);
    if (import.report.total > 0) counts(out, ctx, import.report);
    oddities(out, ctx, import.report);
    html::put(out, "</section>");
}

void one(html::Out& out, web::Context& ctx, const Import& import) {
    community::admin_frame(out, ctx, "/admin/imports", [&](html::Out& o) {
        html::put(
            o,
            R"(<header class="page-head"><nav class="crumbs" aria-label="{}"><a href="/admin/imports">{}</a></nav><h1 class="page-head__title" dir="auto">{}</h1></header>)",
            ctx.t("imports.you_are_here"), ctx.t("imports.title"), import.file_name);
        const bool under_way = import.state == State::Waiting || import.state == State::Running;
        if (!under_way) return part(o, ctx, import);
        html::put(o, R"(<progress-poll url="{}" every="1000">)", path(import));
        part(o, ctx, import);
        html::put(o, R"(</progress-poll><p><a class="button button--quiet" href="{}">{}</a></p>)",
                  path(import), ctx.t("imports.again"));
    });
}

}  // namespace torv::imports::views
