#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/auth/auth.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"

namespace torv::web {
class Routes;
}
namespace torv::activity {
class Runner;
}
namespace torv::spaces {
struct Readable;
}

/// Finding topics, posts and people. The index follows the activity; what a viewer may not see is
/// not in their query at all.
namespace torv::search {

struct Typed;

/// Stored as its number. Message: a post of a conversation in which the viewer takes part, found
/// only when messages are asked for; kept as a Post. File: a post that shows a file of that name;
/// kept as a Post.
enum class Kind { Topic = 0, Post = 1, Person = 2, Message = 3, File = 4 };
std::string_view kind_name(Kind kind);  ///< "topic", "post", "person", "message", "file"
std::optional<Kind> kind_from(std::string_view name);

struct Hit {
    Kind kind = Kind::Post;
    std::int64_t subject = 0;
    SpaceId space;  ///< 0 for people and messages
    Instant at;
    double score = 0;
};

/// A file that a found post shows.
struct File {
    std::string name;
    std::string path;
};

/// A found post or topic with what is shown of it.
struct Found {
    Hit hit;
    TopicId topic;  ///< or the conversation
    PostId post;
    MemberId author;          ///< or the person found
    std::string title;        ///< empty for messages: a conversation is named by its people
    std::string text;         ///< plain
    std::vector<File> files;  ///< of those asked for by name
};

struct Results {
    std::vector<Found> items;
    bool more = false;          ///< `page` + 1 has something
    std::string unknown_space;  ///< of in:, when there is none of that name that may be read
};

inline constexpr int kHitsOnPage = 20;
/// As deep as one may page: 20 pages. Beyond, a better word finds more than a further page.
inline constexpr int kCandidates = 400;

/// What `typed` finds for this viewer, best first: hits in titles, then by age; with filters alone
/// the newest. Looks at the newest 400 posts that fit, and at the newest 400 titles. Messages are
/// looked for in the 300 conversations that were last written in, newest first. `page` counts
/// from 0.
Results find(db::Tx& tx, const auth::Viewer& viewer, const spaces::Readable& readable,
             const Typed& typed, std::optional<Kind> kind, int page);

/// What may have been meant, for when few are found: words that find nothing are taken for near
/// ones that do, for this viewer. Empty: nothing better.
std::string corrected(db::Tx& tx, const auth::Viewer& viewer, const spaces::Readable& readable,
                      const Typed& typed);

/// Registers the consumer that keeps the index. `language` of a community decides how texts too
/// short to tell are stemmed.
void follow(activity::Runner& runner);

void routes(web::Routes& routes);

}  // namespace torv::search
