#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "platform/auth/auth.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/db/db.hpp"

namespace torv::web {
class Routes;
}

/// The purpose canvas: plain questions whose answers become a community.
namespace torv::canvas {

void routes(web::Routes& routes);

}  // namespace torv::canvas
