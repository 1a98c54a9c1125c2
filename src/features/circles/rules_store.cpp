#include "features/circles/store.hpp"

#include <algorithm>

namespace torv::circles::store {

namespace {

constexpr int kPeopleMost = 1'000'000;

MemberId member_from(const db::Row& row) { return row.get<MemberId>(0); }

/// What is written elsewhere is not counted: a number would tell of it.
db::Ids common_spaces(db::Tx& tx, CommunityId community) {
    db::Ids ids;
    tx.each([&](const db::Row& row) { ids.values.push_back(row.get<std::int64_t>(0)); },
            "SELECT s.space_id FROM common_spaces s WHERE s.community_id = $1 LIMIT 2000",
            community);
    return ids;
}

/// `answers`: only what stands in a topic of somebody else.
std::vector<MemberId> writers(db::Tx& tx, CommunityId community, const Rule& rule, int answers) {
    return tx.all(member_from, R"sql(
        SELECT m.member_id
          FROM members_standing m
         WHERE m.community_id = $1 AND m.state = 0
           AND (SELECT count(*)
                  FROM (SELECT w.created_at
                          FROM topics_contributed w
                         WHERE w.community_id = $1 AND w.author_id = m.member_id
                           AND w.created_at > $2 AND w.space_id + 0 {in $4}
                           AND ($5 = 0 OR (w.opening = 0 AND w.starter_id <> m.member_id))
                         LIMIT $3) enough) >= $3
         ORDER BY m.member_id
         LIMIT $6
    )sql",
                  community, tx.now() - std::chrono::days(rule.days), rule.amount,
                  common_spaces(tx, community), answers, kPeopleMost);
}

std::vector<MemberId> thanked(db::Tx& tx, CommunityId community, const Rule& rule) {
    std::vector<MemberId> list;
    auto keep = [&](const db::Row& row) {
        if (row.get<std::int64_t>(1) > 0) list.push_back(member_from(row));
    };
    tx.each(keep, R"sql(
        SELECT t.member_id, t.thanks
          FROM (SELECT m.member_id,
                       (SELECT COALESCE(sum(w.thanks), 0)
                          FROM topics_contributed w
                         WHERE w.community_id = $1 AND w.author_id = m.member_id
                           AND w.created_at > $2 AND w.space_id + 0 {in $4}) AS thanks
                  FROM members_standing m
                 WHERE m.community_id = $1 AND m.state = 0) t
         ORDER BY t.thanks DESC, t.member_id
         LIMIT $3
    )sql",
            community, tx.now() - std::chrono::days(rule.days), rule.amount,
            common_spaces(tx, community));
    std::sort(list.begin(), list.end());
    return list;
}

std::vector<MemberId> joined(db::Tx& tx, CommunityId community, Instant from, Instant until,
                             auth::Role least) {
    return tx.all(member_from, R"sql(
        SELECT m.member_id
          FROM members_standing m
         WHERE m.community_id = $1 AND m.state = 0 AND m.joined_at >= $2 AND m.joined_at <= $3
           AND m.role >= $4
         ORDER BY m.member_id
         LIMIT $5
    )sql",
                  community, from, until, least, kPeopleMost);
}

}  // namespace

std::vector<MemberId> fulfilling(db::Tx& tx, CommunityId community, const Rule& rule) {
    const Instant first, now = tx.now();
    switch (rule.metric) {
        case Metric::None: return {};
        case Metric::Posts: return writers(tx, community, rule, 0);
        case Metric::Answers: return writers(tx, community, rule, 1);
        case Metric::Thanks: return thanked(tx, community, rule);
        case Metric::MemberFor:
            return joined(tx, community, first, now - std::chrono::days(rule.days),
                          auth::Role::Member);
        case Metric::JoinedAfter: return joined(tx, community, rule.after, now, auth::Role::Member);
        case Metric::Role: return joined(tx, community, first, now, rule.role);
    }
    return {};
}

std::vector<MemberId> everybody(db::Tx& tx, CommunityId community, CircleId id) {
    // Sorted here: an ORDER BY would make SQLite read the people of all circles.
    auto list = tx.all(member_from, R"sql(
        SELECT c.member_id FROM circle_members c
         WHERE c.community_id = $1 AND c.circle_id = $2
         LIMIT $3
    )sql",
                       community, id, kPeopleMost);
    std::sort(list.begin(), list.end());
    return list;
}

void set_rule(db::Tx& tx, CommunityId community, CircleId id, const Rule& rule) {
    tx.run(R"sql(
        UPDATE circles
           SET entry = $3, rule_metric = $4, rule_amount = $5, rule_days = $6, rule_after = $7,
               rule_role = $8, rule_version = rule_version + 1
         WHERE community_id = $1 AND id = $2
    )sql",
           community, id, rule.metric == Metric::None ? Entry::Closed : Entry::Rule, rule.metric,
           rule.amount, rule.days, rule.after, rule.role);
    tx.run("DELETE FROM circle_requests WHERE community_id = $1 AND circle_id = $2", community, id);
}

std::optional<Ruled> ruled(db::Tx& tx, CommunityId community, CircleId id) {
    const auto row = tx.one(R"sql(
        SELECT c.rule_version, c.rule_metric, c.rule_amount, c.rule_days, c.rule_after, c.rule_role
          FROM circles c
         WHERE c.community_id = $1 AND c.id = $2 AND c.removed_at IS NULL AND c.rule_metric > 0
    )sql",
                            community, id);
    if (!row) return std::nullopt;
    return Ruled{.version = row->get<std::int64_t>(0),
                 .rule = {.metric = row->get<Metric>(1),
                          .amount = row->get<int>(2),
                          .days = row->get<int>(3),
                          .after = row->get<Instant>(4),
                          .role = row->get<auth::Role>(5)}};
}

bool still_ruled(db::Tx& tx, CommunityId community, CircleId id, std::int64_t version) {
    return tx
        .one(R"sql(
        SELECT c.id FROM circles c
         WHERE c.community_id = $1 AND c.id = $2 AND c.removed_at IS NULL AND c.rule_metric > 0
           AND c.rule_version = $3
         {for update}
    )sql",
             community, id, version)
        .has_value();
}

std::vector<CircleId> all_ruled(db::Tx& tx, CommunityId community) {
    return tx.all([](const db::Row& row) { return row.get<CircleId>(0); },
                  R"sql(
        SELECT c.id FROM circles c
         WHERE c.community_id = $1 AND c.removed_at IS NULL AND c.rule_metric > 0
         LIMIT 200
    )sql",
                  community);
}

}  // namespace torv::circles::store
