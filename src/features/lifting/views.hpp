#pragma once

#include <string>
#include <vector>

#include "features/lifting/lifting.hpp"
#include "features/members/members.hpp"
#include "features/spaces/spaces.hpp"
#include "platform/html/html.hpp"
#include "platform/web/web.hpp"

/// The page on which messages are chosen, and where they are to go.
namespace torv::lifting::views {

struct Page {
    topics::Topic from;
    spaces::Access space;
    std::vector<topics::Post> posts;  ///< to choose from
    members::Faces faces;
    std::vector<PostId> chosen;
    bool further = false;    ///< earlier or later messages were asked for
    bool suggested = false;  ///< the choice is ours
    bool moderates = false;  ///< may lift messages of others
    MemberId viewer;
    struct Place {
        spaces::Access space;
        bool fewer = false;  ///< fewer people can read it than the stream
    };
    std::vector<Place> places;
    std::vector<topics::Topic> topics;
    std::string to;       ///< as the form says it: "s31", "t7"
    std::string address;  ///< of a topic, as typed
    std::string title;
    const Error* error = nullptr;
};
void choose(html::Out& out, const web::Context& ctx, const Page& page);

}  // namespace torv::lifting::views
