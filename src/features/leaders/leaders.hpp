#pragma once

#include <cstdint>
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

namespace torv::html {
class Out;
}
namespace torv::web {
class Context;
class Routes;
}  // namespace torv::web

/// "Ask the leaders": private questions of members, routed to those who lead, answered, measured.
namespace torv::leaders {

inline constexpr int kAskedADay = 10;  ///< by one member

enum class State { Waiting, Taken, Answered, Closed };
std::string_view state_name(State state);  ///< "waiting", …: the words of the API

struct Question {
    TopicId id;  ///< of its conversation
    MemberId asker;
    SpaceId space;        ///< 0: the whole community
    std::string excerpt;  ///< as it stands now; empty when it was deleted
    MemberId taken_by;    ///< 0: nobody yet
    Instant asked_at;
    Instant answered_at;  ///< 0: not yet
    Instant closed_at;    ///< 0: open

    State state() const;
};

/// Asks. `space` may be 0, else one that the viewer may read. Announces leader_question.asked with
/// those who are told. Faults: Invalid (field "space") "leaders.no_space", "leaders.nobody" when
/// nobody else leads there; TooMany "leaders.too_many".
Result<TopicId> ask(db::Tx& tx, const auth::Viewer& viewer, SpaceId space,
                    const topics::Prepared& text);

/// The viewer answers it from now on, and comes into its conversation; who had it leaves. `from` is
/// who had it when the viewer decided, 0: nobody. Announces leader_question.taken; repeating is no
/// error. Faults: NotFound "leaders.not_found" for who does not lead there, or asked it; Conflict
/// "leaders.taken" when somebody else was quicker, "leaders.not_taken" when nobody had it.
Done take(db::Tx& tx, const auth::Viewer& viewer, TopicId id, MemberId from);
/// By whoever took it and still leads there; repeating is no error. Announces
/// leader_question.closed. Fault: NotFound.
Done close(db::Tx& tx, const auth::Viewer& viewer, TopicId id);

/// Does the viewer lead anywhere, and how many questions wait for them, counted up to 100?
struct Waiting {
    bool leads = false;
    std::int64_t count = 0;
};
Waiting waiting(db::Tx& tx, const auth::Viewer& viewer);

/// The question that a conversation of kind Question is, for who may read the conversation; who is
/// who comes along.
std::optional<Question> of_conversation(db::Tx& tx, CommunityId community, TopicId id);
/// How far it is, above its conversation; with a way to close it for who took it.
void strip(html::Out& out, const web::Context& ctx, const Question& question);

// ── figures: pure ──
struct Times {
    Instant asked_at;
    Instant answered_at;  ///< 0: not yet
};
struct Figures {
    int asked = 0;          ///< questions of the period
    int answered = 0;       ///< of them
    microseconds median{};  ///< from asking to the first answer, over the answered ones
    int due = 0;            ///< asked at least 24 hours ago, or answered
    int in_time = 0;        ///< of those due, answered within 24 hours
};
Figures figures(const std::vector<Times>& questions, Instant now);

void routes(web::Routes& routes);

}  // namespace torv::leaders
