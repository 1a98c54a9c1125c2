#include "features/accounts/accounts.hpp"
#include "features/messages/views.hpp"
#include "platform/web/fields.hpp"
#include "platform/web/parts.hpp"

namespace torv::messages::views {

using html::put;
namespace parts = web::parts;

namespace {

void to_field(html::Out& out, const web::Context& ctx, const std::string& value,
              const Error* error) {
    const bool wrong = error && error->field == "to";
    put(out, R"(<div class="field{}"><label class="field__label" for="to">{}</label>)",
        wrong ? " field--error" : "", ctx.t("messages.to"));
    put(out, R"(<p class="field__hint" id="to-hint">{}</p>)", ctx.t("messages.to_hint"));
    if (wrong) {
        put(out, R"(<p class="field__error" id="to-error">)");
        parts::icon(out, "circle-alert");
        put(out, "{}</p>", ctx.message(*error));
    }
    put(out,
        R"(<suggest-text url="/members/suggest"><textarea class="input" id="to" name="to" rows="1" required aria-describedby="to-hint" autocomplete="off" {}>{}</textarea></suggest-text></div>)",
        html::attr("aria-invalid", "true", wrong), value);
}

void person(html::Out& out, const web::Context& ctx, const members::Face& face,
            std::string_view note) {
    put(out,
        R"(<li class="row"><div class="row__body"><h2 class="row__title"><a href="/m/{}" dir="auto">{}</a></h2><p class="row__text">@{}{}{}</p></div></li>)",
        face.handle, face.name, face.handle, note.empty() ? "" : " · ",
        note.empty() ? std::string_view{} : ctx.t(note));
}

void name_form(html::Out& out, const web::Context& ctx, const PeoplePage& page,
               const std::string& base) {
    put(out, R"(<section class="section"><h2 class="section__title">{}</h2>)",
        ctx.t("messages.name_title"));
    parts::form_start(out, ctx, base + "/name");
    parts::input(out, ctx,
                 {.name = "title",
                  .label = "messages.name",
                  .hint = "messages.name_hint",
                  .value = page.title,
                  .optional = true,
                  .max_length = static_cast<int>(conversations::kNameMax)},
                 page.error);
    parts::form_end(out, ctx.t("messages.save"));
    put(out, "</section>");
}

void add_form(html::Out& out, const web::Context& ctx, const PeoplePage& page,
              const std::string& base) {
    put(out, R"(<section class="section"><h2 class="section__title">{}</h2><p>{}</p>)",
        ctx.t("messages.add_title"), ctx.t("messages.add_text"));
    parts::form_start(out, ctx, base + "/people");
    to_field(out, ctx, page.typed, page.error);
    parts::form_end(out, ctx.t("messages.add"));
    put(out, "</section>");
}

void leave_form(html::Out& out, const web::Context& ctx, const std::string& base) {
    put(out,
        R"(<section class="section"><h2 class="section__title">{}</h2><p>{}</p><ask-first question="{}" yes="{}" no="{}">)",
        ctx.t("messages.leave_title"), ctx.t("messages.leave_text"),
        ctx.t("messages.leave_question"), ctx.t("messages.leave"), ctx.t("messages.stay"));
    parts::button_form(out, ctx, base + "/leave", ctx.t("messages.leave"), "button--danger");
    put(out, "</ask-first></section>");
}

}  // namespace

void write(html::Out& out, const web::Context& ctx, const WritePage& page) {
    put(out,
        R"(<header class="page-head"><nav class="crumbs" aria-label="{}"><a href="/messages">{}</a></nav><h1 class="page-head__title">{}</h1><p class="page-head__lead">{}</p></header>)",
        ctx.t("messages.you_are_here"), ctx.t("messages.title"), ctx.t("messages.new_title"),
        ctx.t("messages.new_lead"));
    put(out, R"(<form class="composer" method="post" action="/messages">)");
    ctx.csrf_field(out);
    ctx.once_field(out);
    parts::error_summary(out, ctx, page.error);
    to_field(out, ctx, page.to, page.error);
    topics::text_box(out, ctx, "messages.your_message", page.body, page.error);
    put(out,
        R"(<div class="composer__foot"><button class="button button--primary" type="submit">{}</button></div></form>)",
        ctx.t("messages.send"));
}

void people(html::Out& out, const web::Context& ctx, const PeoplePage& page) {
    const std::string base = conversations::path(page.one.conversation.id);
    put(out,
        R"(<header class="page-head"><nav class="crumbs" aria-label="{}"><a href="{}" dir="auto">{}</a></nav><h1 class="page-head__title">{}</h1></header>)",
        ctx.t("messages.you_are_here"), base,
        pages::name(ctx, page.one.conversation.kind, page.title, page.one.others, page.one.faces),
        ctx.t("messages.people"));
    parts::error_summary(out, ctx, page.error);
    put(out, R"(<ul class="rows">)");
    person(out, ctx, members::face_of(ctx.viewer), "messages.you");
    for (const MemberId one : page.one.others) {
        const bool in = page.one.conversation.seat_of(one)->state == pages::State::In;
        person(out, ctx, page.one.faces[one], in ? "" : "messages.asked");
    }
    put(out, "</ul>");
    if (page.one.conversation.kind == conversations::Kind::Pair) {
        const auto& other =
            page.one.faces[page.one.others.empty() ? MemberId{} : page.one.others[0]];
        put(out,
            R"(<div class="actions"><a class="button" href="/messages/new?to={}">{}</a><a class="button button--quiet" href="/m/{}/block">{}</a></div>)",
            other.handle, ctx.t("messages.start_group"), other.handle, ctx.t("messages.block"));
        return;
    }
    if (page.one.conversation.kind != conversations::Kind::Group) return;
    add_form(out, ctx, page, base);
    name_form(out, ctx, page, base);
    leave_form(out, ctx, base);
}

void settings(html::Out& out, const web::Context& ctx, const SettingsPage& page) {
    accounts::settings(out, ctx, "/me/messages", [&](html::Out& body) {
        parts::page_head(body, ctx.t("messages.settings"), ctx.t("messages.settings_lead"));
        parts::form_start(body, ctx, "/me/messages");
        std::vector<parts::Option> options;
        const auto option = [&](conversations::Who who, std::string_view label,
                                std::string_view hint) {
            options.push_back({std::string(conversations::who_name(who)), std::string(ctx.t(label)),
                               std::string(ctx.t(hint))});
        };
        using conversations::Who;
        option(Who::Everybody, "messages.who_everybody", "messages.who_everybody_hint");
        option(Who::Known, "messages.who_known", "messages.who_known_hint");
        option(Who::Leaders, "messages.who_leaders", "messages.who_leaders_hint");
        parts::choices(body, ctx,
                       {.name = "who",
                        .label = "messages.who",
                        .value = std::string(conversations::who_name(page.who))},
                       options);
        parts::form_end(body, ctx.t("messages.save"));
        put(body, R"(<section class="section"><h2 class="section__title">{}</h2>)",
            ctx.t("messages.blocked_title"));
        if (page.blocked.empty()) put(body, "<p>{}</p>", ctx.t("messages.blocked_none"));
        put(body, R"(<ul class="rows">)");
        for (const auto& one : page.blocked) {
            const auto& face = page.faces[one.member];
            put(body,
                R"(<li class="row"><div class="row__body"><h3 class="row__title"><a href="/m/{}" dir="auto">{}</a></h3><p class="row__text">)",
                face.handle, face.name);
            parts::time(body, ctx, one.since);
            put(body, R"(</p></div><div class="row__actions">)");
            parts::button_form(body, ctx, "/m/" + face.handle + "/block", ctx.t("messages.unblock"),
                               "button--small", "DELETE");
            put(body, "</div></li>");
        }
        put(body, "</ul></section>");
    });
}

void block(html::Out& out, const web::Context& ctx, const members::Member& member, bool blocked) {
    put(out,
        R"(<header class="page-head"><nav class="crumbs" aria-label="{}"><a href="/m/{}" dir="auto">{}</a></nav><h1 class="page-head__title">{}</h1></header>)",
        ctx.t("messages.you_are_here"), member.handle, member.name,
        ctx.t(blocked ? "messages.blocked_heading" : "messages.block_heading",
              {{"name", member.name}}));
    put(out, R"(<div class="prose"><p>{}</p><ul><li>{}</li><li>{}</li><li>{}</li></ul></div>)",
        ctx.t("messages.block_lead"), ctx.t("messages.block_no_messages"),
        ctx.t("messages.block_no_posts"), ctx.t("messages.block_not_told"));
    put(out, R"(<div class="actions">)");
    parts::button_form(out, ctx, "/m/" + member.handle + "/block",
                       ctx.t(blocked ? "messages.unblock" : "messages.block"),
                       blocked ? "button--primary" : "button--danger", blocked ? "DELETE" : "");
    put(out, R"(<a class="button button--quiet" href="/m/{}">{}</a></div>)", member.handle,
        ctx.t("messages.back"));
}

}  // namespace torv::messages::views
