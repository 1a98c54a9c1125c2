#include "features/spaces/input.hpp"

#include <algorithm>

#include "features/spaces/store.hpp"
#include "platform/base/emoji.hpp"
#include "platform/base/text.hpp"
#include "platform/i18n/i18n.hpp"
#include "platform/i18n/marks.hpp"

namespace torv::spaces {

namespace {

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

}  // namespace

const std::vector<std::string_view>& icon_names() {
    static const std::vector<std::string_view> names{
        "messages-square", "message-circle", "circle-help", "newspaper", "lightbulb", "home",
        "users",           "coffee",         "heart"};
    return names;
}

std::string slug_of(std::string_view name) {
    std::string slug = slugify(name);
    if (slug.size() > 50) slug.resize(slug.find_last_not_of('-', 49) + 1);
    return slug.empty() ? "space" : slug;
}

Result<NewSpace> checked(const NewSpace& typed) {
    NewSpace wanted = typed;
    wanted.name = i18n::tidy(typed.name);
    wanted.description = i18n::tidy(typed.description);
    wanted.slug = ascii_lower(trimmed(typed.slug));
    wanted.icon = std::string(trimmed(typed.icon));
    const std::size_t length = code_points(wanted.name);
    if (length < 1 || length > kNameMax || has_control(wanted.name))
        return fail(Fault::Invalid, "spaces.name_length", "name");
    if (code_points(wanted.description) > kDescriptionMax)
        return fail(Fault::Invalid, "spaces.description_length", "description");
    if (!wanted.slug.empty() && !is_slug(wanted.slug))
        return fail(Fault::Invalid, "spaces.slug_bad", "slug");
    const bool named = std::ranges::find(icon_names(), wanted.icon) != icon_names().end();
    if (!wanted.icon.empty() && !named && !is_emoji(wanted.icon))
        return fail(Fault::Invalid, "spaces.icon_bad", "icon");
    return wanted;
}

Result<Space> managed(db::Tx& tx, const auth::Viewer& viewer, SpaceId id) {
    const Readable all = readable(tx, viewer);
    const Access* access = all.find(id);
    const bool moderates = access && access->role == Role::Moderator && viewer.is_member();
    if (!viewer.may_administer() && !access) return fail(Fault::NotFound, "spaces.not_found");
    // A token that may write is no token that may administer, whosever it is.
    const bool administers = viewer.may_administer() && viewer.scope == auth::Scope::Admin;
    if (viewer.may_administer() && !administers && !moderates)
        return fail(Fault::Forbidden, "web.scope_too_small");
    if (!administers && !moderates) return fail(Fault::Forbidden, "spaces.moderators_only");
    auto space = store::by_id(tx, viewer.community, id);
    if (!space) return fail(Fault::NotFound, "spaces.not_found");
    return *std::move(space);
}

}  // namespace torv::spaces
