#include "features/notifications/store.hpp"

namespace torv::notifications::store {

namespace {

Kept kept_from(const db::Row& row) {
    return {.place = row.get<Place>(0), .id = row.get<std::int64_t>(1), .level = row.get<Level>(2)};
}

Held held_from(const db::Row& row) {
    return {.member = row.get<MemberId>(0),
            .place = row.get<Place>(1),
            .chosen = {.level = row.get<Level>(2), .own = row.get<bool>(3)}};
}

}  // namespace

std::vector<Held> held(db::Tx& tx, CommunityId community, const db::Ids& members,
                       const Places& places, Instant at) {
    return tx.all(held_from, R"sql(
        SELECT l.member_id, l.place, l.level, l.own
          FROM notice_levels l
         WHERE l.community_id = $1 AND l.member_id {in $2}
           AND ((l.place = 0 AND l.place_id = $3) OR (l.place = 1 AND l.place_id = $4)
                OR (l.place = 2 AND l.place_id = $5) OR (l.place = 3 AND l.place_id {in $7}))
           AND l.since <= $6 AND (l.until IS NULL OR l.until > $6)
    )sql",
                  community, members, places.space, places.topic, places.person, at, places.tags);
}

std::vector<Held> current(db::Tx& tx, CommunityId community, MemberId member,
                          const Places& places) {
    return tx.all(held_from, R"sql(
        SELECT l.member_id, l.place, l.level, l.own
          FROM notice_levels l
         WHERE l.community_id = $1 AND l.member_id = $2 AND l.until IS NULL
           AND ((l.place = 0 AND l.place_id = $3) OR (l.place = 1 AND l.place_id = $4)
                OR (l.place = 2 AND l.place_id = $5) OR (l.place = 3 AND l.place_id {in $6}))
    )sql",
                  community, member, places.space, places.topic, places.person, places.tags);
}

std::int64_t tag(db::Tx& tx, CommunityId community, std::string_view name) {
    const auto row =
        tx.one("SELECT id FROM notice_tags WHERE community_id = $1 AND name = $2", community, name);
    return row ? row->get<std::int64_t>(0) : 0;
}

std::int64_t make_tag(db::Tx& tx, CommunityId community, std::string_view name) {
    tx.run(R"sql(
        INSERT INTO notice_tags (id, community_id, name) VALUES ($1, $2, $3)
        ON CONFLICT (community_id, name) DO NOTHING
    )sql",
           tx.new_id<Id<struct TagTag>>(), community, name);
    return tag(tx, community, name);
}

std::vector<std::int64_t> tags(db::Tx& tx, CommunityId community, const db::Texts& names) {
    return tx.all([](const db::Row& row) { return row.get<std::int64_t>(0); },
                  "SELECT id FROM notice_tags WHERE community_id = $1 AND name {in_text $2}",
                  community, names);
}

std::unordered_map<std::int64_t, std::string> tag_names(db::Tx& tx, CommunityId community,
                                                        const db::Ids& tags) {
    std::unordered_map<std::int64_t, std::string> names;
    tx.each([&](const db::Row& row) { names[row.get<std::int64_t>(0)] = row.get<std::string>(1); },
            "SELECT id, name FROM notice_tags WHERE community_id = $1 AND id {in $2}", community,
            tags);
    return names;
}

std::vector<MemberId> watchers(db::Tx& tx, CommunityId community, Place place, std::int64_t id,
                               Instant at, MemberId after, int limit) {
    return tx.all([](const db::Row& row) { return row.get<MemberId>(0); },
                  R"sql(
        SELECT l.member_id
          FROM notice_levels l
         WHERE l.community_id = $1 AND l.place = $2 AND l.place_id = $3 AND l.level = 2
           AND l.member_id > $4 AND l.since <= $5 AND (l.until IS NULL OR l.until > $5)
         ORDER BY l.member_id
         LIMIT $6
    )sql",
                  community, place, id, after, at, limit);
}

void set_level(db::Tx& tx, CommunityId community, MemberId member, Place place, std::int64_t id,
               Level level) {
    tx.run(R"sql(
        UPDATE notice_levels SET until = $5
         WHERE community_id = $1 AND member_id = $2 AND place = $3 AND place_id = $4
           AND until IS NULL AND since < $5
    )sql",
           community, member, place, id, tx.now());
    tx.run(R"sql(
        INSERT INTO notice_levels (community_id, member_id, place, place_id, level, own, since)
        VALUES ($1, $2, $3, $4, $5, 1, $6)
        ON CONFLICT (community_id, member_id, place, place_id, since)
        DO UPDATE SET level = excluded.level, own = 1, until = NULL
    )sql",
           community, member, place, id, level, tx.now());
}

void follow_by_writing(db::Tx& tx, CommunityId community, MemberId member, TopicId topic,
                       Instant at) {
    struct Span {
        Instant since;
        std::optional<Instant> until;
    };
    const auto spans = tx.all(
        [](const db::Row& row) {
            return Span{.since = row.get<Instant>(0), .until = row.get<std::optional<Instant>>(1)};
        },
        R"sql(
        SELECT l.since, l.until
          FROM notice_levels l
         WHERE l.community_id = $1 AND l.member_id = $2 AND l.place = 1 AND l.place_id = $3
         ORDER BY l.since
         LIMIT 1000
    )sql",
        community, member, topic);
    std::optional<Instant> next;
    for (const Span& span : spans) {
        if (span.since <= at && (!span.until || *span.until > at)) return;
        if (span.since > at && !next) next = span.since;
    }
    tx.run(R"sql(
        INSERT INTO notice_levels (community_id, member_id, place, place_id, level, own, since,
                                   until)
        VALUES ($1, $2, 1, $3, 2, 0, $4, $5)
        ON CONFLICT (community_id, member_id, place, place_id, since) DO NOTHING
    )sql",
           community, member, topic, at, next);
}

std::vector<Kept> kept(db::Tx& tx, CommunityId community, MemberId member, int limit) {
    return tx.all(kept_from, R"sql(
        SELECT l.place, l.place_id, l.level
          FROM notice_levels l
         WHERE l.community_id = $1 AND l.member_id = $2 AND l.until IS NULL AND l.own = 1
           AND l.level <> 1
         ORDER BY l.place, l.place_id
         LIMIT $3
    )sql",
                  community, member, limit);
}

std::vector<Kept> levels_of(db::Tx& tx, CommunityId community, MemberId member,
                            const db::Ids& topics) {
    return tx.all(kept_from, R"sql(
        SELECT l.place, l.place_id, l.level
          FROM notice_levels l
         WHERE l.community_id = $1 AND l.member_id = $2 AND l.place = 0 AND l.until IS NULL
         UNION ALL
        SELECT l.place, l.place_id, l.level
          FROM notice_levels l
         WHERE l.community_id = $1 AND l.member_id = $2 AND l.place = 1 AND l.place_id {in $3}
           AND l.until IS NULL
    )sql",
                  community, member, topics);
}

void clear_levels(db::Tx& tx, CommunityId community) {
    tx.run("DELETE FROM notice_levels WHERE community_id = $1 AND own = 0", community);
}

}  // namespace torv::notifications::store
