#pragma once

#include "features/scheduling/scheduling.hpp"

/// All SQL of the slice.
namespace torv::scheduling::store {

void insert(db::Tx& tx, CommunityId community, const Scheduled& one);
/// Title, body, moments and when it is due; it has not failed.
void update(db::Tx& tx, CommunityId community, const Scheduled& one);
std::optional<Scheduled> find(db::Tx& tx, CommunityId community, ScheduledId id);
/// The same, the row kept until the end of the transaction.
std::optional<Scheduled> locked(db::Tx& tx, CommunityId community, ScheduledId id);
/// False when there was none.
bool drop(db::Tx& tx, CommunityId community, ScheduledId id);
/// Posted once more; due again then.
void advance(db::Tx& tx, CommunityId community, ScheduledId id, Instant due_at);
void fail(db::Tx& tx, CommunityId community, ScheduledId id, std::string_view fault);
std::vector<Scheduled> list(db::Tx& tx, CommunityId community, MemberId author, int limit);
std::int64_t count(db::Tx& tx, CommunityId community, MemberId author, int limit);

}  // namespace torv::scheduling::store
