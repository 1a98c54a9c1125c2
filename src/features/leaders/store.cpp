#include "features/leaders/store.hpp"
#include "platform/base/or_null.hpp"

#include <algorithm>

namespace torv::leaders::store {

namespace {

#define QUESTION_COLUMNS                                                                          \
    "SELECT q.topic_id, q.asker_id, q.space_id, "                                                 \
    "CASE WHEN p.gone = 0 THEN p.excerpt ELSE '' END, q.taken_by, q.asked_at, "                   \
    "c.answered_at, q.closed_at "                                                                 \
    "FROM leader_questions q "                                                                    \
    "JOIN conversation_answers c ON c.community_id = q.community_id AND c.topic_id = q.topic_id " \
    "JOIN topics_notable p ON p.community_id = q.community_id AND p.post_id = q.post_id "

Question question_from(const db::Row& row) {
    return {.id = row.get<TopicId>(0),
            .asker = row.get<MemberId>(1),
            .space = row.get<SpaceId>(2),
            .excerpt = row.get<std::string>(3),
            .taken_by = row.get<MemberId>(4),
            .asked_at = row.get<Instant>(5),
            .answered_at = row.get<Instant>(6),
            .closed_at = row.get<Instant>(7)};
}

int whole(const Scope& scope) { return scope.whole ? 1 : 0; }

}  // namespace

bool Scope::covers(const Question& question) const {
    const auto among = [](const db::Ids& ids, std::int64_t id) {
        return std::ranges::find(ids.values, id) != ids.values.end();
    };
    if (question.asker == self || among(avoided_by, question.asker.value)) return false;
    if (!question.space) return whole;
    return among(spaces, question.space.value);
}

void insert(db::Tx& tx, CommunityId community, const Question& question, PostId post) {
    tx.run(R"sql(
        INSERT INTO leader_questions (community_id, topic_id, asker_id, space_id, post_id, asked_at)
        VALUES ($1, $2, $3, $4, $5, $6)
    )sql",
           community, question.id, question.asker, or_null(question.space), post, tx.now());
}

std::optional<Question> find(db::Tx& tx, CommunityId community, TopicId id) {
    const auto row =
        tx.one(QUESTION_COLUMNS "WHERE q.community_id = $1 AND q.topic_id = $2", community, id);
    if (!row) return std::nullopt;
    return question_from(*row);
}

bool take(db::Tx& tx, CommunityId community, TopicId id, MemberId by, MemberId from) {
    return tx.run(R"sql(
        UPDATE leader_questions SET taken_by = $3, closed_at = NULL
         WHERE community_id = $1 AND topic_id = $2 AND COALESCE(taken_by, 0) = $4
    )sql",
                  community, id, by, from) > 0;
}

bool close(db::Tx& tx, CommunityId community, TopicId id, MemberId by) {
    return tx.run(R"sql(
        UPDATE leader_questions SET closed_at = $4
         WHERE community_id = $1 AND topic_id = $2 AND taken_by = $3 AND closed_at IS NULL
    )sql",
                  community, id, by, tx.now()) > 0;
}

std::vector<Question> open(db::Tx& tx, CommunityId community, const Scope& scope, web::Keyset past,
                           int limit) {
    return tx.all(question_from, QUESTION_COLUMNS R"sql(
         WHERE q.community_id = $1 AND q.closed_at IS NULL AND q.asker_id <> $2
           AND NOT (q.asker_id {in $8})
           AND (q.space_id {in $4} OR (q.space_id IS NULL AND $3 = 1))
           AND (q.asked_at, q.topic_id) > ($5, $6)
         ORDER BY q.asked_at, q.topic_id
         LIMIT $7
    )sql",
                  community, scope.self, whole(scope), scope.spaces, past.at, past.id, limit,
                  scope.avoided_by);
}

std::vector<Question> closed(db::Tx& tx, CommunityId community, const Scope& scope,
                             web::Keyset past, int limit) {
    return tx.all(question_from, QUESTION_COLUMNS R"sql(
         WHERE q.community_id = $1 AND q.closed_at IS NOT NULL AND q.asker_id <> $2
           AND NOT (q.asker_id {in $8})
           AND (q.space_id {in $4} OR (q.space_id IS NULL AND $3 = 1))
           AND (q.asked_at, q.topic_id) < ($5, $6)
         ORDER BY q.asked_at DESC, q.topic_id DESC
         LIMIT $7
    )sql",
                  community, scope.self, whole(scope), scope.spaces, past.at, past.id, limit,
                  scope.avoided_by);
}

std::int64_t waiting(db::Tx& tx, CommunityId community, const Scope& scope, int limit) {
    return tx
        .one(R"sql(
        SELECT count(*)
          FROM (SELECT q.topic_id
                  FROM leader_questions q
                 WHERE q.community_id = $1 AND q.closed_at IS NULL AND q.taken_by IS NULL
                   AND q.asker_id <> $2 AND NOT (q.asker_id {in $6})
                   AND (q.space_id {in $4} OR (q.space_id IS NULL AND $3 = 1))
                 LIMIT $5) waits
    )sql",
             community, scope.self, whole(scope), scope.spaces, limit, scope.avoided_by)
        ->get<std::int64_t>(0);
}

std::vector<Question> asked_by(db::Tx& tx, CommunityId community, MemberId asker, int limit) {
    return tx.all(question_from, QUESTION_COLUMNS R"sql(
         WHERE q.community_id = $1 AND q.asker_id = $2
         ORDER BY q.asked_at DESC, q.topic_id DESC
         LIMIT $3
    )sql",
                  community, asker, limit);
}

std::int64_t asked_since(db::Tx& tx, CommunityId community, MemberId asker, Instant since) {
    return tx
        .one(R"sql(
        SELECT count(*) FROM leader_questions q
         WHERE q.community_id = $1 AND q.asker_id = $2 AND q.asked_at > $3
    )sql",
             community, asker, since)
        ->get<std::int64_t>(0);
}

std::vector<Times> times(db::Tx& tx, CommunityId community, const Scope& scope, Instant since,
                         int limit) {
    return tx.all(
        [](const db::Row& row) {
            return Times{.asked_at = row.get<Instant>(0), .answered_at = row.get<Instant>(1)};
        },
        R"sql(
        SELECT q.asked_at, c.answered_at
          FROM leader_questions q
          JOIN conversation_answers c ON c.community_id = q.community_id AND c.topic_id = q.topic_id
         WHERE q.community_id = $1 AND q.asked_at > $4 AND q.asker_id <> $2
           AND (q.space_id {in $5} OR (q.space_id IS NULL AND $3 = 1))
         ORDER BY q.asked_at DESC
         LIMIT $6
    )sql",
        community, scope.self, whole(scope), since, scope.spaces, limit);
}

}  // namespace torv::leaders::store
