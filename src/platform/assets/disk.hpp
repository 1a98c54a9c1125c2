#pragma once

#include <optional>
#include <span>

#include "platform/assets/assets.hpp"

namespace torv::assets {

/// The browser bundle as it lies on disk now, or nothing when `read_from_disk` was not called.
/// Every version read is kept until the program ends, so that a view stays good: development only.
std::optional<std::span<const Asset>> from_disk();

}  // namespace torv::assets
