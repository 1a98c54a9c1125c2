#include "features/spaces/spaces.hpp"

#include <algorithm>

#include "features/community/community.hpp"
#include "features/modlog/modlog.hpp"
#include "features/spaces/input.hpp"
#include "features/spaces/store.hpp"
#include "platform/activity/activity.hpp"

namespace torv::spaces {

namespace {

void announce(db::Tx& tx, const auth::Viewer& viewer, std::string_view kind, SpaceId id) {
    activity::announce(tx, {.community = viewer.community,
                            .kind = kind,
                            .actor = viewer.id,
                            .subject = {"space", id.value},
                            .space = id});
}

Result<Space> for_admin(db::Tx& tx, const auth::Viewer& viewer, SpaceId id) {
    if (!viewer.may_administer()) return fail(Fault::NotFound, "spaces.not_found");
    auto space = store::by_id(tx, viewer.community, id);
    if (!space) return fail(Fault::NotFound, "spaces.not_found");
    return *std::move(space);
}

Done check_parent(db::Tx& tx, CommunityId community, SpaceId parent, SpaceId self) {
    if (!parent) return Unit{};
    const auto above = store::by_id(tx, community, parent);
    if (!above || parent == self) return fail(Fault::Invalid, "spaces.parent_unknown", "parent");
    if (above->parent || (self && store::has_children(tx, community, self)))
        return fail(Fault::Invalid, "spaces.parent_too_deep", "parent");
    return Unit{};
}

/// A wished slug as it is, or Conflict; one made from the name gets a number when it is taken.
Result<std::string> free_slug(db::Tx& tx, CommunityId community, const NewSpace& wanted,
                              SpaceId self) {
    const auto taken = [&](std::string_view slug) {
        const auto holder = store::by_slug(tx, community, slug);
        return holder && *holder != self;
    };
    if (!wanted.slug.empty()) {
        if (taken(wanted.slug)) return fail(Fault::Conflict, "spaces.slug_taken", "slug");
        return wanted.slug;
    }
    const std::string base = slug_of(wanted.name);
    std::string slug = base;
    for (int n = 2; taken(slug); ++n) slug = base + "-" + std::to_string(n);
    return slug;
}

Result<SpaceId> make(db::Tx& tx, CommunityId community, const NewSpace& typed,
                     const Founding& how) {
    const NewSpace wanted = TRY(checked(typed));
    TRY(check_parent(tx, community, wanted.parent, {}));
    const std::string slug = TRY(free_slug(tx, community, wanted, {}));
    const auto id = tx.new_id<SpaceId>();
    if (!store::insert(
            tx, {.id = id, .community = community, .wanted = wanted, .slug = slug, .how = how}))
        return store::by_source(tx, community, how.source).value_or(id);  // somebody was quicker
    const bool closed = wanted.visibility >= Visibility::Private;
    if (how.by && closed) store::seat(tx, community, id, how.by, Role::Moderator);
    community::grow_access_version(tx, community);
    activity::announce(
        tx, {.community = community,
             .kind = "space.created",
             .actor = how.by,
             .subject = {"space", id.value},
             .space = id,
             .happened_at = how.happened_at ? how.happened_at : tx.now(),
             .origin = how.imported ? activity::Origin::Imported : activity::Origin::Lived});
    return id;
}

Done set_archived(db::Tx& tx, const auth::Viewer& viewer, SpaceId id, bool archived) {
    const Space space = TRY(for_admin(tx, viewer, id));
    if (static_cast<bool>(space.archived_at) == archived) return Unit{};
    store::set_archived(tx, viewer.community, id,
                        archived ? std::optional(tx.now()) : std::nullopt);
    const std::string_view act = archived ? "space.archived" : "space.reopened";
    modlog::record(tx, viewer, act, {"space", id.value}, id);
    community::grow_access_version(tx, viewer.community);
    announce(tx, viewer, act, id);
    return Unit{};
}

/// What only admins may change stays as it is for a space's own moderators.
Done check_edit_rights(const auth::Viewer& viewer, const Space& space, const NewSpace& wanted) {
    if (viewer.may_administer() && viewer.scope == auth::Scope::Admin) return Unit{};
    if (wanted.visibility != space.visibility || wanted.parent != space.parent)
        return fail(Fault::Forbidden, "spaces.admins_only", "visibility");
    return Unit{};
}

}  // namespace

SpaceId post_box(db::Tx& tx, CommunityId community) {
    constexpr std::string_view kSource = "torv:messages";
    if (const auto known = store::by_source(tx, community, kSource)) return *known;
    const auto id = tx.new_id<SpaceId>();
    // No slug that somebody types has a colon.
    const NewSpace box{.name = ":messages", .kind = Kind::Chat, .visibility = Visibility::Direct};
    const Founding how{.source = std::string(kSource)};
    const bool made = store::insert(
        tx, {.id = id, .community = community, .wanted = box, .slug = box.name, .how = how});
    return made ? id : store::by_source(tx, community, kSource).value_or(id);
}

Result<SpaceId> create(db::Tx& tx, const auth::Viewer& viewer, const NewSpace& wanted) {
    if (!viewer.may_administer()) return fail(Fault::Forbidden, "spaces.admins_only");
    const SpaceId id = TRY(make(tx, viewer.community, wanted, {.by = viewer.id}));
    modlog::record(tx, viewer, "space.created", {"space", id.value}, id);
    return id;
}

Result<SpaceId> found(db::Tx& tx, CommunityId community, const NewSpace& wanted,
                      const Founding& how) {
    if (!how.source.empty())
        if (const auto known = store::by_source(tx, community, how.source)) return *known;
    return make(tx, community, wanted, how);
}

Done edit(db::Tx& tx, const auth::Viewer& viewer, SpaceId id, const NewSpace& typed) {
    const Space space = TRY(managed(tx, viewer, id));
    NewSpace wanted = TRY(checked(typed));
    TRY(check_edit_rights(viewer, space, wanted));
    if ((wanted.kind == Kind::Chat) != (space.kind == Kind::Chat))
        return fail(Fault::Invalid, "spaces.kind_fixed", "kind");
    if (wanted.parent != space.parent) TRY(check_parent(tx, viewer.community, wanted.parent, id));
    if (wanted.slug.empty()) wanted.slug = space.slug;
    const std::string slug = TRY(free_slug(tx, viewer.community, wanted, id));
    if (slug != space.slug) {
        store::drop_slug(tx, viewer.community, slug);  // back to a former one
        store::keep_slug(tx, viewer.community, id, space.slug);
    }
    store::update(tx, viewer.community, id, wanted, slug);
    const bool closed = wanted.visibility >= Visibility::Private;
    if (closed && space.visibility < Visibility::Private)
        store::seat(tx, viewer.community, id, viewer.id, Role::Moderator);
    modlog::record(tx, viewer, "space.edited", {"space", id.value}, id);
    community::grow_access_version(tx, viewer.community);
    announce(tx, viewer, "space.edited", id);
    return Unit{};
}

Done archive(db::Tx& tx, const auth::Viewer& viewer, SpaceId id) {
    return set_archived(tx, viewer, id, true);
}

Done reopen(db::Tx& tx, const auth::Viewer& viewer, SpaceId id) {
    return set_archived(tx, viewer, id, false);
}

Done shift(db::Tx& tx, const auth::Viewer& viewer, SpaceId id, Step step) {
    const Space space = TRY(for_admin(tx, viewer, id));
    auto order = store::siblings(tx, viewer.community, space.parent);
    const auto at = std::ranges::find(order, id);
    if (step == Step::Up && at != order.begin()) std::iter_swap(at, at - 1);
    if (step == Step::Down && at + 1 < order.end()) std::iter_swap(at, at + 1);
    for (std::size_t i = 0; i < order.size(); ++i)
        store::set_position(tx, viewer.community, order[i], static_cast<std::int64_t>(i) + 1);
    return Unit{};
}

Result<Space> find(db::Tx& tx, const auth::Viewer& viewer, SpaceId id) {
    const Readable all = readable(tx, viewer);
    auto space = all.find(id) ? store::by_id(tx, viewer.community, id) : std::nullopt;
    if (!space) return fail(Fault::NotFound, "spaces.not_found");
    return *std::move(space);
}

Result<Space> find(db::Tx& tx, const auth::Viewer& viewer, std::string_view slug) {
    return find(tx, viewer.community, slug, readable(tx, viewer));
}

Result<Space> find(db::Tx& tx, CommunityId community, std::string_view slug,
                   const Readable& readable) {
    auto space = store::with_slug(tx, community, slug);
    if (!space || !readable.find(space->id)) return fail(Fault::NotFound, "spaces.not_found");
    return *std::move(space);
}

std::vector<MemberId> moderators(db::Tx& tx, CommunityId community, SpaceId id) {
    return store::moderators(tx, community, id);
}

void count_topics(db::Tx& tx, CommunityId community, SpaceId id, int by) {
    store::count_topics(tx, community, id, by);
}

}  // namespace torv::spaces
