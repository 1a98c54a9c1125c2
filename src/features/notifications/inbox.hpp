#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "features/members/members.hpp"
#include "features/notifications/store.hpp"
#include "features/spaces/spaces.hpp"

/// A member's notices as pages, letters and the API show them.
namespace torv::notifications {

inline constexpr int kOnPage = 30;
inline constexpr int kKeptInSight = 2000;  ///< notices a member can go back to

/// Notices of one kind and place that were read, or not, at once.
struct Bundle {
    store::Item newest;
    std::vector<MemberId> actors;    ///< distinct, newest first; empty: nobody in particular
    std::vector<std::string> emoji;  ///< distinct, newest first
    int count = 0;                   ///< notices in it
    std::int64_t oldest = 0;         ///< the lowest position in it
    bool unread = false;
};
/// From items that are newest first; in the order of their newest ones. Pure.
std::vector<Bundle> bundled(const std::vector<store::Item>& items);

/// One line of the page: a bundle with what it speaks of.
struct Line {
    Bundle bundle;
    std::string title;    ///< of the topic; of a chat: the name of its space
    std::string excerpt;  ///< of the newest post, when it is one post
    bool stream = false;
    bool openable = true;  ///< there is something to go to
};

struct Page {
    std::vector<Line> lines;
    members::Faces faces;
    spaces::Readable readable;
    store::Which which = store::Which::All;
    std::string next;               ///< cursor; empty: that was all
    std::int64_t newest = 0;        ///< position of the newest notice that is shown or before it
    std::int64_t unread = 0;        ///< bundles, of all pages
    std::int64_t changes = 0;       ///< how often the viewer's notices have changed
    std::optional<Instant> held;    ///< the week's mails are used up until then
    std::int64_t held_bundles = 0;  ///< that would have gone by mail
};
/// Seven statements, eight when the week's mails are used up. Faults: Malformed "web.bad_cursor".
Result<Page> inbox(db::Tx& tx, const auth::Viewer& viewer, store::Which which,
                   std::string_view cursor, int limit);

/// A notice of the viewer's and where it leads. Fault: NotFound "notifications.not_found".
struct Opened {
    store::Item item;
    std::string path;
};
Result<Opened> find(db::Tx& tx, const auth::Viewer& viewer, std::int64_t position);
/// The bundle whose newest notice this is has been read; repeating is no error. Fault: NotFound.
Done mark_read(db::Tx& tx, const auth::Viewer& viewer, std::int64_t position);
/// Everything up to this notice; 0: everything there is.
void mark_all_read(db::Tx& tx, const auth::Viewer& viewer, std::int64_t up_to);

/// Where a line leads: to the first new post of a topic, the post itself, the space, the page of
/// those who ask.
std::string path_of(const store::Item& item, int count, const spaces::Access* space);

}  // namespace torv::notifications
