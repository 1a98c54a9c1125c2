#pragma once

#include "features/members/members.hpp"
#include "features/search/search.hpp"
#include "features/spaces/spaces.hpp"
#include "platform/web/web.hpp"
#include "platform/words/words.hpp"

namespace torv::search::views {

struct Page {
    std::string typed;
    std::optional<Kind> kind;
    int page = 0;
    Results results;
    members::Faces faces;
    spaces::Readable readable;
    words::Query query;
    std::vector<MemberId> blocked;  ///< by the viewer
};

void results(html::Out& out, web::Context& ctx, const Page& page);

}  // namespace torv::search::views
