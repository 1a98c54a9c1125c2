#include "features/audit/store.hpp"

#include <limits>

namespace torv::audit::store {

namespace {

#define ENTRY_COLUMNS                                                                  \
    "SELECT id, position, at, account_id, member_id, kind, subject_kind, subject_id, " \
    "before_json, after_json, hash FROM audit_log "

Entry entry_row(const db::Row& row) {
    return {.id = row.get<EntryId>(0),
            .position = row.get<std::int64_t>(1),
            .at = row.get<Instant>(2),
            .account = row.get<AccountId>(3),
            .member = row.get<MemberId>(4),
            .kind = row.get<std::string>(5),
            .subject_kind = row.get<std::string>(6),
            .subject_id = row.get<std::int64_t>(7),
            .before = row.get<std::string>(8),
            .after = row.get<std::string>(9),
            .hash = row.get<std::string>(10)};
}

std::int64_t below(EntryId before) {
    return before ? before.value : std::numeric_limits<std::int64_t>::max();
}

CommunityId community_row(const db::Row& row) { return row.get<CommunityId>(0); }

}  // namespace

void insert(db::Tx& tx, const Event& event) {
    tx.run(R"sql(
        INSERT INTO audit_log (id, community_id, at, account_id, member_id, noun, kind,
                               subject_kind, subject_id, before_json, after_json)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    )sql",
           tx.new_id<EntryId>(), event.community, tx.now(), event.account, event.member,
           event.kind.substr(0, event.kind.find('.')), event.kind, event.subject.kind,
           event.subject.id, event.before, event.after);
}

std::vector<Entry> newest(db::Tx& tx, CommunityId community, EntryId before, int limit) {
    return tx.all(entry_row,
                  ENTRY_COLUMNS "WHERE community_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
                  community, below(before), limit);
}

std::vector<Entry> newest_of(db::Tx& tx, CommunityId community, std::string_view noun,
                             EntryId before, int limit) {
    return tx.all(entry_row,
                  ENTRY_COLUMNS
                  "WHERE community_id = $1 AND noun = $2 AND id < $3 "
                  "ORDER BY id DESC LIMIT $4",
                  community, noun, below(before), limit);
}

Head head(db::Tx& tx, CommunityId community) {
    const auto row =
        tx.one("SELECT position, hash FROM audit_heads WHERE community_id = $1", community);
    return row ? Head{row->get<std::int64_t>(0), row->get<std::string>(1)} : Head{};
}

Head locked_head(db::Tx& tx, CommunityId community) {
    tx.run(
        "INSERT INTO audit_heads (community_id, position, hash) VALUES ($1, 0, '') "
        "ON CONFLICT (community_id) DO NOTHING",
        community);
    const auto row = tx.one(
        "SELECT position, hash FROM audit_heads WHERE community_id = $1 {for update}", community);
    return {row->get<std::int64_t>(0), row->get<std::string>(1)};
}

void set_head(db::Tx& tx, CommunityId community, const Head& head) {
    tx.run("UPDATE audit_heads SET position = $2, hash = $3 WHERE community_id = $1", community,
           head.position, head.hash);
}

std::vector<Entry> unsealed(db::Tx& tx, CommunityId community, int limit) {
    return tx.all(entry_row,
                  ENTRY_COLUMNS "WHERE community_id = $1 AND position IS NULL ORDER BY id LIMIT $2",
                  community, limit);
}

void seal(db::Tx& tx, CommunityId community, const Entry& entry) {
    tx.run(
        "UPDATE audit_log SET position = $3, hash = $4 "
        "WHERE community_id = $1 AND id = $2 AND position IS NULL",
        community, entry.id, entry.position, entry.hash);
}

std::vector<Entry> sealed(db::Tx& tx, CommunityId community, std::int64_t after, int limit) {
    return tx.all(entry_row,
                  ENTRY_COLUMNS
                  "WHERE community_id = $1 AND position > $2 ORDER BY position LIMIT $3",
                  community, after, limit);
}

std::int64_t misfiled(db::Tx& tx, CommunityId community) {
    const auto row = tx.one(R"sql(
        SELECT position FROM audit_log
         WHERE community_id = $1 AND position IS NOT NULL
           AND substr(kind, 1, length(noun) + 1) <> noun || '.'
         ORDER BY position LIMIT 1
    )sql",
                            community);
    return row ? row->get<std::int64_t>(0) : 0;
}

std::vector<CommunityId> communities_waiting(db::Tx& tx) {
    return tx.all(community_row, R"sql(
        SELECT DISTINCT community_id FROM audit_log WHERE position IS NULL
         ORDER BY community_id  -- every community: each has a chain of its own
    )sql");
}

std::vector<CommunityId> communities_sealed(db::Tx& tx) {
    return tx.all(community_row, R"sql(
        SELECT community_id FROM audit_heads
        UNION SELECT community_id FROM audit_log WHERE position IS NOT NULL
        ORDER BY community_id  -- every community: all chains are walked
    )sql");
}

}  // namespace torv::audit::store
