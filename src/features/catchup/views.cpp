#include "features/catchup/views.hpp"

#include "platform/web/parts.hpp"

namespace torv::catchup::views {

using html::put;
namespace parts = web::parts;

namespace {

constexpr std::size_t kOpen = 12;  ///< lines of a section before the rest is folded

/// "4 people · 12 reactions"
std::string note(const web::Context& ctx, const Facts& facts) {
    std::string text;
    if (facts.people > 1) text = ctx.t("catchup.people", facts.people);
    if (facts.reactions > 0)
        text += (text.empty() ? "" : " · ") + ctx.t("catchup.reactions", facts.reactions);
    return text;
}

void lines(html::Out& out, const web::Context& ctx, const Page& page, std::size_t from,
           std::size_t to) {
    put(out, R"(<ol class="topics">)");
    for (std::size_t i = from; i < to; ++i) {
        const Line& line = page.lines[i];
        topics::row(out, ctx, line.topic, page.faces[line.topic.author],
                    page.readable.find(line.topic.space),
                    {.at_new = true, .note = note(ctx, line.facts)});
    }
    put(out, "</ol>");
}

/// The lines from `from` that have the same reason; gives where the next ones begin.
std::size_t section(html::Out& out, const web::Context& ctx, const Page& page, std::size_t from,
                    std::string_view title) {
    std::size_t to = from;
    while (to < page.lines.size() && page.lines[to].why == page.lines[from].why) ++to;
    put(out, R"(<section class="section"><h2 class="section__title">{}</h2>)", ctx.t(title));
    const std::size_t open = std::min(to, from + kOpen);
    lines(out, ctx, page, from, open);
    if (open < to) {
        put(out, R"(<details class="details"><summary>{}</summary>)",
            ctx.t("catchup.more", static_cast<std::int64_t>(to - open)));
        lines(out, ctx, page, open, to);
        put(out, "</details>");
    }
    put(out, "</section>");
    return to;
}

std::string_view title_of(Why why) {
    switch (why) {
        case Why::You: return "catchup.you";
        case Why::Followed: return "catchup.followed";
        case Why::Talk: return "catchup.talk";
    }
    return {};
}

void chats(html::Out& out, const web::Context& ctx, const Page& page) {
    if (page.chats.empty()) return;
    put(out, R"(<section class="section"><h2 class="section__title">{}</h2><ul class="rows">)",
        ctx.t("catchup.chats"));
    for (const auto& entry : page.chats)
        put(out,
            R"(<li class="row"><div class="row__body"><h3 class="row__title"><a href="{}" dir="auto">{}</a> <span class="dot"><span class="sr-only">{}</span></span></h3></div></li>)",
            spaces::path(entry.space.slug), entry.space.name, ctx.t("catchup.new_messages"));
    put(out, "</ul></section>");
}

void up_to_date(html::Out& out, const web::Context& ctx) {
    put(out, R"(<div class="empty empty--calm">)");
    parts::icon(out, "coffee");
    put(out,
        R"(<h2 class="empty__title">{}</h2><p class="empty__text">{}</p><a class="button" href="/">{}</a></div>)",
        ctx.t("home.up_to_date"), ctx.t("home.up_to_date_hint"), ctx.t("catchup.home"));
}

}  // namespace

void page(html::Out& out, const web::Context& ctx, const Page& page) {
    parts::page_head(out, ctx.t("catchup.title"), ctx.t("catchup.lead"));
    if (page.lines.empty() && page.chats.empty()) return up_to_date(out, ctx);
    for (std::size_t i = 0; i < page.lines.size();)
        i = section(out, ctx, page, i, title_of(page.lines[i].why));
    chats(out, ctx, page);
    put(out, R"(<form class="actions section" method="post" action="/catch-up">)");
    ctx.csrf_field(out);
    put(out,
        R"(<input type="hidden" name="until" value="{}"><button class="button button--primary" type="submit">{}</button></form>)",
        page.at.us, ctx.t("catchup.done"));
}

}  // namespace torv::catchup::views
