#include "features/structured_data/structured_data.hpp"
#include "features/topics/handlers.hpp"
#include "platform/html/kept.hpp"

// What search engines and previews are told of a topic.

namespace torv::topics {

namespace {

namespace data = structured_data;

constexpr std::size_t kOpeningMax = 5000;  ///< code points
constexpr std::size_t kAnswerMax = 1000;

data::Said said(const web::Context& ctx, const pages::TopicPage& page, const Post& post,
                std::size_t max) {
    const auto& author = page.faces[post.author];
    return {.url = ctx.absolute(path(post.id)),
            .author = {.name = author.name, .url = ctx.absolute(members::path(author.handle))},
            .at = post.created_at,
            .edited_at = post.edited_at,
            .text = html::words_of(post.body_html, max),
            .thanks = std::max<std::int64_t>(post.thanks, 0)};
}

std::vector<data::Crumb> above(const web::Context& ctx, const pages::TopicPage& page) {
    return {{ctx.place.name, ctx.absolute("/")},
            {page.space.name, ctx.absolute(spaces::path(page.space.slug))},
            {page.topic.title, ctx.absolute(path(page.topic.id, page.topic.title))}};
}

data::Discussion discussion(const web::Context& ctx, const pages::TopicPage& page) {
    data::Discussion talk{.title = page.topic.title,
                          .replies = page.topic.replies,
                          .question = page.space.kind == spaces::Kind::Questions,
                          .above = above(ctx, page)};
    for (const Post& post : page.posts) {
        if (post.deleted_at) continue;
        if (post.id == page.topic.first_post) talk.opening = said(ctx, page, post, kOpeningMax);
        else talk.answers.push_back(said(ctx, page, post, kAnswerMax));
    }
    talk.opening.url = ctx.absolute(path(page.topic.id, page.topic.title));
    if (page.accepted) talk.accepted = said(ctx, page, *page.accepted, kAnswerMax);
    return talk;
}

}  // namespace

std::string feed_of(const web::Context& ctx, const spaces::Space& space) {
    const bool open = ctx.place.open_to_guests && space.visibility == spaces::Visibility::Public;
    return open ? spaces::path(space.slug) + "/feed" : std::string{};
}

web::Preview preview_of(const web::Context& ctx, const pages::TopicPage& page) {
    web::Preview preview{.kind = "article", .framed = true};
    const bool opens = !page.posts.empty() && page.posts.front().id == page.topic.first_post &&
                       !page.posts.front().deleted_at;
    if (!opens) {
        preview.data = data::of(above(ctx, page));
        return preview;
    }
    preview.picture = html::first_picture(page.posts.front().body_html);
    data::Discussion talk = discussion(ctx, page);
    if (!preview.picture.empty()) talk.picture = ctx.absolute(preview.picture);
    preview.data = data::of(talk);
    return preview;
}

}  // namespace torv::topics
