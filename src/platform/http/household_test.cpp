#include <doctest/doctest.h>

#include "platform/http/http.hpp"

using namespace torv;

TEST_CASE("a household has one IPv4 address, or all of a /64") {
    CHECK(http::household("203.0.113.9") == "203.0.113.9");
    CHECK(http::household("::ffff:203.0.113.9") == "::ffff:203.0.113.9");
    CHECK(http::household("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64");
    CHECK(http::household("2001:db8:1:2::9") == http::household("2001:db8:1:2:ffff::1"));
    CHECK(http::household("2001:db8:1:3::9") != http::household("2001:db8:1:2::9"));
    CHECK(http::household("nobody") == "nobody");
}
