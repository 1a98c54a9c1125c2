#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/auth/auth.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"

namespace torv::config {
struct Config;
}
namespace torv::web {
class Context;
class Routes;
}  // namespace torv::web

/// A person's sign-in: one for all communities of an installation. Sessions, one-time links, API
/// tokens.
namespace torv::accounts {

using LinkId = Id<struct AccountLinkTag>;
using TokenId = Id<struct ApiTokenTag>;

struct Account {
    AccountId id;
    std::string email;
    std::string name;
    std::string language;  ///< "" = as the browser asks
    std::string zone;      ///< IANA name, "" = not chosen
    std::string scheme;    ///< "light", "dark" or ""
    bool has_password = false;
    bool operates = false;  ///< owner of the installation
    bool confirmed = false;
    Instant created_at;
};

std::optional<Account> find(db::Tx&, AccountId);
std::optional<Account> by_email(db::Tx&, std::string_view email);

// ── parsing what people type ──
/// Trimmed and lower case. Fault: Invalid "accounts.email_bad", field "email".
Result<std::string> parse_email(std::string_view typed);
/// Trimmed, 1–80 characters, no control characters. Fault: Invalid "accounts.name_bad", field
/// "name".
Result<std::string> parse_name(std::string_view typed);
/// 8–200 characters and not one of the common ones. Fault: Invalid "accounts.password_…", field
/// "password".
Result<std::string> parse_password(std::string_view typed);

struct NewAccount {
    std::string email;          ///< from parse_email
    std::string name;           ///< from parse_name
    std::string password_hash;  ///< "" = signs in by link only; hash outside the transaction
    std::string language;
    std::string zone;
    bool confirmed = false;
    bool operates = false;
};
/// Fault: Conflict "accounts.email_taken", field "email".
Result<AccountId> create(db::Tx&, const NewAccount&);

// ── sessions: 256-bit token, stored hashed; idle 30 days, at most 180 ──
struct Device {
    std::string user_agent;
    std::string address;
};
/// The token for the cookie; always a new one, so that nobody can plant a known one.
std::string start_session(db::Tx&, AccountId, const Device&);
struct SessionOwner {
    SessionId session;
    Account account;
};
std::optional<SessionOwner> session_owner(db::Tx&, std::string_view session_token);
/// True when it was last noted as seen more than ten minutes ago.
bool session_is_stale(db::Tx&, SessionId);
void touch_session(db::Tx&, SessionId, std::string_view address);
inline constexpr std::string_view kSessionCookie = "session";
inline constexpr std::chrono::hours kSessionIdle{24 * 30};
inline constexpr std::chrono::hours kSessionMost{24 * 180};
/// Starts a session, sets its cookie; ends the one the browser had.
void sign_in(web::Context&, AccountId);

// ── one-time links ──
/// Single use, 15 minutes. The whole URL is `base_url + "/link/" + token`.
std::string make_sign_in_link(db::Tx&, AccountId);
/// The path "/link/…" with which the first visitor becomes the owner, while there is no owner; else
/// "". A new one replaces the last.
std::string first_owner_link(db::Db&, const config::Config&);
/// Takes the first owner's link in the transaction that makes the owner. Fault: Gone
/// "accounts.link_used".
Done use_first_owner_link(db::Tx&, std::string_view token);
bool first_owner_link_is_good(db::Tx&, std::string_view token);

// ── API tokens ──
struct TokenOwner {
    Account account;
    auth::Scope scope = auth::Scope::Read;
};
std::optional<TokenOwner> token_owner(db::Tx&, std::string_view bearer);
/// The token itself, "torv_…", shown once.
std::string create_token(db::Tx&, AccountId, std::string_view name, auth::Scope);

void routes(web::Routes&);

}  // namespace torv::accounts
