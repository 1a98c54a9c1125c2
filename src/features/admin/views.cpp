#include "features/admin/views.hpp"

#include "platform/web/fields.hpp"
#include "platform/web/parts.hpp"

namespace torv::admin::views {

namespace {

void card(html::Out& out, std::string_view href, std::string_view icon, std::string_view title,
          std::string_view text) {
    html::put(out, R"(<section class="card"><h2 class="card__title">)");
    web::parts::icon(out, icon);
    html::put(out, R"( <a href="{}">{}</a></h2><p class="card__text">{}</p></section>)", href,
              title, text);
}

void empty(html::Out& out, std::string_view icon, std::string_view title, std::string_view text) {
    html::put(
        out,
        R"(<div class="empty empty--calm"><svg class="icon empty__icon" aria-hidden="true"><use href="{}"></use></svg><h2 class="empty__title">{}</h2><p class="empty__text">{}</p></div>)",
        web::parts::icon_url(icon), title, text);
}

std::string_view state_word(const web::Context& ctx, mail::State state) {
    switch (state) {
        case mail::State::Waiting: return ctx.t("admin.mail_waiting");
        case mail::State::Sent: return ctx.t("admin.mail_sent");
        case mail::State::Failed: return ctx.t("admin.mail_failed");
        case mail::State::Shown: return ctx.t("admin.mail_shown");
    }
    return {};
}

void job_row(html::Out& out, web::Context& ctx, const jobs::Job& job, bool dead) {
    html::put(
        out,
        R"(<li class="row"><div class="row__body"><h3 class="row__title">{}</h3><p class="row__text">{} · )",
        job.kind, ctx.t("admin.attempts", job.attempts));
    web::parts::time(out, ctx, dead ? job.created_at : job.run_at);
    html::put(out, "</p>");
    if (!job.last_error.empty())
        html::put(out, R"(<p class="row__text"><code>{}</code></p>)", job.last_error);
    html::put(out, "</div>");
    if (dead) {
        html::put(out, R"(<div class="row__actions">)");
        web::parts::button_form(out, ctx, "/admin/jobs/" + job.id.text() + "/retry",
                                ctx.t("admin.retry"));
        web::parts::button_form(out, ctx, "/admin/jobs/" + job.id.text() + "/discard",
                                ctx.t("admin.discard"), "button--small button--quiet");
        html::put(out, "</div>");
    }
    html::put(out, "</li>");
}

void job_list(html::Out& out, web::Context& ctx, std::string_view title,
              const std::vector<jobs::Job>& list, bool dead) {
    if (list.empty()) return;
    html::put(out,
              R"(<section class="section"><h2 class="section__title">{}</h2><ul class="rows">)",
              title);
    for (const auto& job : list) job_row(out, ctx, job, dead);
    html::put(out, "</ul></section>");
}

}  // namespace

void overview(html::Out& out, web::Context& ctx, const Overview& page) {
    community::admin_frame(out, ctx, "/admin", [&](html::Out& o) {
        web::parts::page_head(o, ctx.t("admin.title"), ctx.t("admin.text"));
        html::put(
            o,
            R"(<ul class="figures"><li class="figure"><p class="figure__label">{}</p><p class="figure__value">{}</p></li>)",
            ctx.t("admin.members"), ctx.t.number(page.community.member_count));
        html::put(
            o,
            R"(<li class="figure"><p class="figure__label">{}</p><p class="figure__value">{}</p></li></ul>)",
            ctx.t("admin.waiting_members"),
            ctx.t.number(static_cast<std::int64_t>(page.waiting_members)));
        html::put(o, R"(<div class="cards">)");
        card(o, "/admin/members", "users", ctx.t("admin.members"), ctx.t("admin.members_text"));
        card(o, "/admin/invitations", "user-plus", ctx.t("admin.invitations"),
             ctx.t("admin.invitations_text"));
        card(o, "/admin/spaces", "messages-square", ctx.t("admin.spaces"),
             ctx.t("admin.spaces_text"));
        card(o, "/admin/imports", "folder-input", ctx.t("admin.imports"),
             ctx.t("admin.imports_text"));
        card(o, "/admin/mail", "mail", ctx.t("admin.mail"),
             page.mail_server ? ctx.t("admin.mail_text") : ctx.t("admin.mail_none"));
        card(o, "/admin/jobs", "refresh-cw", ctx.t("admin.jobs"),
             page.dead_jobs > 0
                 ? ctx.t("admin.jobs_dead", static_cast<std::int64_t>(page.dead_jobs))
                 : std::string(ctx.t("admin.jobs_fine")));
        html::put(o, "</div>");
    });
}

void mails(html::Out& out, web::Context& ctx, const std::vector<mail::Mail>& mails, bool server) {
    community::admin_frame(out, ctx, "/admin/mail", [&](html::Out& o) {
        web::parts::page_head(o, ctx.t("admin.mail"),
                              server ? ctx.t("admin.mail_text") : ctx.t("admin.mail_none"));
        if (mails.empty())
            return empty(o, "mail", ctx.t("admin.no_mail"), ctx.t("admin.no_mail_text"));
        html::put(o, R"(<ul class="rows">)");
        for (const auto& mail : mails) {
            html::put(
                o,
                R"(<li class="row"><div class="row__body"><h2 class="row__title" dir="auto">{}</h2><p class="row__text"><bdi>{}</bdi> · {} · )",
                mail.subject, mail.to, state_word(ctx, mail.state));
            web::parts::time(o, ctx, mail.created_at);
            html::put(o, "</p>");
            if (!mail.last_error.empty())
                html::put(o, R"(<p class="row__text"><code>{}</code></p>)", mail.last_error);
            if (!mail.text.empty())
                html::put(o,
                          R"(<details><summary>{}</summary><pre class="code">{}</pre></details>)",
                          ctx.t("admin.mail_show"), mail.text);
            html::put(o, "</div></li>");
        }
        html::put(o, "</ul>");
    });
}

void jobs(html::Out& out, web::Context& ctx, const Jobs& page) {
    community::admin_frame(out, ctx, "/admin/jobs", [&](html::Out& o) {
        web::parts::page_head(o, ctx.t("admin.jobs"), ctx.t("admin.jobs_text"));
        if (page.dead.empty() && page.waiting.empty())
            return empty(o, "coffee", ctx.t("admin.no_jobs"), ctx.t("admin.jobs_fine"));
        job_list(o, ctx, ctx.t("admin.dead"), page.dead, true);
        job_list(o, ctx, ctx.t("admin.waiting"), page.waiting, false);
    });
}

}  // namespace torv::admin::views
