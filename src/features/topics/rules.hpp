#pragma once

#include <string>
#include <string_view>

#include "features/topics/topics.hpp"

/// What the rules of this slice share.
namespace torv::topics {

/// A post of any state in a topic the viewer may read. Fault: NotFound.
Result<SeenPost> any_post(db::Tx& tx, const auth::Viewer& viewer, PostId id);

/// May the viewer see a deleted topic and bring it back?
bool may_restore(const auth::Viewer& viewer, const Topic& topic, const spaces::Access& space);
bool may_restore(const auth::Viewer& viewer, const Post& post, const spaces::Access& space);
bool may_edit(const auth::Viewer& viewer, const Post& post, const Topic& topic,
              const spaces::Access& space);
bool may_remove(const auth::Viewer& viewer, const Post& post, const spaces::Access& space);
bool may_reply(const auth::Viewer& viewer, const Topic& topic, const spaces::Access& space);

/// Where what is said in a topic is shown: "/t/7", "/s/porch", "/p/41/thread".
std::string talk_path(const Topic& topic, const spaces::Access& space);

/// The place of a draft of what is said there.
std::string draft_of(const Topic& topic);

/// Where the talk of a topic is shown: "/t/7", "/s/porch", "/messages/7".
std::string talk_path(const Topic& topic, const spaces::Access& space);

/// One row of activity about a topic or a post; `payload` holds ids only.
void announce(db::Tx& tx, const auth::Viewer& viewer, std::string_view kind,
              std::string_view subject, std::int64_t id, SpaceId space, std::string payload = "{}");

}  // namespace torv::topics
