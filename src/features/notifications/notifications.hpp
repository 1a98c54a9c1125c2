#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
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
namespace torv::community {
struct Community;
}
namespace torv::html {
class Out;
}
namespace torv::i18n {
class Catalogue;
class Words;
class Words;
}  // namespace torv::i18n
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
enum class Place { Space = 0, Topic = 1, Person = 2, Tag = 3 };

// ── kinds, on pages where a member chooses among them ──
/// All of them, what names one first.
std::span<const Kind> kinds_by_weight();
/// Only those who lead are told of it.
bool for_leaders(Kind kind);
/// "Somebody mentions you"
std::string_view kind_words(const i18n::Words& t, Kind kind);

// ── levels ──
/// What the member chose for a topic and its space; one query. Nothing for guests.
struct Levels {
    std::optional<Chosen> topic;
    std::optional<Chosen> space;
};
Levels levels(db::Tx& tx, const auth::Viewer& viewer, SpaceId space, TopicId topic = {});
std::optional<Chosen> level(db::Tx& tx, const auth::Viewer& viewer, Place place, std::int64_t id);
/// What the member chose for a tag, named without #, in lower case.
std::optional<Chosen> tag_level(db::Tx& tx, const auth::Viewer& viewer, std::string_view tag);
/// Under which numbers somebody chose a level for these tags, for the activity of a post that names
/// them; nothing for the others.
std::vector<std::int64_t> followed_tags(db::Tx& tx, CommunityId community,
                                        const std::vector<std::string>& tags);
/// From now on. Whether the viewer may see the place is asked by the caller.
void set_level(db::Tx& tx, const auth::Viewer& viewer, Place place, std::int64_t id, Level wanted);
/// The button "Follow" and its menu, which work without script. `action` takes the form: "/t/7".
void follow_control(html::Out& out, const web::Context& ctx, std::string_view action,
                    const std::optional<Chosen>& chosen);
/// The same for a tag, which is followed or not.
void follow_tag_control(html::Out& out, const web::Context& ctx, std::string_view action,
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
/// What was said and given in these spaces up to a moment is read; what else is told stays. One
/// statement.
void seen_talk(db::Tx& tx, const auth::Viewer& viewer, const db::Ids& spaces, Instant until);

/// What the viewer wants to hear of these topics, and where somebody waits for them.
struct Heed {
    std::unordered_map<TopicId, Level> topics;
    std::unordered_map<SpaceId, Level> spaces;
    std::unordered_set<TopicId> named;  ///< with an unread notice that names or answers the viewer

    bool follows(SpaceId space, TopicId topic) const;
    bool muted(SpaceId space, TopicId topic) const;
};
/// Two statements, none for guests.
Heed heed(db::Tx& tx, const auth::Viewer& viewer, const std::vector<TopicId>& topics);

/// How long notices are kept.
struct Keep {
    microseconds read = std::chrono::days(180);
    microseconds unread = std::chrono::days(400);
};
/// Derives notices from activity, those for many people in a job of small writes.
void follow(activity::Runner& activity, jobs::Runner& jobs, Keep keep = {});
/// Forgets old notices, in small writes; gives how many. For a chore of each day.
std::int64_t prune(db::Db& db, Keep keep);

// ── outside of the pages ──
/// Somebody who is told elsewhere, too. `each` is called once for everybody whom an activity
/// concerns and who has not read it: those beyond the first fifty in a job. A replay never calls
/// it again.
struct Outlet {
    std::string_view consumer;  ///< its name: "notices-mail"
    std::string_view job;       ///< for the many: "notices.queue"
    void (*each)(db::Tx& tx, CommunityId community, MemberId member, std::int64_t position);
};
void pass_on(activity::Runner& activity, jobs::Runner& jobs, const Outlet& outlet);

/// A member as what leaves the house sees them.
struct Reader {
    auth::Viewer viewer;
    const i18n::Words* t = nullptr;      ///< in their language
    std::optional<Instant> quiet_until;  ///< their quiet hours are now, and end then
};
/// Nothing for who is no active member.
std::optional<Reader> reader(db::Tx& tx, const community::Community& community,
                             const i18n::Catalogue& catalogue, MemberId member);

/// An unread bundle in words.
struct Unread {
    Kind kind{};
    std::int64_t newest = 0, oldest = 0;  ///< positions of its notices
    std::string tag;                      ///< the same for what belongs together: "answer-7"
    std::string sentence;                 ///< "Ada Lind replied to you in “Picnic”"
    std::string excerpt;                  ///< of the newest post; may be empty
    std::string path;                     ///< leads there and marks it as read
    Instant at;
};
struct UnreadPage {
    std::vector<Unread> bundles;  ///< newest first, at most 50
    std::int64_t count = 0;       ///< of all
};
/// What the member has not read and may read now. Six statements.
UnreadPage unread_page(db::Tx& tx, const Reader& to);
/// Is there a notice of this activity to the member? The record may be a moment ahead.
bool is_told(db::Tx& tx, CommunityId community, MemberId member, std::int64_t position);

/// Puts what waits into the outbox of mails, a letter a member, in small writes; for a chore of
/// each minute. Not called while there is no mail server: what waits goes when there is one, unless
/// it was read or is older than two weeks. `secret` signs the links that end the letters. Gives the
/// number of letters.
int send_letters(db::Db& db, const i18n::Catalogue& catalogue, std::string_view secret);
/// "/notices/off/…": who holds it may end the letters to this member, and nothing else.
std::string unsubscribe_path(std::string_view secret, CommunityId community, MemberId member);

void routes(web::Routes& routes);

}  // namespace torv::notifications
