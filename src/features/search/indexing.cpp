#include "features/community/community.hpp"
#include "features/members/members.hpp"
#include "features/search/store.hpp"
#include "features/tags/tags.hpp"
#include "features/topics/topics.hpp"
#include "features/uploads/uploads.hpp"
#include "platform/activity/activity.hpp"
#include "platform/words/words.hpp"

// The index follows the activity.
namespace torv::search {

namespace {

std::vector<std::string> files_of(db::Tx& tx, CommunityId community, PostId post) {
    std::vector<std::string> names;
    for (const auto& shown : uploads::shown_in(tx, community, db::Ids{{post.value}}))
        names.push_back(shown.upload.name);
    return names;
}

void index_post(db::Tx& tx, CommunityId community, const store::PostText& post,
                std::string_view language) {
    const std::string own = words::language_of(post.body_md, language);
    store::Text text{.kind = Kind::Post,
                     .subject = post.post.value,
                     .space = post.space,
                     .talk = post.direct ? post.topic : TopicId{},
                     .author = post.author,
                     .at = post.created_at,
                     .language = own,
                     .body = post.body_md,
                     .tags = tags::named_in(post.body_md),
                     .files = files_of(tx, community, post.post)};
    store::put(tx, community, text);
    if (!post.opening || !post.titled) return;
    text.kind = Kind::Topic;
    text.subject = post.topic.value;
    text.title = post.title;
    text.unanswered = !store::first_reply(tx, community, post.topic);
    store::put(tx, community, text);
}

void refresh_post(db::Tx& tx, CommunityId community, PostId id, std::string_view language) {
    if (const auto post = store::post(tx, community, id))
        index_post(tx, community, *post, language);
    else store::remove(tx, community, Kind::Post, id.value);
}

/// A first answer came, or the last one went: the topic is marked anew.
void refresh_answered(db::Tx& tx, CommunityId community, PostId id, std::string_view language) {
    const TopicId topic = store::topic_of(tx, community, id);
    const PostId first = store::first_reply(tx, community, topic);
    if (first && first != id) return;
    for (const auto& opening : store::openings(tx, community, db::Ids{{topic.value}}))
        if (opening.post != id && !opening.direct) index_post(tx, community, opening, language);
}

void refresh_topic(db::Tx& tx, CommunityId community, TopicId id, std::string_view language) {
    const auto posts = store::posts_of(tx, community, id);
    if (posts.empty()) store::remove_topic(tx, community, id);
    for (const PostId post : posts) refresh_post(tx, community, post, language);
}

void refresh_person(db::Tx& tx, CommunityId community, MemberId id, std::string_view language) {
    const auto member = members::find(tx, community, id);
    const bool there = member && (member->state == members::State::Active ||
                                  member->state == members::State::Placeholder);
    if (!there) return store::remove(tx, community, Kind::Person, id.value);
    const std::string body = markdown::render(member->bio).text;
    store::put(tx, community,
               {.kind = Kind::Person,
                .subject = id.value,
                .at = member->joined_at,
                .language = language,
                .title = member->name + " " + member->handle,
                .body = body});
}

void take(db::Tx& tx, const activity::Activity& what) {
    const auto touched = topics::touched(what);
    const bool member = what.subject_kind == "member";
    if (touched.posts.empty() && touched.topics.empty() && !member) return;
    const auto community = community::find(tx, what.community);
    const std::string language = community ? community->language : "en";
    for (const TopicId topic : touched.topics) refresh_topic(tx, what.community, topic, language);
    for (const PostId post : touched.posts) {
        refresh_post(tx, what.community, post, language);
        if (what.kind != "post.edited") refresh_answered(tx, what.community, post, language);
    }
    if (member) refresh_person(tx, what.community, MemberId{what.subject_id}, language);
}

}  // namespace

void follow(activity::Runner& runner) { runner.derive("search", take, store::clear); }

}  // namespace torv::search
