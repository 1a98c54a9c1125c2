#include "features/topics/json.hpp"

#include "features/reactions/reactions.hpp"
#include "platform/base/or_null.hpp"

namespace torv::topics {

namespace {

void write_author(json::Writer& json, const members::Face& author) {
    json.key("author")
        .object()
        .field("id", author.id)
        .field("handle", author.handle)
        .field("name", author.name)
        .end();
}

}  // namespace

void write_topic(json::Writer& json, const web::Context& ctx, const Topic& topic,
                 const members::Face& author) {
    json.object()
        .field("id", topic.id)
        .field("space", topic.space)
        .field("kind", topic.kind == Kind::Direct   ? "direct"
                       : topic.kind == Kind::Stream ? "stream"
                       : topic.kind == Kind::Thread ? "thread"
                                                    : "topic")
        .field("title", topic.title)
        .field("excerpt", topic.excerpt)
        .field("url", ctx.absolute(path(topic.id, topic.title)));
    write_author(json, author);
    json.field("created_at", topic.created_at)
        .field("last_post_at", topic.last_post_at)
        .field("first_post", or_null(topic.first_post))
        .field("last_post", or_null(topic.last_post))
        .field("reply_count", topic.replies)
        .field("accepted", or_null(topic.accepted))
        .field("thanks", topic.thanks)
        .field("pinned", topic.pinned)
        .field("locked", topic.locked)
        .field("chat", topic.chat)
        .field("deleted", static_cast<bool>(topic.deleted_at))
        .field("is_unread", topic.fresh)
        .field("unread", topic.unread)
        .end();
}

void write_post(json::Writer& json, const web::Context& ctx, const Post& post,
                const members::Face& author, const std::vector<std::string>* own) {
    const bool gone = static_cast<bool>(post.deleted_at);
    json.object()
        .field("id", post.id)
        .field("topic", post.topic)
        .field("url", ctx.absolute(path(post.id)))
        .field("reply_to", or_null(post.reply_to));
    write_author(json, author);
    json.field("body", gone ? std::nullopt : std::optional(post.body_md))
        .field("html", gone ? std::nullopt : std::optional(post.body_html))
        .field("created_at", post.created_at)
        .field("edited_at", or_null(post.edited_at))
        .field("edits", post.edits)
        .field("thanks", gone ? 0 : post.thanks)
        .field("deleted", gone)
        .key("reactions")
        .object();
    if (!gone)
        for (const auto& [emoji, count] : reactions::counts_from(post.reactions))
            json.field(emoji, count);
    json.end().key("own_reactions").array();
    if (own && !gone)
        for (const std::string& emoji : *own) json.value(emoji);
    json.end().end();
}

}  // namespace torv::topics
