#pragma once

namespace torv::web {
class Routes;
}

/// The routes of this slice, by file.
namespace torv::notifications {

void level_routes(web::Routes& routes);
void api_routes(web::Routes& routes);
void settings_routes(web::Routes& routes);

}  // namespace torv::notifications
