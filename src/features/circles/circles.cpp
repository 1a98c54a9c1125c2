#include "features/circles/circles.hpp"

#include <algorithm>
#include <array>

#include "features/circles/rules.hpp"
#include "features/community/community.hpp"
#include "features/members/members.hpp"
#include "features/modlog/modlog.hpp"
#include "platform/activity/activity.hpp"
#include "platform/base/text.hpp"
#include "platform/i18n/i18n.hpp"
#include "platform/i18n/marks.hpp"

namespace torv::circles {

namespace {

constexpr std::array<std::string_view, 3> kVisibilities{"everyone", "members", "own"};
constexpr std::array<std::string_view, 4> kEntries{"closed", "request", "open", "rule"};

template <class Enum, std::size_t Size>
std::optional<Enum> named(const std::array<std::string_view, Size>& names, std::string_view name) {
    for (std::size_t i = 0; i < Size; ++i)
        if (names[i] == name) return static_cast<Enum>(i);
    return std::nullopt;
}

std::unexpected<Error> not_found() { return fail(Fault::NotFound, "circles.not_found"); }

Result<Circle> or_not_found(std::optional<Circle> circle) {
    if (!circle) return not_found();
    return *std::move(circle);
}

/// In the order of the community's language.
std::vector<Circle> by_name(const auth::Viewer& viewer, std::vector<Circle> list) {
    std::vector<std::pair<std::string, std::size_t>> order;
    for (std::size_t i = 0; i < list.size(); ++i)
        order.emplace_back(i18n::sort_key(viewer.language, list[i].name), i);
    std::sort(order.begin(), order.end());
    std::vector<Circle> sorted;
    for (const auto& [key, at] : order) sorted.push_back(std::move(list[at]));
    return sorted;
}

void announce(db::Tx& tx, const auth::Viewer& viewer, std::string_view kind, CircleId id) {
    activity::announce(tx, {.community = viewer.community,
                            .kind = kind,
                            .actor = viewer.id,
                            .subject = {"circle", id.value}});
    modlog::record(tx, viewer, kind, {"circle", id.value});
}

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

Result<NewCircle> checked(const NewCircle& typed) {
    NewCircle wanted = typed;
    wanted.name = i18n::tidy(typed.name);
    wanted.description = i18n::tidy(typed.description);
    wanted.question = i18n::tidy(typed.question);
    const std::size_t length = code_points(wanted.name);
    if (length < 1 || length > kNameMax || has_control(wanted.name))
        return fail(Fault::Invalid, "circles.name_length", "name");
    if (code_points(wanted.description) > kDescriptionMax)
        return fail(Fault::Invalid, "circles.description_length", "description");
    if (code_points(wanted.question) > kQuestionMax)
        return fail(Fault::Invalid, "circles.question_length", "question");
    // Nobody asks to come into what they do not see.
    const bool asks = wanted.entry == Entry::Request || wanted.entry == Entry::Open;
    if (wanted.visibility == Visibility::Own && asks)
        return fail(Fault::Invalid, "circles.own_is_closed", "entry");
    return wanted;
}

/// "new" is the address of the form.
std::string free_slug(db::Tx& tx, CommunityId community, std::string_view name) {
    std::string base = slugify(name);
    if (base.size() > 50) base.resize(base.find_last_not_of('-', 49) + 1);
    if (base.empty() || base == "new") base = "circle";
    std::string slug = base;
    for (int n = 2; store::slug_taken(tx, community, slug); ++n)
        slug = base + "-" + std::to_string(n);
    return slug;
}

Result<Circle> managed(db::Tx& tx, const auth::Viewer& viewer, CircleId id) {
    Circle circle = TRY(find(tx, viewer, id));
    if (!may_manage(viewer)) return fail(Fault::Forbidden, "circles.admins_only");
    return circle;
}

void fill(Circle& circle, const NewCircle& wanted) {
    circle.name = wanted.name;
    circle.description = wanted.description;
    circle.visibility = wanted.visibility;
    circle.entry = wanted.entry;
    circle.question = wanted.question;
}

}  // namespace

std::string_view visibility_name(Visibility visibility) {
    return kVisibilities[static_cast<std::size_t>(visibility)];
}
std::optional<Visibility> visibility_from(std::string_view name) {
    return named<Visibility>(kVisibilities, name);
}
std::string_view entry_name(Entry entry) { return kEntries[static_cast<std::size_t>(entry)]; }
std::optional<Entry> entry_from(std::string_view name) {
    const auto entry = named<Entry>(kEntries, name);
    return entry == Entry::Rule ? std::nullopt : entry;
}

std::string path(std::string_view slug) { return "/circles/" + std::string(slug); }

store::Eyes eyes_of(const auth::Viewer& viewer) {
    return {.member = viewer.is_member() ? viewer.id : MemberId{},
            .least = viewer.is_member() ? Visibility::Members : Visibility::Everyone,
            .team = viewer.may_moderate()};
}

std::vector<Circle> list(db::Tx& tx, const auth::Viewer& viewer) {
    return by_name(viewer, store::list(tx, viewer.community, eyes_of(viewer), kMost));
}

Result<Circle> find(db::Tx& tx, const auth::Viewer& viewer, CircleId id) {
    return or_not_found(store::by_id(tx, viewer.community, eyes_of(viewer), id));
}

Result<Circle> find(db::Tx& tx, const auth::Viewer& viewer, std::string_view slug) {
    return or_not_found(store::by_slug(tx, viewer.community, eyes_of(viewer), slug));
}

std::vector<Circle> of_member(db::Tx& tx, const auth::Viewer& viewer, MemberId member) {
    return by_name(viewer, store::of_member(tx, viewer.community, eyes_of(viewer), member, kMost));
}

Opening opening(db::Tx& tx, const auth::Viewer& viewer, SpaceId space) {
    const auto all = store::opening(tx, viewer.community, {.team = true}, space, kMost);
    Opening found{.circles = by_name(
                      viewer, store::opening(tx, viewer.community, eyes_of(viewer), space, kMost))};
    found.unseen = static_cast<std::int64_t>(all.size() - found.circles.size());
    return found;
}

std::unordered_map<CircleId, Named> names(db::Tx& tx, CommunityId community,
                                          const std::vector<CircleId>& ids) {
    db::Ids wanted;
    for (const CircleId id : ids) wanted.values.push_back(id.value);
    if (wanted.values.empty()) return {};
    return store::names(tx, community, wanted);
}

bool may_manage(const auth::Viewer& viewer) {
    return viewer.may_administer() && viewer.scope == auth::Scope::Admin;
}

bool may_let_in(const auth::Viewer& viewer, const Circle& circle) {
    if (circle.entry == Entry::Rule) return false;
    return circle.opens ? may_manage(viewer) : viewer.may_moderate();
}

std::vector<MemberId> keepers(db::Tx& tx, CommunityId community, CircleId id) {
    const auto circle = store::by_id(tx, community, {.team = true}, id);
    std::vector<MemberId> list;
    if (!circle) return list;
    const auto least = circle->opens ? auth::Role::Admin : auth::Role::Moderator;
    for (const auto& face : members::with_role(tx, community, least)) list.push_back(face.id);
    return list;
}

Result<Circle> for_keeper(db::Tx& tx, const auth::Viewer& viewer, CircleId id) {
    Circle circle = TRY(find(tx, viewer, id));
    if (may_let_in(viewer, circle)) return circle;
    if (circle.entry == Entry::Rule) return fail(Fault::Conflict, "circles.by_rule");
    return fail(Fault::Forbidden, circle.opens ? "circles.admins_only" : "circles.team_only");
}

void note_access(db::Tx& tx, CommunityId community, const Circle& circle) {
    if (circle.opens) community::grow_access_version(tx, community);
}

Result<CircleId> create(db::Tx& tx, const auth::Viewer& viewer, const NewCircle& typed) {
    if (!may_manage(viewer)) return fail(Fault::Forbidden, "circles.admins_only");
    const NewCircle wanted = TRY(checked(typed));
    if (store::list(tx, viewer.community, {.team = true}, kMost).size() >= kMost)
        return fail(Fault::Conflict, "circles.too_many");
    Circle circle{.id = tx.new_id<CircleId>(),
                  .slug = free_slug(tx, viewer.community, wanted.name)};
    fill(circle, wanted);
    store::insert(tx, viewer.community, viewer.id, circle);
    announce(tx, viewer, "circle.created", circle.id);
    return circle.id;
}

Done edit(db::Tx& tx, const auth::Viewer& viewer, CircleId id, const NewCircle& typed) {
    Circle circle = TRY(managed(tx, viewer, id));
    const Entry before = circle.entry;
    fill(circle, TRY(checked(typed)));
    if (before == Entry::Rule) circle.entry = before;
    store::update(tx, viewer.community, circle);
    announce(tx, viewer, "circle.edited", id);
    return Unit{};
}

Done remove(db::Tx& tx, const auth::Viewer& viewer, CircleId id) {
    const Circle circle = TRY(managed(tx, viewer, id));
    store::remove(tx, viewer.community, id);
    note_access(tx, viewer.community, circle);
    announce(tx, viewer, "circle.removed", id);
    return Unit{};
}

bool open_space(db::Tx& tx, CommunityId community, CircleId id, SpaceId space) {
    if (!store::open_space(tx, community, id, space)) return false;
    community::grow_access_version(tx, community);
    return true;
}

bool close_space(db::Tx& tx, CommunityId community, CircleId id, SpaceId space) {
    if (!store::close_space(tx, community, id, space)) return false;
    community::grow_access_version(tx, community);
    return true;
}

}  // namespace torv::circles
