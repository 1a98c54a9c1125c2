#include "features/spaces/store.hpp"
#include "platform/base/or_null.hpp"

namespace torv::spaces::store {

namespace {

// A seat by hand; else, where only its members may enter, one as a member by a circle. $1 is the
// community, $2 the member. The list of doors is made once, and only when such a space is met.
#define SEATED_ROLE                                                                   \
    "CASE WHEN m.role IS NOT NULL THEN m.role "                                       \
    "WHEN s.visibility IN (2, 3) AND s.id IN (SELECT d.space_id FROM circle_doors d " \
    "WHERE d.community_id = $1 AND d.member_id = $2) THEN 1 END"

std::optional<Role> role_at(const db::Row& row, int column) {
    if (row.null(column)) return std::nullopt;
    return row.get<Role>(column);
}

Space space_from(const db::Row& row) {
    return {.id = row.get<SpaceId>(0),
            .parent = row.get<SpaceId>(1),
            .slug = row.get<std::string>(2),
            .name = row.get<std::string>(3),
            .description = row.get<std::string>(4),
            .icon = row.get<std::string>(5),
            .kind = row.get<Kind>(6),
            .visibility = row.get<Visibility>(7),
            .starters = row.get<Starters>(8),
            .archived_at = row.get<Instant>(9),
            .topic_count = row.get<std::int64_t>(10),
            .last_post_at = row.get<Instant>(11)};
}

}  // namespace

std::vector<Access> accesses(db::Tx& tx, CommunityId community, MemberId member) {
    return tx.all(
        [](const db::Row& row) {
            return Access{.id = row.get<SpaceId>(0),
                          .parent = row.get<SpaceId>(1),
                          .slug = row.get<std::string>(2),
                          .name = row.get<std::string>(3),
                          .kind = row.get<Kind>(4),
                          .visibility = row.get<Visibility>(5),
                          .starters = row.get<Starters>(6),
                          .role = role_at(row, 7),
                          .archived = !row.null(8)};
        },
        R"sql(
        SELECT s.id, s.parent_id, s.slug, s.name, s.kind, s.visibility, s.starters,
               )sql" SEATED_ROLE R"sql(, s.archived_at
          FROM spaces s
          LEFT JOIN space_members m
            ON m.community_id = s.community_id AND m.member_id = $2 AND m.space_id = s.id
         WHERE s.community_id = $1
           AND ($2 <> 0 OR EXISTS (SELECT 1 FROM open_communities o
                                    WHERE o.community_id = $1))
         ORDER BY s.position, s.id
         LIMIT 2000
    )sql",
        community, member);
}

std::vector<Row> all(db::Tx& tx, CommunityId community, MemberId member) {
    return tx.all(
        [](const db::Row& row) {
            return Row{.space = space_from(row), .role = role_at(row, 12), .asked = !row.null(13)};
        },
        R"sql(
        SELECT s.id, s.parent_id, s.slug, s.name, s.description, s.icon, s.kind, s.visibility,
               s.starters, s.archived_at, s.topic_count,
               (SELECT max(a.last_post_at) FROM topic_activity a
                 WHERE a.community_id = s.community_id AND a.space_id = s.id),
               )sql" SEATED_ROLE R"sql(, r.created_at
          FROM spaces s
          LEFT JOIN space_members m
            ON m.community_id = s.community_id AND m.member_id = $2 AND m.space_id = s.id
          LEFT JOIN space_requests r
            ON r.community_id = s.community_id AND r.member_id = $2 AND r.space_id = s.id
         WHERE s.community_id = $1 AND s.visibility < 4
           AND ($2 <> 0 OR EXISTS (SELECT 1 FROM open_communities o
                                    WHERE o.community_id = $1))
         ORDER BY s.position, s.id
         LIMIT 2000
    )sql",
        community, member);
}

std::optional<Space> by_id(db::Tx& tx, CommunityId community, SpaceId id) {
    const auto row = tx.one(R"sql(
        SELECT s.id, s.parent_id, s.slug, s.name, s.description, s.icon, s.kind, s.visibility,
               s.starters, s.archived_at, s.topic_count,
               (SELECT max(a.last_post_at) FROM topic_activity a
                 WHERE a.community_id = s.community_id AND a.space_id = s.id)
          FROM spaces s
         WHERE s.community_id = $1 AND s.id = $2
    )sql",
                            community, id);
    if (!row) return std::nullopt;
    return space_from(*row);
}

std::optional<Space> with_slug(db::Tx& tx, CommunityId community, std::string_view slug) {
    const auto row = tx.one(R"sql(
        SELECT s.id, s.parent_id, s.slug, s.name, s.description, s.icon, s.kind, s.visibility,
               s.starters, s.archived_at, s.topic_count,
               (SELECT max(a.last_post_at) FROM topic_activity a
                 WHERE a.community_id = s.community_id AND a.space_id = s.id)
          FROM spaces s
         WHERE s.community_id = $1
           AND s.id = COALESCE((SELECT n.id FROM spaces n
                                 WHERE n.community_id = $1 AND n.slug = $2),
                               (SELECT o.space_id FROM space_slugs o
                                 WHERE o.community_id = $1 AND o.slug = $2))
    )sql",
                            community, slug);
    if (!row) return std::nullopt;
    return space_from(*row);
}

std::optional<SpaceId> by_slug(db::Tx& tx, CommunityId community, std::string_view slug) {
    const auto row = tx.one(R"sql(
        SELECT s.id FROM spaces s WHERE s.community_id = $1 AND s.slug = $2
         UNION ALL
        SELECT o.space_id FROM space_slugs o WHERE o.community_id = $1 AND o.slug = $2
         LIMIT 1
    )sql",
                            community, slug);
    if (!row) return std::nullopt;
    return row->get<SpaceId>(0);
}

std::optional<SpaceId> by_source(db::Tx& tx, CommunityId community, std::string_view source) {
    const auto row = tx.one("SELECT s.id FROM spaces s WHERE s.community_id = $1 AND s.source = $2",
                            community, source);
    if (!row) return std::nullopt;
    return row->get<SpaceId>(0);
}

bool has_children(db::Tx& tx, CommunityId community, SpaceId id) {
    return tx
        .one("SELECT s.id FROM spaces s WHERE s.community_id = $1 AND s.parent_id = $2 LIMIT 1",
             community, id)
        .has_value();
}

bool insert(db::Tx& tx, const Insert& space) {
    const auto source = space.how.source.empty() ? std::nullopt : std::optional(space.how.source);
    const Instant at = space.how.happened_at ? space.how.happened_at : tx.now();
    return tx.run(R"sql(
        INSERT INTO spaces (id, community_id, parent_id, slug, name, description, icon, kind,
                            visibility, starters, position, created_at, created_by, source)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
                (SELECT COALESCE(max(o.position), 0) + 1 FROM spaces o WHERE o.community_id = $2),
                $11, $12, $13)
        ON CONFLICT (community_id, source) WHERE source IS NOT NULL DO NOTHING
    )sql",
                  space.id, space.community, or_null(space.wanted.parent), space.slug,
                  space.wanted.name, space.wanted.description, space.wanted.icon, space.wanted.kind,
                  space.wanted.visibility, space.wanted.starters, at, or_null(space.how.by),
                  source) > 0;
}

void update(db::Tx& tx, CommunityId community, SpaceId id, const NewSpace& wanted,
            std::string_view slug) {
    tx.run(R"sql(
        UPDATE spaces
           SET parent_id = $3, slug = $4, name = $5, description = $6, icon = $7, kind = $8,
               visibility = $9, starters = $10
         WHERE community_id = $1 AND id = $2
    )sql",
           community, id, or_null(wanted.parent), slug, wanted.name, wanted.description,
           wanted.icon, wanted.kind, wanted.visibility, wanted.starters);
}

void keep_slug(db::Tx& tx, CommunityId community, SpaceId id, std::string_view slug) {
    tx.run(R"sql(
        INSERT INTO space_slugs (community_id, slug, space_id) VALUES ($1, $2, $3)
        ON CONFLICT (community_id, slug) DO UPDATE SET space_id = excluded.space_id
    )sql",
           community, slug, id);
}

void drop_slug(db::Tx& tx, CommunityId community, std::string_view slug) {
    tx.run("DELETE FROM space_slugs WHERE community_id = $1 AND slug = $2", community, slug);
}

void set_archived(db::Tx& tx, CommunityId community, SpaceId id, std::optional<Instant> at) {
    tx.run("UPDATE spaces SET archived_at = $3 WHERE community_id = $1 AND id = $2", community, id,
           at);
}

std::vector<SpaceId> siblings(db::Tx& tx, CommunityId community, SpaceId parent) {
    return tx.all([](const db::Row& row) { return row.get<SpaceId>(0); },
                  R"sql(
        SELECT s.id
          FROM spaces s
         WHERE s.community_id = $1 AND COALESCE(s.parent_id, 0) = $2 AND s.visibility < 4
         ORDER BY s.position, s.id
         LIMIT 2000
    )sql",
                  community, parent);
}

void set_position(db::Tx& tx, CommunityId community, SpaceId id, std::int64_t position) {
    tx.run("UPDATE spaces SET position = $3 WHERE community_id = $1 AND id = $2 AND position <> $3",
           community, id, position);
}

void count_topics(db::Tx& tx, CommunityId community, SpaceId id, int by) {
    tx.run("UPDATE spaces SET topic_count = topic_count + $3 WHERE community_id = $1 AND id = $2",
           community, id, by);
}

std::vector<Seat> seats(db::Tx& tx, CommunityId community, SpaceId id, int limit) {
    return tx.all(
        [](const db::Row& row) {
            return Seat{.member = row.get<MemberId>(0),
                        .role = row.get<Role>(1),
                        .since = row.get<Instant>(2)};
        },
        R"sql(
        SELECT m.member_id, m.role, m.created_at
          FROM space_members m
         WHERE m.community_id = $1 AND m.space_id = $2
         ORDER BY m.role DESC, m.created_at, m.member_id
         LIMIT $3
    )sql",
        community, id, limit);
}

std::vector<MemberId> moderators(db::Tx& tx, CommunityId community, SpaceId id) {
    return tx.all([](const db::Row& row) { return row.get<MemberId>(0); },
                  R"sql(
        SELECT m.member_id
          FROM space_members m
         WHERE m.community_id = $1 AND m.space_id = $2 AND m.role = 2
         ORDER BY m.created_at, m.member_id
         LIMIT 20
    )sql",
                  community, id);
}

bool seat(db::Tx& tx, CommunityId community, SpaceId id, MemberId member, Role role) {
    return tx.run(R"sql(
        INSERT INTO space_members (community_id, space_id, member_id, role, created_at)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (community_id, member_id, space_id) DO UPDATE SET role = excluded.role
         WHERE space_members.role <> excluded.role
    )sql",
                  community, id, member, role, tx.now()) > 0;
}

bool unseat(db::Tx& tx, CommunityId community, SpaceId id, MemberId member) {
    return tx.run(R"sql(
        DELETE FROM space_members WHERE community_id = $1 AND space_id = $2 AND member_id = $3
    )sql",
                  community, id, member) > 0;
}

bool add_request(db::Tx& tx, CommunityId community, SpaceId id, MemberId member) {
    return tx.run(R"sql(
        INSERT INTO space_requests (community_id, space_id, member_id, created_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (community_id, space_id, member_id) DO NOTHING
    )sql",
                  community, id, member, tx.now()) > 0;
}

bool drop_request(db::Tx& tx, CommunityId community, SpaceId id, MemberId member) {
    return tx.run(R"sql(
        DELETE FROM space_requests WHERE community_id = $1 AND space_id = $2 AND member_id = $3
    )sql",
                  community, id, member) > 0;
}

std::vector<MemberId> requests(db::Tx& tx, CommunityId community, SpaceId id) {
    return tx.all([](const db::Row& row) { return row.get<MemberId>(0); },
                  R"sql(
        SELECT r.member_id
          FROM space_requests r
         WHERE r.community_id = $1 AND r.space_id = $2
         ORDER BY r.created_at, r.member_id
         LIMIT 100
    )sql",
                  community, id);
}

}  // namespace torv::spaces::store
