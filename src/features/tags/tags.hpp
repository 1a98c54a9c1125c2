#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/spaces/spaces.hpp"
#include "platform/auth/auth.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"
#include "platform/web/keyset.hpp"

namespace torv::web {
class Routes;
}
namespace torv::activity {
class Runner;
}

/// Subjects that people name in their posts, as #coffee. A tag is where it is named: who may read
/// none of those posts does not learn that it is there, and counts hold what the viewer may read.
namespace torv::tags {

std::string path(std::string_view tag);  ///< "/tags/coffee"

/// What a post counts for: the tags that its Markdown names, as markdown::Rendered::tags.
std::vector<std::string> named_in(const std::string& markdown);

struct Tag {
    std::string name;  ///< without #, lower case
    std::int64_t posts = 0;
};
/// Named most often, first; those that begin with `prefix`, in any case. One statement.
std::vector<Tag> most_named(db::Tx& tx, const auth::Viewer& viewer,
                            const spaces::Readable& readable, std::string_view prefix, int limit);

/// A post that names a tag.
struct Named {
    PostId post;
    TopicId topic;
    SpaceId space;
    MemberId author;
    Instant at;
    std::string title;  ///< of its topic; empty in a chat
    std::string excerpt;
    bool opening = false;
};
/// Newest first, by when the post was written.
std::vector<Named> named(db::Tx& tx, const auth::Viewer& viewer, const spaces::Readable& readable,
                         std::string_view tag, web::Keyset below, int limit);

/// Registers the consumer that keeps tags.
void follow(activity::Runner& runner);

void routes(web::Routes& routes);

}  // namespace torv::tags
