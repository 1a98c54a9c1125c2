#include "features/accounts/accounts.hpp"
#include "features/notifications/settings.hpp"
#include "platform/web/fields.hpp"
#include "platform/web/parts.hpp"

namespace torv::notifications::views {

using html::put;
namespace parts = web::parts;

namespace {

void channel(html::Out& out, const web::Context& ctx, const Settings& settings, Kind kind) {
    const std::string name(kind_name(kind));
    const std::string chosen = parts::typed(ctx, name, channel_name(settings.of(kind)));
    put(out,
        R"(<div class="mail-kind"><label class="mail-kind__label" for="mail-{}">{}</label><select class="input input--select mail-kind__select" id="mail-{}" name="{}">)",
        name, kind_words(ctx.t, kind), name, name);
    const auto option = [&](Channel one, std::string_view key) {
        put(out, R"(<option value="{}" {}>{}</option>)", channel_name(one),
            html::flag("selected", chosen == channel_name(one)), ctx.t(key));
    };
    option(Channel::Now, "notifications.channel_now");
    option(Channel::Daily, "notifications.channel_daily");
    option(Channel::Never, "notifications.channel_never");
    put(out, "</select></div>");
}

void quiet(html::Out& out, const web::Context& ctx, const SettingsPage& page, const Error* error) {
    const auto& hours = page.settings.quiet;
    put(out, R"(<div><h2 class="section__title">{}</h2><p class="field__hint">{}</p></div>)",
        ctx.t("notifications.quiet"), ctx.t("notifications.quiet_hint", {{"zone", page.zone}}));
    parts::input(out, ctx,
                 {.name = "quiet_from",
                  .label = "notifications.quiet_from",
                  .value = parts::typed(ctx, "quiet_from", hours ? minute_text(hours->from) : ""),
                  .type = "time",
                  .optional = true},
                 error);
    parts::input(out, ctx,
                 {.name = "quiet_to",
                  .label = "notifications.quiet_to",
                  .value = parts::typed(ctx, "quiet_to", hours ? minute_text(hours->to) : ""),
                  .type = "time",
                  .optional = true},
                 error);
}

void kept_list(html::Out& out, const web::Context& ctx, const SettingsPage& page) {
    put(out,
        R"(<section class="section" aria-labelledby="kept"><div class="section__head"><h2 class="section__title" id="kept">{}</h2></div>)",
        ctx.t("notifications.kept"));
    if (page.kept.empty())
        return put(out, R"(<p class="field__hint">{}</p></section>)",
                   ctx.t("notifications.kept_none"));
    put(out, R"(<ul class="kept">)");
    for (const KeptPlace& one : page.kept) {
        const bool muted = one.level == Level::Muted;
        put(out, R"(<li class="kept__row"><a class="kept__name" href="{}" dir="auto">{}</a>)",
            one.path, one.name);
        put(out, R"(<span class="badge{}">{}</span>)", muted ? " badge--quiet" : "",
            ctx.t(muted ? "notifications.muted" : "notifications.following"));
        put(out, R"(<form method="post" action="{}">)", one.action);
        ctx.csrf_field(out);
        put(out,
            R"(<input type="hidden" name="level" value="normal"><input type="hidden" name="return_to" value="/me/notices"><button class="button button--quiet button--small" type="submit">{}<span class="sr-only"> {}</span></button></form></li>)",
            ctx.t("notifications.as_usual"), one.name);
    }
    put(out, "</ul></section>");
}

}  // namespace

void settings(html::Out& out, const web::Context& ctx, const SettingsPage& page,
              const Error* error) {
    accounts::settings(out, ctx, "/me/notices", [&](html::Out& o) {
        parts::page_head(o, ctx.t("notifications.title"), ctx.t("notifications.settings_lead"));
        parts::error_summary(o, ctx, error);
        if (!page.mail_server)
            put(o, R"(<div class="notice"><p>{}</p></div>)", ctx.t("notifications.no_mail"));
        parts::form_start(o, ctx, "/me/notices");
        put(o, R"(<h2 class="section__title">{}</h2><div class="mail-kinds">)",
            ctx.t("notifications.by_mail"));
        for (const Kind kind : kinds_by_weight())
            if (!for_leaders(kind) || ctx.viewer.may_moderate())
                channel(o, ctx, page.settings, kind);
        put(o, "</div>");
        parts::input(
            o, ctx,
            {.name = "weekly_limit",
             .label = "notifications.limit",
             .hint = "notifications.limit_hint",
             .value = parts::typed(ctx, "weekly_limit", std::to_string(page.settings.weekly_limit)),
             .type = "number"},
            error);
        put(o, R"(<p class="field__hint">{}</p>)",
            ctx.t("notifications.mails_so_far", page.mails_in_week));
        quiet(o, ctx, page, error);
        parts::form_end(o, ctx.t("notifications.save"));
        kept_list(o, ctx, page);
    });
}

void stop(html::Out& out, const web::Context& ctx, bool done) {
    put(out,
        R"(<section class="panel"><h1 class="panel__title">{}</h1><p class="panel__lead">{}</p>)",
        ctx.t("notifications.stop_title"),
        ctx.t(done ? "notifications.stopped" : "notifications.stop_text",
              {{"community", ctx.place.name}}));
    if (!done)
        put(out,
            R"(<form class="form" method="post" action="{}"><div class="actions"><button class="button button--primary" type="submit">{}</button></div></form>)",
            ctx.request.path, ctx.t("notifications.stop_button"));
    put(out, R"(<p class="panel__foot"><a href="/me/notices">{}</a></p></section>)",
        ctx.t("notifications.mail_settings_link"));
}

}  // namespace torv::notifications::views
