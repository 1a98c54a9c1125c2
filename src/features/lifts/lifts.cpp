#include "features/lifts/lifts.hpp"

#include "features/lifts/store.hpp"

namespace torv::lifts {

LiftId keep(db::Tx& tx, CommunityId community, const Lift& lift, const std::vector<PostId>& posts) {
    Lift made = lift;
    made.id = tx.new_id<LiftId>();
    store::insert(tx, community, made);
    store::insert_posts(tx, community, made.id, posts);
    return made.id;
}

std::optional<Lift> locked(db::Tx& tx, CommunityId community, LiftId id) {
    return store::find(tx, community, id, store::Row::Kept);
}

std::optional<Lift> find(db::Tx& tx, CommunityId community, LiftId id) {
    return store::find(tx, community, id, store::Row::Looked);
}

std::vector<PostId> posts(db::Tx& tx, CommunityId community, LiftId id) {
    return store::posts(tx, community, id);
}

void undo(db::Tx& tx, CommunityId community, LiftId id, MemberId by) {
    store::set_undone(tx, community, id, tx.now(), by);
}

std::vector<Lift> out_of(db::Tx& tx, CommunityId community, TopicId from, Instant since,
                         Instant until) {
    constexpr int kOnPage = 50;
    return store::out_of(tx, community, from, since, until, kOnPage);
}

std::vector<Lift> into(db::Tx& tx, CommunityId community, TopicId to) {
    constexpr int kNamed = 5;
    return store::into(tx, community, to, kNamed);
}

}  // namespace torv::lifts
