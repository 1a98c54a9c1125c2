#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/auth/auth.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"

namespace torv::html {
class Out;
}
namespace torv::http {
struct Response;
}
namespace torv::live {
class Registry;
}
namespace torv::web {
class Context;
class Routes;
}  // namespace torv::web

/// The rooms of the house: who may read, write and moderate where.
namespace torv::spaces {

/// How the talk of a space is shown; stored as its number.
enum class Kind { Discussion = 0, Questions = 1, Articles = 2, Ideas = 3, Chat = 4 };

/// Public: everyone. Members: members of the community. Private: others see that it exists and may
/// ask to come in. Secret: others see nothing of it. Direct: holds conversations; nobody reads it
/// as a space, each conversation is open to those who take part in it. Stored as its number.
enum class Visibility { Public = 0, Members = 1, Private = 2, Secret = 3, Direct = 4 };

/// A member's role in one space, weakest first; stored as its number.
enum class Role { Reader = 0, Member = 1, Moderator = 2 };

/// Who may begin a topic; stored as its number. All who may write may answer.
enum class Starters { Writers = 0, Moderators = 1 };

std::string_view kind_name(Kind kind);  ///< "discussion", …: the words of API and locale keys
std::optional<Kind> kind_from(std::string_view name);
std::string_view visibility_name(Visibility visibility);
std::optional<Visibility> visibility_from(std::string_view name);
std::string_view role_name(Role role);
std::optional<Role> role_from(std::string_view name);

/// A space that the viewer may read, and what decides what else they may do there.
struct Access {
    SpaceId id;
    SpaceId parent;  ///< 0: at the top
    std::string slug;
    std::string name;
    Kind kind = Kind::Discussion;
    Visibility visibility = Visibility::Public;
    Starters starters = Starters::Writers;
    std::optional<Role> role;  ///< the viewer's own in this space
    bool archived = false;     ///< may be read, not written
};

/// All spaces that a viewer may read. Bind `ids` into queries with `{in $n}`.
struct Readable {
    db::Ids ids;
    std::vector<Access> spaces;

    const Access* find(SpaceId id) const;  ///< null when the viewer may not read it
};

/// One query; ask once per transaction and pass it on. A private space is readable by its own
/// members and by admins, a secret one by its own members only, whatever role others have in the
/// community; a sub-space only by those who may read the space above it.
Readable readable(db::Tx& tx, const auth::Viewer& viewer);

/// May somebody else read this space? One query; ask sparingly.
bool may_read(db::Tx& tx, CommunityId community, MemberId member, auth::Role role, SpaceId space);

/// The space as it is to somebody without a role of their own in it.
std::optional<Access> access(db::Tx& tx, CommunityId community, SpaceId id);

bool may_write(const auth::Viewer& viewer, const Access& space);     ///< answer and chat
bool may_start(const auth::Viewer& viewer, const Access& space);     ///< begin a topic
bool may_moderate(const auth::Viewer& viewer, const Access& space);  ///< lock, move, delete
/// The same by id; false also for a space the viewer may not read.
bool may_write(db::Tx& tx, const auth::Viewer& viewer, SpaceId space);
bool may_moderate(db::Tx& tx, const auth::Viewer& viewer, SpaceId space);

struct Space {
    SpaceId id;
    SpaceId parent;
    std::string slug;
    std::string name;
    std::string description;
    std::string icon;  ///< an emoji, a name from web/icons/icons.txt, or empty: by kind
    Kind kind = Kind::Discussion;
    Visibility visibility = Visibility::Public;
    Starters starters = Starters::Writers;
    Instant archived_at;  ///< 0: in use
    std::int64_t topic_count = 0;
    Instant last_post_at;  ///< 0: nothing yet
};

/// A space in a list, as one viewer sees it: spaces at the top in their order, each followed by its
/// sub-spaces.
struct Entry {
    Space space;
    bool readable = false;   ///< false: a private space whose name only is shown
    bool unread = false;     ///< holds something new for the viewer
    bool may_start = false;  ///< the viewer may begin a topic there
    bool asked = false;      ///< the viewer asked to come in
};

/// Spaces whose existence the viewer may know of, without archived ones that they may not read.
/// Two queries. For a space that is not readable, description and figures are empty.
std::vector<Entry> entries(db::Tx& tx, const auth::Viewer& viewer);
/// The same without archived spaces: what the sidebar shows.
std::vector<Entry> sidebar(db::Tx& tx, const auth::Viewer& viewer);

/// A space the viewer may read, by its slug; an old slug finds it too (compare `slug`).
/// Fault: NotFound "spaces.not_found".
Result<Space> find(db::Tx& tx, const auth::Viewer& viewer, std::string_view slug);
Result<Space> find(db::Tx& tx, const auth::Viewer& viewer, SpaceId id);
/// The same in one statement, for who has asked already what the viewer may read.
Result<Space> find(db::Tx& tx, CommunityId community, std::string_view slug,
                   const Readable& readable);

struct NewSpace {
    std::string name;         ///< 1–60 characters
    std::string slug;         ///< empty: made from the name; a taken one gets a number
    std::string description;  ///< up to 500 characters
    std::string icon;
    Kind kind = Kind::Discussion;
    Visibility visibility = Visibility::Members;
    Starters starters = Starters::Writers;
    SpaceId parent;  ///< 0: at the top. A parent may not have a parent itself
};

/// Makes a space at the end of the list; whoever makes a private or secret one becomes its first
/// moderator. Admins only. Announces space.created. Faults: Forbidden, Invalid (name, slug, icon,
/// parent).
Result<SpaceId> create(db::Tx& tx, const auth::Viewer& viewer, const NewSpace& wanted);

/// For founding, imports and seeds: makes a space without asking who may. With a `source`
/// ("slack:C024") that a space of this community has already, gives that one and changes nothing.
/// `by` may be 0. Fault: Invalid.
struct Founding {
    MemberId by;
    std::string source;
    Instant happened_at;    ///< 0: now
    bool imported = false;  ///< origin of the activity
};
Result<SpaceId> found(db::Tx& tx, CommunityId community, const NewSpace& wanted,
                      const Founding& how = {});

/// Name, slug, description, icon, kind, visibility, starters and parent as given. The old slug
/// keeps leading here. Admins and the space's moderators; only admins change visibility and parent.
/// Announces space.edited.
Done edit(db::Tx& tx, const auth::Viewer& viewer, SpaceId id, const NewSpace& wanted);
/// Archived spaces may be read, not written. Admins only; repeating it is not an error.
Done archive(db::Tx& tx, const auth::Viewer& viewer, SpaceId id);
Done reopen(db::Tx& tx, const auth::Viewer& viewer, SpaceId id);
/// Puts a space one place up or down among its siblings. Admins only.
enum class Step { Up, Down };
Done shift(db::Tx& tx, const auth::Viewer& viewer, SpaceId id, Step step);

/// Gives a member a role in a space, or changes it. Admins, and moderators of the space. Announces
/// space.member_added. Faults: NotFound, Forbidden.
Done seat(db::Tx& tx, const auth::Viewer& viewer, SpaceId id, MemberId member, Role role);
/// Takes the role away; a member may always leave. Announces space.member_removed.
Done unseat(db::Tx& tx, const auth::Viewer& viewer, SpaceId id, MemberId member);
/// For imports and seeds, without asking who may and without activity.
void seat_imported(db::Tx& tx, CommunityId community, SpaceId id, MemberId member, Role role);

/// A member asks to come into a private space; asking twice is not an error. Announces space.asked.
Done ask(db::Tx& tx, const auth::Viewer& viewer, std::string_view slug);
/// Lets somebody in who asked, or not. Admins, and moderators of the space. Fault: NotFound.
enum class Answer { LetIn, Decline };
Done answer(db::Tx& tx, const auth::Viewer& viewer, SpaceId id, MemberId member, Answer answer);

/// The space of the community's conversations, made when it is not there. It is in nobody's list;
/// features/topics opens its topics to those who take part.
SpaceId post_box(db::Tx& tx, CommunityId community);

/// Moderators of the space itself; at most 20.
std::vector<MemberId> moderators(db::Tx& tx, CommunityId community, SpaceId id);
/// For features/topics, in the transaction that makes or takes away a topic.
void count_topics(db::Tx& tx, CommunityId community, SpaceId id, int by);

/// The emoji or icon of a space.
void icon(html::Out& out, std::string_view icon, Kind kind);
/// What somebody sees of a private space they may not read: its name, and how to ask. NotFound for
/// everything else.
http::Response door(web::Context& ctx, std::string_view slug);

/// "/s/lounge"
std::string path(std::string_view slug);

/// Streams "space:5", and what open pages may hear of spaces.
void live(live::Registry& registry);

void routes(web::Routes& routes);

}  // namespace torv::spaces
