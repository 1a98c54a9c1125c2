#include "features/canvas/presets.hpp"

#include <doctest/doctest.h>

#include "features/community/community.hpp"
#include "features/spaces/spaces.hpp"

using namespace torv;

TEST_CASE("every preset is complete in every language") {
    for (const auto& problem : canvas::preset_problems()) FAIL_CHECK(problem);
    for (const auto language : canvas::kLanguages) CHECK(canvas::presets(language).size() >= 7);
    for (const auto id : {"hobby-club", "learning-group", "brand-lab", "support-group",
                          "professional-network", "neighbourhood", "micro-community"})
        CHECK(canvas::preset("da", id) != nullptr);
}

TEST_CASE("a preset says nothing that the rest of the program does not know") {
    for (const auto& preset : canvas::presets("en")) {
        CAPTURE(preset.id);
        CHECK(community::sign_up_from(preset.sign_up));
        CHECK((preset.hue >= 0 && preset.hue < 360));
        for (const auto& space : preset.spaces) {
            CHECK(spaces::kind_from(space.kind));
            CHECK(spaces::visibility_from(space.visibility));
        }
    }
}

TEST_CASE("each language has its own words, and an unknown one gets English") {
    const auto* danish = canvas::preset("da", "neighbourhood");
    const auto* english = canvas::preset("xx", "neighbourhood");
    REQUIRE(danish);
    REQUIRE(english);
    CHECK(danish->name == "Nabolag");
    CHECK(english->name == "Neighbourhood");
    CHECK(danish->rules_text() != english->rules_text());
    CHECK(canvas::preset("en", "no-such-thing") == nullptr);
}
