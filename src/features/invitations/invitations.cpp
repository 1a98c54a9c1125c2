#include "features/invitations/invitations.hpp"

#include "features/accounts/accounts.hpp"
#include "features/audit/audit.hpp"
#include "features/community/community.hpp"
#include "features/invitations/store.hpp"
#include "features/members/members.hpp"
#include "features/spaces/spaces.hpp"
#include "platform/activity/activity.hpp"
#include "platform/base/text.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/i18n/i18n.hpp"
#include "platform/json/json.hpp"

namespace torv::invitations {
namespace {

using auth::Role;

constexpr std::int64_t kMemberADay =
    20;  // invitations of one member: enough for friends, not for spam
constexpr std::int64_t kAdminADay = 500;

void announce(db::Tx& tx, CommunityId community, std::string_view kind, MemberId actor,
              InvitationId id, std::string payload = "{}") {
    activity::announce(tx, {.community = community,
                            .kind = kind,
                            .actor = actor,
                            .subject = {"invitation", id.value},
                            .payload = std::move(payload)});
}

Done within_limits(const auth::Viewer& viewer, const NewInvitation& wanted) {
    const bool admin = viewer.may_administer();
    if (wanted.uses_most < 1 || wanted.uses_most > (admin ? 1000 : 50))
        return fail(Fault::Invalid, "invitations.uses_bad", "uses");
    if (wanted.days < 1 || wanted.days > (admin ? 365 : 30))
        return fail(Fault::Invalid, "invitations.days_bad", "days");
    if (code_points(wanted.note) > 200)
        return fail(Fault::Invalid, "invitations.note_long", "note");
    return Unit{};
}

/// What only admins may give along.
Done allowed_gifts(db::Tx& tx, const auth::Viewer& viewer, const NewInvitation& wanted) {
    const bool plain = wanted.role == Role::Member && !wanted.space && !wanted.placeholder;
    if (plain) return Unit{};
    if (!viewer.may_administer()) return fail(Fault::Forbidden, "invitations.admins_only");
    if (wanted.role == Role::Guest || wanted.role == Role::Owner || wanted.role > viewer.role)
        return fail(Fault::Forbidden, "invitations.role_bad", "role");
    if (wanted.space) TRY(spaces::find(tx, viewer, wanted.space));
    if (wanted.placeholder) {
        const auto author = TRY(members::find(tx, viewer.community, wanted.placeholder));
        if (author.state != members::State::Placeholder)
            return fail(Fault::Conflict, "invitations.claimed", "placeholder");
    }
    return Unit{};
}

/// Whoever made it must still be here, and still be somebody who may give what it gives.
bool maker_stands(db::Tx& tx, CommunityId community, const Invitation& invitation) {
    const auto maker = members::find(tx, community, invitation.made_by);
    if (!maker || maker->state != members::State::Active) return false;
    const bool plain =
        invitation.role == Role::Member && !invitation.space && !invitation.placeholder;
    return plain || (maker->role >= Role::Admin && maker->role >= invitation.role);
}

}  // namespace

bool may_invite(db::Tx& tx, const auth::Viewer& viewer) {
    if (viewer.may_administer()) return true;
    if (!viewer.is_member()) return false;
    const auto community = community::find(tx, viewer.community);
    return community && community->members_invite;
}

Result<Made> create(db::Tx& tx, const auth::Viewer& viewer, const NewInvitation& typed) {
    if (!may_invite(tx, viewer)) return fail(Fault::Forbidden, "invitations.not_allowed");
    NewInvitation wanted = typed;
    wanted.note = i18n::nfc(trimmed(typed.note));
    if (!trimmed(typed.email).empty()) wanted.email = TRY(accounts::parse_email(typed.email));
    // Whoever it is meant for is one person.
    if (!wanted.email.empty() || wanted.placeholder) wanted.uses_most = 1;
    TRY(within_limits(viewer, wanted));
    TRY(allowed_gifts(tx, viewer, wanted));
    const auto today =
        store::made_since(tx, viewer.community, viewer.id, tx.now() - std::chrono::hours(24));
    if (today >= (viewer.may_administer() ? kAdminADay : kMemberADay))
        return fail(Fault::TooMany, "invitations.too_many");

    const std::string token = crypto::random_token(16);
    const Invitation made{.id = tx.new_id<InvitationId>(),
                          .made_by = viewer.id,
                          .expires_at = tx.now() + std::chrono::hours(24 * wanted.days),
                          .uses_most = wanted.uses_most,
                          .role = wanted.role,
                          .space = wanted.space,
                          .placeholder = wanted.placeholder,
                          .email = wanted.email,
                          .note = wanted.note};
    store::insert(tx, viewer.community, made, crypto::token_hash(token));
    announce(tx, viewer.community, "invitation.created", viewer.id, made.id);
    audit::record(tx, viewer, "invitation.made", {"invitation", made.id.value}, "{}",
                  audit::fact("role", auth::role_name(made.role)));
    return Made{made.id, "/join/" + token};
}

Done revoke(db::Tx& tx, const auth::Viewer& viewer, InvitationId id) {
    const auto invitation = store::by_id(tx, viewer.community, id);
    const bool mine = invitation && viewer.is_member() && invitation->made_by == viewer.id;
    if (!invitation || (!mine && !viewer.may_administer()))
        return fail(Fault::NotFound, "invitations.not_found");
    if (invitation->revoked) return Unit{};

    store::revoke(tx, viewer.community, id);
    announce(tx, viewer.community, "invitation.revoked", viewer.id, id);
    audit::record(tx, viewer, "invitation.revoked", {"invitation", id.value});
    return Unit{};
}

Result<Invitation> open(db::Tx& tx, CommunityId community, std::string_view token) {
    auto invitation = store::by_token(tx, community, crypto::token_hash(token));
    const bool works = invitation && !invitation->revoked &&
                       invitation->uses < invitation->uses_most &&
                       invitation->expires_at > tx.now();
    if (!works || !maker_stands(tx, community, *invitation))
        return fail(Fault::Gone, "invitations.gone");
    return *std::move(invitation);
}

Done use(db::Tx& tx, CommunityId community, const Invitation& invitation) {
    if (!store::use(tx, community, invitation.id)) return fail(Fault::Gone, "invitations.gone");
    json::Writer payload;
    payload.object().field("maker", invitation.made_by).end();
    announce(tx, community, "invitation.accepted", {}, invitation.id, payload.take());
    return Unit{};
}

std::vector<Invitation> list(db::Tx& tx, CommunityId community, MemberId made_by) {
    return store::list(tx, community, made_by);
}

}  // namespace torv::invitations
