#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "platform/base/time.hpp"

namespace torv::imports::slack {

class Archive;

/// What a first walk through an archive finds.
struct Survey {
    std::int64_t messages = 0;
    std::unordered_map<std::string, Instant> first_seen;  ///< by user: that is when they came
};

/// Reads every day once. A day that cannot be read is left out; the import itself reports it.
Survey survey(const Archive& archive);

}  // namespace torv::imports::slack
