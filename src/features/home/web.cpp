#include "features/community/community.hpp"
#include "features/home/home.hpp"
#include "features/home/views.hpp"
#include "features/structured_data/structured_data.hpp"

namespace torv::home {

using web::Access;
using web::Response;

namespace {

constexpr int kTopics = 15;
constexpr auto kNewFor = std::chrono::days(14);

void split_by_news(views::Page& page, std::vector<topics::Topic> all) {
    for (auto& topic : all) (topic.fresh ? page.fresh : page.other).push_back(std::move(topic));
}

views::Page load(db::Tx& tx, const auth::Viewer& viewer) {
    views::Page page;
    page.readable = spaces::readable(tx, viewer);
    page.spaces = spaces::sidebar(tx, viewer);
    auto recent = topics::recent(tx, viewer, page.readable, kTopics);
    std::vector<MemberId> authors;
    for (const auto& topic : recent) authors.push_back(topic.author);
    page.faces = members::names(tx, viewer.community, authors);
    split_by_news(page, std::move(recent));
    if (!viewer.is_member()) {
        const auto community = community::find(tx, viewer.community);
        page.members = community ? community->member_count : 0;
        return page;
    }
    if (auto people =
            members::list(tx, viewer.community, {.order = members::Order::Newest, .limit = 6}))
        page.newcomers = std::move(people->items);
    const auto self = members::find(tx, viewer.community, viewer.id);
    page.is_new = self && tx.now() - self->joined_at < kNewFor;
    return page;
}

web::Preview preview_of(const web::Context& ctx) {
    const structured_data::Site site{
        .name = ctx.place.name, .url = ctx.absolute("/"), .search = ctx.absolute("/search?q=")};
    return {.feed = "/feed", .data = structured_data::of(site)};
}

Response show(web::Context& ctx) {
    auto page = ctx.db.read([&](db::Tx& tx) { return load(tx, ctx.viewer); });
    page.live = ctx.viewer.is_member() && ctx.position() >= 0;
    if (ctx.viewer.is_member()) {
        html::Out aside;
        views::newcomers(aside, ctx, page);
        return ctx.page(ctx.t("home.title"), [&](html::Out& out) { views::member(out, ctx, page); },
                        {.section = "home", .aside = aside.take()});
    }
    web::PageOptions options{.description = ctx.place.tagline,
                             .canonical = "/",
                             .indexed = ctx.place.open_to_guests,
                             .section = "home",
                             .bare = !ctx.place.open_to_guests};
    if (options.indexed) options.preview = preview_of(ctx);
    return ctx.page(ctx.place.name, [&](html::Out& out) { views::guest(out, ctx, page); }, options);
}

}  // namespace

void routes(web::Routes& r) { r.get("/", Access::Anyone, show).same_for_guests = true; }

}  // namespace torv::home
