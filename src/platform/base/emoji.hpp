#pragma once

#include <string>
#include <string_view>

namespace torv {

/// Exactly one emoji as people see it: with skin tone, joined, a flag, a keycap; nothing else.
bool is_emoji(std::string_view text);

/// The form that is kept, so that two ways of writing one emoji are one. `emoji` is one.
std::string normal_emoji(std::string_view emoji);

}  // namespace torv
