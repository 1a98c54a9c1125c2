#pragma once

#include <vector>

#include "features/audit/audit.hpp"

namespace torv::audit::store {

void insert(db::Tx& tx, const Event& event);
std::vector<Entry> newest(db::Tx& tx, CommunityId community, EntryId before, int limit);
std::vector<Entry> newest_of(db::Tx& tx, CommunityId community, std::string_view noun,
                             EntryId before, int limit);

// ── the chain ──
/// Its end. {0, ""} while it is empty.
struct Head {
    std::int64_t position = 0;
    std::string hash;
};
Head head(db::Tx& tx, CommunityId community);
/// Until the end of the transaction nobody else adds to this chain.
Head locked_head(db::Tx& tx, CommunityId community);
void set_head(db::Tx& tx, CommunityId community, const Head& head);
/// Oldest first.
std::vector<Entry> unsealed(db::Tx& tx, CommunityId community, int limit);
void seal(db::Tx& tx, CommunityId community, const Entry& entry);
/// In the order of the chain, after a position.
std::vector<Entry> sealed(db::Tx& tx, CommunityId community, std::int64_t after, int limit);
/// The first whose noun is not that of its kind: the filter would hide it. 0: none.
std::int64_t misfiled(db::Tx& tx, CommunityId community);
std::vector<CommunityId> communities_waiting(db::Tx& tx);
std::vector<CommunityId> communities_sealed(db::Tx& tx);

}  // namespace torv::audit::store
