#include "features/accounts/accounts.hpp"
#include "features/community/community.hpp"
#include "features/members/members.hpp"
#include "features/members/store.hpp"
#include "platform/web/web.hpp"

namespace torv::members {
namespace {

/// Where people of a language mostly live, until they say it.
std::string_view usual_zone(std::string_view language) {
    if (language == "da") return "Europe/Copenhagen";
    if (language == "sv") return "Europe/Stockholm";
    if (language == "nl") return "Europe/Amsterdam";
    return "UTC";
}

void add_account(auth::Viewer& viewer, const web::Place& place, const accounts::Account& account) {
    viewer.account = account.id;
    viewer.email = account.email;
    viewer.name = account.name;
    viewer.language = account.language;
    viewer.zone = account.zone.empty() ? std::string(usual_zone(place.language)) : account.zone;
    viewer.scheme = account.scheme;
    viewer.hidden = account.hides_presence;
}

void add_member(auth::Viewer& viewer, const web::Place& place, const Member& member) {
    if (member.state != State::Active && member.state != State::Pending) return;
    viewer.id = member.id;
    viewer.name = member.name;
    viewer.handle = member.handle;
    viewer.avatar = member.avatar;
    viewer.pending = member.state == State::Pending;
    viewer.role = viewer.pending ? Role::Guest : member.role;
    // Owners wrote the rules.
    viewer.rules_outdated =
        !viewer.pending && viewer.role != Role::Owner && member.rules_version < place.rules_version;
}

}  // namespace

auth::Viewer viewer(db::Tx& tx, const web::Place& place, std::string_view session_token,
                    std::string_view bearer_token) {
    auth::Viewer viewer;
    viewer.community = place.id;
    if (!bearer_token.empty()) {
        const auto owner = accounts::token_owner(tx, bearer_token);
        if (!owner) return viewer;
        viewer.scope = owner->scope;
        add_account(viewer, place, owner->account);
    } else {
        const auto owner = accounts::session_owner(tx, session_token);
        if (!owner) return viewer;
        viewer.session = owner->session;
        viewer.session_seen_at = owner->seen_at;
        add_account(viewer, place, owner->account);
    }
    if (const auto member = store::without_texts(tx, place.id, viewer.account))
        add_member(viewer, place, *member);
    return viewer;
}

std::optional<auth::Viewer> absent(db::Tx& tx, CommunityId community, MemberId id) {
    const auto member = store::by_id(tx, community, id);
    const auto place = community::find(tx, community);
    if (!member || member->state != State::Active || !member->account || !place)
        return std::nullopt;
    const auto account = accounts::find(tx, member->account);
    if (!account) return std::nullopt;
    const web::Place known{
        .id = community, .language = place->language, .rules_version = place->rules_version};
    auth::Viewer viewer;
    viewer.community = community;
    add_account(viewer, known, *account);
    add_member(viewer, known, *member);
    return viewer;
}

}  // namespace torv::members
