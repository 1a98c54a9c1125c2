#pragma once

#include <string>
#include <string_view>

namespace torv::i18n {

/// One UTF-8 character that is not seen and changes what is: with U+202E before it, "gpj.exe" reads
/// "exe.jpg". The joiners of emoji and of Persian (U+200C, U+200D) are not among them.
bool is_hidden_mark(std::string_view character);

/// The text without those characters, so that no name looks empty or like another one.
std::string without_hidden_marks(std::string_view text);

}  // namespace torv::i18n
