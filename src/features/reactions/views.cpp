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

/// Belongs to the form that stands once on the page; only the address is the post's own.
void count_button(html::Out& out, const web::Context& ctx, PostId post,
                  const Counts::value_type& count, bool mine) {
    const auto& [emoji, n] = count;
    const auto said = [&, number = n, name = name_of(ctx, emoji)](std::string_view key) {
        return ctx.t(key, number, {{"emoji", name}});
    };
    // In a fragment for many, the words for those who gave it come along; the browser knows who.
    const auto yours =
        html::attr("data-yours", ctx.shared() ? said("reactions.people_and_you") : std::string{},
                   ctx.shared());
    put(out,
        R"(<button class="reaction" form="react" formaction="/p/{}/reactions" name="emoji" value="{}" aria-pressed="{}" {}><span class="reaction__emoji" aria-hidden="true">{}</span><span class="reaction__count">{}</span><span class="sr-only">{}</span></button>)",
        post, emoji, mine ? "true" : "false", yours, emoji, ctx.t.number(n),
        said(mine ? "reactions.people_and_you" : "reactions.people"));
}

void choice(html::Out& out, const web::Context& ctx, std::string_view emoji) {
    put(out,
        R"(<button class="reactions__choice" form="react" name="emoji" value="{}"><span aria-hidden="true">{}</span><span class="sr-only">{}</span></button>)",
        emoji, emoji, name_of(ctx, emoji));
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
    for (const auto& count : counts) {
        const bool own = mine && std::ranges::find(*mine, count.first) != mine->end();
        count_button(out, ctx, post, count, own);
    }
    put(out, R"(<a class="reaction reaction--add" href="/p/{}/react">)", post);
    web::parts::icon(out, "smile-plus");
    put(out, R"(<span class="sr-only">{}</span></a></div>)", ctx.t("reactions.react"));
}

void shared(html::Out& out, const web::Context& ctx) {
    put(out, R"(<live-form part=".reactions"><form id="react" method="post">)");
    ctx.csrf_field(out);
    put(out,
        R"(</form></live-form><react-menu hidden><div class="menu__panel reactions__choices" role="group" aria-label="{}">)",
        ctx.t("reactions.react"));
    for (const std::string_view emoji : offered()) choice(out, ctx, emoji);
    put(out, "</div></react-menu>");
}

void choices(html::Out& out, const web::Context& ctx, PostId post) {
    put(out, R"(<form id="react" method="post" action="/p/{}/reactions">)", post);
    ctx.csrf_field(out);
    put(out, R"(<div class="reactions">)");
    for (const std::string_view emoji : offered()) choice(out, ctx, emoji);
    put(out, "</div></form>");
}

}  // namespace torv::reactions
