#pragma once

#include <span>
#include <string_view>

#include "app/rights_targets_test.hpp"

/// How every route is called. A new route needs a line here: the matrix fails without it.
namespace torv::app::rights {

enum class Manner {
    Plain,
    File,     ///< the body goes as a file
    Upsets,   ///< changes who asks, their session or the community: all is put back afterwards
    Known,    ///< a private space is known by its name, and admins see to all spaces
    ByRight,  ///< holding the secret of the address is the right
};

struct Recipe {
    std::string_view route;  ///< "PUT /t/{topic}/lock"
    Make make = nothing;     ///< the target
    /// What is sent: a form, a JSON document below /api/, the query of a GET. {words} are filled
    /// in.
    std::string_view body = {};
    Manner manner = Manner::Plain;
};

inline constexpr std::string_view kText = "body=Bread for everybody";
inline constexpr std::string_view kJsonText = R"({"body":"Bread for everybody"})";
inline constexpr auto kKnown = Manner::Known;

/// Tried in a private, a secret and a public space, and as a guest of a closed community.
std::span<const Recipe> in_spaces();
/// Tried once.
std::span<const Recipe> in_community();

}  // namespace torv::app::rights
