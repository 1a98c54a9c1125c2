#include <doctest/doctest.h>

#include <thread>

#include "features/messages/helpers_test.hpp"
#include "platform/live/house_test.hpp"

using namespace torv;
using live::Page;

namespace {

live::Registry slices() {
    live::Registry registry;
    topics::live(registry);
    messages::live(registry);
    return registry;
}

/// A town with open pages in which people write to each other.
struct Town {
    Town() : house(slices(), {topics::routes, messages::routes}) {}

    std::string begin(std::string_view who, const std::string& to) {
        house.site.clock().advance(std::chrono::seconds(1));
        const auto made =
            house.site.as(who).post("/messages", {{"to", to}, {"body", "Are you there?"}});
        REQUIRE(made.status == 303);
        return made.location();
    }
    void say(std::string_view who, const std::string& at) {
        house.site.clock().advance(std::chrono::seconds(1));
        REQUIRE(house.site.as(who).post(at + "/posts", {{"body", "And then"}}).status == 303);
    }
    void read(std::string_view who, const std::string& at) {
        const auto last = house.site.db().read([](db::Tx& tx) {
            return tx.one("SELECT max(id) FROM posts WHERE community_id = 1")->get<PostId>(0);
        });
        const auto done =
            house.site.as(who).post("/t/" + at.substr(10) + "/read", {{"post", last.text()}});
        REQUIRE(done.status == 204);
    }

    live::House house;
};

/// The next state that is so; what comes before is passed over.
json::Value until(Page& page, bool unread, std::int64_t requests = 0) {
    while (true) {
        json::Value came = page.until("own");
        if (came.is_null()) return came;
        if (came["unread"].boolean() == unread && came["requests"].integer() == requests)
            return came;
    }
}

/// Is the page told that somebody writes? What else comes is passed over: on PostgreSQL news of an
/// earlier post may be late.
bool hears_writing(Page& page) {
    while (true) {
        const json::Value came = page.next(std::chrono::milliseconds(300));
        if (came.is_null()) return false;
        if (came["do"].string_or("") == "writing") return true;
    }
}

constexpr auto kBo = "messages:24";
constexpr auto kCleo = "messages:25";

}  // namespace

TEST_CASE("the mark at the messages comes and goes by itself, on every page of its member alone") {
    Town town;
    Page desk(town.house, "bo"), phone(town.house, "bo"), ada(town.house, "ada");
    for (Page* page : {&desk, &phone}) {
        page->follow(kBo, 0);
        CHECK(until(*page, false)["html"].string_or("-") == "");
    }
    ada.follow(kBo, 0);
    CHECK(ada.next()["do"].string_or("") == "off");

    const auto at = town.begin("ada", "bo");
    const auto told = until(desk, true);
    CHECK(told["html"].string_or("") ==
          R"(<span class="dot"><span class="sr-only">New messages</span></span>)");
    CHECK_FALSE(until(phone, true).is_null());

    town.read("bo", at);
    CHECK(until(desk, false)["html"].string_or("-") == "");
    CHECK_FALSE(until(phone, false).is_null());

    town.say("ada", at);
    CHECK_FALSE(until(phone, true).is_null());
    town.say("bo", at);
    CHECK_FALSE(until(phone, false).is_null());
    CHECK(ada.silent());
}

TEST_CASE("a request is counted until it is answered") {
    Town town;
    Page cleo(town.house, "cleo");
    cleo.follow(kCleo, 0);
    CHECK_FALSE(until(cleo, false).is_null());
    const auto at = town.begin("bo", "cleo");
    CHECK_FALSE(until(cleo, false, 1).is_null());
    SUBCASE("declined") {
        CHECK(town.house.site.as("cleo").post(at + "/decline").status == 303);
        CHECK_FALSE(until(cleo, false, 0).is_null());
        town.say("bo", at);
        CHECK(cleo.silent());
    }
    SUBCASE("accepted") {
        CHECK(town.house.site.as("cleo").post(at + "/accept").status == 303);
        CHECK_FALSE(until(cleo, true, 0).is_null());
    }
}

TEST_CASE("who leaves a group is told of nothing more there, who is added is") {
    Town town;
    const auto at = town.begin("ada", "@bo, @cleo");
    Page bo(town.house, "bo"), dan(town.house, "dan");
    bo.follow(kBo, 0);
    CHECK_FALSE(until(bo, true).is_null());
    CHECK(town.house.site.as("bo").post(at + "/leave").status == 303);
    CHECK_FALSE(until(bo, false).is_null());
    const auto dan_is = town.house.site.as("dan").viewer.id.text();
    dan.follow("messages:" + dan_is, 0);
    CHECK_FALSE(until(dan, false).is_null());
    CHECK(town.house.site.as("ada").post(at + "/people", {{"to", "@dan"}}).status == 303);
    CHECK_FALSE(until(dan, true).is_null());
    town.say("ada", at);
    CHECK(bo.silent());
}

TEST_CASE("who has blocked somebody is not told that they write, nor they of them; others are") {
    Town town;
    auto& site = town.house.site;
    const auto made = site.as("ada").post("/s/lounge/topics", {{"title", "Picnic"}, {"body", "?"}});
    const std::string topic =
        "topic:" + made.location().substr(3, made.location().find('/', 3) - 3);
    Page bo(town.house, "bo"), cleo(town.house, "cleo"), ada(town.house, "ada");
    for (Page* page : {&bo, &cleo, &ada}) {
        page->follow(topic, 0);
        CHECK(page->until("on")["stream"].string_or("") == topic);
    }
    const auto write = [&](Page& page) {
        page.say(R"({"do":"writing","stream":")" + topic + "\"}");
    };
    write(cleo);
    CHECK(bo.until("writing")["by"].string_or("") == "25");
    CHECK(ada.until("writing")["by"].string_or("") == "25");

    REQUIRE(site.as("bo").post("/m/cleo/block").status == 303);
    // Each tells once in two seconds; a word about rights that gets lost is made up for in ten.
    bool silent = false;
    for (int tries = 0; tries < 8 && !silent; ++tries) {
        std::this_thread::sleep_for(std::chrono::milliseconds(2200));
        write(cleo);
        CHECK(ada.until("writing")["by"].string_or("") == "25");
        silent = !hears_writing(bo);
    }
    CHECK(silent);
    write(bo);
    CHECK(ada.until("writing")["by"].string_or("") == "24");
    CHECK_FALSE(hears_writing(cleo));

    REQUIRE(site.as("bo").del("/m/cleo/block").status == 303);
    bool heard = false;
    for (int tries = 0; tries < 8 && !heard; ++tries) {
        std::this_thread::sleep_for(std::chrono::milliseconds(2200));
        write(cleo);
        heard = hears_writing(bo);
    }
    CHECK(heard);
}
