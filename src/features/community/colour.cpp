#include "features/community/colour.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "platform/base/text.hpp"

namespace torv::community::colour {
namespace {

// Source of the matrices: Björn Ottosson, "A perceptual color space for image processing" (2020);
// CSS Color 4, 10.9.
Rgb unclipped(Oklch c) {
    const double angle = c.hue * std::numbers::pi / 180;
    const double a = c.chroma * std::cos(angle);
    const double b = c.chroma * std::sin(angle);
    const double l = std::pow(c.lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
    const double m = std::pow(c.lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
    const double s = std::pow(c.lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
    return {4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s};
}

bool on_screen(Rgb c) {
    const auto inside = [](double v) { return v >= -0.0001 && v <= 1.0001; };
    return inside(c.red) && inside(c.green) && inside(c.blue);
}

double luminance(Oklch c) {
    const Rgb rgb = to_rgb(c);
    return 0.2126 * rgb.red + 0.7152 * rgb.green + 0.0722 * rgb.blue;
}

double to_linear(int byte) {
    const double v = byte / 255.0;
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

int to_byte(double linear) {
    const double v =
        linear <= 0.0031308 ? linear * 12.92 : 1.055 * std::pow(linear, 1 / 2.4) - 0.055;
    return static_cast<int>(std::lround(std::clamp(v, 0.0, 1.0) * 255));
}

Oklch from_rgb(Rgb c) {
    const double l =
        std::cbrt(0.4122214708 * c.red + 0.5363325363 * c.green + 0.0514459929 * c.blue);
    const double m =
        std::cbrt(0.2119034982 * c.red + 0.6806995451 * c.green + 0.1073969566 * c.blue);
    const double s =
        std::cbrt(0.0883024619 * c.red + 0.2817188376 * c.green + 0.6299787005 * c.blue);
    const double a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
    const double b = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
    double hue = std::atan2(b, a) * 180 / std::numbers::pi;
    if (hue < 0) hue += 360;
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s, std::hypot(a, b), hue};
}

std::string_view radius_of(std::string_view name) {
    if (name == "square") return "2px";
    if (name == "round") return "16px";
    return "10px";
}

Accent accent(const Look& look, double fill, double on_fill, double text, double ground) {
    const double chroma = std::min(look.chroma / 1000.0, kMostChroma);
    const double hue = look.hue;
    return {{fill, chroma, hue}, {on_fill, 0.01, 78}, {text, chroma, hue}, {ground, 0.01, 78}};
}

}  // namespace

Rgb to_rgb(Oklch c) {
    if (on_screen(unclipped(c))) return unclipped(c);
    double low = 0;
    double high = c.chroma;
    for (int step = 0; step < 24; ++step) {
        c.chroma = (low + high) / 2;
        (on_screen(unclipped(c)) ? low : high) = c.chroma;
    }
    c.chroma = low;
    return unclipped(c);
}

double contrast(Oklch a, Oklch b) {
    const double one = luminance(a) + 0.05;
    const double other = luminance(b) + 0.05;
    return std::max(one, other) / std::min(one, other);
}

std::optional<Oklch> from_hex(std::string_view text) {
    if (text.size() != 7 || text[0] != '#') return std::nullopt;
    std::array<int, 3> bytes{};
    for (std::size_t i = 0; i < 3; ++i) {
        const char* begin = text.data() + 1 + 2 * i;
        const auto [end, error] = std::from_chars(begin, begin + 2, bytes[i], 16);
        if (error != std::errc{} || end != begin + 2) return std::nullopt;
    }
    return from_rgb({to_linear(bytes[0]), to_linear(bytes[1]), to_linear(bytes[2])});
}

std::string to_hex(Oklch c) {
    const Rgb rgb = to_rgb(c);
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), "#%02x%02x%02x", to_byte(rgb.red), to_byte(rgb.green),
                  to_byte(rgb.blue));
    return text.data();
}

Accent light_accent(const Look& look) { return accent(look, 0.51, 0.995, 0.465, 0.972); }
Accent dark_accent(const Look& look) { return accent(look, 0.75, 0.19, 0.80, 0.19); }

std::string look_css(const Look& look) {
    const int chroma = std::clamp(look.chroma, 0, 190);
    std::array<char, 8> strength{};
    std::snprintf(strength.data(), strength.size(), "0.%03d", chroma);
    std::string css = ":root { --look-hue: " + std::to_string(look.hue);
    css += "; --look-chroma: ";
    css += strength.data();
    css += "; --look-radius: ";
    css += radius_of(look.radius);
    css += "; --look-font: var(--font-" + look.font + "); }\n";
    return css;
}

}  // namespace torv::community::colour
