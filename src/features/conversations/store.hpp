#pragma once

#include "features/conversations/conversations.hpp"

/// All SQL of the slice.
namespace torv::conversations::store {

std::optional<Conversation> find(db::Tx& tx, CommunityId community, TopicId id);
std::optional<TopicId> of_pair(db::Tx& tx, CommunityId community, MemberId low, MemberId high);
std::unordered_map<TopicId, std::vector<Seat>> seats(db::Tx& tx, CommunityId community,
                                                     const db::Ids& topics);
/// Have both ever joined one conversation?
bool met(db::Tx& tx, CommunityId community, MemberId one, MemberId other);

void hold(db::Tx& tx, CommunityId community, MemberId member);
void insert(db::Tx& tx, CommunityId community, MemberId maker, const Making& making, MemberId low,
            MemberId high);
void put_seat(db::Tx& tx, CommunityId community, TopicId topic, const Seat& seat);
/// False when the seat is not there, or is so already.
bool set_state(db::Tx& tx, CommunityId community, TopicId topic, MemberId member, State state);
void touch(db::Tx& tx, CommunityId community, TopicId topic);
/// Of a question: somebody else than its maker has spoken now, for the first time.
void note_answer(db::Tx& tx, CommunityId community, TopicId topic, MemberId sayer);

/// How many messages were ever written there, deleted ones too, counted up to `limit`.
int said_up_to(db::Tx& tx, CommunityId community, TopicId topic, int limit);
std::int64_t begun_since(db::Tx& tx, CommunityId community, MemberId maker, Instant since);
std::vector<Line> list(db::Tx& tx, CommunityId community, MemberId member, State state,
                       const Line& below, int limit);
std::vector<MemberId> listeners(db::Tx& tx, CommunityId community, TopicId topic, Instant at,
                                MemberId sayer);
std::vector<TopicId> readable(db::Tx& tx, CommunityId community, MemberId member,
                              const db::Ids& topics);

/// For all who may read the conversation, and for one member. In the order of the members, so that
/// two who write do not wait for each other.
void note_changes(db::Tx& tx, CommunityId community, TopicId topic);
void note_change(db::Tx& tx, CommunityId community, MemberId member);
std::vector<std::pair<std::int64_t, std::int64_t>> changes(db::Tx& tx, CommunityId community,
                                                           const db::Ids& members);

Who who(db::Tx& tx, CommunityId community, MemberId member);
void set_who(db::Tx& tx, CommunityId community, MemberId member, Who wanted);

}  // namespace torv::conversations::store
