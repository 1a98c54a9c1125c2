#pragma once

#include <string>
#include <string_view>

namespace torv::i18n {

/// One UTF-8 character that is not seen and changes what is: with U+202E before it, "gpj.exe" reads
/// "exe.jpg". The joiners of emoji and of Persian (U+200C, U+200D) are not among them.
bool is_hidden_mark(std::string_view character);

/// The text without those characters.
std::string without_hidden_marks(std::string_view text);

/// What somebody typed as a name or a line, ready to be kept: NFC, nothing around it and no hidden
/// marks, so that none looks empty or like another one.
std::string tidy(std::string_view typed);

}  // namespace torv::i18n
