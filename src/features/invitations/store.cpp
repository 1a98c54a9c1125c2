#include "features/invitations/store.hpp"
#include "platform/base/or_null.hpp"

namespace torv::invitations::store {
namespace {

#define INVITATION_COLUMNS                                                           \
    "SELECT i.id, i.made_by, i.made_at, i.expires_at, i.uses_most, i.uses, i.role, " \
    "i.space_id, i.placeholder_id, i.email, i.note, i.revoked_at FROM invitations i "

Invitation invitation_row(const db::Row& row) {
    return {.id = row.get<InvitationId>(0),
            .made_by = row.get<MemberId>(1),
            .made_at = row.get<Instant>(2),
            .expires_at = row.get<Instant>(3),
            .uses_most = row.get<int>(4),
            .uses = row.get<int>(5),
            .role = row.get<auth::Role>(6),
            .space = row.get<SpaceId>(7),
            .placeholder = row.get<MemberId>(8),
            .email = row.get<std::string>(9),
            .note = row.get<std::string>(10),
            .revoked = !row.null(11)};
}

std::optional<Invitation> first(const std::optional<db::OwnedRow>& row) {
    if (!row) return std::nullopt;
    return invitation_row(*row);
}

}  // namespace

void insert(db::Tx& tx, CommunityId community, const Invitation& i, std::string_view token_hash) {
    tx.run(R"sql(
        INSERT INTO invitations (id, community_id, token_hash, made_by, made_at, expires_at,
                                 uses_most, role, space_id, placeholder_id, email, note)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    )sql",
           i.id, community, token_hash, i.made_by, tx.now(), i.expires_at, i.uses_most, i.role,
           or_null(i.space), or_null(i.placeholder), i.email, i.note);
}

std::optional<Invitation> by_token(db::Tx& tx, CommunityId community, std::string_view token_hash) {
    return first(tx.one(INVITATION_COLUMNS "WHERE i.community_id = $1 AND i.token_hash = $2",
                        community, token_hash));
}

std::optional<Invitation> by_id(db::Tx& tx, CommunityId community, InvitationId id) {
    return first(
        tx.one(INVITATION_COLUMNS "WHERE i.community_id = $1 AND i.id = $2", community, id));
}

std::vector<Invitation> list(db::Tx& tx, CommunityId community, MemberId made_by) {
    return tx.all(invitation_row,
                  INVITATION_COLUMNS
                  "WHERE i.community_id = $1 AND (CAST($2 AS BIGINT) = 0 OR i.made_by = $2) "
                  "ORDER BY i.made_at DESC, i.id DESC LIMIT 100",
                  community, made_by);
}

void revoke(db::Tx& tx, CommunityId community, InvitationId id) {
    tx.run(
        "UPDATE invitations SET revoked_at = $3 "
        "WHERE community_id = $1 AND id = $2 AND revoked_at IS NULL",
        community, id, tx.now());
}

bool use(db::Tx& tx, CommunityId community, InvitationId id) {
    return tx.run(
               "UPDATE invitations SET uses = uses + 1 "
               "WHERE community_id = $1 AND id = $2 AND uses < uses_most "
               "AND revoked_at IS NULL AND expires_at > $3",
               community, id, tx.now()) == 1;
}

std::int64_t made_since(db::Tx& tx, CommunityId community, MemberId by, Instant from) {
    return tx
        .one(
            "SELECT COUNT(*) FROM invitations "
            "WHERE community_id = $1 AND made_by = $2 AND made_at > $3",
            community, by, from)
        ->get<std::int64_t>(0);
}

}  // namespace torv::invitations::store
