#include "features/accounts/store.hpp"

namespace torv::accounts::store {
namespace {

#define ACCOUNT_FIELDS                                                  \
    "SELECT a.id, a.email, a.name, a.language, a.zone, a.scheme, "      \
    "CASE WHEN a.password_hash IS NULL THEN 0 ELSE 1 END, a.operates, " \
    "CASE WHEN a.confirmed_at IS NULL THEN 0 ELSE 1 END, a.created_at, a.hides_presence"
#define ACCOUNT_COLUMNS ACCOUNT_FIELDS " FROM accounts a "

#define SESSION_COLUMNS                                                         \
    "SELECT s.id, s.account_id, s.device, s.address, s.created_at, s.seen_at, " \
    "s.confirmed_at FROM sessions s "

Account account_row(const db::Row& row) {
    Account a;
    a.id = row.get<AccountId>(0);
    a.email = row.get<std::string>(1);
    a.name = row.get<std::string>(2);
    a.language = row.get<std::string>(3);
    a.zone = row.get<std::string>(4);
    a.scheme = row.get<std::string>(5);
    a.has_password = row.get<bool>(6);
    a.operates = row.get<bool>(7);
    a.confirmed = row.get<bool>(8);
    a.created_at = row.get<Instant>(9);
    a.hides_presence = row.get<bool>(10);
    return a;
}

Session session_row(const db::Row& row) {
    return {.id = row.get<SessionId>(0),
            .account = row.get<AccountId>(1),
            .device = row.get<std::string>(2),
            .address = row.get<std::string>(3),
            .created_at = row.get<Instant>(4),
            .seen_at = row.get<Instant>(5),
            .confirmed_at = row.get<Instant>(6)};
}

Token token_row(const db::Row& row) {
    return {.id = row.get<TokenId>(0),
            .account = row.get<AccountId>(1),
            .name = row.get<std::string>(2),
            .scope = row.get<auth::Scope>(3),
            .created_at = row.get<Instant>(4)};
}

template <class Map>
auto first(const std::optional<db::OwnedRow>& row, Map map) -> std::optional<decltype(map(*row))> {
    if (!row) return std::nullopt;
    return map(*row);
}

}  // namespace

std::optional<Account> by_id(db::Tx& tx, AccountId id) {
    return first(tx.one(ACCOUNT_COLUMNS "WHERE a.id = $1 AND a.deleted_at IS NULL", id),
                 account_row);
}

std::optional<Account> by_email(db::Tx& tx, std::string_view email) {
    return first(tx.one(ACCOUNT_COLUMNS "WHERE a.email = $1 AND a.deleted_at IS NULL", email),
                 account_row);
}

std::string password_hash(db::Tx& tx, AccountId id) {
    const auto row =
        tx.one("SELECT password_hash FROM accounts WHERE id = $1 AND deleted_at IS NULL", id);
    return row ? row->get<std::string>(0) : std::string{};
}

bool any_operator(db::Tx& tx) {
    return tx.one("SELECT id FROM accounts WHERE operates = 1 LIMIT 1").has_value();
}

bool insert(db::Tx& tx, AccountId id, const NewAccount& a) {
    const auto hash = a.password_hash.empty() ? std::nullopt : std::optional(a.password_hash);
    const auto confirmed = a.confirmed ? std::optional(tx.now()) : std::nullopt;
    return tx.run(R"sql(
        INSERT INTO accounts (id, email, password_hash, name, language, zone, operates,
                              confirmed_at, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (email) DO NOTHING
    )sql",
                  id, a.email, hash, a.name, a.language, a.zone, a.operates, confirmed,
                  tx.now()) == 1;
}

void set_basics(db::Tx& tx, const Account& a) {
    tx.run(R"sql(
        UPDATE accounts SET name = $2, language = $3, zone = $4, scheme = $5, hides_presence = $6
         WHERE id = $1
    )sql",
           a.id, a.name, a.language, a.zone, a.scheme, a.hides_presence);
    tx.wake(auth::kRightsChanged);
}

std::vector<AccountId> hidden(db::Tx& tx, const std::vector<AccountId>& among) {
    db::Ids ids;
    for (const AccountId one : among) ids.values.push_back(one.value);
    return tx.all([](const db::Row& row) { return row.get<AccountId>(0); },
                  "SELECT a.id FROM accounts a WHERE a.id {in $1} AND a.hides_presence = 1", ids);
}

void set_password(db::Tx& tx, AccountId id, std::string_view hash) {
    tx.run("UPDATE accounts SET password_hash = $2 WHERE id = $1", id, hash);
}

bool set_email(db::Tx& tx, AccountId id, std::string_view email) {
    return tx.run(R"sql(
        UPDATE accounts SET email = $2, confirmed_at = $3
         WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM accounts o WHERE o.email = $2 AND o.id <> $1)
    )sql",
                  id, email, tx.now()) == 1;
}

void confirm(db::Tx& tx, AccountId id) {
    tx.run("UPDATE accounts SET confirmed_at = $2 WHERE id = $1 AND confirmed_at IS NULL", id,
           tx.now());
}

void insert_session(db::Tx& tx, const Session& s, std::string_view token_hash) {
    tx.run(R"sql(
        INSERT INTO sessions (id, account_id, token_hash, device, address, created_at, seen_at,
                              confirmed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $6, $6)
    )sql",
           s.id, s.account, token_hash, s.device, s.address, tx.now());
}

std::optional<SessionOwner> session_owner(db::Tx& tx, std::string_view token_hash,
                                          Instant seen_after, Instant made_after) {
    const auto row = tx.one(ACCOUNT_FIELDS R"sql(, s.id, s.seen_at
          FROM sessions s JOIN accounts a ON a.id = s.account_id
         WHERE s.token_hash = $1 AND s.seen_at > $2 AND s.created_at > $3 AND a.deleted_at IS NULL
    )sql",
                            token_hash, seen_after, made_after);
    if (!row) return std::nullopt;
    return SessionOwner{.session = row->get<SessionId>(11),
                        .seen_at = row->get<Instant>(12),
                        .account = account_row(*row)};
}

std::optional<Session> session(db::Tx& tx, AccountId account, SessionId id) {
    return first(tx.one(SESSION_COLUMNS "WHERE s.id = $1 AND s.account_id = $2", id, account),
                 session_row);
}

void touch(db::Tx& tx, SessionId id, std::string_view address) {
    tx.run("UPDATE sessions SET seen_at = $2, address = $3 WHERE id = $1", id, tx.now(), address);
}

void confirm_session(db::Tx& tx, SessionId id) {
    tx.run("UPDATE sessions SET confirmed_at = $2 WHERE id = $1", id, tx.now());
}

std::vector<Session> sessions(db::Tx& tx, AccountId account, Instant seen_after,
                              Instant made_after) {
    return tx.all(session_row,
                  SESSION_COLUMNS
                  "WHERE s.account_id = $1 AND s.seen_at > $2 AND s.created_at > $3 "
                  "ORDER BY s.seen_at DESC, s.id DESC LIMIT 100",
                  account, seen_after, made_after);
}

bool end_session(db::Tx& tx, AccountId account, SessionId id) {
    tx.wake(auth::kRightsChanged);
    return tx.run("DELETE FROM sessions WHERE id = $1 AND account_id = $2", id, account) == 1;
}

void end_session_of_token(db::Tx& tx, std::string_view token_hash) {
    tx.wake(auth::kRightsChanged);
    tx.run("DELETE FROM sessions WHERE token_hash = $1", token_hash);
}

std::vector<SessionId> open_sessions(db::Tx& tx, const std::vector<SessionId>& among,
                                     Instant seen_after, Instant made_after) {
    db::Ids ids;
    for (const SessionId one : among) ids.values.push_back(one.value);
    return tx.all([](const db::Row& row) { return row.get<SessionId>(0); },
                  "SELECT id FROM sessions WHERE id {in $1} AND seen_at > $2 AND created_at > $3",
                  ids, seen_after, made_after);
}

std::int64_t end_other_sessions(db::Tx& tx, AccountId account, SessionId kept) {
    tx.wake(auth::kRightsChanged);
    return tx.run("DELETE FROM sessions WHERE account_id = $1 AND id <> $2", account, kept);
}

void prune_sessions(db::Tx& tx, AccountId account, Instant seen_before, Instant made_before) {
    tx.run("DELETE FROM sessions WHERE account_id = $1 AND (seen_at <= $2 OR created_at <= $3)",
           account, seen_before, made_before);
}

void insert_link(db::Tx& tx, const LinkRow& link, std::string_view token_hash) {
    const auto account = link.account ? std::optional(link.account) : std::nullopt;
    tx.run(R"sql(
        INSERT INTO account_links (id, token_hash, purpose, account_id, email, made_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
    )sql",
           link.id, token_hash, link.purpose, account, link.email, tx.now(), link.expires_at);
}

std::optional<LinkRow> link(db::Tx& tx, std::string_view token_hash) {
    return first(tx.one("SELECT id, purpose, account_id, email, expires_at, used_at "
                        "FROM account_links WHERE token_hash = $1",
                        token_hash),
                 [](const db::Row& row) {
                     return LinkRow{.id = row.get<LinkId>(0),
                                    .purpose = row.get<std::string>(1),
                                    .account = row.get<AccountId>(2),
                                    .email = row.get<std::string>(3),
                                    .expires_at = row.get<std::optional<Instant>>(4),
                                    .used_at = row.get<std::optional<Instant>>(5)};
                 });
}

bool use_link(db::Tx& tx, LinkId id) {
    return tx.run("UPDATE account_links SET used_at = $2 WHERE id = $1 AND used_at IS NULL", id,
                  tx.now()) == 1;
}

void remove_links(db::Tx& tx, AccountId account, std::string_view purpose) {
    tx.run("DELETE FROM account_links WHERE account_id = $1 AND purpose = $2", account, purpose);
}

void remove_first_owner_links(db::Tx& tx) {
    tx.run("DELETE FROM account_links WHERE purpose = 'first-owner' AND used_at IS NULL");
}

Failures failures(db::Tx& tx, std::string_view subject) {
    const auto row =
        tx.one("SELECT failures, failed_at FROM sign_in_failures WHERE subject = $1", subject);
    if (!row) return {};
    return {row->get<std::int64_t>(0), row->get<Instant>(1)};
}

void add_failure(db::Tx& tx, std::string_view subject, Instant forgotten_before) {
    tx.run("DELETE FROM sign_in_failures WHERE failed_at < $1", forgotten_before);
    tx.run(R"sql(
        INSERT INTO sign_in_failures (subject, failures, failed_at) VALUES ($1, 1, $2)
        ON CONFLICT (subject)
        DO UPDATE SET failures = sign_in_failures.failures + 1, failed_at = excluded.failed_at
    )sql",
           subject, tx.now());
}

void forget_failures(db::Tx& tx, std::string_view subject) {
    tx.run("DELETE FROM sign_in_failures WHERE subject = $1", subject);
}

void insert_token(db::Tx& tx, const Token& token, std::string_view token_hash) {
    tx.run(R"sql(
        INSERT INTO api_tokens (id, account_id, token_hash, name, scope, created_at)
        VALUES ($1, $2, $3, $4, $5, $6)
    )sql",
           token.id, token.account, token_hash, token.name, token.scope, tx.now());
}

std::optional<TokenOwner> token_owner(db::Tx& tx, std::string_view token_hash) {
    const auto row = tx.one(ACCOUNT_FIELDS R"sql(, k.scope
          FROM api_tokens k JOIN accounts a ON a.id = k.account_id
         WHERE k.token_hash = $1 AND a.deleted_at IS NULL
    )sql",
                            token_hash);
    if (!row) return std::nullopt;
    return TokenOwner{.account = account_row(*row), .scope = row->get<auth::Scope>(11)};
}

std::vector<Token> tokens(db::Tx& tx, AccountId account) {
    return tx.all(token_row,
                  "SELECT id, account_id, name, scope, created_at FROM api_tokens "
                  "WHERE account_id = $1 ORDER BY created_at DESC, id DESC LIMIT 100",
                  account);
}

bool remove_token(db::Tx& tx, AccountId account, TokenId id) {
    tx.wake(auth::kRightsChanged);
    return tx.run("DELETE FROM api_tokens WHERE id = $1 AND account_id = $2", id, account) == 1;
}

}  // namespace torv::accounts::store
