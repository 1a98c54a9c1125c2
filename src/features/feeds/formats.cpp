#include "features/feeds/feed.hpp"

#include "features/topics/topics.hpp"
#include "platform/base/text.hpp"
#include "platform/html/kept.hpp"
#include "platform/html/markdown.hpp"
#include "platform/json/json.hpp"
#include "platform/xml/xml.hpp"

namespace torv::feeds {

namespace {

constexpr const char* kAtom = "http://www.w3.org/2005/Atom";
constexpr std::size_t kTitleMax = 60;

std::string address(const web::Context& ctx, const Feed& feed, std::string_view ending,
                    const std::string& cursor) {
    std::string all = ctx.absolute(feed.path) + std::string(ending);
    if (!cursor.empty()) all += "?before=" + cursor;
    return all;
}

void link(xml::Writer& w, const char* rel, const char* type, const std::string& href) {
    w.start("link").attribute("rel", rel).attribute("type", type).attribute("href", href).end();
}

void author(xml::Writer& w, const web::Context& ctx, const members::Face& face) {
    w.start("author").element("name", face.name);
    w.element("uri", ctx.absolute(members::path(face.handle))).end();
}

void entry(xml::Writer& w, const web::Context& ctx, const Feed& feed, const store::Entry& one) {
    w.start("entry");
    // The permalink of a post stays the same wherever it is moved and whatever its topic is called.
    w.element("id", ctx.absolute(topics::path(one.post))).element("title", title_of(feed, one));
    link(w, "alternate", "text/html", ctx.absolute(path_of(one)));
    w.element("published", one.created_at.rfc3339());
    w.element("updated", one.updated_at().rfc3339());
    author(w, ctx, feed.faces[one.author]);
    if (const auto* space = feed.readable.find(one.space))
        w.start("category").attribute("term", space->slug).attribute("label", space->name).end();
    w.start("content").attribute("type", "html").text(html_of(ctx, one)).end();
    w.end();
}

}  // namespace

std::string path_of(const store::Entry& entry) {
    return entry.opening ? topics::path(entry.topic, entry.title) : topics::path(entry.post);
}

std::string title_of(const Feed& feed, const store::Entry& entry) {
    if (!entry.title.empty()) return entry.title;
    if (!entry.excerpt.empty()) return markdown::excerpt(entry.excerpt, kTitleMax);
    const auto* space = feed.readable.find(entry.space);
    return space ? space->name : feed.title;
}

std::string html_of(const web::Context& ctx, const store::Entry& entry) {
    return html::with_base(entry.html, ctx.place.base_url);
}

std::string atom(const web::Context& ctx, const Feed& feed) {
    constexpr const char* kType = "application/atom+xml";
    xml::Writer w;
    w.start("feed").attribute("xmlns", kAtom).attribute("xml:lang", ctx.place.language);
    w.element("id", address(ctx, feed, ".atom", {})).element("title", feed.title);
    if (!feed.about.empty()) w.element("subtitle", feed.about);
    w.element("updated", feed.updated_at.rfc3339());
    if (!ctx.place.logo.empty()) w.element("logo", ctx.absolute(ctx.place.logo));
    link(w, "alternate", "text/html", ctx.absolute(feed.page));
    link(w, "self", kType, address(ctx, feed, ".atom", feed.at));
    if (!feed.at.empty()) link(w, "first", kType, address(ctx, feed, ".atom", {}));
    if (!feed.next.empty()) link(w, "next", kType, address(ctx, feed, ".atom", feed.next));
    for (const auto& one : feed.entries) entry(w, ctx, feed, one);
    return w.take();
}

std::string json_feed(const web::Context& ctx, const Feed& feed) {
    json::Writer w;
    w.object()
        .field("version", "https://jsonfeed.org/version/1.1")
        .field("title", feed.title)
        .field("home_page_url", ctx.absolute(feed.page))
        .field("feed_url", address(ctx, feed, ".json", feed.at))
        .field("language", ctx.place.language);
    if (!feed.about.empty()) w.field("description", feed.about);
    if (!ctx.place.logo.empty()) w.field("icon", ctx.absolute(ctx.place.logo));
    if (!feed.next.empty()) w.field("next_url", address(ctx, feed, ".json", feed.next));
    w.key("items").array();
    for (const auto& one : feed.entries) {
        const auto& face = feed.faces[one.author];
        w.object()
            .field("id", ctx.absolute(topics::path(one.post)))
            .field("url", ctx.absolute(path_of(one)))
            .field("title", title_of(feed, one))
            .field("content_html", html_of(ctx, one))
            .field("date_published", one.created_at)
            .field("date_modified", one.updated_at());
        w.key("authors").array().object().field("name", face.name);
        w.field("url", ctx.absolute(members::path(face.handle))).end().end();
        if (const auto* space = feed.readable.find(one.space))
            w.key("tags").array().value(space->name).end();
        w.end();
    }
    w.end().end();
    return w.take();
}

}  // namespace torv::feeds
