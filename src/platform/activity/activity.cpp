#include "platform/activity/activity.hpp"

#include "platform/activity/consumer.hpp"
#include "platform/activity/store.hpp"

namespace torv::activity {

void announce(db::Tx& tx, const Announcement& what) {
    store::insert(tx, what);
    tx.wake(kWritten);
}

std::vector<Activity> since(db::Tx& tx, CommunityId community, std::int64_t position, int limit) {
    return store::since(tx, community, position, limit);
}

std::int64_t head(db::Tx& tx, CommunityId community) { return store::head(tx, community); }

}  // namespace torv::activity
