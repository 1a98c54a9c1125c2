#include "platform/web/web.hpp"

#include "features/sitemap/sitemap.hpp"
#include "features/sitemap/store.hpp"
#include "features/spaces/spaces.hpp"
#include "features/topics/topics.hpp"
#include "platform/xml/xml.hpp"

namespace torv::sitemap {

namespace {

using web::Access;
using web::Context;
using web::Response;

constexpr const char* kNamespace = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// Crawlers come seldom; what they ask for is large.
Done may_look(Context& ctx) {
    if (!ctx.place.open_to_guests) return fail(Fault::NotFound, "web.not_found");
    return ctx.limit("sitemap:" + ctx.household(), 60, 60);
}

spaces::Readable readable(db::Tx& tx, const Context& ctx) {
    return spaces::readable(tx, ctx.any_guest());
}

Response answer(Context& ctx, xml::Writer& document) {
    return ctx.text(document.take(), "application/xml; charset=utf-8");
}

/// What is for members, or tells crawlers nothing, is no use to them; pages that are only not to be
/// listed say so themselves.
Response robots(Context& ctx) {
    std::string text = "User-agent: *\n";
    if (!ctx.place.open_to_guests) {
        text += "Disallow: /\n";
        return ctx.text(std::move(text), "text/plain; charset=utf-8");
    }
    for (const std::string_view path :
         {"/api/", "/search", "/sign-in", "/sign-up", "/me", "/live", "/language/", "/share"})
        text.append("Disallow: ").append(path).append("\n");
    text += "\nSitemap: " + ctx.absolute("/sitemap.xml") + "\n";
    return ctx.text(std::move(text), "text/plain; charset=utf-8");
}

void listed(xml::Writer& document, const std::string& address) {
    document.start("sitemap").element("loc", address).end();
}

Response index(Context& ctx) {
    if (const auto may = may_look(ctx); !may) return ctx.refuse(may.error());
    const auto parts = ctx.db.read([&](db::Tx& tx) {
        return store::parts(tx, ctx.place.id, readable(tx, ctx).ids, kPartSize);
    });
    xml::Writer document;
    document.start("sitemapindex").attribute("xmlns", kNamespace);
    listed(document, ctx.absolute("/sitemap-spaces.xml"));
    for (const web::Keyset& part : parts)
        listed(document, ctx.absolute("/sitemap-topics.xml?behind=" + part.text()));
    return answer(ctx, document);
}

void page(xml::Writer& document, const std::string& address, Instant changed_at) {
    document.start("url").element("loc", address);
    if (changed_at) document.element("lastmod", changed_at.rfc3339());
    document.end();
}

Response of_spaces(Context& ctx) {
    if (const auto may = may_look(ctx); !may) return ctx.refuse(may.error());
    const auto entries =
        ctx.db.read([&](db::Tx& tx) { return spaces::entries(tx, ctx.any_guest()); });
    xml::Writer document;
    document.start("urlset").attribute("xmlns", kNamespace);
    for (const std::string_view path : {"/", "/about", "/rules"})
        page(document, ctx.absolute(path), {});
    for (const auto& entry : entries)
        if (entry.readable)
            page(document, ctx.absolute(spaces::path(entry.space.slug)), entry.space.last_post_at);
    return answer(ctx, document);
}

Response of_topics(Context& ctx) {
    if (const auto may = may_look(ctx); !may) return ctx.refuse(may.error());
    const auto behind = web::keyset_from(ctx.query("behind"), {});
    if (!behind) return ctx.refuse(behind.error());
    const auto lines = ctx.db.read([&](db::Tx& tx) {
        return store::part(tx, ctx.place.id, readable(tx, ctx).ids, *behind, kPartSize);
    });
    xml::Writer document;
    document.start("urlset").attribute("xmlns", kNamespace);
    for (const auto& line : lines)
        page(document, ctx.absolute(topics::path(line.topic, line.title)), line.changed_at);
    return answer(ctx, document);
}

}  // namespace

void routes(web::Routes& routes) {
    routes.get("/robots.txt", Access::Anyone, robots).same_for_guests = true;
    routes.get("/sitemap.xml", Access::Anyone, index).same_for_guests = true;
    routes.get("/sitemap-spaces.xml", Access::Anyone, of_spaces).same_for_guests = true;
    routes.get("/sitemap-topics.xml", Access::Anyone, of_topics).same_for_guests = true;
}

}  // namespace torv::sitemap
