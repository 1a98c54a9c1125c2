#include "platform/web/limits.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "platform/base/guarded.hpp"

namespace torv::web::limits {

namespace {

struct Bucket {
    double tokens = 0;
    Instant at;
    int per_minute = 1;
    int burst = 1;

    double at_moment(Instant now) const {
        const double minutes = std::max(0.0, static_cast<double>((now - at).count()) / 60e6);
        return std::min(static_cast<double>(burst), tokens + minutes * per_minute);
    }
    /// 1: forgetting it changes nothing. 0: somebody is being held back.
    double fullness(Instant now) const { return at_moment(now) / burst; }
};

struct Buckets {
    std::unordered_map<std::string, Bucket> all;
    std::size_t hand = 0;  ///< where the next look for room begins
};

// Of the process, like the addresses it guards: a limit per Services would let tests and two
// communities on one machine add up.
Guarded<Buckets>& buckets() {
    static Guarded<Buckets> one;
    return one;
}

/// Makes room by forgetting the fullest of a few: those that were used least. Whoever is held back
/// stays so, however many fresh keys somebody makes up; to push them out, he would have to empty as
/// many buckets of his own as there is room for.
void make_room(Buckets& buckets, Instant now) {
    constexpr std::size_t kLookedAt = 16;
    auto& all = buckets.all;
    auto fullest = all.end();
    for (std::size_t seen = 0; seen < kLookedAt;
         buckets.hand = (buckets.hand + 1) % all.bucket_count())
        for (auto one = all.begin(buckets.hand); one != all.end(buckets.hand); ++one, ++seen) {
            if (fullest != all.end() && one->second.fullness(now) <= fullest->second.fullness(now))
                continue;
            fullest = all.find(one->first);
        }
    all.erase(fullest);
}

}  // namespace

bool take(std::string_view key, int per_minute, int burst, Instant now) {
    auto held = buckets().lock();
    auto& all = held->all;
    std::string name(key);
    auto place = all.find(name);
    if (place == all.end()) {
        if (all.size() >= kMaxKeys) make_room(*held, now);
        place =
            all.emplace(std::move(name), Bucket{.tokens = static_cast<double>(burst), .at = now})
                .first;
    }
    Bucket& bucket = place->second;
    bucket.per_minute = per_minute;
    bucket.burst = burst;
    bucket.tokens = bucket.at_moment(now);
    bucket.at = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
}

std::size_t count() { return buckets().lock()->all.size(); }

void reset() { buckets().lock()->all.clear(); }

}  // namespace torv::web::limits
