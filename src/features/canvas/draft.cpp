#include "features/canvas/draft.hpp"

#include <algorithm>

#include "features/community/community.hpp"
#include "platform/base/text.hpp"

namespace torv::canvas {
namespace {

bool speaks(std::string_view language) {
    return std::ranges::find(kLanguages, language) != kLanguages.end();
}

Result<std::string> checked(std::string_view step, std::string_view typed) {
    const std::string text(trimmed(typed));
    if (step == "language" && !speaks(text)) return fail(Fault::Invalid, "canvas.choose", "answer");
    if (step == "kind" && !preset("en", text))
        return fail(Fault::Invalid, "canvas.choose", "answer");
    if (step == "name" && text.empty()) return fail(Fault::Invalid, "canvas.name_needed", "answer");
    if (step == "name" && (code_points(text) > kNameMax || text.find('\n') != std::string::npos))
        return fail(Fault::Invalid, "canvas.name_long", "answer",
                    {{"most", std::to_string(kNameMax)}});
    if (code_points(text) > kAnswerMax)
        return fail(Fault::Invalid, "canvas.answer_long", "answer",
                    {{"most", std::to_string(kAnswerMax)}});
    return text;
}

}  // namespace

int step_number(std::string_view step) {
    const auto at = std::ranges::find(kSteps, step);
    return at == kSteps.end() ? -1 : static_cast<int>(at - kSteps.begin());
}

int question_number(std::string_view step) {
    const int number = step_number(step);
    if (number == 0) return 1;
    return number >= 3 ? number - 1 : 0;
}

std::string_view Draft::operator[](std::string_view step) const {
    const auto at = answers.find(step);
    return at == answers.end() ? std::string_view{} : std::string_view(at->second);
}

const Preset& Draft::preset() const {
    const Preset* chosen = canvas::preset(language, (*this)["kind"]);
    return chosen ? *chosen : presets(language).front();
}

std::string_view Draft::next() const {
    for (const auto step : kSteps)
        if (!answered(step)) return step;
    return "review";
}

std::string Draft::goals_text() const {
    if (answered("goals")) return std::string((*this)["goals"]);
    std::string out;
    for (const auto& goal : preset().goals) out += (out.empty() ? "" : "\n") + goal.text;
    return out;
}

Draft load(db::Tx& tx, CommunityId community) {
    Draft draft;
    for (auto& answer : community::answers(tx, community))
        if (step_number(answer.question) >= 0)
            draft.answers[answer.question] = std::move(answer.answer);
    if (draft.answered("language")) draft.language = draft["language"];
    return draft;
}

Done keep(db::Tx& tx, const auth::Viewer& viewer, std::string_view step, std::string_view typed) {
    if (!viewer.is_owner()) return fail(Fault::Forbidden, "canvas.owner_only");
    const std::string answer = TRY(checked(step, typed));
    community::save_answer(tx, viewer.community, step, answer);
    return Unit{};
}

}  // namespace torv::canvas
