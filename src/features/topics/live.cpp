#include "platform/live/live.hpp"

#include "features/topics/pages.hpp"
#include "features/topics/topics.hpp"
#include "features/topics/views.hpp"
#include "platform/json/json.hpp"

namespace torv::topics {

namespace {

using activity::Activity;
using live::Audience;
using live::News;
using live::Stream;

Audience audience_of(const auth::Viewer& viewer, const spaces::Access& space) {
    if (spaces::may_moderate(viewer, space)) return Audience::Moderator;
    if (spaces::may_write(viewer, space)) return Audience::Writer;
    return viewer.is_member() ? Audience::Reader : Audience::Guest;
}

std::optional<Audience> follow(db::Tx& tx, const auth::Viewer& viewer, std::int64_t id) {
    const auto seen = visible(tx, viewer, TopicId{id});
    return seen ? std::optional(audience_of(viewer, seen->space)) : std::nullopt;
}

std::optional<Audience> follow_thread(db::Tx& tx, const auth::Viewer& viewer, std::int64_t id) {
    const auto found = thread(tx, viewer, PostId{id});
    return found ? std::optional(audience_of(viewer, found->message.space)) : std::nullopt;
}

/// The space with the role that an audience has in it.
std::optional<spaces::Access> space_for(db::Tx& tx, CommunityId community, SpaceId id,
                                        Audience audience) {
    auto space = spaces::access(tx, community, id);
    if (!space) return std::nullopt;
    if (audience == Audience::Reader) space->role = spaces::Role::Reader;
    if (audience == Audience::Writer) space->role = spaces::Role::Member;
    return space;
}

std::int64_t number_in(const Activity& row, std::string_view name) {
    const auto payload = json::parse(row.payload);
    if (!payload) return 0;
    return TopicId::parse((*payload)[name].string_or("")).value_or(TopicId{}).value;
}

Stream topic_stream(std::int64_t id) { return {.kind = "topic", .id = id}; }
Stream thread_stream(std::int64_t id) { return {.kind = "thread", .id = id}; }
Stream space_stream(SpaceId id) { return {.kind = "space", .id = id.value}; }

using Part = void (*)(html::Out&, const web::Context&, const pages::TopicPage&, const Post&);

void whole(html::Out& out, const web::Context& ctx, const pages::TopicPage& page,
           const Post& post) {
    views::post(out, ctx, page, post, views::Head::Full);
}

/// Draws a part of a post, as it is when it is drawn.
auto post_drawn(SpaceId space_id, PostId id, Part part) {
    return [=](db::Tx& tx, web::Context& ctx, Audience audience, html::Out& out) {
        const auto space = space_for(tx, ctx.place.id, space_id, audience);
        if (!space) return false;
        const auto page = pages::of_post(tx, ctx.viewer, *space, id);
        if (!page) return false;
        part(out, ctx, *page, page->posts.front());
        return true;
    };
}

/// The row of a topic in the list of its space; a deleted one has none, and a chat no list.
auto row_drawn(SpaceId space, TopicId id) {
    return [=](db::Tx& tx, web::Context& ctx, Audience, html::Out& out) {
        const auto topic = store::topic(tx, ctx.place.id, id, db::Ids{{space.value}});
        if (!topic || topic->deleted_at) return false;
        if (topic->kind != Kind::Topic) return true;
        const auto faces = members::names(tx, ctx.place.id, {topic->author});
        views::topic_row(out, ctx, *topic, faces[topic->author], nullptr);
        return true;
    };
}

std::string topic_field(TopicId topic) { return "\"topic\":\"" + topic.text() + "\""; }

News row_news(const Activity& row, TopicId topic) {
    return {.stream = space_stream(row.space),
            .does = "topic",
            .fields = topic_field(topic),
            .draw = row_drawn(row.space, topic)};
}

/// Those who look at the thread get the post; in the stream the message says how much is below it.
std::vector<News> tell_in_thread(db::Tx& tx, const Activity& row, PostId message) {
    const PostId post{row.subject_id};
    std::vector<News> news{{.stream = thread_stream(message.value),
                            .does = row.kind == "post.created" ? "said" : "post",
                            .fields = "\"post\":\"" + post.text() + "\"",
                            .draw = post_drawn(row.space, post, whole)}};
    const auto opening = store::post(tx, row.community, message);
    if (row.kind != "post.edited" && opening)
        news.push_back({.stream = topic_stream(opening->topic.value),
                        .does = "thread",
                        .fields = "\"post\":\"" + message.text() + "\"",
                        .draw = post_drawn(row.space, message, views::thread_of)});
    return news;
}

std::vector<News> tell_post(db::Tx& tx, const Activity& row) {
    if (const PostId message{number_in(row, "thread")}) return tell_in_thread(tx, row, message);
    const TopicId topic{number_in(row, "topic")};
    const PostId post{row.subject_id};
    const std::string fields = topic_field(topic) + ",\"post\":\"" + post.text() + "\"";
    std::vector<News> news{{.stream = topic_stream(topic.value),
                            .does = row.kind == "post.created" ? "said" : "post",
                            .fields = fields,
                            .draw = post_drawn(row.space, post, whole)}};
    if (row.kind != "post.edited") news.push_back(row_news(row, topic));
    if (row.kind != "post.created") return news;
    news.back().fields += ",\"said\":true";
    news.push_back({.stream = {.kind = std::string(live::kCommunity)},
                    .does = "said",
                    .fields = fields + ",\"space\":\"" + row.space.text() + "\"",
                    .space = row.space});
    return news;
}

std::vector<News> tell_reaction(db::Tx&, const Activity& row) {
    const auto payload = json::parse(row.payload).value_or(json::Value{});
    const PostId post{row.subject_id};
    json::Writer fields;
    fields.object()
        .field("post", post)
        .field("emoji", payload["emoji"].string_or(""))
        .field("given", row.kind == "reaction.added")
        .end();
    const std::string text = fields.take();
    const std::int64_t thread = number_in(row, "thread");
    return {{.stream = thread ? thread_stream(thread) : topic_stream(number_in(row, "topic")),
             .does = "reactions",
             .fields = text.substr(1, text.size() - 2),
             .draw = post_drawn(row.space, post, views::reactions_of)}};
}

/// Threads that have gone along with their messages: not everybody who looks at one may do so
/// still.
void tell_threads(db::Tx& tx, const Activity& row, std::vector<News>& news) {
    const auto payload = json::parse(row.payload).value_or(json::Value{});
    std::vector<TopicId> threads;
    for (const auto& one : payload["threads"].items())
        threads.push_back(TopicId::parse(one.string_or("")).value_or(TopicId{}));
    if (threads.empty()) return;
    for (const auto& thread : store::hung(tx, row.community, threads))
        news.push_back(
            {.stream = thread_stream(thread.message.value), .does = "changed", .rights = true});
}

/// What was split off a thread is not counted below its message any more.
void tell_shorter(db::Tx& tx, const Activity& row, std::vector<News>& news) {
    const TopicId from{number_in(row, "from")};
    for (const auto& [message, space] : store::hung(tx, row.community, {from})) {
        const auto opening = store::post(tx, row.community, message);
        news.push_back({.stream = thread_stream(message.value), .does = "changed"});
        if (opening)
            news.push_back({.stream = topic_stream(opening->topic.value),
                            .does = "thread",
                            .fields = "\"post\":\"" + message.text() + "\"",
                            .draw = post_drawn(space, message, views::thread_of)});
    }
}

/// Rare things change a page in many places: those who look at it ask for it again.
std::vector<News> tell_topic(db::Tx& tx, const Activity& row) {
    const TopicId topic{row.subject_id};
    const bool other_shape = row.kind == "topic.chat_opened" || row.kind == "topic.chat_closed";
    std::vector<News> news{
        {.stream = topic_stream(topic.value), .does = other_shape ? "again" : "changed"}};
    if (row.kind == "topic.split") {
        news.push_back({.stream = topic_stream(number_in(row, "from")), .does = "changed"});
        tell_shorter(tx, row, news);
    }
    tell_threads(tx, row, news);
    const auto gone_from = [&](SpaceId space) {
        news.push_back(
            {.stream = space_stream(space), .does = "gone", .fields = topic_field(topic)});
    };
    if (row.kind == "topic.moved") gone_from(SpaceId{number_in(row, "from")});
    if (row.kind == "topic.deleted") gone_from(row.space);
    else news.push_back(row_news(row, topic));
    return news;
}

/// Which answer helped is said in several places of a page: it is asked for again.
std::vector<News> tell_answer(db::Tx&, const Activity& row) {
    const TopicId topic{number_in(row, "topic")};
    return {{.stream = topic_stream(topic.value), .does = "changed"}, row_news(row, topic)};
}

/// A topic that took messages of a chat, or gave them back: its row, unless it is gone with them.
std::vector<News> tell_lift(db::Tx& tx, const Activity& row) {
    const TopicId id{row.subject_id};
    const auto topic = store::topic(tx, row.community, id, db::Ids{{row.space.value}});
    std::vector<News> news;
    if (topic && !topic->deleted_at) news.push_back(row_news(row, id));
    else
        news.push_back(
            {.stream = space_stream(row.space), .does = "gone", .fields = topic_field(id)});
    tell_threads(tx, row, news);
    return news;
}

}  // namespace

void live(live::Registry& registry) {
    registry.stream("topic", follow);
    registry.stream("thread", follow_thread);
    registry.news("post.", tell_post);
    registry.news("reaction.", tell_reaction);
    registry.news("topic.", tell_topic);
    registry.news("answer.", tell_answer);
    registry.news("lift.", tell_lift);
}

}  // namespace torv::topics
