#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/notifications/rules.hpp"
#include "platform/auth/auth.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"

namespace torv::activity {
class Runner;
}
namespace torv::jobs {
class Runner;
}
namespace torv::html {
class Out;
}
namespace torv::i18n {
class Catalogue;
}
namespace torv::live {
class Registry;
}
namespace torv::web {
class Context;
class Routes;
}  // namespace torv::web

/// Notices: what happened that concerns a member, and what a member follows. Derived from activity;
/// low, so that topics can say what has been read and show what is followed.
namespace torv::notifications {

/// What a level is about; stored as its number.
enum class Place { Space = 0, Topic = 1, Person = 2 };

// ── levels ──
/// What the member chose for a topic and its space; one query. Nothing for guests.
struct Levels {
    std::optional<Chosen> topic;
    std::optional<Chosen> space;
};
Levels levels(db::Tx& tx, const auth::Viewer& viewer, SpaceId space, TopicId topic = {});
std::optional<Chosen> level(db::Tx& tx, const auth::Viewer& viewer, Place place, std::int64_t id);
/// From now on. Whether the viewer may see the place is asked by the caller.
void set_level(db::Tx& tx, const auth::Viewer& viewer, Place place, std::int64_t id, Level wanted);
/// The button "Follow" and its menu, which work without script. `action` takes the form: "/t/7".
void follow_control(html::Out& out, const web::Context& ctx, std::string_view action,
                    const std::optional<Chosen>& chosen);

// ── the bell ──
/// How many are new, as a number and in words; nothing when there are none.
void bell_count(html::Out& out, const web::Context& ctx, std::int64_t unread);
/// Streams "notices:24": the count at the bell, for the member's open pages.
void live(live::Registry& registry);

// ── reading ──
/// How many bundles the member has not read, in the spaces they may read; counted up to 200.
/// One query.
std::int64_t unread(db::Tx& tx, const auth::Viewer& viewer, const db::Ids& readable);
/// The member has been in the topic: what was said there up to `until`, and everything else about
/// it up to now, is read. Call it in the write that marks the topic.
void seen_topic(db::Tx& tx, const auth::Viewer& viewer, TopicId topic, Instant until);
/// Everything about the space up to now is read.
void seen_space(db::Tx& tx, const auth::Viewer& viewer, SpaceId space);

/// How long notices are kept.
struct Keep {
    microseconds read = std::chrono::days(180);
    microseconds unread = std::chrono::days(400);
};
/// Derives notices from activity, those for many people in a job of small writes.
void follow(activity::Runner& activity, jobs::Runner& jobs, Keep keep = {});
/// Forgets old notices, in small writes; gives how many. For a chore of each day.
std::int64_t prune(db::Db& db, Keep keep);

/// Puts what waits into the outbox of mails, a letter a member, in small writes; for a chore of
/// each minute. Not called while there is no mail server: what waits goes when there is one, unless
/// it was read or is older than two weeks. `secret` signs the links that end the letters. Gives the
/// number of letters.
int send_letters(db::Db& db, const i18n::Catalogue& catalogue, std::string_view secret);
/// "/notices/off/…": who holds it may end the letters to this member, and nothing else.
std::string unsubscribe_path(std::string_view secret, CommunityId community, MemberId member);

void routes(web::Routes& routes);

}  // namespace torv::notifications
