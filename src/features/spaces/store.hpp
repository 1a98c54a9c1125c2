#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/spaces/spaces.hpp"

namespace torv::spaces::store {

/// Every space of the community with the role of one member (0: of nobody), whatever they may see.
/// For nobody there is none where guests may not read.
std::vector<Access> accesses(db::Tx& tx, CommunityId community, MemberId member);

/// A space with what concerns one member.
struct Row {
    Space space;
    std::optional<Role> role;
    bool asked = false;
};
/// The same with all that a list shows, in its order, sub-spaces after the one above them by
/// `parent` only.
std::vector<Row> all(db::Tx& tx, CommunityId community, MemberId member);
std::optional<Space> by_id(db::Tx& tx, CommunityId community, SpaceId id);
/// By its slug or one it had before.
std::optional<Space> with_slug(db::Tx& tx, CommunityId community, std::string_view slug);
/// By the present slug or a former one.
std::optional<SpaceId> by_slug(db::Tx& tx, CommunityId community, std::string_view slug);
std::optional<SpaceId> by_source(db::Tx& tx, CommunityId community, std::string_view source);
bool has_children(db::Tx& tx, CommunityId community, SpaceId id);

struct Insert {
    SpaceId id;
    CommunityId community;
    const NewSpace& wanted;
    std::string slug;
    const Founding& how;
};
/// False when a space of this source is there already.
bool insert(db::Tx& tx, const Insert& space);
void update(db::Tx& tx, CommunityId community, SpaceId id, const NewSpace& wanted,
            std::string_view slug);
void keep_slug(db::Tx& tx, CommunityId community, SpaceId id, std::string_view slug);
void drop_slug(db::Tx& tx, CommunityId community, std::string_view slug);
void set_archived(db::Tx& tx, CommunityId community, SpaceId id, std::optional<Instant> at);
/// Ids of the spaces under one (0: at the top), in their order.
std::vector<SpaceId> siblings(db::Tx& tx, CommunityId community, SpaceId parent);
void set_position(db::Tx& tx, CommunityId community, SpaceId id, std::int64_t position);
void count_topics(db::Tx& tx, CommunityId community, SpaceId id, int by);

struct Seat {
    MemberId member;
    Role role = Role::Member;
    Instant since;
};
std::vector<Seat> seats(db::Tx& tx, CommunityId community, SpaceId id, int limit);
/// Moderators of the space; at most 20.
std::vector<MemberId> moderators(db::Tx& tx, CommunityId community, SpaceId id);
/// False when the member has that role already.
bool seat(db::Tx& tx, CommunityId community, SpaceId id, MemberId member, Role role);
bool unseat(db::Tx& tx, CommunityId community, SpaceId id, MemberId member);

bool add_request(db::Tx& tx, CommunityId community, SpaceId id, MemberId member);
bool drop_request(db::Tx& tx, CommunityId community, SpaceId id, MemberId member);
std::vector<MemberId> requests(db::Tx& tx, CommunityId community, SpaceId id);

}  // namespace torv::spaces::store
