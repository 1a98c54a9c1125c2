#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/auth/auth.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"

namespace torv::html {
class Out;
}
namespace torv::i18n {
class Words;
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
    std::string language;         ///< "" = as the browser asks
    std::string zone;             ///< IANA name, "" = not chosen
    std::string scheme;           ///< "light", "dark" or ""
    bool hides_presence = false;  ///< others do not see when they are here
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
/// Trimmed, without hidden marks, 1–80 characters, no control characters. Fault: Invalid
/// "accounts.name_bad", field "name".
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
    Instant seen_at;
    Account account;
};
std::optional<SessionOwner> session_owner(db::Tx&, std::string_view session_token);
inline constexpr std::string_view kSessionCookie = "session";
inline constexpr std::chrono::hours kSessionIdle{24 * 30};
inline constexpr std::chrono::hours kSessionMost{24 * 180};
/// What the browser says it is, and where it calls from.
Device device_of(const web::Context&);
/// Starts a session for this browser and ends the one it had. After the commit: set_session_cookie.
std::string start_session(db::Tx&, const web::Context&, AccountId);
void set_session_cookie(web::Context&, std::string_view token);
/// Those of `among` that are over: signed out, taken back, too old. For open pages.
std::vector<SessionId> ended_sessions(db::Tx&, const std::vector<SessionId>& among);
/// Those of `among` that do not show when they are here. For open pages.
std::vector<AccountId> hidden(db::Tx&, const std::vector<AccountId>& among);
/// True when the session was last noted as used more than ten minutes ago.
bool seen_long_ago(const auth::Viewer&, Instant now);
/// Notes that the session of this request is used. A database that cannot be written to is no
/// reason to show no page.
void note_seen(web::Context&);

// ── one-time links ──
/// Single use, 15 minutes: the path "/link/…".
std::string make_sign_in_link(db::Tx&, AccountId);
/// The path "/link/…" with which the first visitor becomes the owner, while the installation has no
/// owner; else "". A new one replaces the last. Works until it is used.
std::string first_owner_link(db::Db&);

enum class LinkPurpose { SignIn, Email, FirstOwner };
struct Link {
    LinkId id;
    LinkPurpose purpose = LinkPurpose::SignIn;
    AccountId account;  ///< 0 for the first owner's
    std::string email;  ///< the new address, for Email
};
/// Looks without using it up. Fault: Gone "accounts.link_used" for every link that does not work.
Result<Link> peek_link(db::Tx&, std::string_view token);
/// Uses it up in the transaction that does what it is for. Fault: Gone "accounts.link_used".
Result<Link> use_link(db::Tx&, std::string_view token);
/// Takes over the new address of a used link, and tells the old one. Fault: Conflict
/// "accounts.email_taken".
Done take_email(db::Tx&, const web::Context&, const Link&);

/// Keeps the account's name as its member profile says it.
void set_name(db::Tx&, AccountId, std::string_view name);
/// What the pages speak to this person from now on.
void set_language(db::Tx&, AccountId, std::string_view language);

// ── API tokens ──
struct TokenOwner {
    Account account;
    auth::Scope scope = auth::Scope::Read;
};
std::optional<TokenOwner> token_owner(db::Tx&, std::string_view bearer);
/// The token itself, "torv_…", shown once.
std::string create_token(db::Tx&, AccountId, std::string_view name, auth::Scope);

// ── showing ──
/// The settings with their menu at the side; `current` is the path of the page.
void settings(html::Out&, const web::Context&, std::string_view current,
              const std::function<void(html::Out&)>& body);
/// The language a person's mails are written in.
const i18n::Words& words_for(const web::Context&, const Account&);

void routes(web::Routes&);

}  // namespace torv::accounts
