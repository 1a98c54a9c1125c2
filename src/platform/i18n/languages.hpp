#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// What ICU knows of a language, asked once at start.
namespace torv::i18n {

struct LanguageFacts {
    std::string own_name;   ///< "Dansk"
    std::string direction;  ///< "ltr", "rtl"
    std::string group;      ///< between thousands
    std::string decimal;    ///< before a fraction
};

LanguageFacts facts_of(std::string_view language);

/// Which form of a plural message: 0 for one, then as gettext has them for the language.
using PluralRule = int (*)(std::int64_t n);
PluralRule plural_rule(std::string_view language);
int plural_forms(std::string_view language);

/// "da" of "da-DK", "da_DK", "DA".
std::string base_language(std::string_view tag);

/// The code of the language that people call so, in one of the catalogue's languages or in its own:
/// "da" for "Danish", "dansk", "deens"; its own code too. Empty for what is no such name.
std::string language_called(std::string_view name);

}  // namespace torv::i18n
