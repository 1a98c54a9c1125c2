#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/auth/auth.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"

namespace torv::web {
class Context;
class Routes;
}  // namespace torv::web
namespace torv::html {
class Out;
}

/// Links with which people come in: limited, running out, revocable.
namespace torv::invitations {

using InvitationId = Id<struct InvitationTag>;

struct Invitation {
    InvitationId id;
    MemberId made_by;
    Instant made_at;
    Instant expires_at;
    int uses_most = 1;
    int uses = 0;
    auth::Role role = auth::Role::Member;
    SpaceId space;         ///< let in there as well; 0: none
    MemberId placeholder;  ///< the imported author one becomes; 0: none
    std::string email;     ///< it was mailed there; may be empty
    std::string note;
    bool revoked = false;
};

struct NewInvitation {
    int uses_most = 1;  ///< 1–1000; members at most 50
    int days = 7;       ///< 1–365; members at most 30
    auth::Role role = auth::Role::Member;
    SpaceId space;
    MemberId placeholder;
    std::string email;
    std::string note;
};

struct Made {
    InvitationId id;
    std::string path;  ///< "/join/…", to be seen this once: only its hash is kept
};

/// Members invite members where the community lets them; admins also give roles below the owner's
/// and up to their own, a space, an imported author. Announces invitation.created. Faults:
/// Forbidden, Invalid, NotFound, Conflict, TooMany "invitations.too_many".
Result<Made> create(db::Tx&, const auth::Viewer&, const NewInvitation&);
/// May this member invite at all?
bool may_invite(db::Tx&, const auth::Viewer&);
/// By who made it, or admins. Repeating it is not an error. Announces invitation.revoked.
Done revoke(db::Tx&, const auth::Viewer&, InvitationId);
/// An invitation that still works; it dies when its maker leaves or may no longer give what it
/// gives. Fault: Gone "invitations.gone".
Result<Invitation> open(db::Tx&, CommunityId, std::string_view token);
/// Counts one use in the transaction that makes the member. Fault: Gone "invitations.gone".
Done use(db::Tx&, CommunityId, const Invitation&);
/// Newest first, at most 100; of one maker, or of all (0).
std::vector<Invitation> list(db::Tx&, CommunityId, MemberId made_by);

/// The address of an invitation, to copy, to scan with a phone, and to print for a door.
void note(html::Out&, const web::Context&, std::string_view community, const std::string& url);

void routes(web::Routes&);

}  // namespace torv::invitations
