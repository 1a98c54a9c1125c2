#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/auth/auth.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"

namespace torv::community {
struct Community;
}
namespace torv::html {
class Out;
}
namespace torv::json {
class Writer;
}
namespace torv::web {
struct Place;
class Context;
class Routes;
}  // namespace torv::web

/// An account in one community: profile, role, state. Imported people without an account are
/// placeholders.
namespace torv::members {

using auth::Role;

/// Stored as its number.
enum class State { Active = 0, Pending = 1, Left = 2, Placeholder = 3, Suspended = 4 };
std::string_view state_name(State state);  ///< "active", "pending", …

struct Member {
    MemberId id;
    CommunityId community;
    AccountId account;  ///< 0 for a placeholder
    std::string handle;
    std::string name;
    Role role = Role::Member;
    State state = State::Active;
    std::string avatar;    ///< URL of the picture, or empty
    std::string bio;       ///< Markdown
    std::string bio_html;  ///< rendered
    std::string reason;    ///< what was written when asking to join
    std::int64_t rules_version = 0;
    Instant joined_at;
    std::optional<Instant> left_at;
};

/// What is shown of an author beside what they wrote.
struct Face {
    MemberId id;
    std::string handle;
    std::string name;
    std::string avatar;
    Role role = Role::Member;
    State state = State::Active;
};

/// Faces by id; one query for a whole page.
class Faces {
public:
    explicit Faces(std::unordered_map<MemberId, Face> faces) : faces_(std::move(faces)) {}
    Faces() = default;
    /// The face, or an empty one (no name, no handle) for an id that is nobody's.
    const Face& operator[](MemberId id) const;

private:
    std::unordered_map<MemberId, Face> faces_;
};

// ── finding (any state, unless it says otherwise) ──
/// Fault: NotFound "members.not_found".
Result<Member> find(db::Tx&, CommunityId, MemberId);
/// By the present handle or a past one; the answer's `handle` is the present one. Fault: NotFound
/// "members.not_found".
Result<Member> by_handle(db::Tx&, CommunityId, std::string_view handle);
std::optional<Member> of_account(db::Tx&, CommunityId, AccountId);
/// The communities in which the account is an active member, oldest first; at most 100.
std::vector<community::Community> communities(db::Tx&, AccountId);
Faces names(db::Tx&, CommunityId, const std::vector<MemberId>& ids);
/// Whole members, in the order of `ids`; ids that are nobody's are left out. One query.
std::vector<Member> these(db::Tx&, CommunityId, const std::vector<MemberId>& ids);
/// Active members and placeholders behind @handles (lower case, without @), present or past; at
/// most 50. Unknown ones are left out.
std::unordered_map<std::string, Face> by_handles(db::Tx&, CommunityId,
                                                 const std::vector<std::string>& handles);
/// Who somebody was in another system; 0 when not known.
MemberId by_source(db::Tx&, CommunityId, std::string_view source, std::string_view source_key);
/// Active members with at least this role, strongest first; at most 100.
std::vector<Face> with_role(db::Tx&, CommunityId, Role at_least);
/// The ids of the active owner(s), for notices to them.
std::vector<MemberId> owners(db::Tx&, CommunityId);

// ── lists ──
enum class Order { Name, Newest };
struct ListQuery {
    std::string search;  ///< beginnings of words of name or handle
    Order order = Order::Name;
    std::optional<Role> role;  ///< exactly this one
    State state = State::Active;
    std::string after;  ///< cursor from the page before
    int limit = 40;     ///< at most 100
};
struct Page {
    std::vector<Member> items;
    std::string next;  ///< cursor; "" = that was all
};
/// Fault: Malformed "web.bad_cursor".
Result<Page> list(db::Tx&, CommunityId, const ListQuery&);

// ── coming and going ──
struct NewMember {
    AccountId account;
    std::string name;
    std::string handle;  ///< wished for; empty or taken: made from the name
    Role role = Role::Member;
    State state = State::Active;  ///< Active or Pending
    std::string reason;
    std::int64_t rules_version = 0;
    std::int64_t invitation = 0;
    std::optional<Instant> joined_at;  ///< empty: now
};
/// Announces member.joined when active, member.asked when pending. An account that left comes back
/// as the same member. Faults: Conflict "members.already_member", Forbidden "members.suspended".
Result<MemberId> create_member(db::Tx&, CommunityId, const NewMember&);

struct NewPlaceholder {
    std::string source;      ///< "slack:T024BE7LD"
    std::string source_key;  ///< "U023BECGF"
    std::string name;
    std::string handle;  ///< wished for
    std::string bio;     ///< Markdown
    std::optional<Instant> joined_at;
};
/// The same source and key give the same member, who may have been claimed meanwhile. Announces
/// nothing.
MemberId create_placeholder(db::Tx&, CommunityId, const NewPlaceholder&);
/// The placeholder becomes the account's member: everything it wrote is theirs. Announces
/// member.joined. Faults: NotFound, Conflict.
Done claim_placeholder(db::Tx&, CommunityId, MemberId placeholder, AccountId, std::string_view name,
                       std::int64_t rules_version);

// ── the form with which somebody comes in, for sign-up and invitations ──
/// What was typed: a new account, or for who is signed in already only what joining asks.
struct Newcomer {
    std::string name;
    std::string email;          ///< empty when signed in
    std::string password_hash;  ///< empty when signed in
    std::string reason;
    std::int64_t rules_version = 0;
};
/// Reads the form, and hashes the password: outside of any transaction. Faults: Invalid, Conflict
/// "members.rules_newer".
Result<Newcomer> read_newcomer(web::Context&);
/// Makes the account when there is none, the member (or gives the placeholder to it), and the
/// session: the token for accounts::set_session_cookie, empty when the viewer has a session.
/// Faults: as accounts::create, create_member, claim_placeholder.
Result<std::string> let_in(db::Tx&, const web::Context&, const Newcomer&, NewMember how,
                           MemberId placeholder = {});
struct Door {
    std::string action;  ///< where the form goes
    std::string button;  ///< as shown
    bool asks_reason = false;
    std::int64_t rules_version = 0;  ///< 0: nothing to accept
};
void door_form(html::Out&, const web::Context&, const Door&, const Error* error);

/// Nobody gives a role above their own or touches somebody above themselves; admins do not touch
/// owners; the last owner stays. Announces member.role_changed.
Done set_role(db::Tx&, const auth::Viewer&, MemberId, Role);
/// Admins let a pending member in, or not. Announces member.joined / member.declined.
Done approve(db::Tx&, const auth::Viewer&, MemberId);
Done decline(db::Tx&, const auth::Viewer&, MemberId);
/// Announces member.left. Fault: Conflict "members.last_owner".
Done leave(db::Tx&, const auth::Viewer&);
/// By admins. Announces member.removed.
Done remove(db::Tx&, const auth::Viewer&, MemberId);
/// Announces rules.accepted.
Done accept_rules(db::Tx&, const auth::Viewer&, std::int64_t version);

struct ProfileEdit {
    std::string name;
    std::string handle;
    std::string bio;     ///< Markdown
    std::string avatar;  ///< URL of an own upload, or empty
};
/// Announces member.changed. Faults: Invalid, Conflict "members.handle_taken".
Done set_profile(db::Tx&, const auth::Viewer&, const ProfileEdit&);
/// Picture alone; for uploads and imports.
void set_avatar(db::Tx&, CommunityId, MemberId, std::string_view url);

/// web::Resolver's: who a session cookie or a bearer token stands for in this community.
auth::Viewer viewer(db::Tx&, const web::Place&, std::string_view session_token,
                    std::string_view bearer_token);

/// A member who is not here, as they would be if they asked now: for what they left to be done.
/// Nothing when they are no active member any more.
std::optional<auth::Viewer> absent(db::Tx&, CommunityId, MemberId);

// ── showing ──
enum class FaceSize { Small, Medium, Large };
/// The picture or the initials; the name always stands beside it as text.
void face(html::Out&, const Face&, FaceSize = FaceSize::Medium);
/// The same on a page that lives: it shows when the person is here.
void living_face(html::Out&, const Face&, FaceSize = FaceSize::Medium);
/// The face of a viewer.
Face face_of(const auth::Viewer&);
Face face_of(const Member&);
/// What somebody may do here, beside their name; nothing for plain members.
void badge(html::Out&, const web::Context&, Role);
std::string_view role_key(Role role);       ///< locale key of its name
std::string path(std::string_view handle);  ///< "/m/maja"
/// LIKE pattern over `members_active.search_key` that finds beginnings of words; "%" when nothing
/// was typed.
std::string pattern_of(std::string_view search);
/// As the API tells of a member.
void write(json::Writer&, const web::Context&, const Member&);
/// lower case a–z, 0–9, '-' and '_', 2–30 long, starting with a letter or digit.
bool is_handle(std::string_view text);

void routes(web::Routes&);

}  // namespace torv::members
