#pragma once

#include "features/spaces/spaces.hpp"

namespace torv::lifting {

/// Is everybody who may read `to` sure to be among those who may read `from`, also when people come
/// and go? What was said in a closed space stays in it, or in a space below it. `all` holds both
/// and those above them.
bool no_wider(const spaces::Readable& all, const spaces::Access& to, const spaces::Access& from);

}  // namespace torv::lifting
