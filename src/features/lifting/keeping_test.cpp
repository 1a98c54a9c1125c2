#include <doctest/doctest.h>

#include <thread>

#include "features/lifting/house_test.hpp"
#include "platform/activity/activity.hpp"

using namespace torv;
using lifting::testing::House;

namespace {

std::int64_t unread(House& house, std::string_view who, const std::string& topic) {
    return house.topic(who, "/t/" + topic)["unread"].integer().value_or(-1);
}

}  // namespace

TEST_CASE("what was read stays read, and what was not stays new") {
    House house;
    const auto first = house.say("bo", "One");
    const auto second = house.say("bo", "Two");
    house.say("bo", "Three");
    const auto stream = house.stream();
    house.as("cleo").post("/t/" + stream + "/read", {{"post", first}});
    house.site.clock().advance(std::chrono::seconds(1));
    house.as("dan").post("/s/porch/read");
    CHECK(unread(house, "cleo", stream) == 2);

    const auto topic = House::address(house.lift("ada", {first, second}, "s32").location());
    CHECK(unread(house, "cleo", stream) == 1);
    CHECK(unread(house, "cleo", topic.substr(3)) == 1);  // read the first, not the second
    CHECK(house.topic("dan", topic)["is_unread"].boolean() == false);
    CHECK(house.topic("bo", topic)["is_unread"].boolean() == false);
    CHECK(house.topic("olga", topic)["is_unread"].boolean() == true);  // was never there
    house.say("bo", "Four");
    CHECK(unread(house, "cleo", stream) == 2);
    CHECK(house.undo("ada").status == 303);
    CHECK(unread(house, "cleo", stream) == 3);
}

TEST_CASE("nobody is told again, and notices lead to where the messages stand") {
    House house;
    const auto said = house.say("bo", "Bread, @cleo?");
    house.say("ada", "I bake too", said);
    house.site.settle();
    const auto notices = [&](std::string_view who) {
        return house.as(who).get("/api/v1/notices").json()["items"].items().size();
    };
    const auto before = std::pair(notices("cleo"), notices("bo"));
    CHECK(before.first == 1);
    const auto topic = House::address(house.lift("dan", {said}, "s32").location());
    house.site.settle();
    CHECK(std::pair(notices("cleo"), notices("bo")) == before);
    const auto placed = [&] {
        return house.site.db().read([](db::Tx& tx) {
            const auto row = tx.one(
                "SELECT topic_id, space_id FROM notices WHERE community_id = 1 AND member_id = 25");
            return std::pair(row->get<TopicId>(0).text(), row->get<int>(1));
        });
    };
    CHECK(placed() == std::pair(topic.substr(3), 32));

    // Derived again from the first activity they are the same.
    const auto shown = placed();
    house.site.activity().reset("notices");
    house.site.settle();
    CHECK(placed() == shown);
    CHECK(std::pair(notices("cleo"), notices("bo")) == before);
    CHECK(house.undo("dan").status == 303);
    house.site.settle();
    CHECK(placed() == std::pair(house.stream(), 35));
    CHECK(std::pair(notices("cleo"), notices("bo")) == before);
}

TEST_CASE("search finds messages where they stand") {
    House house;
    house.site.db().write([](db::Tx& tx) {
        tx.run("UPDATE spaces SET visibility = 0 WHERE community_id = 1 AND id = 35");
    });
    const auto said = house.say("bo", "Sourdough for everybody");
    house.site.settle();
    const auto found = [&](std::string_view who) {
        return house.as(who).get("/search?q=sourdough").has("/p/" + said);
    };
    CHECK(found(""));
    REQUIRE(house.lift("ada", {said}, "s32").status == 303);
    house.site.settle();
    CHECK(!found(""));                          // the garden is for members
    const auto topic = "/t/" + house.target();  // its opening is found as the topic
    CHECK(house.as("cleo").get("/search?q=sourdough").has(topic));
    CHECK(house.as("cleo").get("/search?q=bread").has(topic));
    CHECK(house.undo("ada").status == 303);
    house.site.settle();
    CHECK(found(""));
    CHECK(!house.as("cleo").get("/search?q=bread").has("result__link"));
}

TEST_CASE("of many who lift at once each message goes with one") {
    House house;
    std::vector<PostId> posts;
    for (int i = 0; i < 6; ++i)
        posts.push_back(PostId::parse(house.say("bo", "Message " + std::to_string(i))).value());
    const TopicId stream = TopicId::parse(house.stream()).value();
    auth::Viewer ada = house.as("ada").viewer;
    ada.community = CommunityId{1};
    std::atomic<int> done = 0, refused = 0;
    {
        std::vector<std::jthread> hands;
        for (int i = 0; i < 4; ++i)
            hands.emplace_back([&, i] {
                const std::vector<PostId> mine{posts[i], posts[i + 1], posts[i + 2]};
                const auto lifted = house.site.db().write([&](db::Tx& tx) {
                    return lifting::lift(tx, ada, stream, mine,
                                         {.topic = {}, .space = SpaceId{32}, .title = "A topic"});
                });
                if (lifted) ++done;
                else if (lifted.error().fault == Fault::Conflict) ++refused;
            });
    }
    CHECK(done >= 1);
    CHECK(done + refused == 4);
    const auto counted = house.site.db().read([](db::Tx& tx) {
        return tx.one(
            "SELECT count(*), sum(CASE WHEN topic_id IN (SELECT to_id FROM lifts WHERE "
            "community_id = 1) THEN 1 ELSE 0 END) FROM posts WHERE community_id = 1");
    });
    CHECK(counted->get<int>(0) == 6);
    CHECK(counted->get<int>(1) == 3 * done);
    CHECK(topics::check(house.site.db()).empty());
}

TEST_CASE("a program lifts, looks and puts back") {
    House house;
    const auto first = house.say("bo", "Who bakes bread?");
    const auto second = house.say("ada", "I do, Bo", first);
    const std::string lifts = "/api/v1/topics/" + house.stream() + "/lifts";
    auto& ada = house.as("ada");
    const auto around = ada.get("/api/v1/posts/" + second + "/conversation").json()["items"];
    CHECK(around.items().size() == 2);
    const std::string chosen = "\"posts\":[\"" + first + "\",\"" + second + "\"]";
    CHECK(ada.api("POST", lifts, "{" + chosen + R"(,"space":"31","title":"Bread"})").status == 422);
    CHECK(ada.api("POST", lifts, R"({"posts":"1","space":"32","title":"Bread"})").status == 422);
    CHECK(house.as("cleo")
              .api("POST", lifts, "{" + chosen + R"(,"space":"32","title":"Bread"})")
              .status == 403);
    const auto made = ada.api("POST", lifts, "{" + chosen + R"(,"space":"32","title":"Bread"})");
    REQUIRE(made.status == 201);
    const auto lift = made.json();
    CHECK(lift["posts"].items().size() == 2);
    const std::string at = "/api/v1/lifts/" + lift["id"].string_or("");
    CHECK(made.location() == at);
    CHECK(ada.get(at).json()["topic"].string_or("") == lift["topic"].string_or("x"));
    CHECK(house.as("cleo").api("DELETE", at).status == 403);
    CHECK(ada.api("DELETE", at).status == 204);
    CHECK(!ada.get(at).json()["undone_at"].is_null());
    CHECK(house.as("cleo")
              .get("/api/v1/posts/" + first + "/conversation")
              .json()["items"]
              .items()
              .empty());  // nothing of it is hers
}
