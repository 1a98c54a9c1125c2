#include "platform/assets/assets.hpp"
#include "platform/base/text.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/web/coding.hpp"
#include "platform/web/state.hpp"

namespace torv::web {

namespace {

constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src "
    "'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'; object-src "
    "'none'; "
    "require-trusted-types-for 'script'; trusted-types torv";

/// The ground of tokens.css, for the bars that a phone draws around a page.
void theme_colors(html::Out& out, std::string_view scheme) {
    constexpr std::string_view kLight = "#f9f5ef";
    constexpr std::string_view kDark = "#18130f";
    if (!scheme.empty())
        return html::put(out, R"(<meta name="theme-color" content="{}">)",
                         scheme == "dark" ? kDark : kLight);
    html::put(out,
              R"m(<meta name="theme-color" content="{}" media="(prefers-color-scheme: light)">)m",
              kLight);
    html::put(out,
              R"m(<meta name="theme-color" content="{}" media="(prefers-color-scheme: dark)">)m",
              kDark);
}

void head(Context& ctx, html::Out& out, std::string_view title, const PageOptions& options) {
    const auto& [place, viewer] = std::tie(ctx.place, ctx.viewer);
    // The browser writes times by this: English as the rest of Europe reads it.
    const std::string_view language =
        viewer.language == "en" ? std::string_view("en-GB") : std::string_view(viewer.language);
    html::put(out, R"(<!doctype html><html lang="{}" dir="{}" {}>)", language, ctx.t.direction(),
              html::attr("data-scheme", viewer.scheme, !viewer.scheme.empty()));
    html::put(out, R"(<head><meta charset="utf-8"><title>{}</title>)",
              title.empty() || title == place.name ? place.name
                                                   : std::string(title) + " – " + place.name);
    html::put(
        out,
        R"(<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">)");
    html::put(out, R"(<meta name="color-scheme" content="{}">)",
              viewer.scheme.empty() ? "light dark" : viewer.scheme);
    theme_colors(out, viewer.scheme);
    html::put(out, R"(<meta name="csrf" content="{}">)", ctx.csrf_token());
    if (!options.description.empty())
        html::put(out, R"(<meta name="description" content="{}">)", options.description);
    preview_head(ctx, out, title, options);
    html::put(out,
              R"(<link rel="stylesheet" href="{}"><link rel="stylesheet" href="/look.css?v={}">)",
              assets::url("app.css"), place.look_version);
    html::put(out, R"(<link rel="icon" href="{}" type="image/svg+xml">)",
              assets::url("favicon.svg"));
    html::put(out, R"(<link rel="manifest" href="/manifest.webmanifest">)");
    if (!place.logo.empty())
        html::put(out, R"(<link rel="apple-touch-icon" href="{}">)", place.logo);
    html::put(out, R"(<script type="module" src="{}"></script>)", assets::url("app.js"));
    html::put(out, html::Safe::kept(options.head));
    html::put(out, "</head>");
}

/// A word for who is shown this, by which the worker behind the pages keeps one reader's from
/// another's. It says nothing about the account.
std::string reader(const Context::State& state) {
    const auto mac =
        crypto::hmac_sha256(state.services.secret, "reader:" + state.viewer.account.text());
    return hex(mac).substr(0, 16);
}

}  // namespace

void document(Context& ctx, html::Out& out, std::string_view title, const PageOptions& options,
              const std::function<void(html::Out&)>& body) {
    head(ctx, out, title, options);
    ctx.services.frame(ctx, options, title, out, body);
    html::put(out, "</html>");
}

void add_security_headers(Response& response, const Context::State& state) {
    const bool page = response.header("Content-Type").starts_with("text/html");
    if (response.header("Content-Security-Policy").empty())
        response.set("Content-Security-Policy",
                     page
                         ? kPolicy
                         : std::string_view("default-src 'none'; frame-ancestors 'none'; sandbox"));
    response.set("X-Content-Type-Options", "nosniff");
    response.set("Referrer-Policy", "same-origin");
    if (page) {
        response.set("Cross-Origin-Opener-Policy", "same-origin");
        response.set("Torv-Reader", state.viewer.signed_in() ? reader(state) : "guest");
        response.set("Permissions-Policy",
                     "camera=(), microphone=(), geolocation=(), browsing-topics=()");
    }
    if (response.header("Cross-Origin-Resource-Policy").empty())
        response.set("Cross-Origin-Resource-Policy", "same-origin");
    if (response.header("Cache-Control").empty())
        response.set("Cache-Control", state.viewer.signed_in() ? "private, no-store" : "no-cache");
    response.add("Vary", "Cookie, Accept-Language");
    if (state.request.scheme == "https")
        response.set("Strict-Transport-Security", "max-age=31536000");
}

Response plain_page(const Services& services, const http::Request& request, int status,
                    std::string_view key, std::uint64_t limit) {
    const std::string language =
        services.catalogue.negotiate(request.header("Accept-Language"), "en");
    const i18n::Words& t = services.catalogue.words(language);
    const std::string text =
        t(key, {{"id", request.id}, {"limit", t.size(static_cast<std::int64_t>(limit))}});
    Response response{.status = status};
    if (status == 429 || status >= 500) response.set("Retry-After", "30");
    if (request.path.starts_with("/api/")) {
        json::Writer w;
        w.object()
            .field("type", "urn:torv:fault:" + std::string(key))
            .field("title", text)
            .field("status", status)
            .field("key", key)
            .end();
        response.body = w.take();
        return response.set("Content-Type", "application/problem+json");
    }
    html::Out out;
    html::put(out,
              R"(<!doctype html><html lang="{}"><head><meta charset="utf-8"><title>{}</title>)",
              language, text);
    html::put(
        out,
        R"(<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="{}"></head>)",
        assets::url("app.css"));
    html::put(
        out,
        R"(<body class="app app--bare"><main class="page page--centre" id="main"><div class="panel panel--error"><p class="panel__code">{}</p>)",
        status);
    html::put(out, R"(<h1 class="panel__title">{}</h1>)", text);
    if (!request.id.empty())
        html::put(out, R"(<p class="panel__foot">{} <code>{}</code></p>)", t("web.error_id"),
                  request.id);
    html::put(out, "</div></main></body></html>");
    response.body = out.take();
    return response.set("Content-Type", "text/html; charset=utf-8");
}

Response refusal(const Services& services, const Routes& routes, int status,
                 const http::Request& head) {
    const bool known = status == 429 || status == 503;
    const std::string key = status == 507   ? "web.disk_full"
                            : status == 500 ? "web.failed"
                            : status == 413 ? "web.larger_than"
                            : known         ? "web.error." + std::to_string(status)
                                            : "web.error.400";
    const auto limit = status == 413 ? body_plan(routes, head).max_bytes : 0;
    Response response = plain_page(services, head, status, key, limit);
    const bool page = response.header("Content-Type").starts_with("text/html");
    response.set(
        "Content-Security-Policy",
        page ? kPolicy : std::string_view("default-src 'none'; frame-ancestors 'none'; sandbox"));
    return response.set("X-Content-Type-Options", "nosniff").set("Cache-Control", "no-store");
}

Response asset(const http::Request& request) {
    const auto* found = assets::served(request.path);
    if (!found) return Response{.status = 404};
    Response response;
    response.set("Content-Type", found->type)
        .set("Cache-Control", "public, max-age=31536000, immutable")
        .set("Vary", "Accept-Encoding");
    response.set("X-Content-Type-Options", "nosniff");
    const Coding coding = accepted(request.header("Accept-Encoding"), Effort::Thorough);
    std::string_view bytes = found->bytes;
    if (!found->brotli.empty() && coding == Coding::Brotli) {
        bytes = found->brotli;
        response.set("Content-Encoding", "br");
    } else if (!found->gzip.empty() && coding == Coding::Gzip) {
        bytes = found->gzip;
        response.set("Content-Encoding", "gzip");
    }
    response.body = bytes;
    return response;
}

}  // namespace torv::web
