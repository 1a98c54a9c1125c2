#include "features/reactions/reactions.hpp"
#include "features/topics/rules.hpp"
#include "features/topics/store.hpp"
#include "platform/activity/activity.hpp"
#include "platform/base/emoji.hpp"
#include "platform/base/text.hpp"
#include "platform/i18n/i18n.hpp"
#include "platform/json/json.hpp"

namespace torv::topics {

namespace {

struct What {
    std::string_view kind;
    MemberId actor;
    activity::Subject subject;
    SpaceId space;
    Instant at;
    std::string payload = "{}";
};

void announce_imported(db::Tx& tx, CommunityId community, What what) {
    activity::announce(tx, {.community = community,
                            .kind = what.kind,
                            .actor = what.actor,
                            .subject = what.subject,
                            .space = what.space,
                            .payload = std::move(what.payload),
                            .happened_at = what.at,
                            .origin = activity::Origin::Imported});
}

/// Titles of other systems may be of any length.
std::string fitted_title(std::string_view given) {
    const auto title = title_from(given);
    if (title) return *title;
    std::string shorter{first_code_points(trimmed(given), kTitleMax - 1)};
    if (const auto cut = title_from(shorter + "…")) return *cut;
    return "…";
}

}  // namespace

Import<TopicId> import_topic(db::Tx& tx, CommunityId community, const ImportedTopic& topic) {
    if (const auto known = store::topic_of_source(tx, community, topic.source))
        return {.id = *known};
    const auto id = tx.new_id<TopicId>();
    const std::string title = fitted_title(topic.title);
    store::insert_topic(tx, {.id = id,
                             .community = community,
                             .space = topic.space,
                             .author = topic.author,
                             .title = title,
                             .at = topic.happened_at,
                             .imported = true,
                             .source = topic.source});
    spaces::count_topics(tx, community, topic.space, 1);
    announce_imported(tx, community,
                      {.kind = "topic.created",
                       .actor = topic.author,
                       .subject = {"topic", id.value},
                       .space = topic.space,
                       .at = topic.happened_at});
    return {.id = id, .fresh = true};
}

Import<PostId> import_post(db::Tx& tx, CommunityId community, const ImportedPost& post,
                           const Prepared& text) {
    const auto id = tx.new_id<PostId>();
    const bool fresh = store::import_post(tx, {.id = id,
                                               .community = community,
                                               .topic = post.topic,
                                               .author = post.author,
                                               .reply_to = post.reply_to,
                                               .text = text,
                                               .at = post.happened_at,
                                               .edited_at = post.edited_at,
                                               .imported = true,
                                               .source = post.source,
                                               .score = post.score});
    if (!fresh) return {.id = imported_post(tx, community, post.source)};
    store::set_mentions(tx, community, id, text.mentions);
    json::Writer payload;
    payload.object().field("topic", post.topic).end();
    announce_imported(tx, community,
                      {.kind = "post.created",
                       .actor = post.author,
                       .subject = {"post", id.value},
                       .space = post.space,
                       .at = post.happened_at,
                       .payload = payload.take()});
    return {.id = id, .fresh = true};
}

PostId imported_post(db::Tx& tx, CommunityId community, std::string_view source) {
    return store::post_of_source(tx, community, source).value_or(PostId{});
}

bool import_reaction(db::Tx& tx, CommunityId community, PostId id, MemberId member,
                     std::string_view emoji, Instant at) {
    if (!is_emoji(emoji)) return false;
    const auto post = store::lock_post(tx, community, id);
    if (!post) return false;
    auto counts = reactions::counts_from(post->reactions);
    const auto added = reactions::add(tx, community, id, member, emoji, at, counts);
    if (!added) return false;
    if (*added)
        store::set_reactions(tx, community, id, reactions::counts_json(counts),
                             reactions::sum_of(counts));
    return true;
}

void finish_import(db::Tx& tx, CommunityId community, const std::vector<TopicId>& topics) {
    for (const TopicId topic : topics) store::recount(tx, community, topic);
}

}  // namespace torv::topics
