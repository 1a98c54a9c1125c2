#include "features/canvas/views.hpp"

#include <algorithm>

#include "features/invitations/invitations.hpp"
#include "platform/base/text.hpp"
#include "platform/web/fields.hpp"
#include "platform/web/parts.hpp"

namespace torv::canvas::views {
namespace {

using html::put;

/// The words of each step, in the order of kSteps.
struct StepWords {
    std::string_view question;
    std::string_view hint;
    std::string_view row;  ///< on the review page
};
constexpr std::array<StepWords, kSteps.size()> kWords{{
    {"canvas.language", "canvas.language_hint", "canvas.row_language"},
    {"canvas.kind", "canvas.kind_hint", "canvas.row_kind"},
    {"canvas.name", "canvas.name_hint", "canvas.row_name"},
    {"canvas.purpose", "canvas.purpose_hint", "canvas.row_purpose"},
    {"canvas.values", "canvas.values_hint", "canvas.row_values"},
    {"canvas.audience", "canvas.audience_hint", "canvas.row_audience"},
    {"canvas.tone", "canvas.tone_hint", "canvas.row_tone"},
    {"canvas.meet", "canvas.meet_hint", "canvas.row_meet"},
    {"canvas.asked", "canvas.asked_hint", "canvas.row_asked"},
    {"canvas.goals", "canvas.goals_hint", "canvas.row_goals"},
}};

const StepWords& words_of(std::string_view step) {
    return kWords[static_cast<std::size_t>(std::max(step_number(step), 0))];
}

void progress(html::Out& out, const web::Context& ctx, std::string_view step) {
    const int number = question_number(step);
    const std::string label = number ? ctx.t("canvas.step", {{"number", number}, {"all", 8}})
                                     : std::string(ctx.t("canvas.between"));
    put(out,
        R"(<p class="wizard__step">{}</p><progress class="wizard__progress" max="{}" value="{}" aria-label="{}"></progress>)",
        label, kSteps.size(), step_number(step) + 1, label);
}

void field_error(html::Out& out, const web::Context& ctx, const Error* error) {
    if (!error) return;
    put(out, R"(<p class="field__error" id="answer-error">)");
    web::parts::icon(out, "circle-alert");
    put(out, "{}</p>", ctx.message(*error));
}

void choice(html::Out& out, std::string_view value, std::string_view icon, std::string_view title,
            std::string_view hint, bool chosen) {
    put(out,
        R"(<label class="choice"><input class="choice__input" type="radio" name="answer" value="{}" required {}><span class="choice__body">)",
        value, html::flag("checked", chosen));
    if (!icon.empty()) put(out, R"(<span class="choice__icon" aria-hidden="true">{}</span>)", icon);
    put(out, R"(<span class="choice__title">{}</span>)", title);
    if (!hint.empty()) put(out, R"(<span class="choice__hint">{}</span>)", hint);
    put(out, "</span></label>");
}

void choices(html::Out& out, const web::Context& ctx, const Draft& draft, std::string_view step,
             std::string_view typed, const Error* error) {
    const StepWords& words = words_of(step);
    put(out,
        R"(<fieldset class="field{}"><legend><h1 class="wizard__question">{}</h1></legend><p class="field__hint">{}</p>)",
        error ? " field--error" : "", ctx.t(words.question), ctx.t(words.hint));
    field_error(out, ctx, error);
    put(out, R"(<div class="choices">)");
    if (step == "language") {
        for (const auto language : kLanguages)
            choice(out, language, "", ctx.services.catalogue.words(language).own_name(), "",
                   language == typed);
    } else {
        for (const auto& preset : presets(draft.language))
            choice(out, preset.id, preset.icon, preset.name, preset.description,
                   preset.id == typed);
    }
    put(out, "</div></fieldset>");
}

void question(html::Out& out, const web::Context& ctx, std::string_view step,
              std::string_view typed, const Error* error) {
    const StepWords& words = words_of(step);
    put(out,
        R"(<div class="field{}"><h1 class="wizard__question"><label for="answer">{}</label></h1><p class="field__hint" id="answer-hint">{}</p>)",
        error ? " field--error" : "", ctx.t(words.question), ctx.t(words.hint));
    field_error(out, ctx, error);
    const std::string described = error ? "answer-hint answer-error" : "answer-hint";
    if (step == "name")
        put(out,
            R"(<input class="input input--big" id="answer" name="answer" type="text" maxlength="{}" value="{}" dir="auto" autocomplete="off" aria-describedby="{}" {}>)",
            kNameMax, typed, described, html::attr("aria-invalid", "true", error != nullptr));
    else
        put(out,
            R"(<textarea class="input input--area input--big" id="answer" name="answer" rows="4" maxlength="{}" dir="auto" aria-describedby="{}" {}>{}</textarea>)",
            kAnswerMax, described, html::attr("aria-invalid", "true", error != nullptr), typed);
    put(out, "</div>");
}

void examples(html::Out& out, const web::Context& ctx, const Draft& draft, std::string_view step) {
    const auto& list = draft.preset().examples_of(step);
    if (list.empty()) return;
    put(out, R"(<details class="details examples" open><summary>{}</summary><ul>)",
        ctx.t("canvas.examples"));
    for (const auto& example : list) put(out, "<li>{}</li>", example);
    put(out, "</ul></details>");
}

void actions(html::Out& out, const web::Context& ctx, std::string_view step) {
    put(out,
        R"(<div class="actions wizard__actions"><button class="button button--primary" type="submit">{}</button>)",
        ctx.t("canvas.next"));
    const int number = step_number(step);
    if (number > 0)
        put(out, R"(<a class="button button--quiet" href="/start/{}">{}</a>)",
            kSteps[static_cast<std::size_t>(number - 1)], ctx.t("canvas.back"));
    if (number > 2)
        put(out,
            R"(<button class="button button--quiet wizard__skip" name="skip" value="1" formnovalidate>{}</button>)",
            ctx.t("canvas.skip"));
    put(out, "</div>");
}

std::string shown_answer(const web::Context& ctx, const Draft& draft, std::string_view step) {
    if (step == "language")
        return std::string(ctx.services.catalogue.words(draft.language).own_name());
    if (step == "kind") return draft.preset().name;
    if (step == "goals") return draft.goals_text();
    return std::string(draft[step]);
}

void answers(html::Out& out, const web::Context& ctx, const Draft& draft) {
    put(out, R"(<dl class="review">)");
    for (const auto step : kSteps) {
        const std::string answer = shown_answer(ctx, draft, step);
        put(out, R"(<div class="review__row"><dt>{}</dt>)", ctx.t(words_of(step).row));
        if (answer.empty()) {
            put(out, R"(<dd class="quiet">{}</dd>)", ctx.t("canvas.not_answered"));
        } else {
            put(out, R"(<dd dir="auto">)");
            bool first = true;
            for (const auto line : split(answer, '\n')) {
                if (!first) put(out, "<br>");
                put(out, "{}", line);
                first = false;
            }
            put(out, "</dd>");
        }
        put(out,
            R"(<dd class="review__change"><a href="/start/{}">{}<span class="sr-only">: {}</span></a></dd></div>)",
            step, ctx.t("canvas.change"), ctx.t(words_of(step).row));
    }
    put(out, "</dl>");
}

void space_boxes(html::Out& out, const web::Context& ctx, const Draft& draft, const Choice& chosen,
                 const Error* error) {
    put(out,
        R"(<fieldset class="field{}" id="spaces"><legend class="field__label">{}</legend><p class="field__hint">{}</p>)",
        error ? " field--error" : "", ctx.t("canvas.spaces"), ctx.t("canvas.spaces_hint"));
    field_error(out, ctx, error);
    for (const auto& space : draft.preset().spaces) {
        const bool wanted = std::ranges::find(chosen.spaces, space.id) != chosen.spaces.end();
        put(out,
            R"(<label class="check"><input class="check__input" type="checkbox" name="spaces" value="{}" {}><span class="check__text"><span aria-hidden="true">{}</span> <strong>{}</strong> )",
            space.id, html::flag("checked", wanted), space.icon, space.name);
        if (space.visibility == "public")
            put(out, R"(<span class="badge badge--quiet">{}</span> )",
                ctx.t("canvas.for_everyone"));
        if (space.visibility == "private")
            put(out, R"(<span class="badge badge--quiet">{}</span> )", ctx.t("canvas.closed"));
        put(out, R"(<br><span class="quiet">{}</span></span></label>)", space.description);
    }
    put(out, "</fieldset>");
}

void list_part(html::Out& out, std::string_view title, const std::vector<std::string>& items) {
    put(out, R"(<details class="examples"><summary>{}</summary><ol>)", title);
    for (const auto& item : items) {
        std::string plain = item;  // rules are Markdown; the stars are for the page of rules
        std::erase(plain, '*');
        put(out, "<li>{}</li>", plain);
    }
    put(out, "</ol></details>");
}

}  // namespace

std::string_view question_of(const web::Context& ctx, std::string_view step) {
    return ctx.t(words_of(step).question);
}

void step(html::Out& out, const web::Context& ctx, const Draft& draft, std::string_view step,
          std::string_view typed, const Error* error) {
    put(out, R"(<div class="wizard">)");
    progress(out, ctx, step);
    put(out, R"(<form class="form" method="post" action="/start/{}">)", step);
    ctx.csrf_field(out);
    if (step == "language" || step == "kind") choices(out, ctx, draft, step, typed, error);
    else question(out, ctx, step, typed, error);
    examples(out, ctx, draft, step);
    actions(out, ctx, step);
    put(out, "</form></div>");
}

void review(html::Out& out, const web::Context& ctx, const Draft& draft, const Choice& choice,
            const Error* error) {
    put(out,
        R"(<div class="wizard"><h1 class="wizard__question">{}</h1><p class="wizard__lead">{}</p>)",
        ctx.t("canvas.review", {{"name", draft["name"]}}), ctx.t("canvas.review_lead"));
    put(out, R"(<form class="form" method="post" action="/start/open">)");
    ctx.csrf_field(out);
    space_boxes(out, ctx, draft, choice, error);
    list_part(out, ctx.t("canvas.rules"), draft.preset().rules);
    list_part(out, ctx.t("canvas.first_topics"),
              {draft.preset().welcome_title, draft.preset().question_title});
    put(out,
        R"(<div class="actions"><button class="button button--primary" type="submit">{}</button></div></form>)",
        ctx.t("canvas.open"));
    put(out, R"(<section class="section"><h2 class="section__title">{}</h2>)",
        ctx.t("canvas.answers"));
    answers(out, ctx, draft);
    put(out, "</section></div>");
}

void opened(html::Out& out, const web::Context& ctx, std::string_view name,
            const std::string& invitation) {
    put(out,
        R"(<div class="wizard stack"><h1 class="wizard__question">{}</h1><p class="wizard__lead">{}</p>)",
        ctx.t("canvas.opened", {{"name", name}}), ctx.t("canvas.opened_lead"));
    if (invitation.empty()) {
        web::parts::button_form(out, ctx, "/start/invitation", ctx.t("canvas.make_link"), "");
    } else {
        invitations::note(out, ctx, name, invitation);
        put(out, R"(<p class="quiet">{}</p>)", ctx.t("canvas.link_lives"));
    }
    put(out,
        R"(<div class="actions"><a class="button button--primary" href="/">{}</a></div></div>)",
        ctx.t("canvas.go_in"));
}

}  // namespace torv::canvas::views
