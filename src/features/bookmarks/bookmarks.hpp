#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/topics/topics.hpp"
#include "platform/auth/auth.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"
#include "platform/web/keyset.hpp"

namespace torv::i18n {
class Dates;
}
namespace torv::jobs {
class Runner;
}
namespace torv::web {
class Routes;
}

/// What a member puts aside to come back to. Nobody else sees it.
namespace torv::bookmarks {

inline constexpr std::size_t kNoteMax = 500;  ///< characters
inline constexpr int kMost = 5000;            ///< of one member
inline constexpr int kOnPage = 30;

struct Bookmark {
    PostId post;
    std::string note;
    Instant created_at;
    Instant remind_at;  ///< 0: no reminder
};

/// Puts a post aside, or changes note and reminder of one that is. `remind_at` 0: no reminder.
/// Faults: NotFound for what the viewer may not read; Invalid "bookmarks.note_too_long" (field
/// "note"), "bookmarks.too_early", "bookmarks.too_late" (field "remind_at"), "bookmarks.too_many".
Done put(db::Tx& tx, const auth::Viewer& viewer, PostId post, std::string_view note,
         Instant remind_at);
/// Fault: NotFound "bookmarks.not_found".
Done drop(db::Tx& tx, const auth::Viewer& viewer, PostId post);
std::optional<Bookmark> find(db::Tx& tx, const auth::Viewer& viewer, PostId post);

/// A bookmark with what it leads to; no words when the viewer may not read it any more.
struct Shown {
    Bookmark bookmark;
    bool there = false;
    MemberId author;
    std::string title;
    std::string excerpt;
};
/// Newest first, by when it was put aside and the post. Two statements.
std::vector<Shown> list(db::Tx& tx, const auth::Viewer& viewer, web::Keyset below, int limit);

/// The moments that are offered.
struct Choices {
    Instant later;     ///< in three hours
    Instant tomorrow;  ///< at eight
    Instant monday;    ///< the next one, at eight
};
Choices choices(const i18n::Dates& dates, Instant now);
/// "2026-11-30T08:00" on the clock of the member; nothing for what is none.
std::optional<Instant> moment_from(const i18n::Dates& dates, std::string_view typed);

/// Reminds when it is time.
void follow(jobs::Runner& jobs);

void routes(web::Routes& routes);

}  // namespace torv::bookmarks
