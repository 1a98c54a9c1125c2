#pragma once

namespace torv::web {
class Routes;
}

/// The description of the API, and communities as programs see them. Everything else of the API is
/// beside the pages it mirrors.
namespace torv::api {

void routes(web::Routes& routes);

}  // namespace torv::api
