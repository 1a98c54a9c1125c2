#include "features/notifications/notifications.hpp"
#include "features/notifications/views.hpp"
#include "platform/web/parts.hpp"

namespace torv::notifications {

using html::put;
namespace parts = web::parts;

namespace {

struct Choice {
    Level level;
    std::string_view icon, words, hint;
};
constexpr Choice kChoices[] = {
    {Level::Watching, "bell-ring", "notifications.follow", "notifications.follow_hint"},
    {Level::Normal, "bell", "notifications.normal", "notifications.normal_hint"},
    {Level::Muted, "bell-off", "notifications.mute", "notifications.mute_hint"}};

constexpr Choice kTagChoices[] = {
    {Level::Watching, "bell-ring", "notifications.follow", "notifications.follow_tag_hint"},
    {Level::Normal, "bell", "notifications.normal", "notifications.tag_normal_hint"}};

const Choice& choice_of(Level level) {
    for (const Choice& choice : kChoices)
        if (choice.level == level) return choice;
    return kChoices[1];
}

std::string_view state_words(Level level) {
    switch (level) {
        case Level::Watching: return "notifications.following";
        case Level::Normal: return "notifications.follow";
        case Level::Muted: return "notifications.muted";
    }
    return "notifications.follow";
}

void control(html::Out& out, const web::Context& ctx, std::string_view action,
             const std::optional<Chosen>& chosen, std::span<const Choice> choices) {
    if (!ctx.viewer.is_member()) return;
    const Level now = chosen ? chosen->level : Level::Normal;
    put(out,
        R"(<details class="menu follow"><summary class="menu__summary button button--quiet button--small">)");
    parts::icon(out, choice_of(now).icon);
    put(out, R"({}</summary><div class="menu__panel">)", ctx.t(state_words(now)));
    for (const Choice& choice : choices) {
        put(out, R"(<form class="menu__form" method="post" action="{}/level">)", action);
        ctx.csrf_field(out);
        put(out,
            R"(<input type="hidden" name="level" value="{}"><button class="menu__item follow__item" type="submit" {}>)",
            level_name(choice.level), html::attr("aria-current", "true", choice.level == now));
        parts::icon(out, choice.level == now ? "check" : choice.icon);
        put(out,
            R"(<span class="follow__words">{}<span class="follow__hint">{}</span></span></button></form>)",
            ctx.t(choice.words), ctx.t(choice.hint));
    }
    put(out, "</div></details>");
}

}  // namespace

void follow_control(html::Out& out, const web::Context& ctx, std::string_view action,
                    const std::optional<Chosen>& chosen) {
    control(out, ctx, action, chosen, kChoices);
}

void follow_tag_control(html::Out& out, const web::Context& ctx, std::string_view action,
                        const std::optional<Chosen>& chosen) {
    control(out, ctx, action, chosen, kTagChoices);
}

void views::person(html::Out& out, const web::Context& ctx, std::string_view handle,
                   std::string_view name, bool muted) {
    parts::page_head(out, ctx.t("notifications.person_title", {{"name", name}}),
                     ctx.t(muted ? "notifications.person_is_muted" : "notifications.person_lead",
                           {{"name", name}}));
    put(out, R"(<form method="post" action="/m/{}/level">)", handle);
    ctx.csrf_field(out);
    put(out,
        R"(<input type="hidden" name="level" value="{}"><button class="button" type="submit">)",
        muted ? "normal" : "muted");
    parts::icon(out, muted ? "bell" : "bell-off");
    put(out, "{}</button></form>",
        ctx.t(muted ? "notifications.unmute_person" : "notifications.mute_person",
              {{"name", name}}));
}

}  // namespace torv::notifications
