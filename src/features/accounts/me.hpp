#pragma once

#include "platform/web/web.hpp"

/// The settings of the signed-in person: account, sessions, tokens.
namespace torv::accounts::me {

void routes(web::Routes&);

}  // namespace torv::accounts::me
