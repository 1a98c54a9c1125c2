#include "features/search/views.hpp"
#include "platform/web/fields.hpp"
#include "platform/web/parts.hpp"

namespace torv::search::views {

namespace {

using html::put;
namespace parts = web::parts;

void space_field(html::Out& out, const web::Context& ctx, const Page& page) {
    std::vector<parts::Option> options{{"", std::string(ctx.t("search.any_space")), ""}};
    for (const auto& space : page.readable.spaces) options.push_back({space.slug, space.name, ""});
    parts::select(out, ctx, {.name = "in", .label = "search.in"}, options);
}

void narrowing(html::Out& out, const web::Context& ctx, const Page& page) {
    put(out, R"(<details class="search-filters"><summary>)");
    parts::icon(out, "sliders-horizontal");
    put(out, R"({}</summary><div class="search-filters__fields">)", ctx.t("search.narrow"));
    space_field(out, ctx, page);
    parts::input(out, ctx, {.name = "by", .label = "search.by", .max_length = 40});
    parts::input(out, ctx, {.name = "tag", .label = "search.tag", .max_length = 60});
    parts::input(out, ctx, {.name = "after", .label = "search.after", .type = "date"});
    parts::input(out, ctx, {.name = "before", .label = "search.before", .type = "date"});
    put(out, R"(<div class="search-filters__ticks">)");
    parts::check(out, ctx, "unanswered", "search.unanswered", false);
    parts::check(out, ctx, "file", "search.with_file", false);
    put(out, R"(</div></div><p class="field__hint">{})", ctx.t("search.filter_words"));
    for (const std::string_view example :
         {"in:", "by:", "tag:", "after:2026-05", "before:2026", "is:unanswered", "has:file"})
        put(out, " <code>{}</code>", example);
    put(out, "</p></details>");
}

}  // namespace

void form(html::Out& out, const web::Context& ctx, const Page& page) {
    put(out,
        R"(<form class="search-form" role="search" action="/search"><search-box label="{}"><label class="sr-only" for="q">{}</label>)",
        ctx.t("search.suggestions"), ctx.t("search.label"));
    put(out,
        R"(<input class="input input--big" id="q" type="search" name="q" value="{}" maxlength="200" autocomplete="off" dir="auto"></search-box>)",
        page.text);
    if (page.kind)
        put(out, R"(<input type="hidden" name="kind" value="{}">)", kind_name(*page.kind));
    put(out, R"(<button class="button button--primary">{}</button>)", ctx.t("search.button"));
    narrowing(out, ctx, page);
    put(out, "</form>");
}

}  // namespace torv::search::views
