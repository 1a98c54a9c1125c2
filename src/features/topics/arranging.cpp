#include "features/topics/store.hpp"
#include "features/topics/topics.hpp"
#include "platform/json/json.hpp"

namespace torv::topics {

void set_mark(db::Tx& tx, const auth::Viewer& by, TopicId topic, Mark what, State wanted) {
    const auto at = wanted == State::On ? std::optional(tx.now()) : std::nullopt;
    store::set_mark(tx, by.community, topic, what, at, by.id);
}

void set_accepted(db::Tx& tx, CommunityId community, TopicId topic, PostId answer) {
    store::set_accepted(tx, community, topic, answer);
}

std::vector<TopicId> set_deleted(db::Tx& tx, const auth::Viewer& by, const Topic& topic,
                                 State wanted) {
    const bool gone = wanted == State::On;
    store::set_topic_deleted(tx, by.community, topic.id,
                             gone ? std::optional(tx.now()) : std::nullopt, by.id);
    spaces::count_topics(tx, by.community, topic.space, gone ? -1 : 1);
    return store::settle_threads(tx, by.community, topic.id);
}

std::vector<TopicId> set_space(db::Tx& tx, CommunityId community, const Topic& topic, SpaceId to) {
    store::set_space(tx, community, topic.id, to);
    spaces::count_topics(tx, community, topic.space, -1);
    spaces::count_topics(tx, community, to, 1);
    return store::settle_threads(tx, community, topic.id);
}

std::vector<Post> posts_of(db::Tx& tx, CommunityId community, TopicId topic,
                           const std::vector<PostId>& posts) {
    return store::posts_of(tx, community, topic, posts);
}

std::vector<Post> posts_after(db::Tx& tx, CommunityId community, TopicId topic, PostId after,
                              int limit) {
    return store::page(tx, community, topic, after ? store::From::After : store::From::Start, after,
                       limit);
}

std::vector<Post> posts_around(db::Tx& tx, CommunityId community, TopicId topic, PostId around,
                               int each_side) {
    auto posts = store::page(tx, community, topic, store::From::Before, around, each_side);
    for (Post& post :
         store::page(tx, community, topic, store::From::AtAndAfter, around, each_side + 1))
        posts.push_back(std::move(post));
    return posts;
}

std::string title_of(db::Tx& tx, CommunityId community, SpaceId space, TopicId topic) {
    const auto found = store::named(tx, community, db::Ids{{topic.value}}, db::Ids{{space.value}});
    return found.empty() ? std::string{} : found.front().title;
}

PostId next_post(db::Tx& tx, CommunityId community, TopicId topic, Instant after) {
    return store::first_after(tx, community, topic, after).value_or(PostId{});
}

std::vector<TopicId> threads_below(db::Tx& tx, CommunityId community,
                                   const std::vector<PostId>& messages) {
    return store::threads_below(tx, community, messages);
}

bool written_since(db::Tx& tx, CommunityId community, const std::vector<TopicId>& topics,
                   Instant since) {
    return !topics.empty() && store::written_since(tx, community, topics, since);
}

void count_lifts(db::Tx& tx, CommunityId community, TopicId topic, int by) {
    store::count_lifts(tx, community, topic, by);
}

TopicId make_bare(db::Tx& tx, CommunityId community, const Bare& topic) {
    const auto id = tx.new_id<TopicId>();
    store::insert_topic(tx, {.id = id,
                             .community = community,
                             .space = topic.space,
                             .author = topic.author,
                             .title = topic.title,
                             .at = topic.created_at});
    spaces::count_topics(tx, community, topic.space, 1);
    return id;
}

std::vector<TopicId> carry(db::Tx& tx, CommunityId community, TopicId from, TopicId to,
                           const std::vector<PostId>& posts) {
    store::move_posts(tx, community, from, to, posts);
    store::recount(tx, community, from, store::Opening::Stays);
    store::recount(tx, community, to, store::Opening::Stays);
    return store::settle_threads(tx, community, to, posts);
}

std::string with_threads(std::string payload, const std::vector<TopicId>& threads) {
    if (threads.empty()) return payload;
    json::Writer list;
    list.array();
    for (const TopicId thread : threads) list.value(thread);
    list.end();
    const std::string_view comma = payload == "{}" ? "" : ",";
    payload.insert(payload.size() - 1, std::string(comma) + "\"threads\":" + list.take());
    return payload;
}

}  // namespace torv::topics
