#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "features/community/community.hpp"

/// Colours as the style sheet computes them, to show and to test that every look is legible.
namespace torv::community::colour {

struct Oklch {
    double lightness = 0;  ///< 0–1
    double chroma = 0;     ///< 0–0.37
    double hue = 0;        ///< degrees
};

/// Linear-light sRGB, each 0–1.
struct Rgb {
    double red = 0, green = 0, blue = 0;
};

/// The most that an accent may have; more does not exist on screens at our lightness.
inline constexpr double kMostChroma = 0.19;

/// Colours outside sRGB get less chroma until they are inside, as browsers do it.
Rgb to_rgb(Oklch);
/// WCAG 2.2 relative luminance contrast, 1–21.
double contrast(Oklch, Oklch);
/// "#c8553d" → hue and chroma; nothing when it is not a colour. A grey has chroma 0.
std::optional<Oklch> from_hex(std::string_view text);
std::string to_hex(Oklch);

/// The accent's lightness is ours, per place; the same numbers stand in web/css/tokens.css.
struct Accent {
    Oklch fill;     ///< of buttons
    Oklch on_fill;  ///< text on it
    Oklch text;     ///< links and marks
    Oklch ground;   ///< what they stand on
};
Accent light_accent(const Look&);
Accent dark_accent(const Look&);

/// The sheet /look.css: custom properties on :root and nothing else.
std::string look_css(const Look&);

}  // namespace torv::community::colour
