#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/lifting/suggest.hpp"
#include "features/lifts/lifts.hpp"
#include "features/topics/topics.hpp"
#include "platform/auth/auth.hpp"
#include "platform/base/result.hpp"
#include "platform/db/db.hpp"

/// Chat becomes forum without loss: messages of a stream are lifted into a topic, and back.
namespace torv::lifting {

using lifts::LiftId;

inline constexpr std::size_t kPostsMax = 200;  ///< in one lift

/// Where messages are to go: into a topic that is there, or into a new one of a space.
struct Target {
    TopicId topic;  ///< 0: a new one
    SpaceId space;
    std::string_view title;
};

/// Spaces in which the viewer may begin a topic with what was said in `from`: nobody reads it there
/// who could not before. The space of the stream itself comes first.
std::vector<spaces::Access> target_spaces(const auth::Viewer& viewer, const spaces::Readable& all,
                                          const spaces::Access& from);

/// Lifts messages. They keep their ids, links, order, authors, reactions, files, former texts,
/// threads and what they answer; nobody is told again of what they were told of; a note stays
/// behind. All or nothing. Announces lift.made. Faults: NotFound, Forbidden, Invalid (posts, space,
/// topic, title), Conflict "lifting.gone" when one of them was lifted or deleted meanwhile.
Result<LiftId> lift(db::Tx& tx, const auth::Viewer& viewer, TopicId from,
                    const std::vector<PostId>& posts, const Target& target);

/// Puts them back where they were; what was written in the topic since stays there, and a topic
/// that was made for them alone goes. Whoever lifted, and moderators of the space they came from;
/// repeating is not an error. Announces lift.undone. Faults: NotFound, Forbidden, Conflict
/// "lifting.went_on" when one of them has gone on to another topic, "lifting.edited_closed" when
/// one was changed, or answered in its thread, where fewer could read it.
Done undo(db::Tx& tx, const auth::Viewer& viewer, LiftId id);

/// A lift of which the viewer may read both ends. Fault: NotFound "lifting.not_found".
Result<lifts::Lift> visible(db::Tx& tx, const auth::Viewer& viewer, LiftId id);

/// The conversation around a message, of which the viewer may lift each. Faults: NotFound,
/// Forbidden.
Result<std::vector<PostId>> suggest(db::Tx& tx, const auth::Viewer& viewer, PostId around);

/// What lifts mean for open pages.
void live(live::Registry& registry);

void routes(web::Routes& routes);

}  // namespace torv::lifting
