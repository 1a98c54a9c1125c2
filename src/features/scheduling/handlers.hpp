#pragma once

#include "features/scheduling/scheduling.hpp"
#include "platform/web/web.hpp"

/// What pages and API of this slice share.
namespace torv::scheduling {

/// Somebody who plans faster than people do. Fault: TooMany.
Done calm(web::Context& ctx);
/// Posts one of the viewer's now; gives the path. Faults: those of `post_now`.
Result<std::string> post_now(web::Context& ctx, ScheduledId id);

void api_routes(web::Routes& routes);

}  // namespace torv::scheduling
