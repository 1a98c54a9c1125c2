#include "features/circles/circles.hpp"

#include <doctest/doctest.h>

#include "features/notifications/notifications.hpp"
#include "features/spaces/spaces.hpp"
#include "features/topics/topics.hpp"
#include "platform/activity/activity.hpp"
#include "platform/testing/site.hpp"

namespace torv::notifications {

namespace {

using torv::testing::Answer;
using torv::testing::Fields;
using torv::testing::Site;

struct House {
    House() : site({circles::routes, spaces::routes, topics::routes, notifications::routes}) {
        notifications::follow(site.activity(), site.jobs());
    }
    torv::testing::Person& as(std::string_view who) { return site.as(who); }
    Answer post(std::string_view who, const std::string& target, const Fields& form = {}) {
        site.clock().advance(std::chrono::seconds(1));
        const auto done = as(who).post(target, form);
        REQUIRE(done.status == 303);
        site.settle();
        return done;
    }
    std::string make(const std::string& name, const std::string& entry) {
        post("olga", "/circles", {{"name", name}, {"visibility", "members"}, {"entry", entry}});
        return "/circles/" + name;
    }
    /// The id in "/circles/4711".
    std::string id_of(const std::string& circle) {
        const auto all = as("olga").api("GET", "/api/v1/circles").json();
        for (const auto& one : all["items"].items())
            if ("/circles/" + std::string(one["slug"].string_or("")) == circle)
                return std::string(one["id"].string_or(""));
        return {};
    }
    std::int64_t unread(std::string_view who) {
        return as(who).api("GET", "/api/v1/notices/count").json()["unread"].integer().value_or(-1);
    }
    /// "circle: Ada Lind put you in …" of the newest.
    std::string newest(std::string_view who) {
        const auto all = as(who).api("GET", "/api/v1/notices").json();
        const auto& items = all["items"].items();
        if (items.empty()) return {};
        return std::string(items.front()["kind"].string_or("")) + ": " +
               std::string(items.front()["text"].string_or(""));
    }

    Site site;
};

}  // namespace

TEST_CASE("who is put in a circle is told, and who joins by themselves is not") {
    House house;
    const auto circle = house.make("bakers", "open");
    house.post("ada", circle + "/members", {{"handle", "bo"}});
    CHECK(house.newest("bo") == "circle: Ada Lind put you in the circle “bakers”");
    CHECK(house.unread("bo") == 1);
    CHECK(house.unread("ada") == 0);
    house.post("cleo", circle + "/join");
    CHECK(house.unread("cleo") == 0);

    const auto notices = house.as("bo").get("/notices");
    CHECK(notices.has("put you in the circle"));
    REQUIRE(house.as("olga").del(circle).status == 303);
    house.site.settle();
    CHECK(house.newest("bo") == "circle: Ada Lind put you in the circle “bakers”");
}

TEST_CASE("those who let people in are told of a request, and who asked hears that they are in") {
    House house;
    const auto circle = house.make("bakers", "request");
    house.post("bo", circle + "/requests", {{"answer", "Rye"}});
    for (const auto* who : {"olga", "dan", "ada"})
        CHECK(house.newest(who) == "request: Bo Bergström asks to come into the circle “bakers”");
    CHECK(house.unread("cleo") == 0);
    const auto all = house.as("ada").api("GET", "/api/v1/notices").json();
    const std::string url(all["items"].items().front()["url"].string_or(""));
    CHECK(url.ends_with("/circles/" + house.id_of(circle)));
    CHECK(house.as("ada").get("/circles/" + house.id_of(circle)).location() == circle);

    house.post("ada", circle + "/members", {{"handle", "bo"}});
    CHECK(house.newest("bo") == "circle: Ada Lind put you in the circle “bakers”");

    // Where the circle opens a space, those who may answer are told.
    const auto crew = house.make("crew", "request");
    REQUIRE(house.as("olga").api("PUT", "/api/v1/spaces/34/circles/" + house.id_of(crew)).status ==
            204);
    house.site.settle();
    const auto before = house.unread("ada");
    house.post("cleo", crew + "/requests");
    CHECK(house.unread("ada") == before);
    CHECK(house.newest("dan") == "request: Cleo Dubois asks to come into the circle “crew”");
}

TEST_CASE("whom a rule lets in or takes out is told, by nobody in particular") {
    House house;
    const auto circle = house.make("crew", "closed");
    const std::string rule = "/api/v1/circles/" + house.id_of(circle) + "/rule";
    house.post("ada", circle + "/members", {{"handle", "bo"}});
    REQUIRE(house.as("olga").api("PUT", rule, R"({"metric":"role","role":"moderator"})").status ==
            204);
    house.site.settle();
    CHECK(house.newest("ada") == "circle: You are in the circle “crew” now");
    CHECK(house.newest("bo") == "circle: You are not in the circle “crew” any more");
    CHECK(house.as("bo").get("/notices").has("You are not in the circle"));
    CHECK_FALSE(house.as("bo").get("/notices").has("Somebody"));
    CHECK(house.unread("cleo") == 0);
}

TEST_CASE("with the circle goes the space: its posts, its notices and their number") {
    House house;
    const auto circle = house.make("crew", "open");
    REQUIRE(
        house.as("olga").api("PUT", "/api/v1/spaces/33/circles/" + house.id_of(circle)).status ==
        204);
    CHECK(house.as("bo").get("/s/kitchen").status == 403);
    house.post("bo", circle + "/join");
    const auto topic =
        house.post("bo", "/s/kitchen/topics", {{"title", "Soup"}, {"body", "Hot?"}}).location();
    const std::string address = topic.substr(0, topic.find('/', 3));
    house.post("cleo", address + "/posts", {{"body", "Very, @bo"}});
    CHECK(house.unread("bo") == 1);
    CHECK(house.newest("bo").starts_with("mention: Cleo Dubois"));

    REQUIRE(house.as("bo").del(circle + "/members/24").status == 303);
    house.site.settle();
    CHECK(house.as("bo").get(address).status == 404);
    CHECK(house.as("bo").post(address + "/posts", {{"body", "Still?"}}).status == 404);
    CHECK(house.unread("bo") == 0);
    CHECK(house.newest("bo").empty());
    house.post("cleo", address + "/posts", {{"body", "Gone, @bo"}});
    CHECK(house.unread("bo") == 0);
}

}  // namespace torv::notifications
