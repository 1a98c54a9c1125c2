#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "features/members/members.hpp"
#include "features/spaces/spaces.hpp"
#include "features/topics/topics.hpp"
#include "platform/auth/auth.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"

namespace torv::web {
class Routes;
}

/// What a member has missed, by topic, what matters first.
namespace torv::catchup {

/// Why a topic is shown; also the order.
enum class Why { You, Followed, Talk };
std::string_view why_name(Why why);  ///< "you", "followed", "talk": the words of the API

/// What decides the place of a topic with something new in it.
struct Facts {
    bool named = false;          ///< an unread notice names or answers the viewer there
    bool followed = false;       ///< the topic, by hand or by writing in it, or its space
    bool muted = false;          ///< the topic, or its space
    std::int64_t posts = 0;      ///< new ones
    std::int64_t people = 0;     ///< who wrote them
    std::int64_t reactions = 0;  ///< to them
};
/// Nothing: it is not shown.
std::optional<Why> why(const Facts& facts);
/// More people weigh more than more posts: doubling the posts is worth one, a person two, a
/// reaction a half.
double weight(const Facts& facts);

struct Line {
    topics::Topic topic;
    Facts facts;
    Why why = Why::Talk;
};
/// By why, then by weight, then the newest first.
void sort(std::vector<Line>& lines);

struct Page {
    std::vector<Line> lines;
    std::vector<spaces::Entry> chats;  ///< that hold something new
    spaces::Readable readable;
    members::Faces faces;
    Instant at;  ///< what the page shows ends here
};
/// Nine statements, however much there is.
Page load(db::Tx& tx, const auth::Viewer& viewer);
/// Everything up to `until` is read where the viewer may read; a later moment than now is now.
void done(db::Tx& tx, const auth::Viewer& viewer, Instant until);

void routes(web::Routes& routes);

}  // namespace torv::catchup
