#pragma once

#include "features/leaders/store.hpp"

/// What rules and pages of this slice share.
namespace torv::leaders {

/// Which questions the viewer may see in the list. One query at most.
store::Scope scope_of(db::Tx& tx, const auth::Viewer& viewer);

void api_routes(web::Routes& routes);

}  // namespace torv::leaders
