#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/topics/topics.hpp"
#include "platform/auth/auth.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"

namespace torv::jobs {
class Runner;
}
namespace torv::web {
class Routes;
}

/// What members have written to be posted later, once or again and again. Nobody else sees it
/// before.
namespace torv::scheduling {

using ScheduledId = Id<struct ScheduledTag>;

inline constexpr int kMost = 100;  ///< of one member

/// What is to be posted, and when, as it was asked for.
struct Plan {
    SpaceId space;    ///< where a topic is begun; 0: an answer
    TopicId topic;    ///< which is answered; 0: a new topic
    PostId reply_to;  ///< 0: to the topic
    std::string title;
    std::string body;
    std::string at;    ///< the first time, on the clocks of the zone: "2026-11-30T08:00"
    std::string zone;  ///< "Europe/Copenhagen"
    std::string rule;  ///< RRULE of RFC 5545; empty: once
};

struct Scheduled {
    ScheduledId id;
    MemberId author;
    Plan plan;
    Instant due_at;           ///< 0: it could not be posted
    Instant failed_at;        ///< 0: it did not fail
    std::string fault;        ///< why, a locale key
    std::int64_t posted = 0;  ///< how often
};

/// Keeps a text for later. Faults: what posting it now would give, NotFound, Forbidden; Invalid
/// "scheduling.no_moment", "scheduling.too_early", "scheduling.too_late" (field "at"),
/// "scheduling.no_place", "scheduling.no_zone", "scheduling.no_rule", "scheduling.too_many", and
/// those of title and body.
Result<ScheduledId> put(db::Tx& tx, const auth::Viewer& viewer, const Plan& plan);
/// Changes text and moments; where it goes stays. One that failed is tried again then. Faults: as
/// `put`, NotFound "scheduling.not_found".
Done change(db::Tx& tx, const auth::Viewer& viewer, ScheduledId id, const Plan& plan);
/// Fault: NotFound "scheduling.not_found".
Done drop(db::Tx& tx, const auth::Viewer& viewer, ScheduledId id);
/// Posts it at once and gives the path of what was posted; what comes again goes on coming. `text`
/// is its body, prepared; `seen`: how often it was posted when the viewer asked, so that who
/// presses twice posts once. Faults: NotFound, Forbidden, Conflict "scheduling.posted_already".
Result<std::string> post_now(db::Tx& tx, const auth::Viewer& viewer, ScheduledId id,
                             const topics::Prepared& text, std::optional<std::int64_t> seen = {});

/// The viewer's own. Fault: NotFound "scheduling.not_found".
Result<Scheduled> find(db::Tx& tx, const auth::Viewer& viewer, ScheduledId id);
/// The viewer's own: those that failed first, then by when they come; at most kMost.
std::vector<Scheduled> list(db::Tx& tx, const auth::Viewer& viewer);

/// May the viewer post there? Faults: NotFound, Forbidden.
Done check_target(db::Tx& tx, const auth::Viewer& viewer, const Plan& plan);

/// Posts when it is time.
void follow(jobs::Runner& jobs);

void routes(web::Routes& routes);

}  // namespace torv::scheduling
