#include "platform/web/keyset.hpp"

#include <doctest/doctest.h>

using namespace torv;
using web::Keyset;

TEST_CASE("a place in a list goes into an address and comes back") {
    const Keyset place{.at = Instant{1795255200000000}, .id = 42};
    CHECK(place.text() == "1795255200000000.42");
    const auto again = web::keyset_from(place.text());
    REQUIRE(again.has_value());
    CHECK(again->at == place.at);
    CHECK(again->id == 42);
    CHECK(web::keyset_from("")->id == Keyset::top().id);
    CHECK(web::keyset_from("", Keyset{})->id == 0);
    for (const auto* wrong : {"x", "1", "1.", ".1", "1.2.3", "1.x", "99999999999999999999.1"}) {
        CAPTURE(wrong);
        const auto refused = web::keyset_from(wrong);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().fault == Fault::Malformed);
    }
}
