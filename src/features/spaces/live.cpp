#include "platform/live/live.hpp"

#include "features/spaces/spaces.hpp"

namespace torv::spaces {

namespace {

using live::Audience;

std::optional<Audience> follow(db::Tx& tx, const auth::Viewer& viewer, std::int64_t id) {
    const auto all = readable(tx, viewer);
    const Access* space = all.find(SpaceId{id});
    if (!space) return std::nullopt;
    if (may_moderate(viewer, *space)) return Audience::Moderator;
    if (may_write(viewer, *space)) return Audience::Writer;
    return viewer.is_member() ? Audience::Reader : Audience::Guest;
}

std::vector<SpaceId> readable_ids(db::Tx& tx, const auth::Viewer& viewer) {
    std::vector<SpaceId> ids;
    for (const Access& space : readable(tx, viewer).spaces) ids.push_back(space.id);
    return ids;
}

}  // namespace

void live(live::Registry& registry) {
    registry.stream("space", follow);
    registry.readable(readable_ids);
}

}  // namespace torv::spaces
