#include "platform/web/parts.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>

#include "platform/assets/assets.hpp"
#include "platform/base/text.hpp"

namespace torv::web::parts {

std::string icon_url(std::string_view name) {
    return std::string(assets::url("icons.svg")) + "#" + std::string(name);
}

namespace {

/// Each icon of the sprite as markup, drawn once by each thread: a page shows more than a hundred.
struct Icons {
    std::string_view sprite;  ///< its address; another one in development, when it was built anew
    std::unordered_map<std::string, html::Out> drawn;

    const html::Out& of(std::string_view name) {
        const auto url = assets::url("icons.svg");
        if (url.data() != sprite.data()) drawn.clear();
        sprite = url;
        key.assign(name);
        const auto [place, fresh] = drawn.try_emplace(key);
        if (fresh)
            html::put(place->second,
                      R"(<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>)", url,
                      name);
        return place->second;
    }
    std::string key;  ///< kept for its memory
};

}  // namespace

void icon(html::Out& out, std::string_view name) {
    thread_local Icons icons;
    html::put(out, html::Safe(icons.of(name)));
}

int hue(std::string_view handle) {
    std::uint32_t hash = 2166136261u;
    for (const char c : handle) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    return static_cast<int>(hash % 12);
}

void avatar(html::Out& out, std::string_view name, std::string_view handle,
            std::string_view picture, AvatarSize size) {
    const std::string_view variant = size == AvatarSize::Small   ? " avatar--small"
                                     : size == AvatarSize::Large ? " avatar--large"
                                                                 : "";
    const int pixels = size == AvatarSize::Small ? 24 : size == AvatarSize::Large ? 96 : 40;
    if (picture.empty()) {
        html::put(
            out, R"(<span class="avatar{} avatar--hue-{}" aria-hidden="true" dir="auto">{}</span>)",
            variant, hue(handle), i18n::initials(name));
    } else {
        html::put(out,
                  R"(<img class="avatar{}" src="{}" alt="" width="{}" height="{}" loading="lazy">)",
                  variant, picture, pixels, pixels);
    }
}

void time(html::Out& out, const Context& ctx, Instant at) {
    html::put(out, R"(<relative-time prefix="" datetime="{}">{}</relative-time>)", at.rfc3339(),
              ctx.dates.date_time(at));
}

void page_head(html::Out& out, std::string_view title, std::string_view lead) {
    html::put(
        out,
        R"(<header class="page-head"><h1 class="page-head__title">{}</h1><p class="page-head__lead">{}</p></header>)",
        title, lead);
}

void feed_link(html::Out& out, const Context& ctx, const std::string& feed) {
    html::put(out, R"(<a class="feed-link" href="{}">)", feed + ".atom");
    icon(out, "rss");
    html::put(out, "{}</a>", ctx.t("web.feed"));
}

void error_summary(html::Out& out, const Context& ctx, const Error* error) {
    if (!error) return;
    html::put(
        out,
        R"(<div class="error-summary" role="alert" tabindex="-1"><p class="error-summary__title">{}</p>)",
        ctx.t("web.form_error"));
    html::put(out, R"(<ul class="error-summary__list"><li>)");
    if (error->field.empty()) html::put(out, "{}", ctx.message(*error));
    else html::put(out, R"(<a href="#{}">{}</a>)", error->field, ctx.message(*error));
    html::put(out, "</li></ul></div>");
}

}  // namespace torv::web::parts
