#include "features/scheduling/store.hpp"

#include "platform/base/or_null.hpp"

namespace torv::scheduling::store {

namespace {

Scheduled scheduled_of(const db::Row& row) {
    return {.id = row.get<ScheduledId>(0),
            .author = row.get<MemberId>(1),
            .plan = {.space = row.get<SpaceId>(2),
                     .topic = row.get<TopicId>(3),
                     .reply_to = row.get<PostId>(4),
                     .title = row.get<std::string>(5),
                     .body = row.get<std::string>(6),
                     .at = row.get<std::string>(7),
                     .zone = row.get<std::string>(8),
                     .rule = row.get<std::string>(9)},
            .due_at = row.get<Instant>(10),
            .failed_at = row.get<Instant>(11),
            .fault = row.get<std::string>(12),
            .posted = row.get<std::int64_t>(13)};
}

}  // namespace

void insert(db::Tx& tx, CommunityId community, const Scheduled& one) {
    tx.run(R"sql(
        INSERT INTO scheduled_posts (community_id, id, author_id, space_id, topic_id, reply_to, title, body, starts_at,
                                     zone, rule, due_at, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
    )sql",
           community, one.id, one.author, or_null(one.plan.space), or_null(one.plan.topic),
           or_null(one.plan.reply_to), one.plan.title, one.plan.body, one.plan.at, one.plan.zone,
           one.plan.rule, one.due_at, tx.now());
}

void update(db::Tx& tx, CommunityId community, const Scheduled& one) {
    tx.run(R"sql(
        UPDATE scheduled_posts
           SET title = $3, body = $4, starts_at = $5, zone = $6, rule = $7, due_at = $8, failed_at = NULL, fault = ''
         WHERE community_id = $1 AND id = $2
    )sql",
           community, one.id, one.plan.title, one.plan.body, one.plan.at, one.plan.zone,
           one.plan.rule, one.due_at);
}

std::optional<Scheduled> find(db::Tx& tx, CommunityId community, ScheduledId id) {
    const auto row = tx.one(R"sql(
        SELECT id, author_id, space_id, topic_id, reply_to, title, body, starts_at, zone, rule, due_at, failed_at,
               fault, posted
          FROM scheduled_posts
         WHERE community_id = $1 AND id = $2
    )sql",
                            community, id);
    return row ? std::optional(scheduled_of(*row)) : std::nullopt;
}

std::optional<Scheduled> locked(db::Tx& tx, CommunityId community, ScheduledId id) {
    const auto row = tx.one(R"sql(
        SELECT id, author_id, space_id, topic_id, reply_to, title, body, starts_at, zone, rule, due_at, failed_at,
               fault, posted
          FROM scheduled_posts
         WHERE community_id = $1 AND id = $2
         {for update}
    )sql",
                            community, id);
    return row ? std::optional(scheduled_of(*row)) : std::nullopt;
}

bool drop(db::Tx& tx, CommunityId community, ScheduledId id) {
    return tx.run("DELETE FROM scheduled_posts WHERE community_id = $1 AND id = $2", community,
                  id) > 0;
}

void advance(db::Tx& tx, CommunityId community, ScheduledId id, Instant due_at) {
    tx.run(R"sql(
        UPDATE scheduled_posts SET posted = posted + 1, due_at = $3, failed_at = NULL, fault = ''
         WHERE community_id = $1 AND id = $2
    )sql",
           community, id, due_at);
}

void fail(db::Tx& tx, CommunityId community, ScheduledId id, std::string_view fault) {
    tx.run(R"sql(
        UPDATE scheduled_posts SET due_at = NULL, failed_at = $3, fault = $4 WHERE community_id = $1 AND id = $2
    )sql",
           community, id, tx.now(), fault);
}

std::vector<Scheduled> list(db::Tx& tx, CommunityId community, MemberId author, int limit) {
    return tx.all(scheduled_of, R"sql(
        SELECT id, author_id, space_id, topic_id, reply_to, title, body, starts_at, zone, rule, due_at, failed_at,
               fault, posted
          FROM scheduled_posts
         WHERE community_id = $1 AND author_id = $2
         ORDER BY COALESCE(due_at, 0), id
         LIMIT $3
    )sql",
                  community, author, limit);
}

std::int64_t count(db::Tx& tx, CommunityId community, MemberId author, int limit) {
    return tx
        .one(R"sql(
        SELECT count(*)
          FROM (SELECT s.id FROM scheduled_posts s
                 WHERE s.community_id = $1 AND s.author_id = $2
                 LIMIT $3) own
    )sql",
             community, author, limit)
        ->get<std::int64_t>(0);
}

}  // namespace torv::scheduling::store
