#pragma once

#include <string_view>
#include <vector>

#include "features/audit/audit.hpp"
#include "features/members/members.hpp"
#include "platform/html/html.hpp"

namespace torv::web {
class Context;
class Routes;
}  // namespace torv::web

namespace torv::admin {

void audit_routes(web::Routes& routes);

namespace views {

struct Audit {
    std::string_view noun;  ///< empty: everything
    std::vector<audit::Entry> entries;
    members::Faces faces;
    bool more = false;
};

void audit_log(html::Out& out, const web::Context& ctx, const Audit& page);

}  // namespace views
}  // namespace torv::admin
