#include "platform/base/ids.hpp"

#include <doctest/doctest.h>

using torv::PostId;

TEST_CASE("an id is read from a plain positive decimal number and from nothing else") {
    CHECK(PostId::parse("7")->value == 7);
    CHECK(PostId::parse("9223372036854775807")->value == 9223372036854775807);
    for (const char* bad : {"", "0", "-1", "+1", "01", " 1", "1 ", "1a", "9223372036854775808"})
        CHECK_FALSE(PostId::parse(bad));
}
