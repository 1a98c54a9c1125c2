#include <algorithm>

#include "features/accounts/accounts.hpp"
#include "features/accounts/store.hpp"
#include "features/audit/audit.hpp"
#include "platform/base/log.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/web/device.hpp"
#include "platform/web/web.hpp"

namespace torv::accounts {
namespace {

constexpr std::chrono::minutes kSeenEvery{10};
constexpr std::string_view kTokenPrefix = "torv_";

}  // namespace

Device device_of(const web::Context& ctx) {
    return {.user_agent = std::string(ctx.request.header("User-Agent")),
            .address = ctx.request.peer};
}

std::string start_session(db::Tx& tx, AccountId account, const Device& device) {
    store::prune_sessions(tx, account, tx.now() - kSessionIdle, tx.now() - kSessionMost);
    const std::string token = crypto::random_token(32);
    store::insert_session(tx,
                          {.id = tx.new_id<SessionId>(),
                           .account = account,
                           .device = web::device_name(device.user_agent),
                           .address = device.address},
                          crypto::token_hash(token));
    return token;
}

std::string start_session(db::Tx& tx, const web::Context& ctx, AccountId account) {
    if (const auto old = ctx.cookie(kSessionCookie); !old.empty())
        store::end_session_of_token(tx, crypto::token_hash(old));
    audit::record(tx, {.community = ctx.place.id,
                       .account = account,
                       .kind = "sign_in.succeeded",
                       .subject = {"account", account.value}});
    return start_session(tx, account, device_of(ctx));
}

void set_session_cookie(web::Context& ctx, std::string_view token) {
    ctx.set_cookie(kSessionCookie, token, kSessionMost);
}

std::optional<SessionOwner> session_owner(db::Tx& tx, std::string_view session_token) {
    if (session_token.empty()) return std::nullopt;
    return store::session_owner(tx, crypto::token_hash(session_token), tx.now() - kSessionIdle,
                                tx.now() - kSessionMost);
}

std::vector<SessionId> ended_sessions(db::Tx& tx, const std::vector<SessionId>& among) {
    auto open = store::open_sessions(tx, among, tx.now() - kSessionIdle, tx.now() - kSessionMost);
    std::sort(open.begin(), open.end());
    std::vector<SessionId> ended;
    for (const SessionId one : among)
        if (!std::binary_search(open.begin(), open.end(), one)) ended.push_back(one);
    return ended;
}

std::vector<AccountId> hidden(db::Tx& tx, const std::vector<AccountId>& among) {
    return store::hidden(tx, among);
}

bool seen_long_ago(const auth::Viewer& viewer, Instant now) {
    return viewer.session && now - viewer.session_seen_at > kSeenEvery;
}

void note_seen(web::Context& ctx) {
    try {
        ctx.db.write([&](db::Tx& tx) {
            tx.shown_to_no_other();
            store::touch(tx, ctx.viewer.session, ctx.request.peer);
        });
    } catch (const db::DbError& error) {
        // The person only reads: with a full disk they still can.
        log::warning("session.not_noted", {{"error", error.what()}});
    }
}

std::optional<TokenOwner> token_owner(db::Tx& tx, std::string_view bearer) {
    if (!bearer.starts_with(kTokenPrefix)) return std::nullopt;
    return store::token_owner(tx, crypto::token_hash(bearer));
}

std::string create_token(db::Tx& tx, AccountId account, std::string_view name, auth::Scope scope) {
    // The prefix lets secret scanners recognise a token that leaked.
    const std::string token = std::string(kTokenPrefix) + crypto::random_token(32);
    store::insert_token(tx,
                        {.id = tx.new_id<TokenId>(),
                         .account = account,
                         .name = std::string(name),
                         .scope = scope,
                         .created_at = tx.now()},
                        crypto::token_hash(token));
    return token;
}

}  // namespace torv::accounts
