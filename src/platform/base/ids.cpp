#include "platform/base/ids.hpp"

#include <atomic>

namespace torv {
namespace {

constexpr std::int64_t kEpochMs = 1'767'225'600'000;  // 2026-01-01 UTC
constexpr int kCounterBits = 12;
constexpr int kNodeBits = 10;

/// Milliseconds and counter of the last id, side by side: one number that only ever grows.
std::atomic<std::int64_t> last_tick{0};

}  // namespace

std::int64_t make_id(std::int64_t now_us, int node) {
    const std::int64_t wanted = (now_us / 1000 - kEpochMs) << kCounterBits;
    std::int64_t last = last_tick.load(std::memory_order_relaxed);
    std::int64_t tick = 0;
    do {
        tick = wanted > last ? wanted : last + 1;
    } while (!last_tick.compare_exchange_weak(last, tick, std::memory_order_relaxed));
    const std::int64_t ms = tick >> kCounterBits;
    const std::int64_t counter = tick & ((1 << kCounterBits) - 1);
    const std::int64_t node_part = node & ((1 << kNodeBits) - 1);
    return (ms << (kNodeBits + kCounterBits)) | (node_part << kCounterBits) | counter;
}

}  // namespace torv
