#include <algorithm>

#include "features/accounts/accounts.hpp"
#include "features/devices/page.hpp"
#include "platform/web/fields.hpp"
#include "platform/web/parts.hpp"

namespace torv::devices::views {

using html::put;
namespace parts = web::parts;

namespace {

/// One of the things that can be true of this browser; the element shows the one that is.
void state(html::Out& out, const web::Context& ctx, std::string_view name, std::string_view key) {
    put(out, R"(<p class="push__state" data-state="{}" hidden>{}</p>)", name, ctx.t(key));
}

/// `known`: the server tells this session's browser; without that, what the browser holds is
/// somebody else's, or left over.
void this_device(html::Out& out, const web::Context& ctx, const DevicesPage& page) {
    const bool known = std::ranges::find(page.devices, ctx.viewer.session,
                                         &store::Device::session) != page.devices.end();
    put(out,
        R"(<push-switch class="push" key="{}" {}><h2 class="section__title">{}</h2><p class="without-script">{}</p>)",
        page.key, html::flag("known", known), ctx.t("devices.this_one"),
        ctx.t("devices.needs_script"));
    state(out, ctx, "unsupported", "devices.unsupported");
    state(out, ctx, "denied", "devices.denied");
    state(out, ctx, "off", "devices.off");
    state(out, ctx, "on", "devices.on");
    state(out, ctx, "failed", "devices.failed");
    put(out,
        R"(<p class="push__state" data-state="home" hidden>{} <a href="/help/phone">{}</a></p>)",
        ctx.t("devices.home_first"), ctx.t("devices.home_how"));
    put(out,
        R"(<div class="actions"><button class="button button--primary" type="button" data-turn="on" hidden>{}</button><button class="button" type="button" data-turn="off" hidden>{}</button></div></push-switch>)",
        ctx.t("devices.turn_on"), ctx.t("devices.turn_off"));
}

void choice(html::Out& out, const web::Context& ctx, const DevicesPage& page, const Error* error) {
    parts::form_start(out, ctx, "/me/devices");
    put(out, R"(<fieldset class="field"><legend class="field__label">{}</legend>)",
        ctx.t("devices.what"));
    for (const Kind kind : notifications::kinds_by_weight()) {
        if (notifications::for_leaders(kind) && !ctx.viewer.may_moderate()) continue;
        const auto name = notifications::kind_name(kind);
        put(out,
            R"(<label class="check"><input class="check__input" type="checkbox" name="kind" value="{}" {}><span class="check__text">{}</span></label>)",
            name, html::flag("checked", page.choice.wants(kind)),
            notifications::kind_words(ctx.t, kind));
    }
    put(out, R"(</fieldset><p class="field__hint">{} <a href="/me/notices">{}</a></p>)",
        ctx.t("devices.quiet"), ctx.t("devices.quiet_link"));
    parts::input(
        out, ctx,
        {.name = "weekly_limit",
         .label = "devices.limit",
         .hint = "devices.limit_hint",
         .value = parts::typed(ctx, "weekly_limit", std::to_string(page.choice.weekly_limit)),
         .type = "number"},
        error);
    put(out, R"(<p class="field__hint">{}</p>)", ctx.t("devices.told_so_far", page.told_in_week));
    if (page.held)
        put(out, R"(<div class="notice"><p>{} <a href="/notices">{}</a></p></div>)",
            ctx.t("devices.held"), ctx.t("devices.held_link"));
    parts::form_end(out, ctx.t("devices.save"));
}

void row(html::Out& out, const web::Context& ctx, const store::Device& device) {
    put(out, R"(<li class="row"><div class="row__body"><h3 class="row__title">{}</h3>)",
        device.name.empty() ? ctx.t("devices.unknown") : std::string_view(device.name));
    put(out, R"(<p class="row__text">)");
    if (device.session == ctx.viewer.session) put(out, "{} · ", ctx.t("devices.this_one"));
    put(out, "{} ", ctx.t("devices.since"));
    parts::time(out, ctx, device.created_at);
    put(out, R"(</p></div><div class="row__actions">)");
    parts::button_form(out, ctx, "/me/devices/" + device.id.text(), ctx.t("devices.remove"),
                       "button--small", "DELETE");
    put(out, "</div></li>");
}

}  // namespace

void devices(html::Out& out, const web::Context& ctx, const DevicesPage& page, const Error* error) {
    accounts::settings(out, ctx, "/me/devices", [&](html::Out& o) {
        parts::page_head(o, ctx.t("devices.title"), ctx.t("devices.lead"));
        parts::error_summary(o, ctx, error);
        this_device(o, ctx, page);
        choice(o, ctx, page, error);
        put(o,
            R"(<section class="section" aria-labelledby="all"><div class="section__head"><h2 class="section__title" id="all">{}</h2></div>)",
            ctx.t("devices.all"));
        if (page.devices.empty()) put(o, R"(<p class="field__hint">{}</p>)", ctx.t("devices.none"));
        else {
            put(o, R"(<ul class="rows">)");
            for (const auto& device : page.devices) row(o, ctx, device);
            put(o, "</ul>");
        }
        put(o, "</section>");
    });
}

void ask(html::Out& out, const web::Context& ctx, std::string_view key) {
    put(out,
        R"(<push-switch class="push push--ask" key="{}" role="region" aria-labelledby="push-ask"><h2 class="push__title" id="push-ask">{}</h2><p>{}</p>)",
        key, ctx.t("devices.ask"), ctx.t("devices.ask_text"));
    state(out, ctx, "denied", "devices.denied");
    state(out, ctx, "on", "devices.on");
    state(out, ctx, "failed", "devices.failed");
    put(out,
        R"(<div class="actions"><button class="button button--primary" type="button" data-turn="on">{}</button><button class="button button--quiet" type="button" data-turn="never">{}</button></div></push-switch>)",
        ctx.t("devices.turn_on"), ctx.t("devices.not_now"));
}

}  // namespace torv::devices::views
