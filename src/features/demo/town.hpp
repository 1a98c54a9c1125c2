#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// seeds/demo/town.toml in plain structs.
namespace torv::demo {

struct TownPerson {
    std::string handle;
    std::string name;
    std::string role = "member";
    std::string bio;
    std::vector<std::pair<std::string, std::string>> about;  ///< field of the profile → as typed
    int days = 0;                                            ///< since they came
    bool gone = false;
};

struct TownSpace {
    std::string file;  ///< of its talk, without ".talk"; also its slug
    std::string parent;
    std::string name;
    std::string icon;
    std::string description;
    std::string kind;
    std::string visibility;
    bool archived = false;
    std::vector<std::string> members;  ///< handles, for private and secret ones
};

struct TownGoal {
    std::string text;
    std::string figure;
    std::int64_t target = 0;
};

struct Town {
    std::string name, tagline, purpose, values, audience, tone, language, rules;
    int hue = 45;
    int days = 0;  ///< since it was founded
    std::vector<TownGoal> goals;
    std::vector<TownPerson> people;
    std::vector<TownSpace> spaces;
};

/// Throws std::runtime_error.
Town read_town(std::string_view toml);

}  // namespace torv::demo
