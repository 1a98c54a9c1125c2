#include "features/leaders/views.hpp"

#include "features/conversations/conversations.hpp"
#include "platform/web/fields.hpp"
#include "platform/web/parts.hpp"

namespace torv::leaders {

namespace views {

using html::put;
namespace parts = web::parts;

namespace {

std::string_view state_words(const web::Context& ctx, State state) {
    switch (state) {
        case State::Waiting: return ctx.t("leaders.waiting");
        case State::Taken: return ctx.t("leaders.taken_word");
        case State::Answered: return ctx.t("leaders.answered");
        case State::Closed: return ctx.t("leaders.closed");
    }
    return {};
}

/// The state with who has it, and when it was asked.
void state_line(html::Out& out, const web::Context& ctx, const Question& one,
                const members::Faces& faces) {
    const bool waits = one.state() == State::Waiting;
    put(out, R"(<p class="row__text"><span class="badge{}">{}</span> )",
        waits ? " badge--warn" : " badge--quiet", state_words(ctx, one.state()));
    if (one.taken_by) put(out, R"(<bdi>{}</bdi> · )", faces[one.taken_by].name);
    parts::time(out, ctx, one.asked_at);
}

void own_question(html::Out& out, const web::Context& ctx, const Question& one,
                  const members::Faces& faces) {
    put(out,
        R"(<li class="row"><div class="row__body"><h3 class="row__title" dir="auto"><a href="{}">{}</a></h3>)",
        conversations::path(one.id), one.excerpt.empty() ? ctx.t("leaders.picture") : one.excerpt);
    state_line(out, ctx, one, faces);
    put(out, "</p></div></li>");
}

void who(html::Out& out, const web::Context& ctx, const std::vector<members::Face>& leaders) {
    put(out, R"(<p class="quiet">{} )", ctx.t("leaders.who"));
    for (std::size_t i = 0; i < leaders.size(); ++i)
        put(out, R"({}<a href="/m/{}" dir="auto">{}</a>)", i ? ", " : "", leaders[i].handle,
            leaders[i].name);
    put(out, "</p>");
}

void form(html::Out& out, const web::Context& ctx, const AskPage& page) {
    put(out, R"(<form class="composer" method="post" action="/leaders">)");
    ctx.csrf_field(out);
    ctx.once_field(out);
    parts::error_summary(out, ctx, page.error);
    who(out, ctx, page.leaders);
    std::vector<parts::Option> options{{"", std::string(ctx.t("leaders.whole")), {}}};
    for (const auto& space : page.readable.spaces)
        if (!space.archived || space.id.text() == page.space)
            options.push_back({space.id.text(), space.name, {}});
    parts::select(out, ctx,
                  {.name = "space",
                   .label = "leaders.about",
                   .hint = "leaders.about_hint",
                   .value = page.space},
                  options, page.error);
    topics::text_box(out, ctx, "leaders.your_question", page.body, page.error);
    put(out,
        R"(<div class="composer__foot"><button class="button button--primary" type="submit">{}</button></div></form>)",
        ctx.t("leaders.send"));
}

void act(html::Out& out, const web::Context& ctx, const ListPage& page, const Question& one) {
    const std::string base = "/leaders/questions/" + one.id.text();
    put(out, R"(<div class="row__actions">)");
    if (one.taken_by == ctx.viewer.id) {
        put(out, R"(<a class="button button--small" href="{}">{}</a>)", conversations::path(one.id),
            ctx.t("leaders.open"));
    } else {
        put(out, R"(<form method="post" action="{}/take">)", base);
        ctx.csrf_field(out);
        put(out,
            R"(<input type="hidden" name="from" value="{}"><button class="button button--small{}" type="submit">{}<span class="sr-only">: {}</span></button></form>)",
            one.taken_by, one.taken_by ? " button--quiet" : " button--primary",
            ctx.t(one.taken_by ? "leaders.take_over" : "leaders.take"), page.faces[one.asker].name);
    }
    put(out, "</div>");
}

void question(html::Out& out, const web::Context& ctx, const ListPage& page, const Question& one) {
    const auto& asker = page.faces[one.asker];
    put(out, R"(<li class="row">)");
    members::face(out, asker);
    put(out,
        R"(<div class="row__body"><h2 class="row__title"><a href="/m/{}" dir="auto">{}</a></h2><p dir="auto">{}</p>)",
        asker.handle, asker.name,
        one.excerpt.empty() ? ctx.t("leaders.picture") : std::string_view(one.excerpt));
    state_line(out, ctx, one, page.faces);
    if (const auto* space = one.space ? page.readable.find(one.space) : nullptr)
        put(out, R"( · <a href="{}" dir="auto">{}</a>)", spaces::path(space->slug), space->name);
    put(out, "</p></div>");
    act(out, ctx, page, one);
    put(out, "</li>");
}

/// "35 minutes", "4 hours", "2 days": as precise as one wants to know.
std::string span(const web::Context& ctx, microseconds time) {
    using namespace std::chrono;
    if (time < 90min)
        return ctx.t("leaders.minutes", std::max<std::int64_t>(round<minutes>(time).count(), 1));
    if (time < 48h) return ctx.t("leaders.hours", round<hours>(time).count());
    return ctx.t("leaders.days", round<days>(time).count());
}

void figures(html::Out& out, const web::Context& ctx, const Figures& f) {
    const auto figure = [&](std::string_view label, const std::string& value,
                            const std::string& note) {
        put(out,
            R"(<li class="figure"><p class="figure__label">{}</p><p class="figure__value">{}</p><p class="figure__note">{}</p></li>)",
            ctx.t(label), value, note);
    };
    put(out, R"(<ul class="figures">)");
    figure("leaders.median", f.answered > 0 ? span(ctx, f.median) : "–",
           ctx.t("leaders.median_note", f.answered, {{"asked", ctx.t.number(f.asked)}}));
    figure("leaders.in_time",
           f.due > 0 ? ctx.t("leaders.percent",
                             {{"n", ctx.t.number(std::int64_t{100} * f.in_time / f.due)}})
                     : "–",
           ctx.t("leaders.in_time_note", f.in_time, {{"due", ctx.t.number(f.due)}}));
    put(out, R"(</ul><details class="details"><summary>{}</summary><p>{}</p></details>)",
        ctx.t("leaders.definition"), ctx.t("leaders.definition_text"));
}

void crumbs(html::Out& out, const web::Context& ctx, std::string_view title,
            std::string_view lead) {
    put(out,
        R"(<header class="page-head"><nav class="crumbs" aria-label="{}"><a href="/messages">{}</a></nav><h1 class="page-head__title">{}</h1><p class="page-head__lead">{}</p></header>)",
        ctx.t("leaders.you_are_here"), ctx.t("leaders.messages"), title, lead);
}

}  // namespace

void ask(html::Out& out, const web::Context& ctx, const AskPage& page) {
    crumbs(out, ctx, ctx.t("leaders.title"), ctx.t("leaders.lead"));
    if (page.leads)
        put(out,
            R"(<p class="actions"><a class="button button--small" href="/leaders/questions">{}</a></p>)",
            ctx.t("leaders.to_list"));
    form(out, ctx, page);
    if (page.own.empty()) return;
    put(out, R"(<section class="section"><h2 class="section__title">{}</h2><ul class="rows">)",
        ctx.t("leaders.own"));
    for (const Question& one : page.own) own_question(out, ctx, one, page.faces);
    put(out, "</ul></section>");
}

void list(html::Out& out, const web::Context& ctx, const ListPage& page) {
    crumbs(out, ctx, ctx.t("leaders.list"), ctx.t("leaders.list_lead"));
    figures(out, ctx, page.figures);
    put(out,
        R"(<nav class="tabs" aria-label="{}"><a class="tabs__item" href="/leaders/questions" {}>{}</a>)",
        ctx.t("leaders.which"), html::attr("aria-current", "page", !page.closed),
        ctx.t("leaders.open_ones"));
    put(out, R"(<a class="tabs__item" href="/leaders/questions?show=closed" {}>{}</a></nav>)",
        html::attr("aria-current", "page", page.closed), ctx.t("leaders.closed_ones"));
    if (page.questions.empty()) {
        put(out, R"(<div class="empty empty--calm">)");
        parts::icon(out, "message-circle");
        return put(out, R"(<h2 class="empty__title">{}</h2><p class="empty__text">{}</p></div>)",
                   ctx.t(page.closed ? "leaders.none_closed" : "leaders.none"),
                   ctx.t("leaders.none_text"));
    }
    put(out, R"(<ul class="rows">)");
    for (const Question& one : page.questions) question(out, ctx, page, one);
    put(out, "</ul>");
    if (!page.next.empty())
        put(out,
            R"(<nav class="pager" aria-label="{}"><a class="button" href="{}" rel="next">{}</a></nav>)",
            ctx.t("leaders.more"), page.next, ctx.t("leaders.more"));
}

}  // namespace views

namespace {

/// What to say to the viewer; empty: nothing, the answer speaks.
std::string_view strip_key(const Question& question, MemberId viewer) {
    const State state = question.state();
    if (question.taken_by == viewer)
        return state == State::Closed ? "leaders.you_closed" : "leaders.you_have";
    if (question.asker != viewer) return "leaders.taken_over";
    switch (state) {
        case State::Waiting: return "leaders.asker_waits";
        case State::Taken: return "leaders.asker_taken";
        case State::Answered: return {};
        case State::Closed: return "leaders.asker_closed";
    }
    return {};
}

}  // namespace

void strip(html::Out& out, const web::Context& ctx, const Question& question) {
    const auto key = strip_key(question, ctx.viewer.id);
    if (key.empty()) return;
    html::put(out, R"(<div class="notice"><div><p>{}</p>)", ctx.t(key));
    if (key == "leaders.you_have") {
        html::put(out, R"(<div class="cluster">)");
        web::parts::button_form(out, ctx, "/leaders/questions/" + question.id.text() + "/close",
                                ctx.t("leaders.close"), "button--small");
        html::put(out, "</div>");
    }
    html::put(out, "</div></div>");
}

}  // namespace torv::leaders
