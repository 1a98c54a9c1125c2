#include "platform/html/kept.hpp"
#include "platform/web/state.hpp"

namespace torv::web {

namespace {

void feed_links(html::Out& out, std::string_view title, const std::string& feed) {
    if (feed.empty()) return;
    html::put(out, R"(<link rel="alternate" type="application/atom+xml" title="{}" href="{}">)",
              title, feed + ".atom");
    html::put(out, R"(<link rel="alternate" type="application/feed+json" title="{}" href="{}">)",
              title, feed + ".json");
}

void open_graph(const Context& ctx, html::Out& out, std::string_view title,
                const PageOptions& options, const std::string& address) {
    const Preview& preview = options.preview;
    html::put(out, R"(<meta property="og:site_name" content="{}">)", ctx.place.name);
    html::put(out, R"(<meta property="og:type" content="{}">)", preview.kind);
    html::put(out, R"(<meta property="og:title" content="{}">)", title);
    html::put(out, R"(<meta property="og:url" content="{}">)", address);
    if (!options.description.empty())
        html::put(out, R"(<meta property="og:description" content="{}">)", options.description);
    const std::string& picture = preview.picture.empty() ? ctx.place.logo : preview.picture;
    if (!picture.empty())
        html::put(out, R"(<meta property="og:image" content="{}">)", ctx.absolute(picture));
    html::put(out, R"(<meta name="twitter:card" content="{}">)",
              preview.picture.empty() ? "summary" : "summary_large_image");
}

}  // namespace

void preview_head(Context& ctx, html::Out& out, std::string_view title,
                  const PageOptions& options) {
    feed_links(out, title, options.preview.feed);
    if (!options.indexed) return html::put(out, R"(<meta name="robots" content="noindex">)");
    const std::string address =
        ctx.absolute(options.canonical.empty() ? ctx.request.path : options.canonical);
    html::put(out, R"(<link rel="canonical" href="{}">)", address);
    if (ctx.viewer.signed_in()) return;
    open_graph(ctx, out, title, options, address);
    if (options.preview.framed)
        html::put(
            out,
            R"(<link rel="alternate" type="application/json+oembed" title="{}" href="{}?url={}">)",
            title, ctx.absolute("/oembed"), address);
    if (!options.preview.data.empty()) html::put_data(out, options.preview.data);
}

}  // namespace torv::web
