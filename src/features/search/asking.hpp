#pragma once

#include <string>
#include <string_view>

#include "features/search/store.hpp"
#include "features/search/typed.hpp"
#include "features/spaces/spaces.hpp"

/// From what was typed to what the index is asked.
namespace torv::search {

struct Asked {
    store::Wanted wanted;
    std::string unknown_space;  ///< of in:, when the viewer may read none of that name
};
/// One statement for each by:.
Asked asked_for(db::Tx& tx, const auth::Viewer& viewer, const spaces::Readable& readable,
                const Typed& typed, std::optional<Kind> kind);

/// The space called so: by its slug, its whole name, or the only one whose name begins so. Null:
/// there is none that may be read.
const spaces::Access* space_called(const spaces::Readable& readable, std::string_view name);

/// Does the name of a file hold one of the words, which stand behind kWithFile?
bool names_file(const words::Query& query, std::string_view name);

}  // namespace torv::search
