#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/profiles/profiles.hpp"

/// What is typed into a field, made into values that can be compared.
namespace torv::profiles {

struct Value {
    std::string text;  ///< as it is shown
    std::string mark;  ///< "1:baking"
};

inline constexpr std::size_t kMostValues = 15;   ///< in a field
inline constexpr std::size_t kMostLetters = 60;  ///< in a value

/// The same for what is the same to people: "Sourdough" and "sourdough", "Århus" and "aarhus",
/// "dansk" and "Danish".
std::string mark_of(Kind kind, std::string_view text);
/// Parts between commas, semicolons and ends of lines, each once; a place is one part. Faults:
/// Invalid "profiles.too_many", "profiles.too_long".
Result<std::vector<Value>> values_from(Kind kind, std::string_view typed);
/// As it stands in the form.
std::string joined(const Field& field);

}  // namespace torv::profiles
