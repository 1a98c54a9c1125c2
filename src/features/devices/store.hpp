#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/devices/devices.hpp"
#include "features/devices/rules.hpp"
#include "platform/base/ids.hpp"

/// All SQL of devices (store.cpp) and of what goes to them (outbox_store.cpp).
namespace torv::devices::store {

using MessageId = Id<struct DeviceMessageTag>;

struct Device {
    DeviceId id;
    MemberId member;
    SessionId session;
    std::string endpoint;
    std::string p256dh;
    std::string auth;
    std::string name;
    Instant created_at;
    std::optional<Instant> told_at;
    std::int64_t refusals = 0;
};

/// The installation's keys as text, if it has some; the first to keep theirs wins.
std::optional<std::string> kept_keys(db::Tx& tx);
std::string keep_keys(db::Tx& tx, std::string_view keys);

/// A row for the browser of this address; one that is there is taken over.
void put(db::Tx& tx, CommunityId community, const Device& device, std::string_view endpoint_hash);
/// The member's, newest first.
std::vector<Device> of_member(db::Tx& tx, CommunityId community, MemberId member, int limit);
std::optional<Device> find(db::Tx& tx, CommunityId community, DeviceId id);
/// Each takes along what was on its way there. False: it was not there.
bool remove(db::Tx& tx, CommunityId community, MemberId member, DeviceId id);
bool remove(db::Tx& tx, CommunityId community, DeviceId id);
void note_taken(db::Tx& tx, CommunityId community, DeviceId id);
void note_refused(db::Tx& tx, CommunityId community, DeviceId id);
/// In the order of their ids, after `after`.
std::vector<Device> all(db::Tx& tx, CommunityId community, DeviceId after, int limit);

Choice choice(db::Tx& tx, CommunityId community, MemberId member);
void save_choice(db::Tx& tx, CommunityId community, MemberId member, const Choice& choice);

// ── turns ──
struct Turn {
    MemberId member;
    std::int64_t position = 0;
    Instant since;
    bool held = false;
    std::int64_t told_until = 0;
    std::vector<Instant> sent;
};
/// The member's turn comes then, or sooner as before; nothing for who has no device.
void queue(db::Tx& tx, CommunityId community, MemberId member, std::int64_t position, Instant due);
/// What has happened up to this position is no news to the member's first device.
void begin(db::Tx& tx, CommunityId community, MemberId member, std::int64_t position);
bool any_due(db::Tx& tx, CommunityId community);
/// Whose turn it is, locked, passing over what another node has locked.
std::vector<Turn> due(db::Tx& tx, CommunityId community, int limit);
std::optional<Turn> turn(db::Tx& tx, CommunityId community, MemberId member);
/// Looks again then; nothing: when something new waits.
void postpone(db::Tx& tx, CommunityId community, MemberId member, std::optional<Instant> until,
              bool held);
/// `count` notifications have told everything up to this position.
void told(db::Tx& tx, CommunityId community, const Turn& before, std::int64_t until, int count);

// ── on their way ──
struct Message {
    MessageId id;
    DeviceId device;
    std::string tag;
    int tries = 0;
    Instant created_at;
};
MessageId insert(db::Tx& tx, CommunityId community, DeviceId device, std::string_view tag);
std::optional<Message> message(db::Tx& tx, CommunityId community, MessageId id);
void note_try(db::Tx& tx, CommunityId community, MessageId id);
void remove(db::Tx& tx, CommunityId community, MessageId id);
void remove_before(db::Tx& tx, CommunityId community, Instant moment);

}  // namespace torv::devices::store
