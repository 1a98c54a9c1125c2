#include "features/accounts/accounts.hpp"
#include "features/audit/audit.hpp"
#include "features/community/community.hpp"
#include "features/members/keys.hpp"
#include "features/members/members.hpp"
#include "features/members/store.hpp"
#include "platform/activity/activity.hpp"
#include "platform/html/markdown.hpp"
#include "platform/i18n/i18n.hpp"
#include "platform/i18n/marks.hpp"
#include "platform/json/json.hpp"

namespace torv::members {
namespace {

void announce(db::Tx& tx, CommunityId community, std::string_view kind, MemberId actor,
              MemberId about, std::string payload = "{}") {
    activity::announce(tx, {.community = community,
                            .kind = kind,
                            .actor = actor,
                            .subject = {"member", about.value},
                            .payload = std::move(payload)});
}

/// What was done to a member's rights, and by whom.
void record(db::Tx& tx, const auth::Viewer& viewer, std::string_view kind, MemberId about) {
    audit::record(tx, viewer, kind, {"member", about.value});
}

/// Comes in: counted, and everybody may know. An invitation, or the first link, may have given more
/// than the rights of a member.
void came_in(db::Tx& tx, CommunityId community, MemberId id, Role role) {
    community::count_members(tx, community, 1);
    audit::record(tx, {.community = community,
                       .member = id,
                       .kind = "member.joined",
                       .subject = {"member", id.value},
                       .after = audit::fact("role", auth::role_name(role))});
    announce(tx, community, "member.joined", id, id);
}

/// Writes the row and takes a handle. False when the account is here already.
bool add(db::Tx& tx, Member& member, std::string_view wished, std::string_view language,
         std::int64_t invitation) {
    member.id = tx.new_id<MemberId>();
    if (!store::insert(tx, member, keys_of(language, member.name, ""), invitation)) return false;
    member.handle = take_some_handle(tx, member.community, member.id, wished, member.name);
    store::set_handle(tx, member.community, member.id, member.handle,
                      keys_of(language, member.name, member.handle).search);
    return true;
}

/// Somebody who has a row here already and knocks again.
Result<MemberId> come_back(db::Tx& tx, const Member& known, const NewMember& wanted) {
    switch (known.state) {
        case State::Suspended: return fail(Fault::Forbidden, "members.suspended");
        case State::Pending:
            if (wanted.state == State::Pending) return known.id;  // asking twice is not an error
            break;
        case State::Left:
            if (wanted.state == State::Pending) {
                store::set_state(tx, known.community, known.id, State::Pending);
                announce(tx, known.community, "member.asked", known.id, known.id);
                return known.id;
            }
            break;
        case State::Active:
        case State::Placeholder: return fail(Fault::Conflict, "members.already_member");
    }
    store::let_in(tx, known.community, known.id, wanted.rules_version);
    // Who left comes back as a plain member: roles are given, not kept.
    store::set_role(tx, known.community, known.id, wanted.role);
    came_in(tx, known.community, known.id, wanted.role);
    return known.id;
}

/// Admins act on pending members of their own community.
Result<Member> pending_one(db::Tx& tx, const auth::Viewer& viewer, MemberId id) {
    if (!viewer.may_administer()) return fail(Fault::Forbidden, "members.admins_only");
    const auto member = store::locked(tx, viewer.community, id);
    if (!member) return fail(Fault::NotFound, "members.not_found");
    return *member;
}

bool is_last_owner(db::Tx& tx, CommunityId community, MemberId id) {
    const auto owners = store::locked_owners(tx, community);
    return owners.size() == 1 && owners.front() == id;
}

}  // namespace

Result<MemberId> create_member(db::Tx& tx, CommunityId id, const NewMember& wanted) {
    if (const auto known = store::by_account(tx, id, wanted.account))
        return come_back(tx, *known, wanted);
    const auto community = TRY(community::find(tx, id));
    Member member{.community = id,
                  .account = wanted.account,
                  .name = wanted.name,
                  .role = wanted.role,
                  .state = wanted.state,
                  .reason = i18n::nfc(wanted.reason),
                  .rules_version = wanted.rules_version,
                  .joined_at = wanted.joined_at.value_or(tx.now())};
    if (!add(tx, member, wanted.handle, community.language, wanted.invitation))
        return fail(Fault::Conflict, "members.already_member");
    if (member.state == State::Pending) announce(tx, id, "member.asked", member.id, member.id);
    else came_in(tx, id, member.id, member.role);
    return member.id;
}

MemberId create_placeholder(db::Tx& tx, CommunityId id, const NewPlaceholder& wanted) {
    if (const auto known = store::by_source(tx, id, wanted.source, wanted.source_key)) return known;
    const auto community = community::find(tx, id);
    std::string name = i18n::tidy(wanted.name);
    if (name.empty()) name = wanted.handle.empty() ? wanted.source_key : wanted.handle;
    Member member{.community = id,
                  .name = std::move(name),
                  .state = State::Placeholder,
                  .bio = wanted.bio,
                  .bio_html = markdown::render(wanted.bio, {.first_heading = 2}).html,
                  .joined_at = wanted.joined_at.value_or(tx.now())};
    add(tx, member, wanted.handle, community ? community->language : "en", 0);
    store::insert_source(tx, id, wanted.source, wanted.source_key, member.id);
    return member.id;
}

Done claim_placeholder(db::Tx& tx, CommunityId id, MemberId placeholder, AccountId account,
                       std::string_view name, std::int64_t rules_version) {
    auto found = store::locked(tx, id, placeholder);
    if (!found) return fail(Fault::NotFound, "members.not_found");
    if (found->state != State::Placeholder) return fail(Fault::Conflict, "members.claimed");
    if (store::by_account(tx, id, account)) return fail(Fault::Conflict, "members.already_member");
    const auto community = TRY(community::find(tx, id));

    Member member = *std::move(found);
    member.account = account;
    member.name = name;
    member.rules_version = rules_version;
    store::give_account(tx, member, keys_of(community.language, member.name, member.handle));
    came_in(tx, id, placeholder, member.role);
    announce(tx, id, "member.claimed", placeholder, placeholder);
    return Unit{};
}

Done approve(db::Tx& tx, const auth::Viewer& viewer, MemberId id) {
    const Member member = TRY(pending_one(tx, viewer, id));
    if (member.state == State::Active) return Unit{};  // a double click is not an error
    if (member.state != State::Pending) return fail(Fault::Conflict, "members.not_pending");
    store::let_in(tx, viewer.community, id, member.rules_version);
    community::count_members(tx, viewer.community, 1);
    record(tx, viewer, "member.approved", id);
    announce(tx, viewer.community, "member.joined", id, id);
    announce(tx, viewer.community, "member.let_in", viewer.id, id);
    return Unit{};
}

Done decline(db::Tx& tx, const auth::Viewer& viewer, MemberId id) {
    const Member member = TRY(pending_one(tx, viewer, id));
    if (member.state == State::Left) return Unit{};
    if (member.state != State::Pending) return fail(Fault::Conflict, "members.not_pending");
    store::set_state(tx, viewer.community, id, State::Left);
    record(tx, viewer, "member.declined", id);
    announce(tx, viewer.community, "member.declined", viewer.id, id);
    return Unit{};
}

Done leave(db::Tx& tx, const auth::Viewer& viewer) {
    if (!viewer.id) return fail(Fault::Forbidden, "members.members_only");
    const auto member = store::locked(tx, viewer.community, viewer.id);
    if (!member || member->state == State::Left) return Unit{};
    if (is_last_owner(tx, viewer.community, viewer.id))
        return fail(Fault::Conflict, "members.last_owner");
    store::set_state(tx, viewer.community, viewer.id, State::Left);
    store::set_role(tx, viewer.community, viewer.id, Role::Member);
    if (member->state == State::Active) community::count_members(tx, viewer.community, -1);
    community::grow_access_version(tx, viewer.community);
    record(tx, viewer, "member.left", viewer.id);
    announce(tx, viewer.community, "member.left", viewer.id, viewer.id);
    return Unit{};
}

Done remove(db::Tx& tx, const auth::Viewer& viewer, MemberId id) {
    const Member member = TRY(pending_one(tx, viewer, id));
    if (id == viewer.id) return fail(Fault::Forbidden, "members.remove_self");
    if (member.role >= viewer.role && !viewer.is_owner())
        return fail(Fault::Forbidden, "members.above_you");
    if (member.state != State::Active) return Unit{};
    if (is_last_owner(tx, viewer.community, id)) return fail(Fault::Conflict, "members.last_owner");
    store::set_state(tx, viewer.community, id, State::Left);
    store::set_role(tx, viewer.community, id, Role::Member);
    community::count_members(tx, viewer.community, -1);
    community::grow_access_version(tx, viewer.community);
    record(tx, viewer, "member.removed", id);
    announce(tx, viewer.community, "member.removed", viewer.id, id);
    return Unit{};
}

Done set_role(db::Tx& tx, const auth::Viewer& viewer, MemberId id, Role role) {
    const Member member = TRY(pending_one(tx, viewer, id));
    if (member.state != State::Active) return fail(Fault::Conflict, "members.not_active");
    if (role == Role::Guest) return fail(Fault::Invalid, "members.role_unknown", "role");
    if (role > viewer.role) return fail(Fault::Forbidden, "members.role_above_you", "role");
    if (member.role >= viewer.role && id != viewer.id && !viewer.is_owner())
        return fail(Fault::Forbidden, "members.above_you");
    if (member.role == role) return Unit{};
    if (is_last_owner(tx, viewer.community, id)) return fail(Fault::Conflict, "members.last_owner");

    store::set_role(tx, viewer.community, id, role);
    community::grow_access_version(tx, viewer.community);
    audit::record(tx, viewer, "member.role_changed", {"member", id.value},
                  audit::fact("role", auth::role_name(member.role)),
                  audit::fact("role", auth::role_name(role)));
    json::Writer payload;
    payload.object().field("role", auth::role_name(role)).end();
    announce(tx, viewer.community, "member.role_changed", viewer.id, id, payload.take());
    return Unit{};
}

Done accept_rules(db::Tx& tx, const auth::Viewer& viewer, std::int64_t version) {
    if (!viewer.id) return fail(Fault::Forbidden, "members.members_only");
    const auto rules = community::rules(tx, viewer.community);
    if (!rules) return Unit{};
    // Accepting what one did not see is not accepting: the newest version is shown again.
    if (rules->version != version) return fail(Fault::Conflict, "members.rules_newer");
    store::set_rules_version(tx, viewer.community, viewer.id, version);
    announce(tx, viewer.community, "rules.accepted", viewer.id, viewer.id);
    return Unit{};
}

}  // namespace torv::members
