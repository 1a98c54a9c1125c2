#include "features/canvas/presets.hpp"

#include <toml++/toml.h>
#include <algorithm>
#include <map>
#include <sstream>
#include <stdexcept>

#include "platform/assets/assets.hpp"

namespace torv::canvas {
namespace {

std::string text(const toml::table& table, std::string_view name) {
    std::string value = table[name].value_or(std::string());
    while (value.ends_with('\n')) value.pop_back();
    return value;
}

std::vector<std::string> texts(const toml::table& table, std::string_view name) {
    std::vector<std::string> list;
    if (const auto* array = table[name].as_array())
        for (const auto& item : *array) list.push_back(item.value_or(std::string()));
    return list;
}

const toml::table& child(const toml::table& table, std::string_view name) {
    static const toml::table nothing;
    const auto* found = table[name].as_table();
    return found ? *found : nothing;
}

void read_spaces(Preset& p, const toml::table& file, const toml::table& words) {
    const auto* spaces = file["spaces"].as_array();
    if (!spaces) return;
    for (const auto& item : *spaces) {
        const toml::table& space = *item.as_table();
        const toml::table& said = child(child(words, "spaces"), text(space, "id"));
        p.spaces.push_back({.id = text(space, "id"),
                            .icon = text(space, "icon"),
                            .kind = text(space, "kind"),
                            .visibility = text(space, "visibility"),
                            .name = text(said, "name"),
                            .description = text(said, "description")});
    }
}

void read_goals(Preset& p, const toml::table& file, const toml::table& words) {
    const auto* goals = file["goals"].as_array();
    const auto said = texts(words, "goals");
    if (!goals) return;
    for (std::size_t i = 0; i < goals->size(); ++i) {
        const toml::table& goal = *goals->get(i)->as_table();
        p.goals.push_back({.text = i < said.size() ? said[i] : "",
                           .figure = text(goal, "figure"),
                           .target = goal["target"].value_or(std::int64_t{0})});
    }
}

Preset preset_from(const std::string& id, const toml::table& file, std::string_view language) {
    const toml::table& words = child(file, language);
    Preset p;
    p.id = id;
    p.order = file["order"].value_or(std::int64_t{0});
    p.icon = text(file, "icon");
    p.hue = static_cast<int>(file["hue"].value_or(std::int64_t{45}));
    p.sign_up = text(file, "sign_up");
    p.ask_in = text(file, "ask_in");
    p.name = text(words, "name");
    p.description = text(words, "description");
    p.welcome_title = text(words, "welcome_title");
    p.welcome = text(words, "welcome");
    p.question_title = text(words, "question_title");
    p.question = text(words, "question");
    p.rules = texts(words, "rules");
    p.survey = texts(words, "survey");
    read_spaces(p, file, words);
    read_goals(p, file, words);
    for (const auto question : kQuestions)
        if (question != "goals")
            p.examples.emplace_back(question, texts(child(words, "examples"), question));
    return p;
}

using ByLanguage = std::map<std::string, std::vector<Preset>, std::less<>>;

ByLanguage read_all() {
    ByLanguage all;
    for (const auto& asset : assets::under("presets/")) {
        if (!asset.path.ends_with(".toml")) continue;
        const std::string id(asset.path.substr(8, asset.path.size() - 13));
        try {
            const toml::table file = toml::parse(asset.bytes, asset.path);
            for (const auto language : kLanguages)
                all[std::string(language)].push_back(preset_from(id, file, language));
        } catch (const toml::parse_error& error) {
            std::ostringstream place;
            place << error.source();
            throw std::runtime_error(std::string(asset.path) + ": " +
                                     std::string(error.description()) + " (" + place.str() + ")");
        }
    }
    for (auto& [language, list] : all) std::ranges::sort(list, {}, &Preset::order);
    return all;
}

const ByLanguage& all_presets() {
    static const ByLanguage all = read_all();  // embedded and constant, so reading once is enough
    return all;
}

void find_problems(const Preset& p, const std::string& where, std::vector<std::string>& wrong) {
    const auto need = [&](bool there, std::string_view what) {
        if (!there) wrong.push_back(where + ": " + std::string(what));
    };
    for (const auto& [what, value] : {std::pair{"name", p.name},
                                      {"description", p.description},
                                      {"welcome_title", p.welcome_title},
                                      {"welcome", p.welcome},
                                      {"question_title", p.question_title},
                                      {"question", p.question}})
        need(!value.empty(), what);
    need(p.rules.size() >= 3 && p.rules.size() <= 7, "three to seven rules");
    need(p.survey.size() >= 2, "survey");
    need(!p.spaces.empty() && !p.goals.empty(), "spaces and goals");
    for (const auto& space : p.spaces)
        need(!space.name.empty() && !space.description.empty(), "space " + space.id);
    for (const auto& goal : p.goals)
        need(!goal.text.empty() && !goal.figure.empty() && goal.target > 0, "goal " + goal.figure);
    for (const auto& [question, examples] : p.examples)
        need(!examples.empty() && !examples[0].empty(), "examples of " + question);
    need(std::ranges::any_of(p.spaces, [&](const PresetSpace& s) { return s.id == p.ask_in; }),
         "ask_in names no space");
}

}  // namespace

const std::vector<std::string>& Preset::examples_of(std::string_view asked) const {
    static const std::vector<std::string> none;
    for (const auto& [about, list] : examples)
        if (about == asked) return list;
    return none;
}

std::string Preset::rules_text() const {
    std::string out;
    int number = 0;
    for (const auto& rule : rules) out += std::to_string(++number) + ". " + rule + "\n";
    return out;
}

const std::vector<Preset>& presets(std::string_view language) {
    const auto& all = all_presets();
    const auto found = all.find(language);
    if (found != all.end()) return found->second;
    const auto english = all.find("en");
    if (english == all.end()) throw std::runtime_error("no presets in this program");
    return english->second;
}

const Preset* preset(std::string_view language, std::string_view id) {
    for (const auto& p : presets(language))
        if (p.id == id) return &p;
    return nullptr;
}

std::vector<std::string> preset_problems() {
    std::vector<std::string> wrong;
    for (const auto& [language, list] : all_presets())
        for (const auto& p : list) find_problems(p, p.id + ": " + language, wrong);
    const auto& english = presets("en");
    for (const auto language : kLanguages)
        for (std::size_t i = 0; i < english.size(); ++i)
            if (const auto& other = presets(language)[i];
                other.rules.size() != english[i].rules.size() ||
                other.survey.size() != english[i].survey.size())
                wrong.push_back(other.id + ": " + std::string(language) +
                                ": other rules or survey than in English");
    return wrong;
}

}  // namespace torv::canvas
