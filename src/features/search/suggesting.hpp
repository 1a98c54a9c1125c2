#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/auth/auth.hpp"
#include "platform/db/db.hpp"

namespace torv::search {

/// What may be meant, while somebody types: a place to go to, or how the box may go on.
struct Suggestion {
    enum class Kind { Space, Person, Topic, Tag, Filter };
    Kind kind = Kind::Filter;
    std::string text;  ///< as shown: "Garden", "tag:coffee"
    std::string hint;  ///< behind it, or empty: "@bo"
    std::string path;  ///< leads there; empty: `whole` goes into the box
    std::string whole;
};
std::string_view name_of(Suggestion::Kind kind);  ///< "space", "person", …

/// For the last word of `text`, or the value of its last filter; at most 8. `month` is the present
/// one, "2026-11". Only what the viewer may see. At most four statements.
std::vector<Suggestion> suggestions(db::Tx& tx, const auth::Viewer& viewer, std::string_view text,
                                    std::string_view month);

}  // namespace torv::search
