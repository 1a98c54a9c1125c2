#include <algorithm>

#include "features/curation/views.hpp"
#include "platform/base/text.hpp"
#include "platform/web/parts.hpp"

namespace torv::curation::views {

using html::put;
namespace parts = web::parts;

namespace {

void page_head(html::Out& out, const web::Context& ctx, const topics::Topic& topic,
               std::string_view heading, std::string_view lead) {
    put(out,
        R"(<header class="page-head"><nav class="crumbs" aria-label="{}"><a href="/t/{}" dir="auto">{}</a></nav><h1 class="page-head__title">{}</h1><p class="page-head__lead">{}</p></header>)",
        ctx.t("topics.you_are_here"), topic.id, topic.title, ctx.t(heading), ctx.t(lead));
}

void space_choice(html::Out& out, const web::Context& ctx,
                  const std::vector<spaces::Access>& targets, SpaceId chosen) {
    put(out,
        R"(<div class="field"><label class="field__label" for="space">{}</label><select class="input input--select" id="space" name="space">)",
        ctx.t("curation.to_space"));
    for (const auto& space : targets)
        put(out, R"(<option value="{}" {}>{}</option>)", space.id,
            html::flag("selected", space.id == chosen), space.name);
    put(out, "</select></div>");
}

}  // namespace

void move(html::Out& out, const web::Context& ctx, const MovePage& page) {
    page_head(out, ctx, page.topic, "topics.move", "curation.move_lead");
    put(out, R"(<form class="form" method="post" action="/t/{}/space">)", page.topic.id);
    ctx.csrf_field(out);
    ctx.method_field(out, "PUT");
    parts::error_summary(out, ctx, page.error);
    space_choice(out, ctx, page.targets, page.topic.space);
    put(out,
        R"(<div class="actions"><button class="button button--primary" type="submit">{}</button> <a class="button button--quiet" href="/t/{}">{}</a></div></form>)",
        ctx.t("topics.move"), page.topic.id, ctx.t("topics.cancel"));
}

void split(html::Out& out, const web::Context& ctx, const SplitPage& page) {
    const topics::Topic& topic = page.topic;
    page_head(out, ctx, topic, "topics.split", "curation.split_lead");
    put(out, R"(<form class="form" method="post" action="/t/{}/split">)", topic.id);
    ctx.csrf_field(out);
    ctx.once_field(out);
    parts::error_summary(out, ctx, page.error);
    put(out,
        R"(<div class="field"><label class="field__label" for="title">{}</label><input class="input input--title" id="title" name="title" maxlength="{}" required dir="auto" value="{}"></div>)",
        ctx.t("topics.title"), topics::kTitleMax, page.title);
    space_choice(out, ctx, page.targets, page.to);
    put(out, R"(<fieldset class="field" id="posts"><legend class="field__label">{}</legend>)",
        ctx.t("curation.split_posts"));
    for (const topics::Post& post : page.posts) {
        if (post.id == topic.first_post || post.deleted_at) continue;
        const bool chosen = std::ranges::find(page.chosen, post.id) != page.chosen.end();
        put(out,
            R"(<label class="check"><input class="check__input" type="checkbox" name="posts" value="{}" {}><span class="check__text"><strong dir="auto">{}</strong> <span dir="auto">{}</span></span></label>)",
            post.id, html::flag("checked", chosen), page.faces[post.author].name,
            first_code_points(post.body_md, 300));
    }
    put(out,
        R"(</fieldset><div class="actions"><button class="button button--primary" type="submit">{}</button> <a class="button button--quiet" href="/t/{}">{}</a></div></form>)",
        ctx.t("curation.split_do"), topic.id, ctx.t("topics.cancel"));
    if (page.more && !page.posts.empty())
        put(out,
            R"(<nav class="pager" aria-label="{}"><a class="button" href="/t/{}/split?after={}" rel="next">{}</a></nav>)",
            ctx.t("topics.more_posts"), topic.id, page.posts.back().id,
            ctx.t("topics.later_posts"));
}

}  // namespace torv::curation::views
