#include "features/lifting/views.hpp"

#include <algorithm>

#include "platform/base/text.hpp"
#include "platform/web/parts.hpp"

namespace torv::lifting::views {

using html::put;
namespace parts = web::parts;

namespace {

constexpr std::size_t kTextMax = 300;  // characters of each message

bool wrong_at(const Page& page, std::string_view field) {
    return page.error && page.error->field == field;
}

void head(html::Out& out, const web::Context& ctx, const Page& page) {
    const bool stream = page.from.kind == topics::Kind::Stream;
    put(out,
        R"(<header class="page-head"><nav class="crumbs" aria-label="{}"><a href="{}" dir="auto">{}</a></nav><h1 class="page-head__title">{}</h1><p class="page-head__lead">{}</p></header>)",
        ctx.t("topics.you_are_here"),
        stream ? spaces::path(page.space.slug) : topics::path(page.from.id, page.from.title),
        stream ? page.space.name : page.from.title, ctx.t("lifting.title"), ctx.t("lifting.lead"));
}

void message(html::Out& out, const web::Context& ctx, const Page& page, const topics::Post& post) {
    const bool may = page.moderates || post.author == page.viewer;
    const bool chosen = may && std::ranges::find(page.chosen, post.id) != page.chosen.end();
    put(out,
        R"(<label class="check"><input class="check__input" type="checkbox" name="posts" value="{}" {} {}><span class="check__text"><strong dir="auto">{}</strong> <span class="quiet">)",
        post.id, html::flag("checked", chosen), html::flag("disabled", !may),
        page.faces[post.author].name);
    parts::time(out, ctx, post.created_at);
    put(out, R"(</span> <span dir="auto">{}</span></span></label>)",
        first_code_points(post.body_md, kTextMax));
}

/// Sends the form as it is, so that what was chosen and typed stays.
void around(html::Out& out, const web::Context& ctx, PostId edge, std::string_view words) {
    put(out,
        R"(<button class="button button--small button--quiet" type="submit" name="around" value="{}">{}</button> )",
        edge, ctx.t(words));
}

/// The chosen messages with some around them, from one place to before another; all of them when
/// nothing is chosen, or one has looked further.
std::pair<std::size_t, std::size_t> in_sight(const Page& page) {
    constexpr std::size_t kAround = 3;
    const auto chosen = [&](const topics::Post& post) {
        return std::ranges::find(page.chosen, post.id) != page.chosen.end();
    };
    const auto first = std::ranges::find_if(page.posts, chosen);
    if (page.further || first == page.posts.end()) return {0, page.posts.size()};
    const auto after = std::find_if(page.posts.rbegin(), page.posts.rend(), chosen).base();
    const auto before = static_cast<std::size_t>(first - page.posts.begin());
    const auto behind = static_cast<std::size_t>(after - page.posts.begin());
    return {before - std::min(before, kAround), std::min(behind + kAround, page.posts.size())};
}

void messages(html::Out& out, const web::Context& ctx, const Page& page) {
    put(out,
        R"(<choose-range><fieldset class="field{}" id="posts"><legend class="field__label">{}</legend>)",
        wrong_at(page, "posts") ? " field--error" : "", ctx.t("lifting.messages"));
    if (page.suggested) put(out, R"(<p class="field__hint">{}</p>)", ctx.t("lifting.suggested"));
    const auto [first, last] = in_sight(page);
    const auto rows = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i)
            if (!page.posts[i].deleted_at) message(out, ctx, page, page.posts[i]);
    };
    const auto folded = [&](std::size_t from, std::size_t to, std::string_view words) {
        if (from == to) return;
        put(out, R"(<details class="lift-fold"><summary>{}</summary>)",
            ctx.t(words, static_cast<std::int64_t>(to - from)));
        rows(from, to);
        put(out, "</details>");
    };
    folded(0, first, "lifting.before_these");
    rows(first, last);
    folded(last, page.posts.size(), "lifting.after_these");
    put(out, R"(</fieldset></choose-range><p class="cluster">)");
    if (!page.posts.empty()) {
        around(out, ctx, page.posts.front().id, "topics.earlier_posts");
        around(out, ctx, page.posts.back().id, "topics.later_posts");
    }
    put(out, "</p>");
}

void place(html::Out& out, const web::Context& ctx, const Page& page, const Page::Place& one) {
    const std::string value = "s" + one.space.id.text();
    const std::string_view words = one.space.id == page.space.id ? "lifting.in_this_chat"
                                   : one.fewer                   ? "lifting.in_space_fewer"
                                                                 : "lifting.in_space";
    put(out, R"(<option value="{}" {}>{}</option>)", value,
        html::flag("selected", value == page.to), ctx.t(words, {{"space", one.space.name}}));
}

void where_to(html::Out& out, const web::Context& ctx, const Page& page) {
    put(out,
        R"(<div class="field{}"><label class="field__label" for="to">{}</label><select class="input input--select" id="to" name="to"><optgroup label="{}">)",
        wrong_at(page, "to") ? " field--error" : "", ctx.t("lifting.to"),
        ctx.t("lifting.new_topic"));
    for (const auto& one : page.places) place(out, ctx, page, one);
    put(out, R"(</optgroup>)");
    if (!page.topics.empty()) {
        put(out, R"(<optgroup label="{}">)", ctx.t("lifting.known_topic"));
        for (const auto& topic : page.topics) {
            const std::string value = "t" + topic.id.text();
            put(out, R"(<option value="{}" {}>{}</option>)", value,
                html::flag("selected", value == page.to), topic.title);
        }
        put(out, "</optgroup>");
    }
    put(out, "</select></div>");
}

void fields(html::Out& out, const web::Context& ctx, const Page& page) {
    put(out,
        R"(<div class="field{}"><label class="field__label" for="title">{}</label><input class="input input--title" id="title" name="title" maxlength="{}" dir="auto" value="{}"></div>)",
        wrong_at(page, "title") ? " field--error" : "", ctx.t("lifting.topic_title"),
        topics::kTitleMax, page.title);
    where_to(out, ctx, page);
    put(out,
        R"(<div class="field"><label class="field__label" for="address">{}</label><input class="input" id="address" name="address" inputmode="url" autocomplete="off" value="{}" placeholder="/t/…"></div>)",
        ctx.t("lifting.other_topic"), page.address);
}

}  // namespace

void choose(html::Out& out, const web::Context& ctx, const Page& page) {
    head(out, ctx, page);
    put(out, R"(<form class="form" method="post" action="/t/{}/lift">)", page.from.id);
    ctx.csrf_field(out);
    ctx.once_field(out);
    // What Enter in a field presses is the first button of a form.
    put(out,
        R"(<button class="sr-only" type="submit" tabindex="-1" aria-hidden="true">{}</button>)",
        ctx.t("lifting.do"));
    parts::error_summary(out, ctx, page.error);
    messages(out, ctx, page);
    fields(out, ctx, page);
    put(out,
        R"(<div class="actions"><button class="button button--primary" type="submit">{}</button> <a class="button button--quiet" href="/t/{}">{}</a></div></form>)",
        ctx.t("lifting.do"), page.from.id, ctx.t("topics.cancel"));
}

}  // namespace torv::lifting::views
