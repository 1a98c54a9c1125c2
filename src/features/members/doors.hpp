#pragma once

#include "platform/web/web.hpp"

/// The ways in: sign-up, one-time links, the rules.
namespace torv::members {

void door_routes(web::Routes&);
void profile_routes(web::Routes&);
void admin_routes(web::Routes&);
void community_routes(web::Routes&);
void api_routes(web::Routes&);

}  // namespace torv::members
