#include <doctest/doctest.h>

#include <thread>

#include "features/curation/curation.hpp"
#include "features/home/home.hpp"
#include "features/spaces/spaces.hpp"
#include "features/topics/topics.hpp"
#include "platform/live/house_test.hpp"

using namespace torv;
using live::Page;

namespace {

live::Registry slices() {
    live::Registry registry;
    spaces::live(registry);
    home::live(registry);
    return registry;
}

struct Town : live::House {
    Town() : House(slices(), {home::routes, topics::routes, curation::routes}) {}

    std::string begin(std::string_view who, std::string_view space) {
        const auto made = site.as(who).post("/s/" + std::string(space) + "/topics",
                                            {{"title", "Weeds and more"}, {"body", "Oh no."}});
        REQUIRE(made.status == 303);
        return made.location().substr(0, made.location().find('/', 3));
    }
    void follow(Page& page) {
        page.follow("home", position());
        // What was written just before may be told once more: the page has it already.
        json::Value came = page.next();
        while (came["do"].string_or("") == "topic") came = page.next();
        CHECK(came["do"].string_or("") == "on");
    }
};

/// The next row, or a row that goes, of the topic.
json::Value row_of(Page& page, const std::string& topic, bool said) {
    while (true) {
        json::Value came = page.next();
        const bool wanted = came["topic"].string_or("") == topic.substr(3) &&
                            came["said"].boolean().value_or(false) == said;
        if (came.is_null() || wanted) return came;
    }
}

}  // namespace

TEST_CASE("what is written appears at home, for those who may read it") {
    Town town;
    Page bo(town, "bo"), cleo(town, "cleo"), guest(town, "");
    guest.follow("home", 0);
    CHECK(guest.next()["do"].string_or("") == "off");
    town.follow(bo);
    town.follow(cleo);

    const auto open = town.begin("ada", "lounge");
    for (Page* page : {&bo, &cleo}) {
        const auto row = row_of(*page, open, true);
        CHECK(row["do"].string_or("") == "topic");
        const auto html = row["html"].string_or("");
        CHECK(html.find("data-topic=\"" + open.substr(3) + "\"") != html.npos);
        CHECK(html.find(">Lounge</a>") != html.npos);
    }
    const auto closed = town.begin("cleo", "kitchen");
    CHECK_FALSE(row_of(cleo, closed, true).is_null());
    CHECK(bo.silent());
}

TEST_CASE("what is moved to a closed place leaves the home of those who may not follow it") {
    Town town;
    Page bo(town, "bo"), dan(town, "dan");
    const auto topic = town.begin("cleo", "lounge");
    town.follow(bo);
    town.follow(dan);
    REQUIRE(town.site.as("dan").put(topic + "/space", {{"space", "33"}}).status < 400);
    CHECK(bo.until("gone")["topic"].string_or("") == topic.substr(3));
    CHECK(row_of(dan, topic, false)["do"].string_or("") == "topic");
}
