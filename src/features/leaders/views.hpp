#pragma once

#include <string>
#include <vector>

#include "features/leaders/leaders.hpp"
#include "features/members/members.hpp"
#include "features/spaces/spaces.hpp"
#include "platform/html/html.hpp"
#include "platform/web/web.hpp"

/// The markup of this slice.
namespace torv::leaders::views {

/// /leaders: who leads, the form, and one's own questions.
struct AskPage {
    std::vector<members::Face> leaders;  ///< of the community
    spaces::Readable readable;
    std::vector<Question> own;
    members::Faces faces;
    bool leads = false;
    std::string body;
    std::string space;  ///< id, or empty
    const Error* error = nullptr;
};
void ask(html::Out& out, const web::Context& ctx, const AskPage& page);

/// /leaders/questions
struct ListPage {
    bool closed = false;
    std::vector<Question> questions;
    std::string next;  ///< address of the next page; empty: that was all
    Figures figures;
    spaces::Readable readable;
    members::Faces faces;
};
void list(html::Out& out, const web::Context& ctx, const ListPage& page);

}  // namespace torv::leaders::views
