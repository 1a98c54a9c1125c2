#include <doctest/doctest.h>

#include "features/notifications/house_test.hpp"

using namespace torv;
using torv::notifications::testing::House;

TEST_CASE("old notices are forgotten, read ones sooner, and a replay does not bring them back") {
    House house;
    const auto topic = house.begin("bo", "lounge", "Picnic", "With @ada");
    house.answer("cleo", topic, "One");
    house.as("bo").post("/notices/read");
    const auto prune = [&] { return notifications::prune(house.site.db(), {}); };
    const auto shown = [&](std::string_view who) {
        return house.as(who).api("GET", "/api/v1/notices").json()["items"].items().size();
    };
    CHECK(prune() == 0);

    house.site.clock().advance(std::chrono::days(179));
    CHECK(prune() == 0);
    house.site.clock().advance(std::chrono::days(2));
    CHECK(prune() == 1);  // what Bo has read; Ada has not looked yet
    CHECK(shown("bo") == 0);
    CHECK(house.unread("ada") == 1);

    house.answer("cleo", topic, "Two");
    CHECK(house.unread("bo") == 1);
    house.site.activity().reset("notices");
    house.site.settle();
    CHECK(shown("bo") == 1);
    CHECK(house.unread("ada") == 1);

    house.site.clock().advance(std::chrono::days(220));
    CHECK(prune() == 1);  // Ada never came
    CHECK(house.unread("ada") == 0);
    CHECK(house.unread("bo") == 1);
    house.site.clock().advance(std::chrono::days(200));
    CHECK(prune() == 1);
    CHECK(house.unread("bo") == 0);
}
