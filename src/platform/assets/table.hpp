#pragma once

#include <span>

#include "platform/assets/assets.hpp"

namespace torv::assets {

/// What was embedded while building, in the order of the paths.
std::span<const Asset> table();

}  // namespace torv::assets
