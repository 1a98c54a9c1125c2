#pragma once

namespace torv::live {
class Registry;
}
namespace torv::web {
class Routes;
class Context;
}  // namespace torv::web

/// The front page: what matters to a member now, and what a guest sees first. It ends.
namespace torv::home {

/// The stream "home" of members: rows of topics as they stand on the front page.
void live(live::Registry& registry);

void routes(web::Routes& routes);

}  // namespace torv::home
