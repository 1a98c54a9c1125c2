#include "platform/base/ids.hpp"

#include <doctest/doctest.h>

using torv::PostId;

TEST_CASE("an id is read from a plain positive decimal number and from nothing else") {
    CHECK(PostId::parse("7")->value == 7);
    CHECK(PostId::parse("9223372036854775807")->value == 9223372036854775807);
    for (const char* bad : {"", "0", "-1", "+1", "01", " 1", "1 ", "1a", "9223372036854775808"})
        CHECK_FALSE(PostId::parse(bad));
}

TEST_CASE("ids grow with time, tell their node, and keep growing when the clock goes back") {
    const std::int64_t now = 1'795'000'000'000'000;
    std::int64_t last = 0;
    for (int i = 0; i < 10'000; ++i) {  // more than one millisecond's counter holds
        const std::int64_t id = torv::make_id(now, 5);
        CHECK((id > last && (id >> 12 & 1023) == 5));
        last = id;
    }
    CHECK(torv::make_id(now - 3'600'000'000, 5) > last);
    const std::int64_t later = torv::make_id(now + 1'000'000, 5);
    CHECK((later >> 22) + 1'767'225'600'000 == (now + 1'000'000) / 1000);
}
