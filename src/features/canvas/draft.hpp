#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "features/canvas/presets.hpp"
#include "platform/auth/auth.hpp"
#include "platform/base/result.hpp"
#include "platform/db/db.hpp"

/// What the owner has answered so far, and what is made of it.
namespace torv::canvas {

/// The screens in their order. "language" and the seven of kQuestions are the eight questions;
/// "kind" and "name" are short steps between.
inline constexpr std::array<std::string_view, 10> kSteps{
    "language", "kind", "name", "purpose", "values", "audience", "tone", "meet", "asked", "goals"};

inline constexpr std::size_t kAnswerMax = 1'000;  ///< characters
inline constexpr std::size_t kNameMax = 60;       ///< characters

/// -1 when there is no such step.
int step_number(std::string_view step);
/// 1–8, or 0 for a step that is not one of the eight questions.
int question_number(std::string_view step);

struct Draft {
    std::map<std::string, std::string, std::less<>>
        answers;  ///< by step; a skipped one is there and empty
    std::string language = "en";

    bool answered(std::string_view step) const { return answers.contains(step); }
    std::string_view operator[](std::string_view step) const;
    /// The preset chosen, or the first.
    const Preset& preset() const;
    /// The first step without an answer, or "review".
    std::string_view next() const;
    /// Goals as the owner wrote them, one a line; those of the preset before the step was seen.
    std::string goals_text() const;
};

Draft load(db::Tx& tx, CommunityId community);
/// Checks and keeps one answer. Faults, on field "answer": Invalid "canvas.choose",
/// "canvas.name_needed", "canvas.name_long", "canvas.answer_long".
Done keep(db::Tx& tx, const auth::Viewer& viewer, std::string_view step, std::string_view typed);

/// What the review page asks besides the answers.
struct Choice {
    std::vector<std::string> spaces;  ///< ids of the preset's spaces that are wanted
};
/// Makes the community of the draft: profile, look, rules, spaces, welcome topic, first open
/// question, goals. Opening twice changes nothing. Faults: Forbidden, Invalid
/// ("canvas.name_needed", "canvas.space_needed").
Done open(db::Db& db, const auth::Viewer& viewer, const Choice& choice);

}  // namespace torv::canvas
