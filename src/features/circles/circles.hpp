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

namespace torv::web {
class Routes;
}

/// Groups of members, and the spaces that they open.
namespace torv::circles {

using CircleId = Id<struct CircleTag>;

/// Who sees that it is there, and who is in it; stored as its number.
enum class Visibility { Everyone = 0, Members = 1, Own = 2 };
/// How one comes in. Closed: somebody puts them in. Rule: whoever fulfils it is in, and nobody
/// else. Stored as its number.
enum class Entry { Closed = 0, Request = 1, Open = 2, Rule = 3 };
std::string_view visibility_name(Visibility visibility);  ///< "everyone", …: words of API and keys
std::optional<Visibility> visibility_from(std::string_view name);
std::string_view entry_name(Entry entry);
std::optional<Entry> entry_from(std::string_view name);  ///< never Rule: that is made by set_rule

/// What a rule asks of somebody; stored as its number.
enum class Metric {
    None = 0,         ///< there is no rule
    Posts = 1,        ///< wrote `amount` posts in `days`
    Answers = 2,      ///< wrote as many in topics of others
    Thanks = 3,       ///< is among the `amount` thanked most for what they wrote in `days`
    MemberFor = 4,    ///< for `days`
    JoinedAfter = 5,  ///< at `after` or later
    Role = 6,         ///< `role` or a higher one
};
std::string_view metric_name(Metric metric);  ///< "posts", …: words of API and keys
std::optional<Metric> metric_from(std::string_view name);

struct Rule {
    Metric metric = Metric::None;
    int amount = 0;
    int days = 0;
    Instant after;
    auth::Role role = auth::Role::Guest;
};

/// A circle as one viewer sees it.
struct Circle {
    CircleId id;
    std::string slug;
    std::string name;
    std::string description;
    Visibility visibility = Visibility::Members;
    Entry entry = Entry::Closed;
    std::string question;  ///< put to who asks to come in; empty: none
    std::int64_t member_count = 0;
    bool in = false;     ///< the viewer is
    bool asked = false;  ///< the viewer asked to come in
    bool opens = false;  ///< some space
    Rule rule;           ///< when it is entered by one
};

/// Those that the viewer may see, by name; at most 200. One statement.
std::vector<Circle> list(db::Tx& tx, const auth::Viewer& viewer);
/// Fault: NotFound "circles.not_found", also for one that the viewer may not see.
Result<Circle> find(db::Tx& tx, const auth::Viewer& viewer, CircleId id);
Result<Circle> find(db::Tx& tx, const auth::Viewer& viewer, std::string_view slug);
/// Those of them in which a member is.
std::vector<Circle> of_member(db::Tx& tx, const auth::Viewer& viewer, MemberId member);
/// Whatever was a circle, by its id, also when it was removed: for notices to who knew it.
struct Named {
    std::string name;
    bool there = true;  ///< false: it was removed
};
std::unordered_map<CircleId, Named> names(db::Tx& tx, CommunityId community,
                                          const std::vector<CircleId>& ids);

/// Makes and changes circles: admins, not by a token that may only write.
bool may_manage(const auth::Viewer& viewer);
/// Puts people in and out, and answers requests.
bool may_let_in(const auth::Viewer& viewer, const Circle& circle);
/// Active members who may do so.
std::vector<MemberId> keepers(db::Tx& tx, CommunityId community, CircleId id);

struct NewCircle {
    std::string name;         ///< 1–60 characters
    std::string description;  ///< up to 500 characters
    Visibility visibility = Visibility::Members;
    Entry entry = Entry::Closed;
    std::string question;  ///< up to 200 characters
};
/// Announces circle.created. Faults: Forbidden, Invalid (name, description, question), Conflict
/// "circles.too_many".
Result<CircleId> create(db::Tx& tx, const auth::Viewer& viewer, const NewCircle& wanted);
/// Announces circle.edited. Who asked to come in stays on the list; a rule stays.
Done edit(db::Tx& tx, const auth::Viewer& viewer, CircleId id, const NewCircle& wanted);
/// Announces circle.removed.
Done remove(db::Tx& tx, const auth::Viewer& viewer, CircleId id);

/// Puts an active member in, whether they asked or not; repeating is no error. Announces
/// circle.member_added. Faults: NotFound, Forbidden.
Done put_in(db::Tx& tx, const auth::Viewer& viewer, CircleId id, MemberId member);
/// Takes a member out; one's own leaving too. Announces circle.member_removed. Faults: NotFound,
/// Forbidden.
Done put_out(db::Tx& tx, const auth::Viewer& viewer, CircleId id, MemberId member);
/// Into an open circle. Repeating is no error. Announces circle.member_added. Fault: Forbidden
/// "circles.not_open".
Done join(db::Tx& tx, const auth::Viewer& viewer, CircleId id);
/// Asks to come in, `answer` to the circle's question; asking again is no error. Announces
/// circle.asked. Faults: Forbidden "circles.not_open", Invalid (answer).
Done ask(db::Tx& tx, const auth::Viewer& viewer, CircleId id, std::string_view answer);
/// Takes a request from the list: declined by who lets in, taken back by who asked. Announces
/// circle.request_declined. Faults: NotFound, Forbidden.
Done drop_request(db::Tx& tx, const auth::Viewer& viewer, CircleId id, MemberId member);

// ── for features/spaces, which has asked who may ──
/// Circles that open a space: those that the viewer may see, by name, and how many others.
struct Opening {
    std::vector<Circle> circles;
    std::int64_t unseen = 0;
};
Opening opening(db::Tx& tx, const auth::Viewer& viewer, SpaceId space);
/// False when it was so already. Access changes in the same transaction.
bool open_space(db::Tx& tx, CommunityId community, CircleId id, SpaceId space);
bool close_space(db::Tx& tx, CommunityId community, CircleId id, SpaceId space);

// ── rules ──
/// Who would come in and go out: how many, and the first 50 of each.
struct Preview {
    std::int64_t entering = 0, leaving = 0, staying = 0;
    std::vector<MemberId> enter, leave;
};
/// Changes nothing. Admins. Faults: NotFound, Forbidden, Invalid (metric, amount, days, after).
Result<Preview> preview(db::Tx& tx, const auth::Viewer& viewer, CircleId id, const Rule& rule);
/// From now on the rule says who is in; `refresh` then lets it. Faults as preview.
Done set_rule(db::Tx& tx, const auth::Viewer& viewer, CircleId id, const Rule& rule);
/// Those who are in stay, and are put in and out by hand. Fault: NotFound "circles.no_rule".
Done drop_rule(db::Tx& tx, const auth::Viewer& viewer, CircleId id);
/// Lets in who fulfils the rule, and takes out who does not; in writes of 200. Announces
/// circle.member_added and circle.member_removed, without an actor.
void refresh(db::Db& db, CommunityId community, CircleId id);
/// The same for all circles with a rule, and takes out who has left the community. For a chore of
/// each day.
void refresh(db::Db& db);

std::string path(std::string_view slug);  ///< "/circles/bakers"

void routes(web::Routes& routes);

}  // namespace torv::circles
