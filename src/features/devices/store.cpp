#include "features/devices/store.hpp"

namespace torv::devices::store {

namespace {

Device device_from(const db::Row& row) {
    return {.id = row.get<DeviceId>(0),
            .member = row.get<MemberId>(1),
            .session = row.get<SessionId>(2),
            .endpoint = row.get<std::string>(3),
            .p256dh = row.get<std::string>(4),
            .auth = row.get<std::string>(5),
            .name = row.get<std::string>(6),
            .created_at = row.get<Instant>(7),
            .told_at = row.get<std::optional<Instant>>(8),
            .refusals = row.get<std::int64_t>(9)};
}

#define DEVICE_COLUMNS                                                               \
    "SELECT d.id, d.member_id, d.session_id, d.endpoint, d.p256dh, d.auth, d.name, " \
    "d.created_at, d.told_at, d.refusals FROM devices d "

}  // namespace

std::optional<std::string> kept_keys(db::Tx& tx) {
    const auto row = tx.one("SELECT value FROM installation WHERE name = 'push_keys'");
    if (!row) return std::nullopt;
    return row->get<std::string>(0);
}

std::string keep_keys(db::Tx& tx, std::string_view keys) {
    tx.run(
        "INSERT INTO installation (name, value) VALUES ('push_keys', $1) ON CONFLICT (name) DO "
        "NOTHING",
        keys);
    return kept_keys(tx).value();
}

void put(db::Tx& tx, CommunityId community, const Device& device, std::string_view endpoint_hash) {
    // What was on its way to whoever had this browser before is not for its new reader.
    tx.run(R"sql(
        DELETE FROM device_messages
         WHERE community_id = $1
           AND device_id IN (SELECT d.id FROM devices d
                              WHERE d.community_id = $1 AND d.endpoint_hash = $2 AND d.member_id <> $3)
    )sql",
           community, endpoint_hash, device.member);
    tx.run(R"sql(
        INSERT INTO devices (id, community_id, member_id, session_id, endpoint_hash, endpoint, p256dh, auth, name,
                             created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (community_id, endpoint_hash)
        DO UPDATE SET member_id = excluded.member_id, session_id = excluded.session_id,
                      p256dh = excluded.p256dh, auth = excluded.auth, name = excluded.name, refusals = 0
    )sql",
           tx.new_id<DeviceId>(), community, device.member, device.session, endpoint_hash,
           device.endpoint, device.p256dh, device.auth, device.name, tx.now());
}

std::vector<Device> of_member(db::Tx& tx, CommunityId community, MemberId member, int limit) {
    return tx.all(device_from, DEVICE_COLUMNS R"sql(
         WHERE d.community_id = $1 AND d.member_id = $2
         ORDER BY d.id DESC
         LIMIT $3
    )sql",
                  community, member, limit);
}

std::optional<Device> find(db::Tx& tx, CommunityId community, DeviceId id) {
    const auto row =
        tx.one(DEVICE_COLUMNS "WHERE d.community_id = $1 AND d.id = $2", community, id);
    if (!row) return std::nullopt;
    return device_from(*row);
}

bool remove(db::Tx& tx, CommunityId community, MemberId member, DeviceId id) {
    const auto device = find(tx, community, id);
    return device && device->member == member && remove(tx, community, id);
}

bool remove(db::Tx& tx, CommunityId community, DeviceId id) {
    tx.run("DELETE FROM device_messages WHERE community_id = $1 AND device_id = $2", community, id);
    return tx.run("DELETE FROM devices WHERE community_id = $1 AND id = $2", community, id) == 1;
}

void note_taken(db::Tx& tx, CommunityId community, DeviceId id) {
    tx.run("UPDATE devices SET told_at = $3, refusals = 0 WHERE community_id = $1 AND id = $2",
           community, id, tx.now());
}

void note_refused(db::Tx& tx, CommunityId community, DeviceId id) {
    tx.run("UPDATE devices SET refusals = refusals + 1 WHERE community_id = $1 AND id = $2",
           community, id);
}

std::vector<Device> all(db::Tx& tx, CommunityId community, DeviceId after, int limit) {
    return tx.all(device_from, DEVICE_COLUMNS R"sql(
         WHERE d.community_id = $1 AND d.id > $2
         ORDER BY d.id
         LIMIT $3
    )sql",
                  community, after, limit);
}

Choice choice(db::Tx& tx, CommunityId community, MemberId member) {
    Choice found;
    const auto row = tx.one(R"sql(
        SELECT c.kinds, c.weekly_limit
          FROM device_choices c
         WHERE c.community_id = $1 AND c.member_id = $2
    )sql",
                            community, member);
    if (!row) return found;
    set_kinds(found, row->get<std::string>(0));
    found.weekly_limit = row->get<int>(1);
    return found;
}

void save_choice(db::Tx& tx, CommunityId community, MemberId member, const Choice& choice) {
    tx.run(R"sql(
        INSERT INTO device_choices (community_id, member_id, kinds, weekly_limit)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (community_id, member_id)
        DO UPDATE SET kinds = excluded.kinds, weekly_limit = excluded.weekly_limit
    )sql",
           community, member, kinds_text(choice), choice.weekly_limit);
}

}  // namespace torv::devices::store
