#include <algorithm>
#include <unordered_set>

#include "features/reads/reads.hpp"
#include "features/spaces/input.hpp"
#include "features/spaces/spaces.hpp"
#include "features/spaces/store.hpp"

namespace torv::spaces {

namespace {

Access access_of(const store::Row& row) {
    return {.id = row.space.id,
            .parent = row.space.parent,
            .kind = row.space.kind,
            .visibility = row.space.visibility,
            .starters = row.space.starters,
            .role = row.role,
            .archived = static_cast<bool>(row.space.archived_at)};
}

/// Its name only: nothing of what is said in it.
Space name_only(const Space& space) {
    return {.id = space.id,
            .parent = space.parent,
            .slug = space.slug,
            .name = space.name,
            .icon = space.icon,
            .kind = space.kind,
            .visibility = space.visibility};
}

/// Members may know of a private space when they may read the one above it.
bool may_know(const auth::Viewer& viewer, const Space& space, const db::Ids& readable) {
    if (!viewer.is_member() || space.visibility != Visibility::Private || space.archived_at)
        return false;
    return !space.parent ||
           std::ranges::find(readable.values, space.parent.value) != readable.values.end();
}

void append(std::vector<Entry>& list, const store::Row& row, const auth::Viewer& viewer,
            const db::Ids& ids, const std::unordered_set<SpaceId>& unread) {
    const bool open = std::ranges::find(ids.values, row.space.id.value) != ids.values.end();
    if (!open && !may_know(viewer, row.space, ids)) return;
    list.push_back({.space = open ? row.space : name_only(row.space),
                    .readable = open,
                    .unread = open && unread.contains(row.space.id),
                    .may_start = open && may_start(viewer, access_of(row)),
                    .asked = row.asked});
}

}  // namespace

std::vector<Entry> entries(db::Tx& tx, const auth::Viewer& viewer) {
    const MemberId member = viewer.is_member() ? viewer.id : MemberId{};
    const auto rows = store::all(tx, viewer.community, member);
    std::vector<Access> accesses;
    for (const auto& row : rows) accesses.push_back(access_of(row));
    const db::Ids ids = open_spaces(viewer, accesses);
    const auto unread = reads::unread_spaces(tx, viewer, ids);

    std::vector<Entry> list;
    for (const auto& row : rows) {
        if (row.space.parent) continue;
        append(list, row, viewer, ids, unread);
        for (const auto& below : rows)
            if (below.space.parent == row.space.id) append(list, below, viewer, ids, unread);
    }
    return list;
}

std::vector<Entry> sidebar(db::Tx& tx, const auth::Viewer& viewer) {
    std::vector<Entry> list = entries(tx, viewer);
    std::erase_if(list,
                  [](const Entry& entry) { return static_cast<bool>(entry.space.archived_at); });
    return list;
}

}  // namespace torv::spaces
