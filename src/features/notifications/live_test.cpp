#include <doctest/doctest.h>

#include "features/notifications/house_test.hpp"
#include "platform/live/house_test.hpp"

using namespace torv;
using live::Page;

namespace {

live::Registry slices() {
    live::Registry registry;
    notifications::live(registry);
    return registry;
}

/// A town with open pages, and short ways to talk in it.
struct Town {
    Town() : house(slices(), {topics::routes, notifications::routes}) {
        house.site.activity().stop();
        notifications::follow(house.site.activity(), house.site.jobs());
        house.site.activity().start();
    }

    std::string topic() {
        const auto made = house.site.as("bo").post(
            "/s/lounge/topics", {{"title", "Picnic on Saturday"}, {"body", "Shall we?"}});
        REQUIRE(made.status == 303);
        return made.location().substr(0, made.location().find('/', 3));
    }
    void answer(const std::string& topic) {
        house.site.clock().advance(std::chrono::seconds(1));
        REQUIRE(house.site.as("cleo").post(topic + "/posts", {{"body", "Yes"}}).status == 303);
    }

    live::House house;
};

/// The next state with this many unread notices.
json::Value with_unread(Page& page, std::int64_t wanted) {
    while (true) {
        json::Value came = page.until("own");
        if (came.is_null() || came["unread"].integer() == wanted) return came;
    }
}

}  // namespace

TEST_CASE("the bell counts by itself, on every page of its member and on nobody else's") {
    Town town;
    Page desk(town.house, "bo"), phone(town.house, "bo"), ada(town.house, "ada");
    for (Page* page : {&desk, &phone}) {
        page->follow("notices:24", 0);
        CHECK(with_unread(*page, 0)["html"].string_or("") == "");
    }
    ada.follow("notices:24", 0);
    CHECK(ada.next()["do"].string_or("") == "off");

    const auto topic = town.topic();
    town.answer(topic);
    const auto told = with_unread(desk, 1);
    CHECK(told["html"].string_or("") ==
          "<span class=\"count\">1<span class=\"sr-only\"> new notice</span></span>");
    CHECK_FALSE(with_unread(phone, 1).is_null());

    // Read in one place, read in the other.
    CHECK(town.house.site.as("bo").post("/notices/read").status == 303);
    CHECK_FALSE(with_unread(desk, 0).is_null());
    CHECK_FALSE(with_unread(phone, 0).is_null());
    CHECK(ada.silent());
}

TEST_CASE("a page that comes back is told how its bell stands now") {
    Town town;
    const auto topic = town.topic();
    town.answer(topic);
    Page bo(town.house, "bo");
    bo.follow("notices:24", 0);
    CHECK_FALSE(with_unread(bo, 1).is_null());
}
