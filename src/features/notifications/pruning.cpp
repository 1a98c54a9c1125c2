#include <algorithm>

#include "features/community/community.hpp"
#include "features/notifications/store.hpp"

namespace torv::notifications {

namespace {

constexpr int kMembersAtOnce = 20;  // in a write: people wait behind it on SQLite

struct Pruned {
    MemberId last;  ///< 0: that was all
    std::int64_t count = 0;
};

Pruned prune_some(db::Tx& tx, CommunityId community, MemberId after, Keep keep) {
    tx.shown_to_no_other();
    const auto members = store::told_ever(tx, community, after, kMembersAtOnce);
    db::Ids ids;
    for (const MemberId one : members) ids.values.push_back(one.value);
    if (ids.values.empty()) return {};
    auto changed = store::prune(tx, community, ids, tx.now() - keep.read, tx.now() - keep.unread);
    const auto count = static_cast<std::int64_t>(changed.size());
    store::note_changes(tx, community, std::move(changed));
    return {.last = members.back(), .count = count};
}

}  // namespace

std::int64_t prune(db::Db& db, Keep keep) {
    std::int64_t count = 0;
    for (const auto& community : db.read([](db::Tx& tx) { return community::all(tx); })) {
        for (MemberId after;;) {
            const Pruned pruned =
                db.write([&](db::Tx& tx) { return prune_some(tx, community.id, after, keep); },
                         db::Priority::Background);
            count += pruned.count;
            if (!pruned.last) break;
            after = pruned.last;
        }
    }
    return count;
}

}  // namespace torv::notifications
