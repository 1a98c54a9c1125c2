#include <algorithm>

#include "features/reactions/reactions.hpp"
#include "platform/web/parts.hpp"
#include "platform/web/web.hpp"

namespace torv::reactions {

namespace {

using html::put;

/// What an offered emoji is called, for those who hear the page.
std::string_view name_of(const web::Context& ctx, std::string_view emoji) {
    static constexpr std::pair<std::string_view, std::string_view> kNames[] = {
        {"👍", "reactions.thumb_up"}, {"❤️", "reactions.heart"},   {"😄", "reactions.laugh"},
        {"🎉", "reactions.party"},    {"🙏", "reactions.thanks"}, {"👀", "reactions.eyes"},
    };
    for (const auto& [known, key] : kNames)
        if (known == emoji) return ctx.t(key);
    return emoji;
}

void count_button(html::Out& out, const web::Context& ctx, const Counts::value_type& count,
                  bool mine) {
    const auto& [emoji, n] = count;
    put(out,
        R"(<button class="reaction" name="emoji" value="{}" aria-pressed="{}"><span class="reaction__emoji" aria-hidden="true">{}</span><span class="reaction__count">{}</span><span class="sr-only">{}</span></button>)",
        emoji, mine ? "true" : "false", emoji, ctx.t.number(n),
        ctx.t(mine ? "reactions.people_and_you" : "reactions.people", n,
              {{"emoji", name_of(ctx, emoji)}}));
}

void choices(html::Out& out, const web::Context& ctx) {
    put(out,
        R"(<details class="menu menu--start reactions__more"><summary class="menu__summary reaction reaction--add">)");
    web::parts::icon(out, "smile-plus");
    put(out,
        R"(<span class="sr-only">{}</span></summary><div class="menu__panel reactions__choices">)",
        ctx.t("reactions.react"));
    for (const std::string_view emoji : offered())
        put(out,
            R"(<button class="reactions__choice" name="emoji" value="{}"><span aria-hidden="true">{}</span><span class="sr-only">{}</span></button>)",
            emoji, emoji, name_of(ctx, emoji));
    put(out, "</div></details>");
}

void shown_only(html::Out& out, const web::Context& ctx, const Counts& counts) {
    for (const auto& [emoji, n] : counts)
        put(out,
            R"(<span class="reaction"><span class="reaction__emoji" aria-hidden="true">{}</span><span class="reaction__count">{}</span><span class="sr-only">{}</span></span>)",
            emoji, ctx.t.number(n), ctx.t("reactions.people", n, {{"emoji", name_of(ctx, emoji)}}));
}

}  // namespace

void bar(html::Out& out, const web::Context& ctx, PostId post, const Counts& counts,
         const std::vector<std::string>* mine, Press press) {
    put(out, R"(<div class="reactions" id="reactions-{}">)", post);
    if (press == Press::ShownOnly) {
        shown_only(out, ctx, counts);
        return put(out, "</div>");
    }
    put(out,
        R"(<live-form target="reactions-{}"><form class="reactions__form" method="post" action="/p/{}/reactions">)",
        post, post);
    ctx.csrf_field(out);
    for (const auto& count : counts) {
        const bool own = mine && std::ranges::find(*mine, count.first) != mine->end();
        count_button(out, ctx, count, own);
    }
    choices(out, ctx);
    put(out, "</form></live-form></div>");
}

}  // namespace torv::reactions
