#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/accounts/accounts.hpp"

namespace torv::accounts::store {

std::optional<Account> by_id(db::Tx&, AccountId);
std::optional<Account> by_email(db::Tx&, std::string_view email);
std::string password_hash(db::Tx&, AccountId);  ///< "" when there is none
bool any_operator(db::Tx&);

/// False when the address is taken.
bool insert(db::Tx&, AccountId, const NewAccount&);
void set_basics(db::Tx&, const Account&);  ///< name and what is chosen on /me
std::vector<AccountId> hidden(db::Tx&, const std::vector<AccountId>& among);
void set_password(db::Tx&, AccountId, std::string_view hash);
/// False when the address is taken.
bool set_email(db::Tx&, AccountId, std::string_view email);
void confirm(db::Tx&, AccountId);

// ── sessions ──
struct Session {
    SessionId id;
    AccountId account;
    std::string device;
    std::string address;
    Instant created_at;
    Instant seen_at;
    Instant confirmed_at;
};
void insert_session(db::Tx&, const Session&, std::string_view token_hash);
/// Nothing for the session of an account that is gone.
std::optional<SessionOwner> session_owner(db::Tx&, std::string_view token_hash, Instant seen_after,
                                          Instant made_after);
std::optional<Session> session(db::Tx&, AccountId, SessionId);
void touch(db::Tx&, SessionId, std::string_view address);
void confirm_session(db::Tx&, SessionId);
/// Newest seen first, at most 100.
std::vector<Session> sessions(db::Tx&, AccountId, Instant seen_after, Instant made_after);
bool end_session(db::Tx&, AccountId, SessionId);
void end_session_of_token(db::Tx&, std::string_view token_hash);
std::int64_t end_other_sessions(db::Tx&, AccountId, SessionId kept);
/// Those of `among` that are still good.
std::vector<SessionId> open_sessions(db::Tx&, const std::vector<SessionId>& among,
                                     Instant seen_after, Instant made_after);
void prune_sessions(db::Tx&, AccountId, Instant seen_before, Instant made_before);

// ── links ──
struct LinkRow {
    LinkId id;
    std::string purpose;
    AccountId account;
    std::string email;
    std::optional<Instant> expires_at;
    std::optional<Instant> used_at;
};
void insert_link(db::Tx&, const LinkRow&, std::string_view token_hash);
std::optional<LinkRow> link(db::Tx&, std::string_view token_hash);
/// True for the one who comes first.
bool use_link(db::Tx&, LinkId);
void remove_links(db::Tx&, AccountId, std::string_view purpose);
void remove_first_owner_links(db::Tx&);

// ── failures ──
struct Failures {
    std::int64_t count = 0;
    Instant last;
};
Failures failures(db::Tx&, std::string_view subject);
void add_failure(db::Tx&, std::string_view subject, Instant forgotten_before);
void forget_failures(db::Tx&, std::string_view subject);

// ── API tokens ──
struct Token {
    TokenId id;
    AccountId account;
    std::string name;
    auth::Scope scope = auth::Scope::Read;
    Instant created_at;
};
void insert_token(db::Tx&, const Token&, std::string_view token_hash);
std::optional<TokenOwner> token_owner(db::Tx&, std::string_view token_hash);
std::vector<Token> tokens(db::Tx&, AccountId);
bool remove_token(db::Tx&, AccountId, TokenId);

}  // namespace torv::accounts::store
