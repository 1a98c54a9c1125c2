#include <algorithm>

#include "features/topics/views.hpp"
#include "platform/base/text.hpp"
#include "platform/web/parts.hpp"

namespace torv::topics::views {

using html::put;
namespace parts = web::parts;

namespace {

void page_head(html::Out& out, const web::Context& ctx, const Topic& topic,
               std::string_view heading, std::string_view lead) {
    put(out,
        R"(<header class="page-head"><nav class="crumbs" aria-label="{}"><a href="/t/{}" dir="auto">{}</a></nav><h1 class="page-head__title">{}</h1><p class="page-head__lead">{}</p></header>)",
        ctx.t("topics.you_are_here"), topic.id, topic.title, ctx.t(heading), ctx.t(lead));
}

void space_choice(html::Out& out, const web::Context& ctx,
                  const std::vector<spaces::Access>& targets, SpaceId chosen) {
    put(out,
        R"(<div class="field"><label class="field__label" for="space">{}</label><select class="input input--select" id="space" name="space">)",
        ctx.t("topics.to_space"));
    for (const auto& space : targets)
        put(out, R"(<option value="{}" {}>{}</option>)", space.id,
            html::flag("selected", space.id == chosen), space.name);
    put(out, "</select></div>");
}

void version(html::Out& out, const web::Context& ctx, const members::Face& who, Instant at,
             std::string_view text) {
    put(out, R"(<li class="row"><div class="row__body"><h2 class="row__title"><bdi>{}</bdi> )",
        who.name);
    parts::time(out, ctx, at);
    put(out,
        R"(</h2><div class="prose"><pre class="history__text" dir="auto"><code>{}</code></pre></div></div></li>)",
        text);
}

}  // namespace

void history(html::Out& out, const web::Context& ctx, const pages::History& page) {
    const Post& post = page.seen.post;
    put(out,
        R"(<header class="page-head"><nav class="crumbs" aria-label="{}"><a href="/p/{}" dir="auto">{}</a></nav><h1 class="page-head__title">{}</h1></header><ol class="rows">)",
        ctx.t("topics.you_are_here"), post.id,
        page.seen.topic.title.empty() ? page.seen.space.name : page.seen.topic.title,
        ctx.t("topics.history_title"));
    // Each text was written by whoever replaced the one before; the oldest by the author.
    const auto& old = page.versions;
    version(out, ctx, page.faces[old.empty() ? post.author : old.front().editor],
            post.edited_at ? post.edited_at : post.created_at, post.body_md);
    for (std::size_t i = 0; i < old.size(); ++i) {
        const MemberId writer = i + 1 < old.size() ? old[i + 1].editor : post.author;
        version(out, ctx, page.faces[writer], old[i].written_at, old[i].markdown);
    }
    put(out, "</ol>");
}

void move(html::Out& out, const web::Context& ctx, const MovePage& page) {
    page_head(out, ctx, page.topic, "topics.move", "topics.move_lead");
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
    const Topic& topic = page.from.topic;
    page_head(out, ctx, topic, "topics.split", "topics.split_lead");
    put(out, R"(<form class="form" method="post" action="/t/{}/split">)", topic.id);
    ctx.csrf_field(out);
    ctx.once_field(out);
    parts::error_summary(out, ctx, page.error);
    put(out,
        R"(<div class="field"><label class="field__label" for="title">{}</label><input class="input input--title" id="title" name="title" maxlength="{}" required dir="auto" value="{}"></div>)",
        ctx.t("topics.title"), kTitleMax, page.title);
    space_choice(out, ctx, page.targets, page.to);
    put(out, R"(<fieldset class="field" id="posts"><legend class="field__label">{}</legend>)",
        ctx.t("topics.split_posts"));
    for (const Post& post : page.from.posts) {
        if (post.id == topic.first_post || post.deleted_at) continue;
        const bool chosen = std::ranges::find(page.chosen, post.id) != page.chosen.end();
        put(out,
            R"(<label class="check"><input class="check__input" type="checkbox" name="posts" value="{}" {}><span class="check__text"><strong dir="auto">{}</strong> <span dir="auto">{}</span></span></label>)",
            post.id, html::flag("checked", chosen), page.from.faces[post.author].name,
            first_code_points(post.body_md, 300));
    }
    put(out,
        R"(</fieldset><div class="actions"><button class="button button--primary" type="submit">{}</button> <a class="button button--quiet" href="/t/{}">{}</a></div></form>)",
        ctx.t("topics.split_do"), topic.id, ctx.t("topics.cancel"));
    if (page.from.after && !page.from.posts.empty())
        put(out,
            R"(<nav class="pager" aria-label="{}"><a class="button" href="/t/{}/split?after={}" rel="next">{}</a></nav>)",
            ctx.t("topics.more_posts"), topic.id, page.from.posts.back().id,
            ctx.t("topics.later_posts"));
}

}  // namespace torv::topics::views
