#pragma once

namespace torv::web {
class Routes;
}

/// The community as an app: manifest, icons, worker, what is shown without a line, sharing into it.
namespace torv::install {

void routes(web::Routes& routes);

}  // namespace torv::install
