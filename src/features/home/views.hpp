#pragma once

#include <vector>

#include "features/members/members.hpp"
#include "features/spaces/spaces.hpp"
#include "features/topics/topics.hpp"
#include "platform/web/web.hpp"

namespace torv::home::views {

struct Page {
    std::vector<topics::Topic> fresh;  ///< with something new for the viewer
    std::vector<topics::Topic> other;  ///< the latest besides
    std::vector<members::Member> newcomers;
    std::vector<spaces::Entry> spaces;
    spaces::Readable readable;
    members::Faces faces;
    bool live = false;    ///< rows come and change by themselves
    bool is_new = false;  ///< the viewer came in the last two weeks
    std::int64_t members = 0;
};

/// Of the morning, the day, the evening or the night: a key of the catalogue.
std::string_view greeting(int hour);

void member(html::Out& out, web::Context& ctx, const Page& page);
/// The right column of the home.
void newcomers(html::Out& out, web::Context& ctx, const Page& page);
void guest(html::Out& out, web::Context& ctx, const Page& page);

}  // namespace torv::home::views
