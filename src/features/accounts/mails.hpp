#pragma once

#include <string>
#include <string_view>

#include "features/accounts/accounts.hpp"

/// What accounts write to people. Into the outbox in the caller's transaction.
namespace torv::accounts::mails {

/// `url` is the whole address. In the account's language.
void sign_in_link(db::Tx&, const web::Context&, const Account&, const std::string& url);
/// To the new address, which is not the account's yet.
void confirm_email(db::Tx&, const web::Context&, const Account&, std::string_view to,
                   const std::string& url);
/// To the old address, so that its owner learns of it.
void email_changed(db::Tx&, const web::Context&, const Account& before);
void password_changed(db::Tx&, const web::Context&, const Account&);

/// Without a mail server nobody could ever read the link: whoever runs the server finds it in the
/// log.
void log_link(const web::Context&, const std::string& url);

}  // namespace torv::accounts::mails
