#pragma once

#include "platform/web/web.hpp"

namespace torv::curation {

void api_routes(web::Routes& routes);

}  // namespace torv::curation
