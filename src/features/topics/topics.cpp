#include "features/topics/topics.hpp"

#include <algorithm>

#include "features/conversations/conversations.hpp"
#include "features/drafts/drafts.hpp"
#include "features/members/members.hpp"
#include "features/notifications/notifications.hpp"
#include "features/reads/reads.hpp"
#include "features/topics/rules.hpp"
#include "features/topics/store.hpp"
#include "features/uploads/uploads.hpp"
#include "platform/base/text.hpp"
#include "platform/html/markdown.hpp"
#include "platform/i18n/i18n.hpp"
#include "platform/i18n/marks.hpp"
#include "platform/json/json.hpp"

namespace torv::topics {

namespace {

constexpr std::size_t kExcerptMax = 200;  // characters
constexpr std::size_t kMentionsMax = 50;

std::string post_payload(const Topic& topic, PostId reply_to, const std::vector<MemberId>& mentions,
                         const std::vector<std::int64_t>& tags) {
    json::Writer json;
    json.object().field("topic", topic.id);
    if (topic.kind == Kind::Thread) json.field("thread", topic.first_post);
    if (reply_to) json.field("reply_to", reply_to);
    if (!mentions.empty()) {
        json.key("mentions").array();
        for (const MemberId member : mentions) json.value(member);
        json.end();
    }
    if (!tags.empty()) {
        json.key("tags").array();
        for (const std::int64_t tag : tags) json.value(std::to_string(tag));
        json.end();
    }
    json.end();
    return json.take();
}

/// What is answered must stand in the same topic; an answer to what has gone meanwhile is one to
/// the topic, and in a thread one to its message.
PostId answered(db::Tx& tx, const auth::Viewer& viewer, const Topic& topic, PostId wanted) {
    const PostId otherwise = topic.kind == Kind::Thread ? topic.first_post : PostId{};
    if (!wanted) return otherwise;
    const auto post = store::post(tx, viewer.community, wanted);
    return post && post->topic == topic.id && !post->deleted_at ? wanted : otherwise;
}

/// On the row of the topic when it is free. Who finds it held by another writer, on PostgreSQL,
/// notes the reply beside it and does not wait. Decision 0012.
void count(db::Tx& tx, CommunityId community, TopicId topic, const store::Newest& post,
           const std::string* opening) {
    if (opening) return store::count_opening(tx, community, topic, post, *opening);
    if (store::count_reply(tx, community, topic, post)) return;
    store::note_reply(tx, community, topic, post.post);
    tx.wake(kRepliesNoted);
}

/// Writes a post and everything that follows from it.
Post add_post(db::Tx& tx, const auth::Viewer& viewer, const Topic& topic, const Prepared& text,
              PostId reply_to, std::string_view draft) {
    const auto id = tx.new_id<PostId>();
    const bool opening = topic.kind == Kind::Topic && !topic.first_post;
    store::insert_post(tx, {.id = id,
                            .community = viewer.community,
                            .topic = topic.id,
                            .author = viewer.id,
                            .reply_to = reply_to,
                            .text = text,
                            .at = tx.now()});
    store::set_mentions(tx, viewer.community, id, text.mentions);
    if (!text.uploads.empty()) uploads::show_in(tx, viewer, id, text.uploads);
    drafts::forget(tx, viewer, draft);
    reads::mark_own(tx, viewer, topic.id, tx.now(), topic.replies + (opening ? 0 : 1));
    notifications::seen_topic(tx, viewer, topic.id, tx.now());
    const auto tags = topic.kind == Kind::Direct
                          ? std::vector<std::int64_t>{}
                          : notifications::followed_tags(tx, viewer.community, text.tags);
    announce(tx, viewer, "post.created", "post", id.value, topic.space,
             post_payload(topic, reply_to, text.mentions, tags));
    count(tx, viewer.community, topic.id, {.post = id, .author = viewer.id, .at = tx.now()},
          opening ? &text.excerpt : nullptr);
    return {.id = id,
            .topic = topic.id,
            .author = viewer.id,
            .reply_to = reply_to,
            .body_md = text.markdown,
            .body_html = text.html,
            .created_at = tx.now()};
}

/// In a conversation one speaks after the other: its row is held, so that the few messages of a
/// request are counted right.
Result<Post> say_direct(db::Tx& tx, const auth::Viewer& viewer, TopicId id, const Prepared& text,
                        PostId reply_to) {
    const auto [topic, space] = TRY(locked(tx, viewer, id));
    TRY(conversations::may_say(tx, viewer, id));
    TRY(check_may_write(viewer, topic, space));
    Post made =
        add_post(tx, viewer, topic, text, answered(tx, viewer, topic, reply_to), draft_of(topic));
    conversations::said(tx, viewer, id);
    return made;
}

Result<Prepared> prepare_with(db::Tx& tx, CommunityId community, std::string_view body,
                              uploads::Pictures pictures) {
    Prepared text{.markdown = i18n::nfc(body)};
    if (trimmed(text.markdown).empty()) return fail(Fault::Invalid, "topics.body_empty", "body");
    if (text.markdown.size() > kBodyMax)
        return fail(Fault::Invalid, "topics.body_too_long", "body");

    auto handles = markdown::possible_mentions(text.markdown);
    if (handles.size() > kMentionsMax) handles.resize(kMentionsMax);
    std::unordered_map<std::string, members::Face> known;
    if (!handles.empty()) known = members::by_handles(tx, community, handles);
    const auto is_member = [&](std::string_view handle) {
        return known.contains(std::string(handle));
    };
    auto rendered = markdown::render(
        text.markdown, {.is_member = is_member, .picture = std::move(pictures), .tags = true});
    text.uploads = std::move(rendered.uploads);
    text.html = std::move(rendered.html);
    text.tags = std::move(rendered.tags);
    text.excerpt = markdown::excerpt(rendered.text, kExcerptMax);
    for (const std::string& handle : rendered.mentions) {
        const auto who = known.find(handle);
        if (who != known.end() &&
            std::ranges::find(text.mentions, who->second.id) == text.mentions.end())
            text.mentions.push_back(who->second.id);
    }
    return text;
}

}  // namespace

Done check_may_write(const auth::Viewer& viewer, const Topic& topic, const spaces::Access& space) {
    if (topic.deleted_at) return fail(Fault::NotFound, "topics.not_found");
    if (space.archived) return fail(Fault::Forbidden, "spaces.archived");
    if (!spaces::may_write(viewer, space)) return fail(Fault::Forbidden, "spaces.read_only");
    if (!may_reply(viewer, topic, space)) return fail(Fault::Forbidden, "topics.locked_text");
    return Unit{};
}

Result<Prepared> prepare(db::Tx& tx, CommunityId community, std::string_view body) {
    return prepare_with(tx, community, body, uploads::pictures(tx, community));
}

Result<Prepared> prepare(db::Tx& tx, const auth::Viewer& writer, std::string_view body) {
    return prepare_with(tx, writer.community, body, uploads::pictures(tx, writer));
}

Result<std::string> title_from(std::string_view typed) {
    std::string title;
    for (const char c : i18n::tidy(typed)) {
        const bool space = static_cast<unsigned char>(c) <= 0x20 || c == 0x7F;
        if (!space) title += c;
        else if (!title.empty() && title.back() != ' ') title += ' ';
    }
    const std::size_t length = code_points(title);
    if (length < kTitleMin || length > kTitleMax)
        return fail(Fault::Invalid, "topics.title_length", "title");
    return title;
}

int fold_replies(db::Db& db) {
    constexpr int kAtOnce = 100;
    const auto noted = db.read([](db::Tx& tx) { return store::noted_topics(tx, kAtOnce); });
    for (const auto& [community, topic] : noted)
        db.write(
            [&](db::Tx& tx) {
                store::hold(tx, community, topic);
                store::add_replies(tx, community, topic, store::take_notes(tx, community, topic));
            },
            db::Priority::Background);
    return static_cast<int>(noted.size());
}

std::vector<std::string> check(db::Db& db) {
    std::vector<std::string> wrong;
    for (const TopicId topic : db.read([](db::Tx& tx) { return store::miscounted(tx); }))
        wrong.push_back("topics: the topic " + topic.text() + " counts its replies wrong");
    return wrong;
}

Result<TopicId> start(db::Tx& tx, const auth::Viewer& viewer, SpaceId space_id,
                      std::string_view typed, const Prepared& opening) {
    const auto readable = spaces::readable(tx, viewer);
    const spaces::Access* space = readable.find(space_id);
    if (!space) return fail(Fault::NotFound, "spaces.not_found");
    if (space->archived) return fail(Fault::Forbidden, "spaces.archived");
    if (!spaces::may_write(viewer, *space)) return fail(Fault::Forbidden, "spaces.read_only");
    if (!spaces::may_start(viewer, *space)) return fail(Fault::Forbidden, "spaces.starters_only");
    if (space->kind == spaces::Kind::Chat) return fail(Fault::Invalid, "topics.not_in_chat");
    const std::string title = TRY(title_from(typed));

    const auto id = tx.new_id<TopicId>();
    store::insert_topic(tx, {.id = id,
                             .community = viewer.community,
                             .space = space_id,
                             .author = viewer.id,
                             .title = title,
                             .excerpt = opening.excerpt,
                             .at = tx.now()});
    announce(tx, viewer, "topic.created", "topic", id.value, space_id);
    const Topic topic{.id = id, .space = space_id, .author = viewer.id};
    add_post(tx, viewer, topic, opening, {}, "space:" + space_id.text());
    spaces::count_topics(tx, viewer.community, space_id, 1);
    return id;
}

Result<Post> reply(db::Tx& tx, const auth::Viewer& viewer, TopicId id, const Prepared& text,
                   PostId reply_to) {
    auto [topic, space] = TRY(visible(tx, viewer, id));
    if (topic.kind == Kind::Direct) return say_direct(tx, viewer, id, text, reply_to);
    TRY(check_may_write(viewer, topic, space));
    return add_post(tx, viewer, topic, text, answered(tx, viewer, topic, reply_to),
                    draft_of(topic));
}

TopicId begin_direct(db::Tx& tx, const auth::Viewer& viewer, std::string_view title) {
    const auto id = tx.new_id<TopicId>();
    store::insert_topic(tx, {.id = id,
                             .community = viewer.community,
                             .space = spaces::post_box(tx, viewer.community),
                             .author = viewer.id,
                             .kind = Kind::Direct,
                             .title = title,
                             .at = tx.now()});
    return id;
}

Done name_direct(db::Tx& tx, const auth::Viewer& viewer, TopicId id, std::string_view typed) {
    const auto [topic, space] = TRY(locked(tx, viewer, id));
    if (topic.kind != Kind::Direct) return fail(Fault::NotFound, "topics.not_found");
    const std::string title = trimmed(typed).empty() ? std::string{} : TRY(title_from(typed));
    if (title == topic.title) return Unit{};
    store::set_title(tx, viewer.community, id, title);
    announce(tx, viewer, "topic.renamed", "topic", id.value, topic.space);
    return Unit{};
}

TopicId stream(db::Tx& tx, CommunityId community, SpaceId space, MemberId author, Instant at) {
    if (const auto known = store::stream_of(tx, community, space)) return known->id;
    const auto id = tx.new_id<TopicId>();
    const bool made = store::insert_topic(tx, {.id = id,
                                               .community = community,
                                               .space = space,
                                               .author = author,
                                               .kind = Kind::Stream,
                                               .at = at});
    if (made) return id;
    const auto other = store::stream_of(tx, community, space);  // somebody was quicker
    return other ? other->id : id;
}

Result<Post> say(db::Tx& tx, const auth::Viewer& viewer, SpaceId space_id, const Prepared& text,
                 PostId reply_to) {
    const auto readable = spaces::readable(tx, viewer);
    const spaces::Access* space = readable.find(space_id);
    if (!space || space->kind != spaces::Kind::Chat)
        return fail(Fault::NotFound, "spaces.not_found");
    TRY(check_may_write(viewer, {}, *space));
    const TopicId id = stream(tx, viewer.community, space_id, viewer.id, tx.now());
    return reply(tx, viewer, id, text, reply_to);
}

}  // namespace torv::topics
