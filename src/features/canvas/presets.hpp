#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The kinds of community one may begin with: presets/*.toml.
namespace torv::canvas {

inline constexpr std::array<std::string_view, 4> kLanguages{"en", "da", "sv", "nl"};
/// What is asked besides the language, in order; also the names of the examples.
inline constexpr std::array<std::string_view, 7> kQuestions{"purpose", "values", "audience", "tone",
                                                            "meet",    "asked",  "goals"};

struct PresetSpace {
    std::string id;
    std::string icon;  ///< an emoji
    std::string kind;
    std::string visibility;
    std::string name;
    std::string description;
};

struct PresetGoal {
    std::string text;
    std::string figure;
    std::int64_t target = 0;
};

/// One preset in one language.
struct Preset {
    std::string id;  ///< "hobby-club"
    std::int64_t order = 0;
    std::string icon;
    int hue = 45;
    std::string sign_up;
    std::string ask_in;  ///< id of the space of the first open question
    std::string name;
    std::string description;
    std::string welcome_title;
    std::string welcome;         ///< Markdown
    std::string question_title;  ///< the first open question
    std::string question;        ///< Markdown
    std::vector<std::string> rules;
    std::vector<std::string> survey;
    std::vector<PresetSpace> spaces;
    std::vector<PresetGoal> goals;
    std::vector<std::pair<std::string, std::vector<std::string>>> examples;  ///< by question

    const std::vector<std::string>& examples_of(std::string_view question) const;
    /// The rules as a Markdown list.
    std::string rules_text() const;
};

/// Every preset in a language (English when we do not speak it), in their order. Throws
/// std::runtime_error with file and place when one cannot be read.
const std::vector<Preset>& presets(std::string_view language);
/// The preset, or null.
const Preset* preset(std::string_view language, std::string_view id);
/// What is missing in the presets: "hobby-club: da: rules". Empty when all is well.
std::vector<std::string> preset_problems();

}  // namespace torv::canvas
