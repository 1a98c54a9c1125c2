#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "features/scheduling/scheduling.hpp"
#include "platform/html/html.hpp"
#include "platform/web/web.hpp"

/// The markup of this slice.
namespace torv::scheduling::views {

/// Where something goes, as it is shown; empty when the viewer may not see it any more.
struct Where {
    std::string name;
    std::string path;
};

/// /scheduled
struct Item {
    Scheduled one;
    Where where;
};
void list(html::Out& out, const web::Context& ctx, const std::vector<Item>& items);

/// /scheduled/new and /scheduled/{id}
struct FormPage {
    ScheduledId id;  ///< 0: a new one
    Plan plan;
    std::string repeat;  ///< "", one of kChoices, or "keep": the rule that it has
    Where where;
    const Error* error = nullptr;
};
void form(html::Out& out, const web::Context& ctx, const FormPage& page);

}  // namespace torv::scheduling::views
