#pragma once

#include "platform/web/web.hpp"

namespace torv::lifting {

void api_routes(web::Routes& routes);

}  // namespace torv::lifting
