#pragma once

#include "features/members/members.hpp"
#include "features/search/search.hpp"
#include "features/search/typed.hpp"
#include "features/spaces/spaces.hpp"
#include "platform/web/web.hpp"
#include "platform/words/words.hpp"

namespace torv::search::views {

struct Page {
    std::string text;  ///< as it stands in the box
    Typed typed;       ///< what it says
    std::string corrected;
    std::optional<Kind> kind;
    int page = 0;
    Results results;
    members::Faces faces;
    spaces::Readable readable;
    words::Query query;
    std::vector<MemberId> blocked;  ///< by the viewer
};

void results(html::Out& out, web::Context& ctx, const Page& page);
/// The box, and what narrows a search for those who do not know the words for it.
void form(html::Out& out, const web::Context& ctx, const Page& page);

}  // namespace torv::search::views
