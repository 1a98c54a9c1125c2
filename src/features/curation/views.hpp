#pragma once

#include <string>
#include <vector>

#include "features/members/members.hpp"
#include "features/spaces/spaces.hpp"
#include "features/topics/topics.hpp"
#include "platform/html/html.hpp"
#include "platform/web/web.hpp"

/// The forms in which a moderator says where something is to go.
namespace torv::curation::views {

struct MovePage {
    topics::Topic topic;
    std::vector<spaces::Access> targets;
    const Error* error = nullptr;
};
void move(html::Out& out, const web::Context& ctx, const MovePage& page);

struct SplitPage {
    topics::Topic topic;
    std::vector<topics::Post> posts;  ///< to choose from
    bool more = false;                ///< there are posts after these
    members::Faces faces;
    std::vector<spaces::Access> targets;
    std::vector<PostId> chosen;
    std::string title;
    SpaceId to;
    const Error* error = nullptr;
};
void split(html::Out& out, const web::Context& ctx, const SplitPage& page);

}  // namespace torv::curation::views
