#include "features/members/store.hpp"

namespace torv::members::store {
namespace {

#define MEMBER_COLUMNS                                                                \
    "SELECT m.id, m.community_id, m.account_id, m.handle, m.name, m.role, m.state, "  \
    "m.avatar, m.bio, m.bio_html, m.reason, m.rules_version, m.joined_at, m.left_at " \
    "FROM members m "

Member member_row(const db::Row& row) {
    Member m;
    m.id = row.get<MemberId>(0);
    m.community = row.get<CommunityId>(1);
    m.account = row.get<AccountId>(2);
    m.handle = row.get<std::string>(3);
    m.name = row.get<std::string>(4);
    m.role = row.get<Role>(5);
    m.state = row.get<State>(6);
    m.avatar = row.get<std::string>(7);
    m.bio = row.get<std::string>(8);
    m.bio_html = row.get<std::string>(9);
    m.reason = row.get<std::string>(10);
    m.rules_version = row.get<std::int64_t>(11);
    m.joined_at = row.get<Instant>(12);
    m.left_at = row.get<std::optional<Instant>>(13);
    return m;
}

Face face_row(const db::Row& row) {
    return {.id = row.get<MemberId>(0),
            .handle = row.get<std::string>(1),
            .name = row.get<std::string>(2),
            .avatar = row.get<std::string>(3),
            .role = row.get<Role>(4),
            .state = row.get<State>(5)};
}

std::optional<Member> first(const std::optional<db::OwnedRow>& row) {
    if (!row) return std::nullopt;
    return member_row(*row);
}

std::optional<AccountId> account_or_null(const Member& m) {
    return m.account ? std::optional(m.account) : std::nullopt;
}

}  // namespace

std::optional<Member> by_id(db::Tx& tx, CommunityId community, MemberId id) {
    return first(tx.one(MEMBER_COLUMNS "WHERE m.community_id = $1 AND m.id = $2", community, id));
}

std::vector<Member> by_ids(db::Tx& tx, CommunityId community, const db::Ids& ids) {
    return tx.all(member_row, MEMBER_COLUMNS "WHERE {also m.community_id = $1} AND m.id {in $2}",
                  community, ids);
}

std::optional<Member> locked(db::Tx& tx, CommunityId community, MemberId id) {
    return first(tx.one(MEMBER_COLUMNS "WHERE m.community_id = $1 AND m.id = $2 {for update}",
                        community, id));
}

std::optional<Member> by_account(db::Tx& tx, CommunityId community, AccountId account) {
    return first(tx.one(MEMBER_COLUMNS "WHERE m.community_id = $1 AND m.account_id = $2", community,
                        account));
}

std::optional<Member> without_texts(db::Tx& tx, CommunityId community, AccountId account) {
    const auto row = tx.one(R"sql(
        SELECT m.id, m.handle, m.name, m.role, m.state, m.avatar, m.rules_version
          FROM members m
         WHERE m.community_id = $1 AND m.account_id = $2
    )sql",
                            community, account);
    if (!row) return std::nullopt;
    return Member{.id = row->get<MemberId>(0),
                  .community = community,
                  .account = account,
                  .handle = row->get<std::string>(1),
                  .name = row->get<std::string>(2),
                  .role = row->get<Role>(3),
                  .state = row->get<State>(4),
                  .avatar = row->get<std::string>(5),
                  .rules_version = row->get<std::int64_t>(6)};
}

std::optional<Member> by_handle(db::Tx& tx, CommunityId community, std::string_view handle) {
    return first(tx.one(MEMBER_COLUMNS "JOIN member_handles h ON h.community_id = m.community_id "
                                       "AND h.member_id = m.id "
                                       "WHERE h.community_id = $1 AND h.handle = $2",
                        community, handle));
}

std::unordered_map<MemberId, Face> faces(db::Tx& tx, CommunityId community, const db::Ids& ids) {
    std::unordered_map<MemberId, Face> found;
    tx.each(
        [&](const db::Row& row) {
            Face face = face_row(row);
            found.emplace(face.id, std::move(face));
        },
        "SELECT id, handle, name, avatar, role, state FROM members "
        "WHERE {also community_id = $1} AND id {in $2}",
        community, ids);
    return found;
}

std::unordered_map<std::string, Face> by_handles(db::Tx& tx, CommunityId community,
                                                 const db::Texts& handles) {
    std::unordered_map<std::string, Face> found;
    tx.each([&](const db::Row& row) { found.emplace(row.get<std::string>(6), face_row(row)); },
            R"sql(
        SELECT m.id, m.handle, m.name, m.avatar, m.role, m.state, h.handle
          FROM member_handles h
          JOIN members m ON m.community_id = h.community_id AND m.id = h.member_id
         WHERE h.community_id = $1 AND h.handle {in_text $2} AND m.state IN (0, 3)
         LIMIT 50
    )sql",
            community, handles);
    return found;
}

MemberId by_source(db::Tx& tx, CommunityId community, std::string_view source,
                   std::string_view source_key) {
    const auto row = tx.one(
        "SELECT member_id FROM member_sources "
        "WHERE community_id = $1 AND source = $2 AND source_key = $3",
        community, source, source_key);
    return row ? row->get<MemberId>(0) : MemberId{};
}

std::vector<Face> with_role(db::Tx& tx, CommunityId community, Role at_least) {
    return tx.all(face_row,
                  "SELECT id, handle, name, avatar, role, state FROM members "
                  "WHERE community_id = $1 AND role > 1 AND role >= $2 AND state = 0 "
                  "ORDER BY role DESC, name_key, id LIMIT 100",
                  community, at_least);
}

std::vector<MemberId> locked_owners(db::Tx& tx, CommunityId community) {
    return tx.all([](const db::Row& row) { return row.get<MemberId>(0); },
                  "SELECT id FROM members WHERE community_id = $1 AND role > 1 AND role = 4 "
                  "AND state = 0 ORDER BY id LIMIT 100 {for update}",
                  community);
}

std::vector<Member> page_by_name(db::Tx& tx, CommunityId community, const Wanted& wanted,
                                 const After& after) {
    return tx.all(member_row,
                  MEMBER_COLUMNS
                  R"sql(
         WHERE m.community_id = $1 AND m.state = $2 AND (m.name_key, m.id) > ($3, $4)
           AND ($5 = -1 OR m.role = $5) AND m.search_key LIKE $6 ESCAPE '\'
         ORDER BY m.name_key, m.id
         LIMIT $7
    )sql",
                  community, wanted.state, after.key, after.id, wanted.role, wanted.pattern,
                  wanted.limit);
}

std::vector<Member> page_by_newest(db::Tx& tx, CommunityId community, const Wanted& wanted,
                                   const After& after) {
    return tx.all(member_row,
                  MEMBER_COLUMNS
                  R"sql(
         WHERE m.community_id = $1 AND m.state = $2 AND (m.joined_at, m.id) < ($3, $4)
           AND ($5 = -1 OR m.role = $5) AND m.search_key LIKE $6 ESCAPE '\'
         ORDER BY m.joined_at DESC, m.id DESC
         LIMIT $7
    )sql",
                  community, wanted.state, after.number, after.id, wanted.role, wanted.pattern,
                  wanted.limit);
}

std::string name_key(db::Tx& tx, CommunityId community, MemberId id) {
    const auto row =
        tx.one("SELECT name_key FROM members WHERE community_id = $1 AND id = $2", community, id);
    return row ? row->get<std::string>(0) : std::string{};
}

bool insert(db::Tx& tx, const Member& m, const Keys& keys, std::int64_t invitation) {
    const auto came_by = invitation ? std::optional(invitation) : std::nullopt;
    return tx.run(R"sql(
        INSERT INTO members (id, community_id, account_id, handle, name, name_key, search_key,
                             role, state, bio, bio_html, reason, invitation_id, rules_version,
                             joined_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        ON CONFLICT DO NOTHING
    )sql",
                  m.id, m.community, account_or_null(m), m.handle, m.name, keys.sort, keys.search,
                  m.role, m.state, m.bio, m.bio_html, m.reason, came_by, m.rules_version,
                  m.joined_at) == 1;
}

void set_profile(db::Tx& tx, const Member& m, const Keys& keys) {
    tx.run(R"sql(
        UPDATE members
           SET name = $3, handle = $4, name_key = $5, search_key = $6, bio = $7, bio_html = $8,
               avatar = $9
         WHERE community_id = $1 AND id = $2
    )sql",
           m.community, m.id, m.name, m.handle, keys.sort, keys.search, m.bio, m.bio_html,
           m.avatar);
}

void set_avatar(db::Tx& tx, CommunityId community, MemberId id, std::string_view url) {
    tx.run("UPDATE members SET avatar = $3 WHERE community_id = $1 AND id = $2", community, id,
           url);
}

void set_state(db::Tx& tx, CommunityId community, MemberId id, State state) {
    const auto left = state == State::Left ? std::optional(tx.now()) : std::nullopt;
    tx.run("UPDATE members SET state = $3, left_at = $4 WHERE community_id = $1 AND id = $2",
           community, id, state, left);
}

void set_role(db::Tx& tx, CommunityId community, MemberId id, Role role) {
    tx.run("UPDATE members SET role = $3 WHERE community_id = $1 AND id = $2", community, id, role);
}

void let_in(db::Tx& tx, CommunityId community, MemberId id, std::int64_t rules_version) {
    tx.run(R"sql(
        UPDATE members
           SET state = 0, left_at = NULL, joined_at = $3,
               rules_version = CASE WHEN rules_version > $4 THEN rules_version ELSE $4 END
         WHERE community_id = $1 AND id = $2
    )sql",
           community, id, tx.now(), rules_version);
}

void give_account(db::Tx& tx, const Member& m, const Keys& keys) {
    tx.run(R"sql(
        UPDATE members
           SET account_id = $3, state = 0, name = $4, name_key = $5, search_key = $6,
               rules_version = $7
         WHERE community_id = $1 AND id = $2
    )sql",
           m.community, m.id, m.account, m.name, keys.sort, keys.search, m.rules_version);
}

void set_rules_version(db::Tx& tx, CommunityId community, MemberId id, std::int64_t version) {
    tx.run("UPDATE members SET rules_version = $3 WHERE community_id = $1 AND id = $2", community,
           id, version);
}

void remove_row(db::Tx& tx, CommunityId community, MemberId id) {
    tx.run("DELETE FROM member_handles WHERE community_id = $1 AND member_id = $2", community, id);
    tx.run("DELETE FROM members WHERE community_id = $1 AND id = $2", community, id);
}

bool take_handle(db::Tx& tx, CommunityId community, std::string_view handle, MemberId id) {
    return tx.run(R"sql(
        INSERT INTO member_handles (community_id, handle, member_id, taken_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (community_id, handle) DO NOTHING
    )sql",
                  community, handle, id, tx.now()) == 1;
}

std::optional<MemberId> handle_owner(db::Tx& tx, CommunityId community, std::string_view handle) {
    const auto row =
        tx.one("SELECT member_id FROM member_handles WHERE community_id = $1 AND handle = $2",
               community, handle);
    return row ? std::optional(row->get<MemberId>(0)) : std::nullopt;
}

void set_handle(db::Tx& tx, CommunityId community, MemberId id, std::string_view handle,
                std::string_view search) {
    tx.run("UPDATE members SET handle = $3, search_key = $4 WHERE community_id = $1 AND id = $2",
           community, id, handle, search);
}

bool insert_source(db::Tx& tx, CommunityId community, std::string_view source,
                   std::string_view source_key, MemberId id) {
    return tx.run(R"sql(
        INSERT INTO member_sources (community_id, source, source_key, member_id)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (community_id, source, source_key) DO NOTHING
    )sql",
                  community, source, source_key, id) == 1;
}

std::vector<CommunityId> communities_of(db::Tx& tx, AccountId account) {
    return tx.all([](const db::Row& row) { return row.get<CommunityId>(0); },
                  "SELECT community_id FROM members WHERE account_id = $1 AND state = 0 "
                  "ORDER BY community_id LIMIT 100",
                  account);
}

}  // namespace torv::members::store
