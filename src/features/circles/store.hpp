#pragma once

#include "features/circles/circles.hpp"
#include "platform/web/keyset.hpp"

/// All SQL of the slice.
namespace torv::circles::store {

/// What decides which circles somebody sees: nobody's `member` is 0.
struct Eyes {
    MemberId member;
    Visibility least = Visibility::Everyone;  ///< and what is more open
    bool team = false;                        ///< sees all
};
std::vector<Circle> list(db::Tx& tx, CommunityId community, const Eyes& eyes, int limit);
std::optional<Circle> by_id(db::Tx& tx, CommunityId community, const Eyes& eyes, CircleId id);
std::optional<Circle> by_slug(db::Tx& tx, CommunityId community, const Eyes& eyes,
                              std::string_view slug);
std::vector<Circle> of_member(db::Tx& tx, CommunityId community, const Eyes& eyes, MemberId member,
                              int limit);
std::vector<Circle> opening(db::Tx& tx, CommunityId community, const Eyes& eyes, SpaceId space,
                            int limit);
std::unordered_map<CircleId, Named> names(db::Tx& tx, CommunityId community, const db::Ids& ids);

bool slug_taken(db::Tx& tx, CommunityId community, std::string_view slug);
void insert(db::Tx& tx, CommunityId community, MemberId by, const Circle& circle);
void update(db::Tx& tx, CommunityId community, const Circle& circle);
/// With everybody in it, every request and every door.
void remove(db::Tx& tx, CommunityId community, CircleId id);

struct Person {
    MemberId member;
    Instant since;
};
/// Active members in it, the newest first.
std::vector<Person> people(db::Tx& tx, CommunityId community, CircleId id, web::Keyset below,
                           int limit);
/// False when they were in already, or are no active member. Counts.
bool add(db::Tx& tx, CommunityId community, CircleId id, MemberId member);
/// False when they were not in. Counts.
bool take_out(db::Tx& tx, CommunityId community, CircleId id, MemberId member);

struct Seat {
    CircleId circle;
    MemberId member;
};
/// In a circle of a community they have left.
std::vector<Seat> gone(db::Tx& tx, CommunityId community, int limit);

struct Request {
    MemberId member;
    std::string answer;
    Instant at;
};
/// Of active members, the oldest first.
std::vector<Request> requests(db::Tx& tx, CommunityId community, CircleId id, int limit);
bool add_request(db::Tx& tx, CommunityId community, CircleId id, MemberId member,
                 std::string_view answer);
bool drop_request(db::Tx& tx, CommunityId community, CircleId id, MemberId member);

// ── rules (rules_store.cpp) ──
/// Active members who fulfil it now, in the order of their ids.
std::vector<MemberId> fulfilling(db::Tx& tx, CommunityId community, const Rule& rule);
/// Whoever is in it, in the order of their ids.
std::vector<MemberId> everybody(db::Tx& tx, CommunityId community, CircleId id);
/// Without a metric: there is none any more. Requests go.
void set_rule(db::Tx& tx, CommunityId community, CircleId id, const Rule& rule);
struct Ruled {
    std::int64_t version = 0;  ///< grows when the rule changes
    Rule rule;
};
std::optional<Ruled> ruled(db::Tx& tx, CommunityId community, CircleId id);
/// Has it still this rule? Holds the row until the transaction ends.
bool still_ruled(db::Tx& tx, CommunityId community, CircleId id, std::int64_t version);
std::vector<CircleId> all_ruled(db::Tx& tx, CommunityId community);

bool open_space(db::Tx& tx, CommunityId community, CircleId id, SpaceId space);
bool close_space(db::Tx& tx, CommunityId community, CircleId id, SpaceId space);

}  // namespace torv::circles::store
