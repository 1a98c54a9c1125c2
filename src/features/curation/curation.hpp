#pragma once

#include <string_view>
#include <vector>

#include "features/topics/topics.hpp"
#include "platform/auth/auth.hpp"
#include "platform/base/result.hpp"
#include "platform/db/db.hpp"

/// What moderators do with topics as a whole: lock, pin, delete, move, split. Each checks what the
/// viewer may do, inside the transaction, writes it into the moderation log and announces it.
namespace torv::curation {

/// Moderators of the space; repeating is not an error. Announces topic.locked and so on.
/// Faults: NotFound, Forbidden "curation.moderators_only".
Done mark(db::Tx& tx, const auth::Viewer& viewer, TopicId topic, topics::Mark what,
          topics::State wanted);
Done remove_topic(db::Tx& tx, const auth::Viewer& viewer, TopicId topic);
Done restore_topic(db::Tx& tx, const auth::Viewer& viewer, TopicId topic);
/// To a space in which the moderator may begin topics. Announces topic.moved.
Done move(db::Tx& tx, const auth::Viewer& viewer, TopicId topic, SpaceId to);
/// Moves posts of one topic (never its opening post, except from a stream) to a new topic in `to`;
/// ids, order, authors and links stay. At most 200 posts. Announces topic.split.
Result<TopicId> split(db::Tx& tx, const auth::Viewer& viewer, TopicId from,
                      const std::vector<PostId>& posts, std::string_view title, SpaceId to);

void routes(web::Routes& routes);

}  // namespace torv::curation
