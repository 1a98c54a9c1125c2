#pragma once

#include <cstddef>
#include <string_view>

#include "platform/base/time.hpp"

/// Token buckets in this process.
namespace torv::web::limits {

/// Beyond so many keys those that were used least are forgotten.
inline constexpr std::size_t kMaxKeys = 100'000;

/// Takes one of `burst` tokens that come back at `per_minute`; false when none is left.
bool take(std::string_view key, int per_minute, int burst, Instant now);
/// How many keys are remembered.
std::size_t count();
/// Forgets all: tests begin with full buckets.
void reset();

}  // namespace torv::web::limits
