#include <algorithm>
#include <unordered_map>

#include "features/spaces/input.hpp"
#include "features/spaces/spaces.hpp"
#include "features/spaces/store.hpp"

namespace torv::spaces {

namespace {

bool open_to(const auth::Viewer& viewer, const Access& space) {
    switch (space.visibility) {
        case Visibility::Public: return true;
        case Visibility::Members: return viewer.is_member();
        case Visibility::Private:
            return viewer.may_administer() || (viewer.is_member() && space.role.has_value());
        case Visibility::Secret: return viewer.is_member() && space.role.has_value();
        case Visibility::Direct: return false;
    }
    return false;
}

}  // namespace

const Access* Readable::find(SpaceId id) const {
    const auto found = std::ranges::find(spaces, id, &Access::id);
    return found == spaces.end() ? nullptr : &*found;
}

db::Ids open_spaces(const auth::Viewer& viewer, const std::vector<Access>& all) {
    std::unordered_map<SpaceId, bool> open;
    for (const Access& space : all) open[space.id] = open_to(viewer, space);
    db::Ids ids;
    for (const Access& space : all)
        if (open[space.id] && (!space.parent || open[space.parent]))
            ids.values.push_back(space.id.value);
    return ids;
}

Readable readable(db::Tx& tx, const auth::Viewer& viewer) {
    std::vector<Access> all =
        store::accesses(tx, viewer.community, viewer.is_member() ? viewer.id : MemberId{});
    Readable readable{.ids = open_spaces(viewer, all)};
    for (Access& space : all)
        if (std::ranges::find(readable.ids.values, space.id.value) != readable.ids.values.end())
            readable.spaces.push_back(std::move(space));
    return readable;
}

std::optional<Access> access(db::Tx& tx, CommunityId community, SpaceId id) {
    constexpr MemberId kNobody{-1};  // 0 would be a guest, from whom a closed community hides all
    for (Access& space : store::accesses(tx, community, kNobody))
        if (space.id == id) return std::move(space);
    return std::nullopt;
}

bool may_write(const auth::Viewer& viewer, const Access& space) {
    if (!viewer.is_member() || space.archived) return false;
    return space.role != Role::Reader;
}

bool may_start(const auth::Viewer& viewer, const Access& space) {
    if (!may_write(viewer, space)) return false;
    return space.starters == Starters::Writers || may_moderate(viewer, space);
}

bool may_moderate(const auth::Viewer& viewer, const Access& space) {
    if (space.visibility == Visibility::Direct) return false;
    return viewer.may_moderate() || (viewer.is_member() && space.role == Role::Moderator);
}

bool may_write(db::Tx& tx, const auth::Viewer& viewer, SpaceId id) {
    const Readable all = readable(tx, viewer);
    const Access* space = all.find(id);
    return space && may_write(viewer, *space);
}

bool may_read(db::Tx& tx, CommunityId community, MemberId member, auth::Role role, SpaceId space) {
    const auth::Viewer viewer{.community = community, .id = member, .role = role};
    return readable(tx, viewer).find(space) != nullptr;
}

bool may_moderate(db::Tx& tx, const auth::Viewer& viewer, SpaceId id) {
    const Readable all = readable(tx, viewer);
    const Access* space = all.find(id);
    return space && may_moderate(viewer, *space);
}

}  // namespace torv::spaces
