#include <doctest/doctest.h>

#include <algorithm>

#include "features/community/community.hpp"
#include "features/devices/house_test.hpp"
#include "features/devices/telling.hpp"
#include "platform/json/json.hpp"

using namespace torv;
using torv::devices::testing::House;
using torv::devices::testing::kAuth;
using torv::devices::testing::kKey;

TEST_CASE(
    "a browser is known once, is whoever's is signed in, and can be taken off by them alone") {
    House house;
    house.turn_on("bo", "shared");
    house.turn_on("bo", "shared");
    CHECK(house.devices_of("bo") == 1);
    house.turn_on("cleo", "shared");
    CHECK(house.devices_of("bo") == 0);
    CHECK(house.devices_of("cleo") == 1);

    const auto all = house.as("cleo").api("GET", "/api/v1/devices").json();
    const auto id = all["items"].items()[0]["id"].string_or("");
    CHECK(all["items"].items()[0]["this_one"].boolean() == true);
    CHECK(house.as("bo").api("DELETE", "/api/v1/devices/" + id).status == 404);
    CHECK(house.as("bo").del("/me/devices/" + id).status == 404);
    CHECK(house.as("cleo").del("/me/devices/" + id).status == 303);
    CHECK(house.devices_of("cleo") == 0);
}

TEST_CASE("what was on its way to a browser is not told to whoever has it next") {
    House house;
    house.turn_on("bo", "shared");
    for (const auto* name : {"Soup", "Bread", "Cake", "Tea"}) {
        const auto topic = house.begin("bo", "lounge", name);
        house.answer("cleo", topic, "Yes", house.opening(topic));
    }
    const auto topic = house.begin("cleo", "lounge", "Picnic");
    house.answer("ada", topic, "One", house.opening(topic));
    CHECK(house.turns() == 1);
    house.turn_on("bo", "shared");
    CHECK(house.waiting_messages() == 1);
    house.turn_on("cleo", "shared");
    CHECK(house.waiting_messages() == 0);
    CHECK(house.round() == 0);
}

TEST_CASE("an address that leads inside, or keys that are none, are refused") {
    House house;
    auto& bo = house.as("bo");
    const auto put = [&](std::string_view endpoint, std::string_view key, std::string_view auth) {
        return bo
            .api("PUT", "/api/v1/devices",
                 R"({"endpoint":")" + std::string(endpoint) + R"(","p256dh":")" + std::string(key) +
                     R"(","auth":")" + std::string(auth) + R"("})")
            .status;
    };
    for (const auto* inside : {"https://127.0.0.1/a", "https://[::1]/a", "http://push.example/a",
                               "https://169.254.169.254/latest", "https://10.1.2.3/",
                               "https://push.example:22/", "javascript:alert(1)", ""})
        CHECK_MESSAGE(put(inside, kKey, kAuth) == 422, inside);
    CHECK(put("https://push.example/a", kKey, "AA") == 422);
    CHECK(put("https://push.example/a", kAuth, kAuth) == 422);
    CHECK(put("https://push.example/a", kKey, kAuth) == 200);
    CHECK(house.as("").api("PUT", "/api/v1/devices", house.offer("x")).status == 401);
    bo.viewer.session = SessionId{};
    CHECK(put("https://push.example/b", kKey, kAuth) == 403);
}

TEST_CASE("the oldest device makes room for the eleventh") {
    House house;
    for (int i = 0; i < 12; ++i) {
        house.site.clock().advance(std::chrono::minutes(1));
        house.turn_on("bo", "browser" + std::to_string(i));
    }
    CHECK(house.devices_of("bo") == 10);
}

TEST_CASE("the first device is not told what happened before") {
    House house;
    const auto topic = house.begin("bo", "lounge", "Picnic");
    house.answer("cleo", topic, "One", house.opening(topic));
    house.turn_on("bo", "phone");
    CHECK(house.round() == 0);
    house.answer("ada", topic, "Two");
    CHECK(house.round() == 1);
}

TEST_CASE("talk is told once until it is looked at, and many things together become one") {
    House house;
    house.turn_on("bo", "phone");
    const auto topic = house.begin("bo", "lounge", "Picnic");
    house.answer("cleo", topic, "One");
    CHECK(house.round() == 1);
    CHECK(house.service.received().back().find("Urgency: low") != std::string::npos);
    house.answer("ada", topic, "Two");
    CHECK(house.round() == 0);
    const auto last = house.answer("ada", topic, "Three");
    house.as("bo").post(topic + "/read", {{"post", last.substr(3)}});
    house.site.clock().advance(std::chrono::seconds(1));
    house.answer("ada", topic, "Four");
    CHECK(house.round() == 1);

    for (const auto* name : {"Soup", "Bread", "Cake", "Tea"}) {
        const auto other = house.begin("bo", "lounge", name);
        house.answer("cleo", other, "Yes", house.opening(other));
    }
    CHECK(house.round() == 1);
}

TEST_CASE(
    "a message says what happened in the reader's language, where it leads and what is open") {
    House house;
    house.run("UPDATE accounts SET language = 'da' WHERE id = 14");
    house.turn_on("bo", "phone");
    const auto topic = house.begin("bo", "lounge", "Picnic");
    house.answer("cleo", topic, "With bread!", house.opening(topic));
    house.answer("ada", topic, "And tea");
    const auto told = [&](std::string_view tag) {
        return house.site.db().read([&](db::Tx& tx) {
            const auto square = community::find(tx, CommunityId{1}).value();
            const auto bo =
                notifications::reader(tx, square, house.site.services().catalogue, MemberId{24})
                    .value();
            const auto text =
                devices::text_of(bo, notifications::unread_page(tx, bo), tag, square.name);
            return text ? json::parse(*text).value() : json::Value{};
        });
    };
    const auto unread = house.as("bo").api("GET", "/api/v1/devices/unread").json();
    CHECK(unread["unread"].integer() == 2);
    REQUIRE(unread["open"].items().size() == 2);
    const auto& tags = unread["open"].items();
    const auto reply = std::ranges::find_if(
        tags, [](const auto& one) { return one.string_or("").starts_with("reply-"); });
    REQUIRE(reply != tags.end());
    const auto one = told(reply->string_or(""));
    CHECK(one["title"].string_or("") == "Cleo Dubois svarede dig i »Picnic«");
    CHECK(one["body"].string_or("") == "With bread!");
    CHECK(one["lang"].string_or("") == "da");
    CHECK(one["path"].string_or("").starts_with("/notices/"));
    CHECK(one["unread"].integer() == 2);
    CHECK(one["open"].items().size() == 2);
    CHECK(house.as("bo").get(one["path"].string_or("")).status == 303);
    CHECK(told(reply->string_or("")).is_null());
    CHECK(told("")["title"].string_or("") == "1 ny besked i The Square");
}

TEST_CASE("who is signed in sees their devices, and who wrote something is asked kindly") {
    House house;
    auto& bo = house.as("bo");
    house.turn_on("bo", "phone");
    const auto page = bo.get("/me/devices");
    CHECK(page.has("This device"));
    CHECK(page.has("<push-switch class=\"push\" key=\"B"));
    CHECK(page.has(" known>"));
    house.run("UPDATE devices SET session_id = 45 WHERE community_id = 1");
    CHECK_FALSE(bo.get("/me/devices").has(" known>"));
    CHECK(page.has("Remove"));
    const auto ask = bo.get("/me/devices/ask", {{"Torv-Fragment", "push-ask"}});
    CHECK(ask.has("Not now"));
    CHECK(house.as("").get("/me/devices").status == 303);
    CHECK(devices::keys(house.site.db()).open == devices::keys(house.site.db()).open);
}

TEST_CASE("push services are told where the operator is reached") {
    CHECK(devices::contact("https://square.example", "Torv <torv@square.example>") ==
          "https://square.example");
    CHECK(devices::contact("http://10.0.0.7:8080", "Torv <torv@square.example>") ==
          "mailto:torv@square.example");
    CHECK(devices::contact("http://10.0.0.7:8080", "torv@square.example") ==
          "mailto:torv@square.example");
    CHECK(devices::contact("http://10.0.0.7:8080", "") == "http://10.0.0.7:8080");
}
