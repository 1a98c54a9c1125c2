#pragma once

#include "features/members/members.hpp"
#include "features/notifications/notifications.hpp"
#include "features/tags/tags.hpp"
#include "platform/web/web.hpp"

namespace torv::tags::views {

struct ListPage {
    std::vector<Tag> tags;
};
/// All that is named where the viewer may read, the most named first.
void list(html::Out& out, const web::Context& ctx, const ListPage& page);

struct TagPage {
    std::string tag;
    std::int64_t count = 0;
    std::vector<Named> posts;
    std::string next;  ///< path of the next page; empty: none
    std::string feed;  ///< as in web::Preview; empty: guests may read none of these posts
    members::Faces faces;
    spaces::Readable readable;
    std::vector<MemberId> blocked;  ///< by the viewer
    std::optional<notifications::Chosen> followed;
};
void tag(html::Out& out, const web::Context& ctx, const TagPage& page);

}  // namespace torv::tags::views
