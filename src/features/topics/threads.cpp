#include <memory>

#include "features/topics/handlers.hpp"
#include "features/topics/pages.hpp"
#include "features/topics/rules.hpp"
#include "features/topics/store.hpp"
#include "features/topics/views.hpp"

/// Threads: what is said below a message of a chat. Their pages are features/chat's.
namespace torv::topics {

namespace {

/// Two who answer at once make one thread.
TopicId thread_at(db::Tx& tx, CommunityId community, SpaceId space, const Post& message, Instant at,
                  bool imported) {
    if (const auto known = store::thread_of(tx, community, message.id)) return known->id;
    const auto id = tx.new_id<TopicId>();
    const bool made = store::insert_topic(tx, {.id = id,
                                               .community = community,
                                               .space = space,
                                               .author = message.author,
                                               .kind = Kind::Thread,
                                               .first_post = message.id,
                                               .at = at,
                                               .imported = imported});
    if (made) return id;
    const auto other = store::thread_of(tx, community, message.id);
    return other ? other->id : id;
}

}  // namespace

Result<Thread> thread(db::Tx& tx, const auth::Viewer& viewer, PostId id) {
    Thread found{.message = TRY(any_post(tx, viewer, id))};
    auto& message = found.message;
    const auto topic = store::thread_of(tx, viewer.community, id);
    // It is where its message is, and goes along wherever that is carried.
    if (topic) {
        const Seen seen = TRY(visible(tx, viewer, topic->id));
        found.topic = seen.topic;
        message.space = seen.space;
    } else if (message.topic.kind != Kind::Stream || message.post.deleted_at) {
        return fail(Fault::NotFound, "topics.not_found");
    }
    if (message.post.deleted_at) {
        message.post.body_md.clear();
        message.post.body_html.clear();
    }
    return found;
}

Result<PostId> answer_below(db::Tx& tx, const auth::Viewer& viewer, PostId id, const Prepared& text,
                            PostId reply_to) {
    Thread found = TRY(thread(tx, viewer, id));
    if (!found.topic.id) {
        // The message must not go elsewhere while its thread begins.
        store::hold(tx, viewer.community, found.message.topic.id);
        found = TRY(thread(tx, viewer, id));
    }
    const auto& [message, topic] = found;
    if (topic.id) return TRY(reply(tx, viewer, topic.id, text, reply_to)).id;
    TRY(check_may_write(viewer, message.topic, message.space));
    const TopicId made =
        thread_at(tx, viewer.community, message.space.id, message.post, tx.now(), false);
    return TRY(reply(tx, viewer, made, text, reply_to)).id;
}

TopicId import_thread(db::Tx& tx, CommunityId community, SpaceId space, PostId id, Instant at) {
    const auto message = store::post(tx, community, id);
    return message ? thread_at(tx, community, space, *message, at, true) : TopicId{};
}

Result<ThreadShown> show_thread(db::Tx& tx, const web::Context& ctx, PostId id,
                                const std::string& base) {
    ThreadShown shown{.thread = TRY(thread(tx, ctx.viewer, id))};
    const auto page = std::make_shared<pages::TopicPage>(
        TRY(pages::thread(tx, ctx.viewer, shown.thread, chat_window(ctx))));
    page->reply_to = PostId::parse(ctx.query("reply_to")).value_or(PostId{});
    shown.draw = [page, base](html::Out& out, const web::Context& where) {
        views::stream(out, where, *page, {.base = base});
    };
    return shown;
}

}  // namespace torv::topics
