#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/time.hpp"
#include "platform/i18n/i18n.hpp"

namespace torv::search {

/// What stands in the search box: words, and filters between them. A filter is a name and a value
/// without a space, or with one in quotes: in:garden by:bo tag:coffee after:2026-05-02 before:2026
/// is:unanswered has:file. "#coffee" is tag:coffee. Several of one name: any of the spaces, any of
/// the people, all of the tags.
struct Typed {
    std::string words;  ///< what is left without the filters
    std::vector<std::string> in, by, tags;
    Instant from{0};  ///< the beginning of that day, month or year where the viewer is
    Instant until{std::numeric_limits<std::int64_t>::max()};  ///< not included
    bool unanswered = false;
    bool with_file = false;
    std::string filters;               ///< those that were understood, as typed
    std::vector<std::string> unclear;  ///< filters whose value says nothing: "before:soon"

    bool empty() const { return words.empty() && filters.empty(); }
};
Typed read(std::string_view text, const i18n::Dates& dates);

/// "in:garden", 'by:"Bo Dahl"': as `read` takes it.
std::string filter(std::string_view name, std::string_view value);

}  // namespace torv::search
