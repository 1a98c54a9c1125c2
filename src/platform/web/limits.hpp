#pragma once

#include <string_view>

#include "platform/base/time.hpp"

/// Token buckets in this process, at most 100,000 keys; the longest unused go first.
namespace torv::web::limits {

/// Takes one of `burst` tokens that come back at `per_minute`; false when none is left.
bool take(std::string_view key, int per_minute, int burst, Instant now);
/// Forgets all: tests begin with full buckets.
void reset();

}  // namespace torv::web::limits
