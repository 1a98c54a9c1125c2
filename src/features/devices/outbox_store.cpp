#include "features/devices/store.hpp"
#include "platform/json/json.hpp"

namespace torv::devices::store {

namespace {

constexpr microseconds kWeek = std::chrono::hours(7 * 24);

std::vector<Instant> moments(std::string_view text) {
    std::vector<Instant> list;
    const auto parsed = json::parse(text);
    if (!parsed) return list;
    for (const auto& one : parsed->items())
        if (const auto us = one.integer()) list.push_back({*us});
    return list;
}

Turn turn_from(const db::Row& row) {
    return {.member = row.get<MemberId>(0),
            .position = row.get<std::int64_t>(1),
            .since = row.get<Instant>(2),
            .held = row.get<bool>(3),
            .told_until = row.get<std::int64_t>(4),
            .sent = moments(row.get<std::string>(5))};
}

#define TURN_COLUMNS                                                                    \
    "SELECT q.member_id, q.position, q.waits_since, q.held, q.told_until, q.sent FROM " \
    "device_turns q "

}  // namespace

void queue(db::Tx& tx, CommunityId community, MemberId member, std::int64_t position, Instant due) {
    tx.run(R"sql(
        INSERT INTO device_turns (community_id, member_id, due_at, position, waits_since)
        SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS BIGINT), CAST($5 AS BIGINT)
         WHERE EXISTS (SELECT 1 FROM devices d WHERE d.community_id = $1 AND d.member_id = $2)
        ON CONFLICT (community_id, member_id)
        DO UPDATE SET position = excluded.position,
                      waits_since = CASE WHEN device_turns.due_at IS NULL THEN excluded.waits_since
                                         ELSE device_turns.waits_since END,
                      due_at = CASE WHEN device_turns.due_at < excluded.due_at
                                    THEN device_turns.due_at ELSE excluded.due_at END
         WHERE device_turns.position < excluded.position
    )sql",
           community, member, due, position, tx.now());
}

void begin(db::Tx& tx, CommunityId community, MemberId member, std::int64_t position) {
    tx.run(R"sql(
        INSERT INTO device_turns (community_id, member_id, position, told_until)
        VALUES ($1, $2, $3, $3)
        ON CONFLICT (community_id, member_id)
        DO UPDATE SET position = excluded.position, told_until = excluded.told_until, due_at = NULL
    )sql",
           community, member, position);
}

bool any_due(db::Tx& tx, CommunityId community) {
    return tx
        .one("SELECT 1 FROM device_turns q WHERE q.community_id = $1 AND q.due_at <= $2 LIMIT 1",
             community, tx.now())
        .has_value();
}

std::vector<Turn> due(db::Tx& tx, CommunityId community, int limit) {
    return tx.all(turn_from, TURN_COLUMNS R"sql(
         WHERE q.community_id = $1 AND q.due_at <= $2
         ORDER BY q.due_at, q.member_id
         LIMIT $3
         {for update skip locked}
    )sql",
                  community, tx.now(), limit);
}

std::optional<Turn> turn(db::Tx& tx, CommunityId community, MemberId member) {
    const auto row =
        tx.one(TURN_COLUMNS "WHERE q.community_id = $1 AND q.member_id = $2", community, member);
    if (!row) return std::nullopt;
    return turn_from(*row);
}

void postpone(db::Tx& tx, CommunityId community, MemberId member, std::optional<Instant> until,
              bool held) {
    tx.run(
        "UPDATE device_turns SET due_at = $3, held = $4 WHERE community_id = $1 AND member_id = $2",
        community, member, until, held);
}

void told(db::Tx& tx, CommunityId community, const Turn& before, std::int64_t until, int count) {
    json::Writer json;
    json.array();
    for (const Instant at : before.sent)
        if (at > tx.now() - kWeek) json.value(at.us);
    for (int i = 0; i < count; ++i) json.value(tx.now().us);
    json.end();
    tx.run(R"sql(
        UPDATE device_turns
           SET due_at = NULL, held = 0, told_until = $3, sent = $4
         WHERE community_id = $1 AND member_id = $2
    )sql",
           community, before.member, until, json.take());
}

MessageId insert(db::Tx& tx, CommunityId community, DeviceId device, std::string_view tag) {
    const auto id = tx.new_id<MessageId>();
    tx.run(R"sql(
        INSERT INTO device_messages (id, community_id, device_id, tag, created_at)
        VALUES ($1, $2, $3, $4, $5)
    )sql",
           id, community, device, tag, tx.now());
    return id;
}

std::optional<Message> message(db::Tx& tx, CommunityId community, MessageId id) {
    const auto row = tx.one(R"sql(
        SELECT m.id, m.device_id, m.tag, m.tries, m.created_at
          FROM device_messages m
         WHERE m.community_id = $1 AND m.id = $2
    )sql",
                            community, id);
    if (!row) return std::nullopt;
    return Message{.id = row->get<MessageId>(0),
                   .device = row->get<DeviceId>(1),
                   .tag = row->get<std::string>(2),
                   .tries = row->get<int>(3),
                   .created_at = row->get<Instant>(4)};
}

void note_try(db::Tx& tx, CommunityId community, MessageId id) {
    tx.run("UPDATE device_messages SET tries = tries + 1 WHERE community_id = $1 AND id = $2",
           community, id);
}

void remove(db::Tx& tx, CommunityId community, MessageId id) {
    tx.run("DELETE FROM device_messages WHERE community_id = $1 AND id = $2", community, id);
}

void remove_before(db::Tx& tx, CommunityId community, Instant moment) {
    tx.run("DELETE FROM device_messages WHERE community_id = $1 AND created_at < $2", community,
           moment);
}

}  // namespace torv::devices::store
