#include "features/accounts/links.hpp"

#include <array>

#include "features/accounts/mails.hpp"
#include "features/accounts/store.hpp"
#include "features/audit/audit.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/web/web.hpp"

namespace torv::accounts {
namespace {

constexpr std::chrono::minutes kSignInLinkLives{15};
constexpr std::chrono::hours kEmailLinkLives{24};
constexpr std::string_view kPath = "/link/";

std::string_view purpose_name(LinkPurpose purpose) {
    switch (purpose) {
        case LinkPurpose::SignIn: return "sign-in";
        case LinkPurpose::Email: return "email";
        case LinkPurpose::FirstOwner: return "first-owner";
    }
    return "";
}

LinkPurpose purpose_from(std::string_view name) {
    for (const auto purpose : {LinkPurpose::Email, LinkPurpose::FirstOwner})
        if (purpose_name(purpose) == name) return purpose;
    return LinkPurpose::SignIn;
}

std::string make(db::Tx& tx, store::LinkRow row, LinkPurpose purpose) {
    const std::string token = crypto::random_token(32);
    row.id = tx.new_id<LinkId>();
    row.purpose = purpose_name(purpose);
    store::insert_link(tx, row, crypto::token_hash(token));
    return std::string(kPath) + token;
}

}  // namespace

std::string make_sign_in_link(db::Tx& tx, AccountId account) {
    return make(tx, {.account = account, .expires_at = tx.now() + kSignInLinkLives},
                LinkPurpose::SignIn);
}

std::string make_email_link(db::Tx& tx, AccountId account, std::string_view email) {
    store::remove_links(tx, account, purpose_name(LinkPurpose::Email));
    return make(
        tx,
        {.account = account, .email = std::string(email), .expires_at = tx.now() + kEmailLinkLives},
        LinkPurpose::Email);
}

void forget_links(db::Tx& tx, AccountId account) {
    store::remove_links(tx, account, purpose_name(LinkPurpose::SignIn));
    store::remove_links(tx, account, purpose_name(LinkPurpose::Email));
}

std::string first_owner_link(db::Db& db) {
    return db.write([](db::Tx& tx) -> std::string {
        if (store::any_operator(tx)) return {};
        store::remove_first_owner_links(tx);
        return make(tx, {}, LinkPurpose::FirstOwner);
    });
}

Result<Link> peek_link(db::Tx& tx, std::string_view token) {
    const auto row = store::link(tx, crypto::token_hash(token));
    const bool good = row && !row->used_at && (!row->expires_at || *row->expires_at > tx.now());
    if (!good) return fail(Fault::Gone, "accounts.link_used");
    const LinkPurpose purpose = purpose_from(row->purpose);
    // An installation has one first owner, however many links were printed.
    if (purpose == LinkPurpose::FirstOwner && store::any_operator(tx))
        return fail(Fault::Gone, "accounts.link_used");
    return Link{.id = row->id, .purpose = purpose, .account = row->account, .email = row->email};
}

Result<Link> use_link(db::Tx& tx, std::string_view token) {
    Link link = TRY(peek_link(tx, token));
    if (!store::use_link(tx, link.id)) return fail(Fault::Gone, "accounts.link_used");
    // Who opened it has the mailbox.
    if (link.purpose == LinkPurpose::SignIn) store::confirm(tx, link.account);
    return link;
}

Done take_email(db::Tx& tx, const web::Context& ctx, const Link& link) {
    const auto before = store::by_id(tx, link.account);
    if (!before) return fail(Fault::Gone, "accounts.link_used");
    if (!store::set_email(tx, link.account, link.email))
        return fail(Fault::Conflict, "accounts.email_taken", "email");
    forget_links(tx, link.account);
    audit::record(tx, {.community = ctx.place.id,
                       .account = link.account,
                       .kind = "email.changed",
                       .subject = {"account", link.account.value}});
    mails::email_changed(tx, ctx, *before);
    return Unit{};
}

}  // namespace torv::accounts
