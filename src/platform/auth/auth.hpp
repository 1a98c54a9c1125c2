#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/base/ids.hpp"
#include "platform/base/time.hpp"

/// Who is asking. Knows no table: the features fill these in (see web::Resolver).
namespace torv::auth {

/// A member's role in one community, weakest first; stored as its number.
enum class Role { Guest = 0, Member = 1, Moderator = 2, Admin = 3, Owner = 4 };

std::string_view role_name(
    Role role);  ///< "guest", "member", …: the words of API, tables and locale keys
std::optional<Role> role_from(std::string_view name);

/// Channel of db::Tx::wake: a session has ended, or somebody may see more or less than before. Open
/// pages look again at once.
inline constexpr std::string_view kRightsChanged = "rights";

/// What a bearer token may do; a browser session may do everything its account may.
enum class Scope { Read, Write, Admin };

/// Whoever asks, in one community. A guest has no account and no member. An account that is no
/// member of this community has an account only, and sees what a guest sees.
struct Viewer {
    CommunityId community;
    AccountId account;
    MemberId id;  ///< the member; 0 for guests and outsiders
    Role role = Role::Guest;
    Scope scope = Scope::Admin;
    SessionId session;
    Instant session_seen_at;  ///< when it was last noted as used
    std::string name;         ///< shown name
    std::string handle;       ///< @handle, without the @
    std::string avatar;       ///< URL of the picture, or empty
    std::string email;
    std::string language =
        "en";  ///< what the pages speak: chosen by the account, else asked for by the browser
    std::string zone = "UTC";     ///< IANA name
    std::string scheme;           ///< "light", "dark" or empty: as the device has it
    bool hidden = false;          ///< does not show when they are here
    bool pending = false;         ///< asked to join, not let in yet: sees what a guest sees
    bool rules_outdated = false;  ///< has to accept the rules again before writing

    bool signed_in() const { return static_cast<bool>(account); }
    bool is_member() const { return static_cast<bool>(id) && !pending; }
    bool may_moderate() const { return is_member() && role >= Role::Moderator; }
    bool may_administer() const { return is_member() && role >= Role::Admin; }
    bool is_owner() const { return is_member() && role == Role::Owner; }
};

/// Who may use a route. Checked before the handler; the handler's rule still decides about the
/// thing itself.
enum class Access {
    Anyone,     ///< guests too (a community that is closed to guests still answers them with its
                ///< landing page)
    Account,    ///< anyone signed in, member or not
    Member,     ///< members of this community
    Moderator,  ///< moderators, admins, the owner. Others get NotFound
    Admin,      ///< admins and the owner. Others get NotFound
    Owner,      ///< the owner. Others get NotFound
};

/// Does `viewer` pass? Pure.
bool allows(Access access, const Viewer& viewer);

}  // namespace torv::auth
