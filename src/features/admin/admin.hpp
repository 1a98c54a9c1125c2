#pragma once

namespace torv::web {
class Routes;
}

/// What the owner and the admins see of the machinery: where to begin, the mails that went out or
/// would have, and the work that is waiting or has failed.
namespace torv::admin {

void routes(web::Routes& routes);

}  // namespace torv::admin
