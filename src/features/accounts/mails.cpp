#include "features/accounts/mails.hpp"

#include "platform/base/log.hpp"
#include "platform/config/config.hpp"
#include "platform/mail/mail.hpp"
#include "platform/web/web.hpp"

namespace torv::accounts::mails {
namespace {

void send(db::Tx& tx, const web::Context& ctx, std::string_view to, std::string subject,
          std::string text) {
    const mail::Message message{
        .to = std::string(to), .subject = std::move(subject), .text = std::move(text)};
    // The address was checked when it became the account's; a refusal here has nobody to be told
    // to.
    if (!mail::enqueue(tx, ctx.place.id, message))
        log::warning("account.mail_refused", {{"community", ctx.place.id}});
}

}  // namespace

void sign_in_link(db::Tx& tx, const web::Context& ctx, const Account& to, const std::string& url) {
    const i18n::Words& t = words_for(ctx, to);
    send(tx, ctx, to.email, t("accounts.mail_link_subject", {{"community", ctx.place.name}}),
         t("accounts.mail_link_text",
           {{"name", to.name}, {"community", ctx.place.name}, {"url", url}}));
}

void confirm_email(db::Tx& tx, const web::Context& ctx, const Account& who, std::string_view to,
                   const std::string& url) {
    const i18n::Words& t = words_for(ctx, who);
    send(tx, ctx, to, t("accounts.mail_email_subject", {{"community", ctx.place.name}}),
         t("accounts.mail_email_text",
           {{"name", who.name}, {"community", ctx.place.name}, {"url", url}}));
}

void email_changed(db::Tx& tx, const web::Context& ctx, const Account& before) {
    const i18n::Words& t = words_for(ctx, before);
    send(tx, ctx, before.email,
         t("accounts.mail_email_changed_subject", {{"community", ctx.place.name}}),
         t("accounts.mail_email_changed_text",
           {{"name", before.name}, {"community", ctx.place.name}}));
}

void password_changed(db::Tx& tx, const web::Context& ctx, const Account& to) {
    const i18n::Words& t = words_for(ctx, to);
    send(tx, ctx, to.email, t("accounts.mail_password_subject", {{"community", ctx.place.name}}),
         t("accounts.mail_password_text", {{"name", to.name}, {"community", ctx.place.name}}));
}

void log_link(const web::Context& ctx, const std::string& url) {
    if (ctx.services.config.mail_url.empty()) log::info("account.link_made", {{"link", url}});
}

}  // namespace torv::accounts::mails
