#pragma once

#include "platform/web/web.hpp"

namespace torv::chat {

void api_routes(web::Routes& routes);

}  // namespace torv::chat
