#include "platform/web/web.hpp"

#include "features/blocks/blocks.hpp"
#include "features/tags/store.hpp"
#include "features/tags/views.hpp"
#include "platform/base/text.hpp"
#include "platform/i18n/i18n.hpp"
#include "platform/json/json.hpp"

namespace torv::tags {

using web::Access;
using web::Context;
using web::Response;

namespace {

constexpr int kOnPage = 30;
constexpr int kListed = 200;
constexpr int kSuggested = 8;

Done may_look(Context& ctx) { return ctx.may_look("tags", 240, 60); }

struct Slice {
    std::vector<Named> posts;
    std::string next;  ///< cursor
};

Result<Slice> one_page(db::Tx& tx, const Context& ctx, const spaces::Readable& readable,
                       std::string_view tag) {
    const auto below = TRY(web::keyset_from(ctx.query("cursor")));
    Slice slice{.posts = named(tx, ctx.viewer, readable, tag, below, kOnPage + 1)};
    if (static_cast<int>(slice.posts.size()) > kOnPage) {
        slice.posts.pop_back();
        const Named& last = slice.posts.back();
        slice.next = web::Keyset{.at = last.at, .id = last.post.value}.text();
    }
    return slice;
}

std::string tag_of(const Context& ctx) { return i18n::fold(ctx.path("tag")); }

Response show_all(Context& ctx) {
    if (const auto may = may_look(ctx); !may) return ctx.refuse(may.error());
    const views::ListPage page{.tags = ctx.db.read([&](db::Tx& tx) {
        return most_named(tx, ctx.viewer, spaces::readable(tx, ctx.viewer), "", kListed);
    })};
    return ctx.page(ctx.t("tags.title"), [&](html::Out& out) { views::list(out, ctx, page); },
                    {.section = "search"});
}

/// The feed holds what guests may read: without any such post there is none.
std::string feed_of(const Context& ctx, const views::TagPage& page) {
    if (!ctx.place.open_to_guests) return {};
    for (const Named& one : page.posts) {
        const auto* space = page.readable.find(one.space);
        if (space && space->visibility == spaces::Visibility::Public)
            return path(page.tag) + "/feed";
    }
    return {};
}

Result<views::TagPage> load(db::Tx& tx, const Context& ctx) {
    views::TagPage page{.tag = tag_of(ctx), .readable = spaces::readable(tx, ctx.viewer)};
    auto slice = TRY(one_page(tx, ctx, page.readable, page.tag));
    page.posts = std::move(slice.posts);
    if (!slice.next.empty()) page.next = path(page.tag) + "?cursor=" + slice.next;
    page.count = store::count(tx, ctx.viewer.community, page.readable.ids, page.tag);
    std::vector<MemberId> authors;
    for (const Named& one : page.posts) authors.push_back(one.author);
    page.faces = members::names(tx, ctx.viewer.community, authors);
    page.blocked = blocks::blocked_by(tx, ctx.viewer);
    page.feed = feed_of(ctx, page);
    page.followed = notifications::tag_level(tx, ctx.viewer, page.tag);
    return page;
}

Response show_one(Context& ctx) {
    if (const auto may = may_look(ctx); !may) return ctx.refuse(may.error());
    const auto page = ctx.db.read([&](db::Tx& tx) { return load(tx, ctx); });
    if (!page) return ctx.refuse(page.error());
    return ctx.page("#" + page->tag, [&](html::Out& out) { views::tag(out, ctx, *page); },
                    {.preview = {.feed = page->feed}, .section = "search"});
}

Response api_list(Context& ctx) {
    if (const auto may = may_look(ctx); !may) return ctx.refuse(may.error());
    const auto prefix = trimmed(ctx.query("q"));
    const auto tags = ctx.db.read([&](db::Tx& tx) {
        return most_named(tx, ctx.viewer, spaces::readable(tx, ctx.viewer), prefix,
                          prefix.empty() ? kListed : kSuggested);
    });
    json::Writer json;
    json.array();
    for (const Tag& one : tags)
        json.object().field("tag", one.name).field("posts", one.posts).end();
    json.end();
    return ctx.json_items(json.take());
}

Response api_posts(Context& ctx) {
    if (const auto may = may_look(ctx); !may) return ctx.refuse(may.error());
    const auto slice = ctx.db.read([&](db::Tx& tx) -> Result<Slice> {
        auto page = TRY(one_page(tx, ctx, spaces::readable(tx, ctx.viewer), tag_of(ctx)));
        if (page.posts.empty() && ctx.query("cursor").empty())
            return fail(Fault::NotFound, "tags.unused");
        return page;
    });
    if (!slice) return ctx.refuse(slice.error());
    json::Writer json;
    json.array();
    for (const Named& one : slice->posts)
        json.object()
            .field("id", one.post)
            .field("topic_id", one.topic)
            .field("space_id", one.space)
            .field("author", one.author)
            .field("created_at", one.at)
            .field("title", one.title)
            .field("excerpt", one.excerpt)
            .end();
    json.end();
    return ctx.json_items(json.take(), slice->next);
}

}  // namespace

void routes(web::Routes& routes) {
    routes.get("/tags", Access::Anyone, show_all);
    routes.get("/tags/{tag}", Access::Anyone, show_one);
    routes.get("/api/v1/tags", Access::Anyone, api_list);
    routes.get("/api/v1/tags/{tag}/posts", Access::Anyone, api_posts);
}

}  // namespace torv::tags
