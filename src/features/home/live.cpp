#include "platform/live/live.hpp"

#include "features/home/home.hpp"
#include "features/members/members.hpp"
#include "features/spaces/spaces.hpp"
#include "features/topics/topics.hpp"
#include "platform/json/json.hpp"
#include "platform/web/web.hpp"

namespace torv::home {

namespace {

using activity::Activity;
using live::Audience;
using live::News;

constexpr std::string_view kHome = "home";

std::optional<Audience> follow(db::Tx&, const auth::Viewer& viewer, std::int64_t id) {
    if (id != 0 || !viewer.is_member()) return std::nullopt;
    return Audience::Reader;
}

std::int64_t number_in(const Activity& row, std::string_view name) {
    const auto payload = json::parse(row.payload);
    if (!payload) return 0;
    return TopicId::parse((*payload)[name].string_or("")).value_or(TopicId{}).value;
}

/// A row as it is when it is drawn; chats and what is deleted have none.
auto row_drawn(SpaceId space, TopicId id) {
    return [=](db::Tx& tx, web::Context& ctx, Audience, html::Out& out) {
        const auto topic = topics::listed(tx, ctx.place.id, space, id);
        const auto around = spaces::access(tx, ctx.place.id, space);
        if (!topic || !around) return false;
        const auto faces = members::names(tx, ctx.place.id, {topic->author});
        topics::row(out, ctx, *topic, faces[topic->author], &*around);
        return true;
    };
}

News news(std::string_view does, TopicId topic, SpaceId space) {
    return {.stream = {.kind = std::string(kHome)},
            .does = does,
            .fields = "\"topic\":\"" + topic.text() + "\"",
            .space = space};
}

News row_news(TopicId topic, SpaceId space) {
    News one = news("topic", topic, space);
    one.draw = row_drawn(space, topic);
    return one;
}

std::vector<News> tell_post(db::Tx&, const Activity& row) {
    if (row.kind == "post.edited") return {};
    News one = row_news(TopicId{number_in(row, "topic")}, row.space);
    if (row.kind == "post.created") one.fields += ",\"said\":true";
    return {std::move(one)};
}

std::vector<News> tell_topic(db::Tx&, const Activity& row) {
    const TopicId topic{row.subject_id};
    if (row.kind == "topic.deleted") return {news("gone", topic, row.space)};
    std::vector<News> all{row_news(topic, row.space)};
    // Who may read both places has the row already, and takes one news of a row of the record.
    if (row.kind == "topic.moved")
        all.push_back(news("gone", topic, SpaceId{number_in(row, "from")}));
    return all;
}

/// A topic that took messages of a chat, or gave them back; perhaps it went with them.
std::vector<News> tell_lift(db::Tx& tx, const Activity& row) {
    const TopicId topic{row.subject_id};
    if (topics::listed(tx, row.community, row.space, topic)) return {row_news(topic, row.space)};
    return {news("gone", topic, row.space)};
}

}  // namespace

void live(live::Registry& registry) {
    registry.stream(kHome, follow);
    registry.news("post.", tell_post);
    registry.news("topic.", tell_topic);
    registry.news("lift.", tell_lift);
}

}  // namespace torv::home
