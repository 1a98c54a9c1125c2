#include "features/tags/tags.hpp"

#include <algorithm>

#include "features/tags/store.hpp"
#include "features/topics/topics.hpp"
#include "platform/activity/activity.hpp"
#include "platform/base/text.hpp"
#include "platform/html/markdown.hpp"
#include "platform/i18n/i18n.hpp"

namespace torv::tags {

namespace {

/// What is kept of the post becomes what it names now, where it stands now.
void refresh(db::Tx& tx, CommunityId community, PostId post) {
    const auto before = store::kept(tx, community, post);
    const auto text = store::text(tx, community, post);
    std::vector<store::Kept> now;
    if (text && !text->direct)
        for (auto& tag : named_in(text->body_md))
            now.push_back({.tag = std::move(tag), .space = text->space, .topic = text->topic});
    const auto holds = [](const auto& list, const store::Kept& one) {
        return std::ranges::find(list, one) != list.end();
    };
    for (const auto& one : before)
        if (!holds(now, one)) store::drop(tx, community, post, one);
    for (const auto& one : now)
        if (!holds(before, one)) store::keep(tx, community, *text, one.tag);
}

void take(db::Tx& tx, const activity::Activity& what) {
    const auto touched = topics::touched(what);
    for (const TopicId topic : touched.topics)
        for (const PostId post : store::posts_of(tx, what.community, topic))
            refresh(tx, what.community, post);
    for (const PostId post : touched.posts) refresh(tx, what.community, post);
}

}  // namespace

std::string path(std::string_view tag) { return "/tags/" + percent_encode(tag); }

std::vector<std::string> named_in(const std::string& markdown) {
    if (markdown.find('#') == std::string::npos) return {};
    return markdown::render(markdown, {.tags = true}).tags;
}

std::vector<Tag> most_named(db::Tx& tx, const auth::Viewer& viewer,
                            const spaces::Readable& readable, std::string_view prefix, int limit) {
    return store::most_named(tx, viewer.community, readable.ids, i18n::fold(prefix), limit);
}

std::vector<Named> named(db::Tx& tx, const auth::Viewer& viewer, const spaces::Readable& readable,
                         std::string_view tag, web::Keyset below, int limit) {
    return store::named(tx, viewer.community, readable.ids, tag, below, limit);
}

void follow(activity::Runner& runner) { runner.derive("tags", take, store::clear); }

}  // namespace torv::tags
