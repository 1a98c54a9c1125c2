#include "features/topics/topics.hpp"
#include "platform/activity/activity.hpp"
#include "platform/json/json.hpp"

namespace torv::topics {

namespace {

/// Kinds of activity that change nothing of what is said, nor where.
bool is_outward(std::string_view kind) {
    return kind == "topic.locked" || kind == "topic.unlocked" || kind == "topic.pinned" ||
           kind == "topic.unpinned" || kind == "topic.chat_opened" || kind == "topic.chat_closed";
}

}  // namespace

Touched touched(const activity::Activity& what) {
    Touched touched;
    if (what.kind.starts_with("conversation.") || is_outward(what.kind)) return touched;
    if (what.subject_kind == "post") touched.posts.push_back(PostId{what.subject_id});
    if (what.subject_kind != "topic") return touched;
    touched.topics.push_back(TopicId{what.subject_id});
    const auto payload = json::parse(what.payload).value_or(json::Value{});
    // Where posts were split away, what is left may be unanswered again.
    if (what.kind == "topic.split")
        touched.topics.push_back(TopicId::parse(payload["from"].string_or("")).value_or(TopicId{}));
    for (const auto& thread : payload["threads"].items())
        touched.topics.push_back(TopicId::parse(thread.string_or("")).value_or(TopicId{}));
    for (const auto& post : payload["posts"].items())
        touched.posts.push_back(PostId::parse(post.string_or("")).value_or(PostId{}));
    return touched;
}

}  // namespace torv::topics
