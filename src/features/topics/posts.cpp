#include "features/conversations/conversations.hpp"
#include "features/drafts/drafts.hpp"
#include "features/modlog/modlog.hpp"
#include "features/notifications/notifications.hpp"
#include "features/reactions/reactions.hpp"
#include "features/reads/reads.hpp"
#include "features/topics/rules.hpp"
#include "features/topics/store.hpp"
#include "features/uploads/uploads.hpp"
#include "platform/base/emoji.hpp"
#include "platform/json/json.hpp"

namespace torv::topics {

namespace {

json::Writer& in_topic(json::Writer& json, const Topic& topic) {
    json.object().field("topic", topic.id);
    if (topic.kind == Kind::Thread) json.field("thread", topic.first_post);
    return json;
}

std::string in_topic(const Topic& topic) {
    json::Writer json;
    in_topic(json, topic).end();
    return json.take();
}

bool is_opening(const SeenPost& seen) {
    return seen.topic.kind == Kind::Topic && seen.topic.first_post == seen.post.id;
}

/// The post as it is now, locked until the end of the transaction.
Result<SeenPost> locked_post(db::Tx& tx, const auth::Viewer& viewer, PostId id) {
    if (!store::lock_post(tx, viewer.community, id))
        return fail(Fault::NotFound, "topics.not_found");
    return any_post(tx, viewer, id);
}

/// What moderators do to the posts of others is written down.
void record_foreign(db::Tx& tx, const auth::Viewer& viewer, std::string_view act,
                    const SeenPost& seen) {
    if (seen.post.author == viewer.id) return;
    modlog::record(tx, viewer, act, {"post", seen.post.id.value}, seen.topic.space);
}

Done rename(db::Tx& tx, const auth::Viewer& viewer, const SeenPost& seen,
            std::optional<std::string_view> typed) {
    if (!typed || !is_opening(seen)) return Unit{};
    const std::string title = TRY(title_from(*typed));
    if (title == seen.topic.title) return Unit{};
    store::set_title(tx, viewer.community, seen.topic.id, title);
    announce(tx, viewer, "topic.renamed", "topic", seen.topic.id.value, seen.topic.space);
    return Unit{};
}

void set_deleted(db::Tx& tx, const auth::Viewer& viewer, const SeenPost& seen,
                 std::optional<Instant> at) {
    store::set_post_deleted(tx, viewer.community, seen.post.id, at, viewer.id);
    store::hold(tx, viewer.community, seen.topic.id);
    const bool uncounted =
        at && store::forget_note(tx, viewer.community, seen.topic.id, seen.post.id);
    const int by = is_opening(seen) || uncounted ? 0 : at ? -1 : 1;
    store::add_replies(tx, viewer.community, seen.topic.id, by);
    if (is_opening(seen)) store::refresh_excerpt(tx, viewer.community, seen.topic.id);
    const std::string_view act = at ? "post.deleted" : "post.restored";
    record_foreign(tx, viewer, act, seen);
    announce(tx, viewer, act, "post", seen.post.id.value, seen.topic.space, in_topic(seen.topic));
    if (!at || seen.topic.accepted != seen.post.id) return;
    store::set_accepted(tx, viewer.community, seen.topic.id, {});
    announce(tx, viewer, "answer.unaccepted", "post", seen.post.id.value, seen.topic.space,
             in_topic(seen.topic));
}

}  // namespace

Done edit(db::Tx& tx, const auth::Viewer& viewer, PostId id, std::int64_t seen_edits,
          const Prepared& text, std::optional<std::string_view> title) {
    const SeenPost seen = TRY(locked_post(tx, viewer, id));
    if (seen.post.deleted_at || seen.topic.deleted_at)
        return fail(Fault::NotFound, "topics.not_found");
    if (!may_edit(viewer, seen.post, seen.topic, seen.space))
        return fail(Fault::Forbidden, "topics.not_yours");
    if (seen_edits != seen.post.edits)
        return fail(Fault::Conflict, "topics.edited_meanwhile", "body");
    TRY(rename(tx, viewer, seen, title));
    drafts::forget(tx, viewer, "post:" + id.text());
    if (text.markdown == seen.post.body_md) return Unit{};

    store::set_text(tx, viewer.community, seen.post, viewer.id, text);
    store::drop_mentions(tx, viewer.community, id);
    store::set_mentions(tx, viewer.community, id, text.mentions);
    const bool own = seen.post.author == viewer.id;
    uploads::show_in(tx, viewer, id, text.uploads, own ? "" : seen.post.body_md);
    if (is_opening(seen)) store::set_excerpt(tx, viewer.community, seen.topic.id, text.excerpt);
    record_foreign(tx, viewer, "post.edited", seen);
    announce(tx, viewer, "post.edited", "post", id.value, seen.topic.space, in_topic(seen.topic));
    return Unit{};
}

Done remove(db::Tx& tx, const auth::Viewer& viewer, PostId id) {
    const SeenPost seen = TRY(locked_post(tx, viewer, id));
    if (seen.post.deleted_at) return Unit{};  // a double click is not an error
    if (!may_remove(viewer, seen.post, seen.space))
        return fail(Fault::Forbidden, "topics.not_yours");
    set_deleted(tx, viewer, seen, tx.now());
    if (!is_opening(seen) || seen.topic.replies > 0 || seen.topic.deleted_at) return Unit{};
    const auto threads = set_deleted(tx, viewer, seen.topic, State::On);
    announce(tx, viewer, "topic.deleted", "topic", seen.topic.id.value, seen.topic.space,
             with_threads("{}", threads));
    return Unit{};
}

Done restore(db::Tx& tx, const auth::Viewer& viewer, PostId id) {
    const SeenPost seen = TRY(locked_post(tx, viewer, id));
    if (!seen.post.deleted_at) return Unit{};
    if (!may_restore(viewer, seen.post, seen.space))
        return fail(Fault::Forbidden, "topics.not_yours");
    set_deleted(tx, viewer, seen, std::nullopt);
    if (!is_opening(seen) || !seen.topic.deleted_at) return Unit{};
    const auto threads = set_deleted(tx, viewer, seen.topic, State::Off);
    announce(tx, viewer, "topic.restored", "topic", seen.topic.id.value, seen.topic.space,
             with_threads("{}", threads));
    return Unit{};
}

Done react(db::Tx& tx, const auth::Viewer& viewer, PostId id, std::string_view emoji,
           State wanted) {
    const SeenPost seen = TRY(locked_post(tx, viewer, id));
    if (seen.post.deleted_at || seen.topic.deleted_at)
        return fail(Fault::NotFound, "topics.not_found");
    if (!spaces::may_write(viewer, seen.space)) return fail(Fault::Forbidden, "spaces.read_only");
    if (!is_emoji(emoji)) return fail(Fault::Invalid, "reactions.not_emoji", "emoji");

    auto counts = reactions::counts_from(seen.post.reactions);
    const bool changed =
        wanted == State::On
            ? TRY(reactions::add(tx, viewer.community, id, viewer.id, emoji, tx.now(), counts))
            : reactions::remove(tx, viewer.community, id, viewer.id, emoji, counts);
    if (!changed) return Unit{};
    store::set_reactions(tx, viewer.community, id, reactions::counts_json(counts),
                         reactions::sum_of(counts));
    if (is_opening(seen)) store::take_thanks(tx, viewer.community, seen.topic.id, id);
    json::Writer payload;
    in_topic(payload, seen.topic)
        .field("author", seen.post.author)
        .field("emoji", normal_emoji(emoji))
        .end();
    announce(tx, viewer, wanted == State::On ? "reaction.added" : "reaction.removed", "post",
             id.value, seen.topic.space, payload.take());
    return Unit{};
}

Done mark_read(db::Tx& tx, const auth::Viewer& viewer, TopicId id, PostId up_to) {
    const auto [topic, space] = TRY(visible(tx, viewer, id));
    const auto post = store::post(tx, viewer.community, up_to);
    if (!post || post->topic != id) return fail(Fault::NotFound, "topics.not_found");
    constexpr int kCountedMax = 1000;
    const auto after = up_to == topic.last_post ? 0
                                                : store::count_after(tx, viewer.community, id,
                                                                     post->created_at, kCountedMax);
    if (topic.kind == Kind::Direct) {
        reads::mark_own(tx, viewer, id, post->created_at, topic.replies - after);
        conversations::has_read(tx, viewer);
    } else reads::mark_topic(tx, viewer, space.id, id, post->created_at, topic.replies - after);
    notifications::seen_topic(tx, viewer, id, post->created_at);
    return Unit{};
}

}  // namespace torv::topics
