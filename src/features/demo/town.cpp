#include "features/demo/town.hpp"

#include <toml++/toml.h>
#include <stdexcept>

namespace torv::demo {
namespace {

std::string text(const toml::table& table, std::string_view name) {
    return table[name].value_or(std::string());
}
int number(const toml::table& table, std::string_view name) {
    return static_cast<int>(table[name].value_or(std::int64_t{0}));
}

template <class F>
void each(const toml::table& table, std::string_view list, F add) {
    const auto* items = table[list].as_array();
    if (!items) throw std::runtime_error("town.toml: " + std::string(list) + " is missing");
    for (const auto& item : *items) add(*item.as_table());
}

std::vector<std::string> texts(const toml::table& table, std::string_view name) {
    std::vector<std::string> list;
    if (const auto* items = table[name].as_array())
        for (const auto& item : *items) list.push_back(item.value_or(std::string()));
    return list;
}

std::vector<std::pair<std::string, std::string>> pairs(const toml::table& table,
                                                       std::string_view name) {
    std::vector<std::pair<std::string, std::string>> list;
    if (const auto* items = table[name].as_table())
        for (const auto& [key, value] : *items)
            list.emplace_back(key.str(), value.value_or(std::string()));
    return list;
}

TownPerson person_from(const toml::table& t) {
    return {.handle = text(t, "handle"),
            .name = text(t, "name"),
            .role = t["role"].value_or(std::string("member")),
            .bio = text(t, "bio"),
            .about = pairs(t, "about"),
            .days = number(t, "days"),
            .gone = t["gone"].value_or(false)};
}

TownSpace space_from(const toml::table& t) {
    return {.file = text(t, "file"),
            .parent = text(t, "parent"),
            .name = text(t, "name"),
            .icon = text(t, "icon"),
            .description = text(t, "description"),
            .kind = text(t, "kind"),
            .visibility = text(t, "visibility"),
            .archived = t["archived"].value_or(false),
            .members = texts(t, "members")};
}

Town town_from(const toml::table& t) {
    Town town;
    town.name = text(t, "name");
    town.tagline = text(t, "tagline");
    town.purpose = text(t, "purpose");
    town.values = text(t, "values");
    town.audience = text(t, "audience");
    town.tone = text(t, "tone");
    town.language = text(t, "language");
    town.rules = text(t, "rules");
    town.hue = number(t, "hue");
    town.days = number(t, "days");
    each(t, "goals", [&](const toml::table& goal) {
        town.goals.push_back(
            {text(goal, "text"), text(goal, "figure"), goal["target"].value_or(std::int64_t{0})});
    });
    each(t, "people",
         [&](const toml::table& person) { town.people.push_back(person_from(person)); });
    each(t, "spaces", [&](const toml::table& space) { town.spaces.push_back(space_from(space)); });
    return town;
}

}  // namespace

Town read_town(std::string_view toml_text) {
    try {
        return town_from(toml::parse(toml_text));
    } catch (const toml::parse_error& error) {
        throw std::runtime_error("town.toml: line " + std::to_string(error.source().begin.line) +
                                 ": " + std::string(error.description()));
    }
}

}  // namespace torv::demo
