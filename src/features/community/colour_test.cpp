#include "features/community/colour.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

namespace torv::community::colour {
namespace {

TEST_CASE("whatever accent an owner picks, text on it and text in it stay readable") {
    double least = 21;
    for (int hue = 0; hue < 360; hue += 2) {
        for (int chroma = 0; chroma <= 190; chroma += 10) {
            const Look look{.hue = hue, .chroma = chroma};
            for (const Accent& a : {light_accent(look), dark_accent(look)}) {
                least = std::min(least, contrast(a.fill, a.on_fill));
                least = std::min(least, contrast(a.text, a.ground));
            }
        }
    }
    CHECK(least >= 4.5);  // WCAG 2.2, 1.4.3
}

TEST_CASE("contrast is what WCAG says it is") {
    const Oklch black{0, 0, 0};
    const Oklch white{1, 0, 0};
    CHECK(contrast(black, white) == doctest::Approx(21).epsilon(0.001));
    CHECK(contrast(white, white) == doctest::Approx(1));
    const auto grey = from_hex("#767676");  // the lightest grey that passes on white
    REQUIRE(grey);
    CHECK(contrast(*grey, white) == doctest::Approx(4.54).epsilon(0.005));
}

TEST_CASE("a colour comes back as it was") {
    for (const std::string hex : {"#c8553d", "#000000", "#ffffff", "#1d4ed8", "#00ff00"}) {
        const auto colour = from_hex(hex);
        REQUIRE(colour);
        CHECK(to_hex(*colour) == hex);
    }
    for (const char* bad : {"", "#fff", "c8553d", "#c8553g", "#c8553d00", "# 1 2 3"})
        CHECK_FALSE(from_hex(bad));
}

TEST_CASE("the sheet holds four properties and nothing an owner could smuggle in") {
    CHECK(look_css({.hue = 200, .chroma = 90, .font = "serif", .radius = "round"}) ==
          ":root { --look-hue: 200; --look-chroma: 0.090; --look-radius: 16px; --look-font: "
          "var(--font-serif); }\n");
}

}  // namespace
}  // namespace torv::community::colour
