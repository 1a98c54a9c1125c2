#pragma once

#include <cstdint>

namespace torv::media {

struct Bounds {
    std::int64_t memory = 1 << 30;  ///< bytes of address space
    std::uint64_t cpu_seconds = 20;
};

/// Limits memory, processor time and files. First thing in the program.
void limit(const Bounds& bounds);

/// From here on: no files, no network, no other programs, no signals to others. What a decoder may
/// need (memory, threads, time, the open descriptors) stays. Ends the program when the kernel
/// refuses.
void lock_in();

}  // namespace torv::media
