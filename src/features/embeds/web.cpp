#include "platform/web/web.hpp"

#include <algorithm>

#include "features/embeds/embeds.hpp"
#include "features/embeds/views.hpp"
#include "platform/base/text.hpp"
#include "platform/html/html.hpp"
#include "platform/json/json.hpp"
#include "platform/xml/xml.hpp"

namespace torv::embeds {

namespace {

using web::Access;
using web::Context;
using web::Response;

constexpr int kReplies = 3;
constexpr int kWidth = 600;  ///< pixels, unless who asks has less room
constexpr int kHeight = 420;

/// Any site may frame it. It runs nothing and sends nothing; its links open beside it.
constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; font-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors *";

Done may_look(Context& ctx) {
    if (!ctx.place.open_to_guests) return fail(Fault::NotFound, "topics.not_found");
    return ctx.limit("embeds:" + ctx.household(), 300, 300);
}

/// A topic that any guest may read. Chats and their threads are no topics.
Result<topics::Seen> open_topic(db::Tx& tx, const Context& ctx, TopicId id) {
    auto seen = TRY(topics::visible(tx, ctx.any_guest(), id));
    if (seen.topic.kind != topics::Kind::Topic) return fail(Fault::NotFound, "topics.not_found");
    return seen;
}

// ── the page in the frame ──

void load_posts(db::Tx& tx, const Context& ctx, views::Page& page) {
    const auto& topic = page.topic;
    if (topic.accepted)
        for (auto& post : topics::posts_of(tx, ctx.place.id, topic.id, {topic.accepted}))
            if (!post.deleted_at) page.accepted = std::move(post);
    // Some more than are shown: removed ones leave their places.
    for (auto& post : topics::posts_after(tx, ctx.place.id, topic.id, {}, 4 * kReplies)) {
        if (post.deleted_at || post.id == topic.accepted) continue;
        if (post.id == topic.first_post) page.opening = std::move(post);
        else if (page.replies.size() < kReplies) page.replies.push_back(std::move(post));
    }
}

Result<views::Page> load(db::Tx& tx, const Context& ctx, TopicId id) {
    auto seen = TRY(open_topic(tx, ctx, id));
    views::Page page{.topic = std::move(seen.topic), .space = std::move(seen.space)};
    load_posts(tx, ctx, page);
    std::vector<MemberId> authors;
    if (page.opening) authors.push_back(page.opening->author);
    if (page.accepted) authors.push_back(page.accepted->author);
    for (const auto& reply : page.replies) authors.push_back(reply.author);
    page.faces = members::names(tx, ctx.place.id, authors);
    return page;
}

Response framed(Context& ctx) {
    if (const auto may = may_look(ctx); !may) return ctx.refuse(may.error());
    const auto page =
        ctx.db.read([&](db::Tx& tx) { return load(tx, ctx, ctx.path_id<TopicId>("topic")); });
    if (!page) return ctx.refuse(page.error());
    html::Out out;
    views::document(out, ctx, *page);
    return ctx.text(out.take(), "text/html; charset=utf-8")
        .set("Content-Security-Policy", kPolicy)
        .set("Cross-Origin-Resource-Policy", "cross-origin");
}

// ── oEmbed ──

/// The topic that an address of ours shows: of a topic, a post, or a frame.
Result<TopicId> topic_of(db::Tx& tx, const Context& ctx, std::string_view url) {
    const auto not_ours = fail(Fault::NotFound, "topics.not_found");
    if (!url.starts_with(ctx.place.base_url + "/")) return not_ours;
    url.remove_prefix(ctx.place.base_url.size() + 1);
    const auto parts = split(url.substr(0, url.find_first_of("?#")), '/');
    if (parts.size() < 2) return not_ours;
    const auto id = parse_int<std::int64_t>(parts[1]);
    if (!id) return not_ours;
    if (parts[0] == "t" || parts[0] == "embed") return TopicId{*id};
    if (parts[0] != "p") return not_ours;
    return TRY(topics::visible_post(tx, ctx.any_guest(), PostId{*id})).topic.id;
}

struct Told {
    topics::Topic topic;
    members::Face author;
};

Result<Told> load_told(db::Tx& tx, const Context& ctx) {
    const TopicId id = TRY(topic_of(tx, ctx, ctx.query("url")));
    Told told{.topic = TRY(open_topic(tx, ctx, id)).topic};
    told.author = members::names(tx, ctx.place.id, {told.topic.author})[told.topic.author];
    return told;
}

/// What was asked for at most, at least a little.
int fitted(std::string_view most, int usual) {
    return std::clamp(parse_int<int>(most).value_or(usual), 100, usual);
}

struct Member {
    const char* name;
    std::string value;
    bool number = false;
};

std::vector<Member> members_of(const Context& ctx, const Told& told) {
    const int width = fitted(ctx.query("maxwidth"), kWidth);
    const int height = fitted(ctx.query("maxheight"), kHeight);
    const std::string frame =
        "<iframe src=\"" + html::escaped(ctx.absolute("/embed/" + told.topic.id.text())) +
        "\" title=\"" + html::escaped(told.topic.title) + "\" width=\"" + std::to_string(width) +
        "\" height=\"" + std::to_string(height) + "\" loading=\"lazy\"></iframe>";
    return {{"version", "1.0"},
            {"type", "rich"},
            {"title", told.topic.title},
            {"author_name", told.author.name},
            {"author_url", ctx.absolute(members::path(told.author.handle))},
            {"provider_name", ctx.place.name},
            {"provider_url", ctx.absolute("/")},
            {"cache_age", "300", true},
            {"html", frame},
            {"width", std::to_string(width), true},
            {"height", std::to_string(height), true}};
}

Response as_json(Context& ctx, const std::vector<Member>& members) {
    json::Writer w;
    w.object();
    for (const Member& one : members) {
        w.key(one.name);
        if (one.number) w.raw(one.value);
        else w.value(one.value);
    }
    w.end();
    return ctx.json(w.take());
}

Response as_xml(Context& ctx, const std::vector<Member>& members) {
    xml::Writer w;
    w.start("oembed");
    for (const Member& one : members) w.element(one.name, one.value);
    return ctx.text(w.take(), "text/xml; charset=utf-8");
}

Response oembed(Context& ctx) {
    if (const auto may = may_look(ctx); !may) return ctx.refuse(may.error());
    const auto format = ctx.query("format");
    if (!format.empty() && format != "json" && format != "xml")
        return ctx.refuse(Error{Fault::Malformed, "web.bad_address", "format", {}}, 501);
    const auto told = ctx.db.read([&](db::Tx& tx) { return load_told(tx, ctx); });
    if (!told) return ctx.refuse(told.error());
    const auto members = members_of(ctx, *told);
    Response response = format == "xml" ? as_xml(ctx, members) : as_json(ctx, members);
    return response.set("Access-Control-Allow-Origin", "*")
        .set("Cross-Origin-Resource-Policy", "cross-origin");
}

}  // namespace

void routes(web::Routes& routes) {
    routes.get("/embed/{topic}", Access::Anyone, framed).same_for_guests = true;
    routes.get("/oembed", Access::Anyone, oembed).same_for_guests = true;
}

}  // namespace torv::embeds
