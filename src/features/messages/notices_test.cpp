#include <doctest/doctest.h>

#include "features/messages/helpers_test.hpp"

using namespace torv;
using messages::testing::House;

namespace {

std::int64_t unread(House& house, std::string_view who) {
    house.site.settle();
    return house.as(who)
        .api("GET", "/api/v1/notices/count")
        .json()["unread"]
        .integer()
        .value_or(-1);
}

json::Value newest(House& house, std::string_view who) {
    const auto all = house.as(who).api("GET", "/api/v1/notices").json();
    const auto& items = all["items"].items();
    return items.empty() ? json::Value{} : items.front();
}

}  // namespace

TEST_CASE("who is written to is told, once a conversation, until they have read it") {
    House house;
    const auto at = house.begin("ada", "bo");
    CHECK(unread(house, "bo") == 1);
    CHECK(unread(house, "ada") == 0);
    house.say("ada", at, "One more thing.");
    CHECK(unread(house, "bo") == 1);
    const auto told = newest(house, "bo");
    CHECK(told["kind"].string_or("") == "message");
    CHECK(told["why"].string_or("") == "written");
    CHECK(told["count"].integer() == 2);
    CHECK(house.as("bo").get("/notices").has("wrote to you, 2 messages"));
    CHECK(house.as("bo")
              .post("/t/" + at.substr(10) + "/read", {{"post", house.last_post()}})
              .status == 204);
    CHECK(unread(house, "bo") == 0);
}

TEST_CASE("a request is no notice; what is said after it was accepted is") {
    House house;
    const auto at = house.begin("bo", "cleo");
    CHECK(unread(house, "cleo") == 0);
    CHECK(house.as("cleo").post(at + "/accept", {}).status == 303);
    house.say("bo", at, "So we talk.");
    CHECK(unread(house, "cleo") == 1);
}

TEST_CASE("nobody is told of what somebody says whom they have blocked") {
    House house;
    const auto at = house.begin("ada", "@bo, @cleo");
    CHECK(unread(house, "bo") == 1);
    CHECK(house.as("bo").post(at + "/leave", {}).status == 303);
    CHECK(unread(house, "bo") == 0);
    CHECK(house.as("cleo").post("/m/ada/block", {}).status == 303);
    const auto before = unread(house, "cleo");
    house.say("ada", at, "Anybody?");
    CHECK(unread(house, "cleo") == before);
    const auto topic = house.as("ada").post("/s/lounge/topics",
                                            {{"title", "Soup"}, {"body", "@cleo @bo, hungry?"}});
    REQUIRE(topic.status == 303);
    CHECK(unread(house, "cleo") == before);
    CHECK(unread(house, "bo") == 1);
    // In the topic their words are folded, and there for who opens them.
    const auto page = house.as("cleo").get(topic.location());
    CHECK(page.has("post__folded"));
    CHECK(page.has("hungry?"));
    CHECK(!house.as("bo").get(topic.location()).has("post__folded"));
}

TEST_CASE("a conversation can be muted, and is not for who may not read it") {
    House house;
    const auto at = house.begin("ada", "bo");
    const std::string level = "/t/" + at.substr(10) + "/level";
    CHECK(house.as("cleo").post(level, {{"level", "muted"}}).status == 404);
    CHECK(house.as("bo").post(level, {{"level", "muted"}}).location() == at);
    const auto before = unread(house, "bo");
    house.say("ada", at, "Hello?");
    CHECK(unread(house, "bo") == before);
}
