#include <doctest/doctest.h>

#include <string>

#include "platform/web/limits.hpp"

using namespace torv;
namespace limits = torv::web::limits;

TEST_CASE("fresh keys, however many, do not free who is held back") {
    limits::reset();
    const Instant now{1'000'000'000};
    for (int i = 0; i < 5; ++i) CHECK(limits::take("guesser", 1, 5, now));
    CHECK_FALSE(limits::take("guesser", 1, 5, now));
    for (std::size_t i = 0; i < 2 * limits::kMaxKeys; ++i)
        limits::take("fresh" + std::to_string(i), 1, 5, now);
    CHECK_FALSE(limits::take("guesser", 1, 5, now));
    CHECK(limits::count() <= limits::kMaxKeys);
    limits::reset();
}
