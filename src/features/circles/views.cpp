#include "features/circles/views.hpp"

#include "features/circles/rules.hpp"
#include "platform/web/fields.hpp"
#include "platform/web/parts.hpp"

namespace torv::circles::views {

using html::put;
namespace parts = web::parts;

namespace {

std::string visibility_words(const web::Context& ctx, Visibility visibility) {
    return std::string(ctx.t("circles.visibility." + std::string(visibility_name(visibility))));
}

/// How many, how one comes in, and how the viewer stands to it.
void state(html::Out& out, const web::Context& ctx, const Circle& circle) {
    put(out, "{} · {}", ctx.t("circles.people_count", circle.member_count),
        ctx.t("circles.entry." + std::string(entry_name(circle.entry))));
    if (circle.entry == Entry::Rule) put(out, ": {}", rule_words(ctx, circle.rule));
    if (circle.visibility == Visibility::Own)
        put(out, " · {}", visibility_words(ctx, circle.visibility));
    if (circle.in) put(out, R"( <span class="badge">{}</span>)", ctx.t("circles.you_are_in"));
    if (circle.asked)
        put(out, R"( <span class="badge badge--quiet">{}</span>)", ctx.t("circles.you_asked"));
}

void row(html::Out& out, const web::Context& ctx, const Circle& circle) {
    put(out,
        R"(<li class="row"><div class="row__body"><h2 class="row__title" dir="auto"><a href="{}">{}</a></h2>)",
        path(circle.slug), circle.name);
    if (!circle.description.empty()) put(out, R"(<p dir="auto">{}</p>)", circle.description);
    put(out, R"(<p class="row__text">)");
    state(out, ctx, circle);
    put(out, "</p></div></li>");
}

void crumbs(html::Out& out, const web::Context& ctx, std::string_view href,
            std::string_view words) {
    put(out,
        R"(<header class="page-head"><nav class="crumbs" aria-label="{}"><a href="{}" dir="auto">{}</a></nav>)",
        ctx.t("circles.you_are_here"), href, words);
}

void head(html::Out& out, const web::Context& ctx, const CirclePage& page) {
    const Circle& circle = page.circle;
    crumbs(out, ctx, "/circles", ctx.t("circles.title"));
    put(out, R"(<div class="page-head__row"><h1 class="page-head__title" dir="auto">{}</h1>)",
        circle.name);
    if (page.manages)
        put(out,
            R"(<div class="page-head__actions"><a class="button" href="{}/rule">{}</a> <a class="button" href="{}/edit">{}</a></div>)",
            path(circle.slug),
            ctx.t(circle.entry == Entry::Rule ? "circles.rule" : "circles.rule_set"),
            path(circle.slug), ctx.t("circles.change"));
    put(out, "</div>");
    if (!circle.description.empty())
        put(out, R"(<p class="page-head__lead" dir="auto">{}</p>)", circle.description);
    put(out, R"(<p class="row__text">)");
    state(out, ctx, circle);
    put(out, "</p></header>");
}

void ask_form(html::Out& out, const web::Context& ctx, const CirclePage& page) {
    parts::form_start(out, ctx, path(page.circle.slug) + "/requests");
    if (!page.keeps) parts::error_summary(out, ctx, page.error);
    if (!page.circle.question.empty())
        put(out, R"(<p class="circle-question" dir="auto">{}</p>)", page.circle.question);
    parts::area(out, ctx,
                {.name = "answer",
                 .label = page.circle.question.empty() ? "circles.word" : "circles.answer",
                 .value = page.keeps ? std::string() : page.typed,
                 .optional = page.circle.question.empty(),
                 .max_length = static_cast<int>(kAnswerMax),
                 .rows = 3},
                page.error);
    parts::form_end(out, ctx.t("circles.ask"));
}

/// What the viewer can do about being in it.
void door(html::Out& out, const web::Context& ctx, const CirclePage& page) {
    const Circle& circle = page.circle;
    if (!ctx.viewer.is_member()) return;
    const std::string own = path(circle.slug) + "/members/" + ctx.viewer.id.text();
    if (circle.entry == Entry::Rule) return;
    if (circle.in)
        return parts::button_form(out, ctx, own, ctx.t("circles.leave"),
                                  "button--quiet button--small", "DELETE");
    if (circle.asked)
        return parts::button_form(out, ctx, path(circle.slug) + "/requests/" + ctx.viewer.id.text(),
                                  ctx.t("circles.take_back"), "button--quiet button--small",
                                  "DELETE");
    if (circle.entry == Entry::Open)
        return parts::button_form(out, ctx, path(circle.slug) + "/join", ctx.t("circles.join"),
                                  "button--primary");
    if (circle.entry == Entry::Request) ask_form(out, ctx, page);
}

void person_start(html::Out& out, const members::Face& face) {
    put(out, R"(<li class="row">)");
    members::face(out, face);
    put(out,
        R"(<div class="row__body"><h3 class="row__title" dir="auto"><a href="/m/{}">{}</a></h3>)",
        face.handle, face.name);
}

void requests(html::Out& out, const web::Context& ctx, const CirclePage& page) {
    if (page.requests.empty()) return;
    put(out,
        R"(<section class="section" aria-labelledby="requests"><h2 class="section__title" id="requests">{}</h2><ul class="rows">)",
        ctx.t("circles.requests"));
    for (const auto& request : page.requests) {
        const auto& face = page.faces[request.member];
        person_start(out, face);
        if (!request.answer.empty()) put(out, R"(<p dir="auto">{}</p>)", request.answer);
        put(out, R"(<p class="row__text">)");
        parts::time(out, ctx, request.at);
        put(out, R"(</p></div><div class="row__actions">)");
        const std::string base = path(page.circle.slug);
        put(out, R"(<form method="post" action="{}/members">)", base);
        ctx.csrf_field(out);
        put(out,
            R"(<input type="hidden" name="handle" value="{}"><button class="button button--small button--primary" type="submit">{}<span class="sr-only">: {}</span></button></form>)",
            face.handle, ctx.t("circles.let_in"), face.name);
        parts::button_form(out, ctx, base + "/requests/" + request.member.text(),
                           ctx.t("circles.decline"), "button--quiet button--small", "DELETE");
        put(out, "</div></li>");
    }
    put(out, "</ul></section>");
}

void add_form(html::Out& out, const web::Context& ctx, const CirclePage& page) {
    put(out, R"(<section class="section">)");
    parts::form_start(out, ctx, path(page.circle.slug) + "/members");
    parts::error_summary(out, ctx, page.error);
    parts::input(out, ctx,
                 {.name = "handle",
                  .label = "circles.add",
                  .hint = "circles.add_hint",
                  .value = page.typed,
                  .autocomplete = "off",
                  .max_length = 40},
                 page.error);
    parts::form_end(out, ctx.t("circles.add_do"));
    put(out, "</section>");
}

void people(html::Out& out, const web::Context& ctx, const CirclePage& page) {
    put(out,
        R"(<section class="section" aria-labelledby="people"><h2 class="section__title" id="people">{}</h2>)",
        ctx.t("circles.people"));
    if (page.people.empty()) put(out, R"(<p class="quiet">{}</p>)", ctx.t("circles.nobody"));
    else put(out, R"(<ul class="rows">)");
    for (const auto& person : page.people) {
        person_start(out, page.faces[person.member]);
        put(out, R"(<p class="row__text">{} )", ctx.t("circles.since"));
        parts::time(out, ctx, person.since);
        put(out, "</p></div>");
        if (page.keeps && person.member != ctx.viewer.id) {
            put(out, R"(<div class="row__actions">)");
            parts::button_form(out, ctx,
                               path(page.circle.slug) + "/members/" + person.member.text(),
                               ctx.t("circles.put_out"), "button--quiet button--small", "DELETE");
            put(out, "</div>");
        }
        put(out, "</li>");
    }
    if (!page.people.empty()) put(out, "</ul>");
    if (!page.next.empty())
        put(out,
            R"(<nav class="pager" aria-label="{}"><a class="button" href="{}" rel="next">{}</a></nav>)",
            ctx.t("circles.more"), page.next, ctx.t("circles.more"));
    put(out, "</section>");
}

std::vector<parts::Option> visibilities(const web::Context& ctx) {
    std::vector<parts::Option> options;
    for (const auto one : {Visibility::Everyone, Visibility::Members, Visibility::Own}) {
        const std::string name(visibility_name(one));
        options.push_back({name, visibility_words(ctx, one), {}});
    }
    return options;
}

std::vector<parts::Option> entries(const web::Context& ctx) {
    std::vector<parts::Option> options;
    for (const Entry one : {Entry::Closed, Entry::Request, Entry::Open}) {
        const std::string name(entry_name(one));
        options.push_back({name, std::string(ctx.t("circles.entry." + name)),
                           std::string(ctx.t("circles.entry." + name + "_hint"))});
    }
    return options;
}

void fields(html::Out& out, const web::Context& ctx, const FormPage& page) {
    parts::input(out, ctx,
                 {.name = "name",
                  .label = "circles.name",
                  .value = page.typed.name,
                  .autocomplete = "off",
                  .max_length = static_cast<int>(kNameMax)},
                 page.error);
    parts::area(out, ctx,
                {.name = "description",
                 .label = "circles.description",
                 .value = page.typed.description,
                 .optional = true,
                 .max_length = static_cast<int>(kDescriptionMax),
                 .rows = 3},
                page.error);
    parts::choices(out, ctx,
                   {.name = "visibility",
                    .label = "circles.visibility",
                    .value = std::string(visibility_name(page.typed.visibility))},
                   visibilities(ctx), page.error);
    if (page.ruled) return;
    parts::choices(out, ctx,
                   {.name = "entry",
                    .label = "circles.entry",
                    .value = std::string(entry_name(page.typed.entry))},
                   entries(ctx), page.error);
    parts::input(out, ctx,
                 {.name = "question",
                  .label = "circles.question",
                  .hint = "circles.question_hint",
                  .value = page.typed.question,
                  .autocomplete = "off",
                  .optional = true,
                  .max_length = static_cast<int>(kQuestionMax)},
                 page.error);
}

}  // namespace

void list(html::Out& out, const web::Context& ctx, const std::vector<Circle>& circles) {
    put(out,
        R"(<header class="page-head"><div class="page-head__row"><h1 class="page-head__title">{}</h1>)",
        ctx.t("circles.title"));
    if (may_manage(ctx.viewer))
        put(out,
            R"(<div class="page-head__actions"><a class="button button--primary" href="/circles/new">{}</a></div>)",
            ctx.t("circles.new"));
    put(out, R"(</div><p class="page-head__lead">{}</p></header>)", ctx.t("circles.lead"));
    if (circles.empty()) {
        put(out, R"(<div class="empty empty--calm">)");
        parts::icon(out, "users");
        return put(out, R"(<h2 class="empty__title">{}</h2><p class="empty__text">{}</p></div>)",
                   ctx.t("circles.none"), ctx.t("circles.none_text"));
    }
    put(out, R"(<ul class="rows">)");
    for (const Circle& one : circles) row(out, ctx, one);
    put(out, "</ul>");
}

void circle(html::Out& out, const web::Context& ctx, const CirclePage& page) {
    head(out, ctx, page);
    door(out, ctx, page);
    requests(out, ctx, page);
    people(out, ctx, page);
    if (page.keeps) add_form(out, ctx, page);
    else if (page.circle.opens && page.circle.entry != Entry::Rule && ctx.viewer.may_moderate())
        put(out, R"(<p class="quiet">{}</p>)", ctx.t("circles.opens_note"));
}

void form(html::Out& out, const web::Context& ctx, const FormPage& page) {
    const bool fresh = page.slug.empty();
    crumbs(out, ctx, fresh ? "/circles" : path(page.slug),
           fresh ? ctx.t("circles.title") : std::string_view(page.title));
    put(out, R"(<h1 class="page-head__title">{}</h1></header>)",
        ctx.t(fresh ? "circles.new" : "circles.change_title"));
    parts::form_start(out, ctx, fresh ? "/circles" : path(page.slug));
    if (fresh) ctx.once_field(out);
    else ctx.method_field(out, "PATCH");
    parts::error_summary(out, ctx, page.error);
    fields(out, ctx, page);
    parts::form_end(out, ctx.t(fresh ? "circles.make" : "circles.save"));
    if (fresh) return;
    put(out, R"(<section class="section"><ask-first question="{}" yes="{}" no="{}">)",
        ctx.t("circles.remove_question", {{"name", page.title}}), ctx.t("circles.remove"),
        ctx.t("circles.keep"));
    parts::button_form(out, ctx, path(page.slug), ctx.t("circles.remove"),
                       "button--small button--danger", "DELETE");
    put(out, "</ask-first></section>");
}

}  // namespace torv::circles::views
