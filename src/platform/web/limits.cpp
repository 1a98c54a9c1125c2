#include "platform/web/limits.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "platform/base/guarded.hpp"

namespace torv::web::limits {

namespace {

constexpr std::size_t kMaxKeys = 100'000;

struct Bucket {
    double tokens = 0;
    Instant at;
};

// Of the process, like the addresses it guards: a limit per Services would let tests and two
// communities on one machine add up.
Guarded<std::unordered_map<std::string, Bucket>>& buckets() {
    static Guarded<std::unordered_map<std::string, Bucket>> all;
    return all;
}

}  // namespace

bool take(std::string_view key, int per_minute, int burst, Instant now) {
    auto all = buckets().lock();
    if (all->size() >= kMaxKeys)
        std::erase_if(*all, [&](const auto& entry) {
            return now - entry.second.at > std::chrono::minutes(10);
        });
    if (all->size() >= kMaxKeys) all->clear();
    auto [place, fresh] =
        all->try_emplace(std::string(key), Bucket{.tokens = static_cast<double>(burst), .at = now});
    Bucket& bucket = place->second;
    const double minutes = std::max(0.0, static_cast<double>((now - bucket.at).count()) / 60e6);
    bucket.tokens = std::min(static_cast<double>(burst), bucket.tokens + minutes * per_minute);
    bucket.at = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
}

void reset() { buckets().lock()->clear(); }

}  // namespace torv::web::limits
