#include "features/members/views.hpp"
#include "platform/web/fields.hpp"
#include "platform/web/parts.hpp"

namespace torv::members {

namespace parts = web::parts;

namespace {

void account_fields(html::Out& out, const web::Context& ctx, const Error* error) {
    parts::input(out, ctx,
                 {.name = "email",
                  .label = "members.email",
                  .hint = "members.email_hint",
                  .value = parts::typed(ctx, "email"),
                  .type = "email",
                  .autocomplete = "email"},
                 error);
    parts::input(out, ctx,
                 {.name = "password",
                  .label = "members.password",
                  .hint = "members.password_hint",
                  .type = "password",
                  .autocomplete = "new-password"},
                 error);
}

void name_field(html::Out& out, const web::Context& ctx, const Error* error) {
    parts::input(out, ctx,
                 {.name = "name",
                  .label = "members.name",
                  .hint = "members.name_hint",
                  .value = parts::typed(ctx, "name", ctx.viewer.name),
                  .autocomplete = "name",
                  .max_length = 80},
                 error);
}

void rules_field(html::Out& out, const web::Context& ctx, std::int64_t version,
                 const Error* error) {
    html::put(out, R"(<input type="hidden" name="rules_version" value="{}">)", version);
    const bool wrong = error && error->field == "rules";
    if (wrong) {
        html::put(out, R"(<p class="field__error" id="rules-error">)");
        parts::icon(out, "circle-alert");
        html::put(out, "{}</p>", ctx.message(*error));
    }
    html::put(
        out,
        R"(<label class="check"><input class="check__input" type="checkbox" id="rules" name="rules" value="1" {} {}><span class="check__text">{} <a href="/rules">{}</a></span></label>)",
        html::flag("checked", ctx.form().checked("rules")),
        html::attr("aria-describedby", "rules-error", wrong), ctx.t("members.rules_accept"),
        ctx.t("members.rules_read"));
}

}  // namespace

void door_form(html::Out& out, const web::Context& ctx, const Door& door, const Error* error) {
    parts::error_summary(out, ctx, error);
    parts::form_start(out, ctx, door.action);
    name_field(out, ctx, error);
    if (!ctx.viewer.signed_in()) account_fields(out, ctx, error);
    if (door.asks_reason)
        parts::area(out, ctx,
                    {.name = "reason",
                     .label = "members.reason",
                     .hint = "members.reason_hint",
                     .value = parts::typed(ctx, "reason"),
                     .max_length = 1000,
                     .rows = 3},
                    error);
    if (door.rules_version) rules_field(out, ctx, door.rules_version, error);
    parts::form_end(out, door.button);
}

namespace views {
namespace {

void panel(html::Out& out, std::string_view title, std::string_view lead) {
    html::put(out,
              R"(<div class="panel"><h1 class="panel__title">{}</h1><p class="panel__lead">{}</p>)",
              title, lead);
}

std::string_view lead_key(const web::Context& ctx, community::SignUp how) {
    if (ctx.viewer.pending) return "members.lead_pending";
    switch (how) {
        case community::SignUp::Open: return "members.lead_open";
        case community::SignUp::Invitation: return "members.lead_invitation";
        case community::SignUp::Approval: return "members.lead_approval";
    }
    return "members.lead_open";
}

void one_button(html::Out& out, const web::Context& ctx, const LinkPage& page,
                const std::string& label) {
    parts::form_start(out, ctx, "/link/" + page.token);
    parts::form_end(out, label);
}

}  // namespace

void sign_up(html::Out& out, const web::Context& ctx, const SignUpPage& page) {
    panel(out, ctx.t("members.join", {{"community", ctx.place.name}}),
          ctx.t(lead_key(ctx, page.how)));
    const bool closed = page.how == community::SignUp::Invitation || ctx.viewer.pending;
    if (!closed) door_form(out, ctx, page.door, page.error);
    if (!ctx.viewer.signed_in())
        html::put(out, R"(<p class="panel__foot">{} <a href="/sign-in">{}</a></p>)",
                  ctx.t("members.have_account"), ctx.t("members.sign_in"));
    else
        html::put(out, R"(<p class="panel__foot"><a href="/about">{}</a></p>)",
                  ctx.t("members.about", {{"community", ctx.place.name}}));
    html::put(out, "</div>");
}

void link(html::Out& out, const web::Context& ctx, const LinkPage& page) {
    switch (page.purpose) {
        case accounts::LinkPurpose::SignIn:
            panel(out, ctx.t("members.link_title"), ctx.t("members.link_lead"));
            one_button(out, ctx, page, ctx.t("members.sign_in_as", {{"name", page.name}}));
            break;
        case accounts::LinkPurpose::Email:
            panel(out, ctx.t("members.email_title"),
                  ctx.t("members.email_lead", {{"email", page.email}}));
            parts::error_summary(out, ctx, page.error);
            one_button(out, ctx, page, std::string(ctx.t("members.email_confirm")));
            break;
        case accounts::LinkPurpose::FirstOwner:
            panel(out, ctx.t("members.owner_title"), ctx.t("members.owner_lead"));
            door_form(out, ctx,
                      {.action = "/link/" + page.token,
                       .button = std::string(ctx.t("members.owner_begin"))},
                      page.error);
            break;
    }
    html::put(out, "</div>");
}

}  // namespace views
}  // namespace torv::members
