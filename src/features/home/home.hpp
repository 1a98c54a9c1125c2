#pragma once

namespace torv::web {
class Routes;
class Context;
}  // namespace torv::web

/// The front page: what matters to a member now, and what a guest sees first. It ends.
namespace torv::home {

void routes(web::Routes& routes);

}  // namespace torv::home
