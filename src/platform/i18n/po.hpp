#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace torv::i18n {

/// One entry of a .po file, without comments and obsolete entries.
struct PoEntry {
    std::string key;                 ///< msgid
    bool plural = false;             ///< it has msgid_plural
    std::vector<std::string> texts;  ///< msgstr, or msgstr[0], msgstr[1], …
    int line = 0;
};

/// Reads a .po file; the header entry (empty msgid) is left out. Throws std::runtime_error with the
/// line.
std::vector<PoEntry> parse_po(std::string_view text);

}  // namespace torv::i18n
