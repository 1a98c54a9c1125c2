#include "platform/web/web.hpp"

#include <algorithm>

#include "features/community/community.hpp"
#include "features/feeds/feed.hpp"
#include "features/feeds/feeds.hpp"
#include "features/tags/tags.hpp"
#include "platform/base/text.hpp"
#include "platform/i18n/i18n.hpp"

namespace torv::feeds {

namespace {

using web::Access;
using web::Context;
using web::Response;

using List = std::vector<store::Placed>;
constexpr int kAsked = kEntries + 1;  // one more, to know whether there are more
constexpr int kAmong = 500;           // posts of a member that are looked at for a page

/// What a feed is of, and which posts come next in it.
struct Source {
    Feed feed;
    List list;
};
struct Question {
    const Context& ctx;
    spaces::Readable readable;  ///< by a guest
    web::Keyset below;
    bool first = true;  ///< of the pages
};

std::string named(const Context& ctx, std::string_view what) {
    return std::string(what) + " – " + ctx.place.name;
}

/// The newest of every space, one look into each.
Result<Source> of_community(db::Tx& tx, const Question& asked) {
    const Context& ctx = asked.ctx;
    List list;
    for (const auto& space : asked.readable.spaces) {
        if (space.kind == spaces::Kind::Chat) continue;
        for (auto& one : store::begun(tx, ctx.place.id, space.id, asked.below, kAsked))
            list.push_back(one);
    }
    std::sort(list.begin(), list.end(), [](const store::Placed& a, const store::Placed& b) {
        return std::pair(a.place.at, a.place.id) > std::pair(b.place.at, b.place.id);
    });
    if (list.size() > kAsked) list.resize(kAsked);
    return Source{
        .feed = {.title = ctx.place.name, .about = ctx.place.tagline, .page = "/", .path = "/feed"},
        .list = std::move(list)};
}

Result<Source> of_space(db::Tx& tx, const Question& asked) {
    const Context& ctx = asked.ctx;
    const auto space = TRY(spaces::find(tx, ctx.place.id, ctx.path("slug"), asked.readable));
    const auto list = space.kind == spaces::Kind::Chat ? store::said : store::begun;
    const std::string page = spaces::path(space.slug);
    return Source{.feed = {.title = named(ctx, space.name),
                           .about = space.description,
                           .page = page,
                           .path = page + "/feed"},
                  .list = list(tx, ctx.place.id, space.id, asked.below, kAsked)};
}

/// A tag is where it is named: without a post there is none.
Result<Source> of_tag(db::Tx& tx, const Question& asked) {
    const Context& ctx = asked.ctx;
    const std::string tag = i18n::fold(ctx.path("tag"));
    Source source{.feed = {.title = named(ctx, "#" + tag),
                           .page = tags::path(tag),
                           .path = tags::path(tag) + "/feed"}};
    for (const auto& one :
         tags::named(tx, ctx.any_guest(), asked.readable, tag, asked.below, kAsked))
        source.list.push_back({.place = {.at = one.at, .id = one.post.value}, .post = one.post});
    if (source.list.empty() && asked.first) return fail(Fault::NotFound, "web.not_found");
    return source;
}

Result<Source> of_member(db::Tx& tx, const Question& asked) {
    const Context& ctx = asked.ctx;
    const auto member = TRY(members::by_handle(tx, ctx.place.id, ctx.path("handle")));
    if (member.state == members::State::Pending) return fail(Fault::NotFound, "members.not_found");
    const std::string page = members::path(member.handle);
    return Source{.feed = {.title = named(ctx, member.name), .page = page, .path = page + "/feed"},
                  .list = store::written_by(tx, ctx.place.id, member.id, asked.readable.ids,
                                            asked.below, kAsked, kAmong)};
}

/// A feed without entries has not changed since the community began.
Instant updated_at(db::Tx& tx, const Context& ctx, const Feed& feed) {
    Instant latest;
    for (const auto& one : feed.entries) latest = std::max(latest, one.updated_at());
    if (latest) return latest;
    const auto community = community::find(tx, ctx.place.id);
    return community ? community->created_at : latest;
}

Feed filled(db::Tx& tx, Source source, Question asked) {
    const Context& ctx = asked.ctx;
    Feed feed = std::move(source.feed);
    if (source.list.size() > kEntries) {
        source.list.resize(kEntries);
        feed.next = source.list.back().place.text();
    }
    std::vector<PostId> posts;
    for (const auto& one : source.list) posts.push_back(one.post);
    feed.readable = std::move(asked.readable);
    feed.entries = store::entries(tx, ctx.place.id, feed.readable.ids, posts);
    std::vector<MemberId> authors;
    for (const auto& one : feed.entries) authors.push_back(one.author);
    feed.faces = members::names(tx, ctx.place.id, authors);
    if (!asked.first) feed.at = asked.below.text();
    feed.updated_at = updated_at(tx, ctx, feed);
    return feed;
}

using Of = Result<Source> (*)(db::Tx&, const Question&);

Result<Feed> load(Context& ctx, Of of) {
    if (!ctx.place.open_to_guests) return fail(Fault::NotFound, "web.not_found");
    TRY(ctx.limit("feeds:" + ctx.household(), 300, 300));
    const auto below = TRY(web::keyset_from(ctx.query("before")));
    return ctx.db.read([&](db::Tx& tx) -> Result<Feed> {
        const Question asked{.ctx = ctx,
                             .readable = spaces::readable(tx, ctx.any_guest()),
                             .below = below,
                             .first = ctx.query("before").empty()};
        return filled(tx, TRY(of(tx, asked)), asked);
    });
}

/// Both forms of a feed. An old name leads to the present one.
template <Of of>
Response show(Context& ctx) {
    const auto feed = load(ctx, of);
    if (!feed) return ctx.refuse(feed.error());
    const bool json = ctx.request.path.ends_with(".json");
    const std::string own = feed->path + (json ? ".json" : ".atom");
    if (ctx.request.path != own)
        return ctx.redirect(own + (ctx.request.query.empty() ? "" : "?" + ctx.request.query), 301);
    Response response =
        json ? ctx.text(json_feed(ctx, *feed), "application/feed+json; charset=utf-8")
             : ctx.text(atom(ctx, *feed), "application/atom+xml; charset=utf-8");
    // No Last-Modified: what is removed or renamed is younger than any entry that is left.
    return response.set("Access-Control-Allow-Origin", "*")
        .set("Cross-Origin-Resource-Policy", "cross-origin");
}

template <Of of>
void both(web::Routes& routes, std::string_view atom_path, std::string_view json_path) {
    routes.get(atom_path, Access::Anyone, show<of>).same_for_guests = true;
    routes.get(json_path, Access::Anyone, show<of>).same_for_guests = true;
}

}  // namespace

void routes(web::Routes& routes) {
    both<of_community>(routes, "/feed.atom", "/feed.json");
    both<of_space>(routes, "/s/{slug}/feed.atom", "/s/{slug}/feed.json");
    both<of_tag>(routes, "/tags/{tag}/feed.atom", "/tags/{tag}/feed.json");
    both<of_member>(routes, "/m/{handle}/feed.atom", "/m/{handle}/feed.json");
}

}  // namespace torv::feeds
