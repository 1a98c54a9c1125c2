#include "platform/i18n/languages.hpp"

#include <unicode/decimfmt.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <unordered_map>

#include "platform/base/text.hpp"
#include "platform/i18n/i18n.hpp"

namespace torv::i18n {

namespace {

int one_other(std::int64_t n) { return n == 1 ? 0 : 1; }
int zero_one_other(std::int64_t n) { return n == 0 || n == 1 ? 0 : 1; }
int no_plural(std::int64_t) { return 0; }

int slavic_ending(std::int64_t n) {
    const std::int64_t last = n % 10, last_two = n % 100;
    const bool teens = last_two >= 11 && last_two <= 14;
    if (last == 1 && !teens) return 0;
    return last >= 2 && last <= 4 && !teens ? 1 : 2;
}

int polish(std::int64_t n) {
    if (n == 1) return 0;
    const int form = slavic_ending(n);
    return form == 0 ? 2 : form;
}

int czech(std::int64_t n) { return n == 1 ? 0 : n >= 2 && n <= 4 ? 1 : 2; }

int arabic(std::int64_t n) {
    if (n <= 2) return static_cast<int>(n);
    const std::int64_t last_two = n % 100;
    return last_two >= 3 && last_two <= 10 ? 3 : last_two >= 11 ? 4 : 5;
}

struct Rule {
    std::string_view language;
    PluralRule rule;
    int forms;
};

/// As gettext has them (its manual, "Plural forms"); every language that is not here has one and
/// other.
constexpr Rule kRules[] = {
    {"fr", zero_one_other, 2}, {"pt", zero_one_other, 2}, {"ja", no_plural, 1},
    {"zh", no_plural, 1},      {"ko", no_plural, 1},      {"vi", no_plural, 1},
    {"th", no_plural, 1},      {"id", no_plural, 1},      {"ru", slavic_ending, 3},
    {"uk", slavic_ending, 3},  {"sr", slavic_ending, 3},  {"hr", slavic_ending, 3},
    {"bs", slavic_ending, 3},  {"pl", polish, 3},         {"cs", czech, 3},
    {"sk", czech, 3},          {"ar", arabic, 6},
};

constexpr Rule kUsual{"", one_other, 2};

const Rule& rule_of(std::string_view language) {
    for (const Rule& rule : kRules)
        if (rule.language == language) return rule;
    return kUsual;
}

std::string utf8(const icu::UnicodeString& text) {
    std::string out;
    return text.toUTF8String(out);
}

}  // namespace

LanguageFacts facts_of(std::string_view language) {
    const icu::Locale locale(std::string(language).c_str());
    LanguageFacts facts;
    icu::UnicodeString name;
    locale.getDisplayLanguage(locale, name);
    facts.own_name = utf8(name.toTitle(nullptr, locale));  // in lists it stands alone
    facts.direction = locale.isRightToLeft() ? "rtl" : "ltr";
    UErrorCode status = U_ZERO_ERROR;
    const icu::DecimalFormatSymbols symbols(locale, status);
    facts.group = utf8(symbols.getConstSymbol(icu::DecimalFormatSymbols::kGroupingSeparatorSymbol));
    facts.decimal =
        utf8(symbols.getConstSymbol(icu::DecimalFormatSymbols::kDecimalSeparatorSymbol));
    return facts;
}

PluralRule plural_rule(std::string_view language) { return rule_of(language).rule; }
int plural_forms(std::string_view language) { return rule_of(language).forms; }

std::string base_language(std::string_view tag) {
    return ascii_lower(tag.substr(0, tag.find_first_of("-_.")));
}

namespace {

std::string name_in(const icu::Locale& speaker, const icu::Locale& language) {
    icu::UnicodeString name;
    language.getDisplayLanguage(speaker, name);
    std::string text;
    return name.toUTF8String(text);
}

/// Folded names and codes → code, of the languages that have a code of two letters.
std::unordered_map<std::string, std::string> language_names() {
    std::unordered_map<std::string, std::string> names;
    for (const char* const* code = icu::Locale::getISOLanguages(); *code; ++code) {
        if (std::string_view(*code).size() != 2) continue;
        const icu::Locale language(*code);
        names.emplace(*code, *code);
        names.emplace(fold(name_in(language, language)), *code);
        for (const char* speaker : {"en", "da", "sv", "nl"})
            names.emplace(fold(name_in(icu::Locale(speaker), language)), *code);
    }
    return names;
}

}  // namespace

std::string language_called(std::string_view name) {
    static const auto names = language_names();
    const auto found = names.find(fold(name));
    return found == names.end() ? std::string() : found->second;
}

}  // namespace torv::i18n
