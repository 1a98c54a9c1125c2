#include <doctest/doctest.h>

#include "features/devices/house_test.hpp"

using namespace torv;
using torv::devices::testing::House;
using torv::devices::testing::kAuth;
using torv::devices::testing::kKey;

TEST_CASE("a reply is told on each of a member's devices, once, and a replay tells nothing") {
    House house;
    house.turn_on("bo", "phone");
    house.turn_on("bo", "desk");
    house.turn_on("cleo", "cleos");
    const auto topic = house.begin("bo", "lounge", "Picnic");
    house.answer("cleo", topic, "With bread!", house.opening(topic));
    CHECK(house.round(std::chrono::seconds(5)) == 0);  // perhaps it is read here
    CHECK(house.round(std::chrono::seconds(20)) == 2);
    CHECK(house.round() == 0);
    CHECK(house.waiting_messages() == 0);
    const auto request = house.service.received().back();
    for (const auto* line : {"TTL: 86", "Urgency: normal", "Topic: ", "Authorization: vapid t="})
        CHECK_MESSAGE(request.find(line) != std::string::npos, line);
    CHECK(request.find("bread") == std::string::npos);

    house.site.activity().reset("notices");
    CHECK(house.round() == 0);
}

TEST_CASE("what was read, deleted or closed off is not told, up to the moment of sending") {
    House house;
    house.turn_on("bo", "phone");
    const auto topic = house.begin("bo", "lounge", "Picnic");
    const auto post = house.answer("cleo", topic, "One", house.opening(topic));
    house.as("bo").post(topic + "/read", {{"post", post.substr(3)}});
    CHECK(house.round() == 0);

    const auto other = house.answer("cleo", topic, "Two", house.opening(topic));
    CHECK(house.turns() == 1);
    house.as("cleo").del(other);
    CHECK(house.round() == 0);

    house.answer("cleo", topic, "Three", house.opening(topic));
    CHECK(house.turns() == 1);
    house.run("UPDATE spaces SET visibility = 3 WHERE community_id = 1 AND id = 31");
    CHECK(house.round() == 0);
    house.run("UPDATE spaces SET visibility = 0 WHERE community_id = 1 AND id = 31");

    house.answer("cleo", topic, "Four", house.opening(topic));
    CHECK(house.turns() == 1);
    house.run("UPDATE members SET state = 2 WHERE community_id = 1 AND id = 24");
    CHECK(house.round() == 0);
    CHECK(house.waiting_messages() == 0);
    CHECK(house.service.received().empty());
}

TEST_CASE("a device goes with its session, also when that ends after the message was made") {
    House house;
    house.turn_on("bo", "phone");
    const auto topic = house.begin("bo", "lounge", "Picnic");
    house.answer("cleo", topic, "One", house.opening(topic));
    CHECK(house.turns() == 1);
    house.run("DELETE FROM sessions WHERE id = 44");
    CHECK(house.round() == 0);
    CHECK(house.service.received().empty());
    CHECK(house.devices_of("bo") == 0);
    CHECK(house.waiting_messages() == 0);
}

TEST_CASE("a session that ran out is told nothing, and its device is swept away") {
    House house;
    house.turn_on("bo", "phone");
    const auto topic = house.begin("bo", "lounge", "Picnic");
    house.run("UPDATE sessions SET seen_at = 1 WHERE id = 44");
    house.answer("cleo", topic, "One", house.opening(topic));
    CHECK(house.round() == 0);
    CHECK(house.devices_of("bo") == 1);
    devices::sweep(house.site.db());
    CHECK(house.devices_of("bo") == 0);
}

TEST_CASE("an address that is gone is forgotten, one that is busy is tried again in time") {
    House house;
    house.turn_on("bo", "phone");
    const auto topic = house.begin("bo", "lounge", "Picnic");
    house.answers("429 Slow", "Retry-After: 600\r\n");
    house.answer("cleo", topic, "One", house.opening(topic));
    CHECK(house.round() == 1);
    CHECK(house.round(std::chrono::seconds(500)) == 0);
    house.answers("201 Created");
    CHECK(house.round(std::chrono::seconds(150)) == 1);
    CHECK(house.round(std::chrono::seconds(900)) == 0);

    house.answers("410 Gone");
    house.answer("cleo", topic, "Two", house.opening(topic));
    CHECK(house.round() == 1);
    CHECK(house.devices_of("bo") == 0);
    CHECK(house.waiting_messages() == 0);
}

TEST_CASE("a service that is down is tried less and less often, and given up after a while") {
    House house;
    house.turn_on("bo", "phone");
    const auto topic = house.begin("bo", "lounge", "Picnic");
    house.answers("503 Down");
    house.answer("cleo", topic, "One", house.opening(topic));
    CHECK(house.round() == 1);
    CHECK(house.round(std::chrono::seconds(20)) == 0);
    CHECK(house.round(std::chrono::seconds(15)) == 1);
    CHECK(house.round(std::chrono::seconds(45)) == 0);
    std::size_t tries = 2;
    for (int i = 0; i < 30; ++i) tries += house.round(std::chrono::hours(1));
    CHECK(tries == 8);
    CHECK(house.waiting_messages() == 0);
    CHECK(house.devices_of("bo") == 1);

    house.answers("400 Bad");
    for (int i = 0; i < 5; ++i) {
        CHECK(house.devices_of("bo") == 1);
        house.answer("cleo", topic, "Again", house.opening(topic));
        house.round();
    }
    CHECK(house.devices_of("bo") == 0);  // its keys do not fit any more
}

TEST_CASE("quiet hours and the week's limit hold back, which the page says") {
    House house;
    auto& bo = house.as("bo");
    house.turn_on("bo", "phone");
    REQUIRE(
        bo.api("PUT", "/api/v1/notices/settings", R"({"quiet_from":"11:00","quiet_to":"13:00"})")
            .status == 200);
    REQUIRE(bo.post("/me/devices", {{"kind", "reply"}, {"weekly_limit", "1"}}).status == 303);
    const auto topic = house.begin("bo", "lounge", "Picnic");
    house.answer("cleo", topic, "One", house.opening(topic));
    CHECK(house.round() == 0);
    CHECK(house.round(std::chrono::minutes(30)) == 0);
    CHECK(house.round(std::chrono::minutes(31)) == 1);
    CHECK(bo.get("/me/devices").has("1 notice in the last seven days"));
    house.answer("cleo", topic, "Two", house.opening(topic));
    CHECK(house.round() == 0);
    CHECK(bo.get("/me/devices").has("The week is full"));
}

TEST_CASE("only what a member chose is told") {
    House house;
    house.turn_on("bo", "phone");
    house.as("bo").post("/me/devices", {{"kind", "mention"}, {"weekly_limit", "50"}});
    const auto topic = house.begin("bo", "lounge", "Picnic");
    house.answer("cleo", topic, "One", house.opening(topic));
    CHECK(house.round() == 0);
    house.answer("cleo", topic, "@bo Two");
    CHECK(house.round() == 1);
    CHECK(house.as("bo").post("/me/devices", {{"weekly_limit", "501"}}).status == 422);
}
