#include <doctest/doctest.h>

#include "features/notifications/house_test.hpp"

using namespace torv;
using torv::notifications::testing::House;

namespace {

/// Kind and why of somebody's newest notice: "topic follow_tag"; empty: none.
std::string newest(House& house, std::string_view who) {
    const auto item = house.newest(who);
    return item["kind"].string_or("") + " " + item["why"].string_or("");
}

void follow(House& house, std::string_view who, const std::string& tag) {
    REQUIRE(house.as(who).post("/tags/" + tag + "/level", {{"level", "watching"}}).status == 303);
    house.site.clock().advance(std::chrono::seconds(1));
}

}  // namespace

TEST_CASE("who follows a tag is told of what names it, in every space they may read") {
    House house;
    follow(house, "cleo", "Bread");
    follow(house, "bo", "bread");
    house.begin("ada", "lounge", "On Sunday", "We bake #bread.");
    CHECK(newest(house, "cleo") == "topic follow_tag");
    CHECK(house.notices("cleo").has("Because you follow a tag it names."));
    const auto topic = house.begin("ada", "garden", "Weeds", "Nothing to eat.");
    CHECK(house.unread("bo") == 1);
    house.answer("ada", topic, "But #bread and #cheese.");
    CHECK(newest(house, "bo") == "answer follow_tag");

    SUBCASE("not where they may not") {
        house.begin("cleo", "kitchen", "For few", "#bread again");
        CHECK(house.unread("bo") == 2);
    }
    SUBCASE("not of their own words, and not twice of one post") {
        follow(house, "bo", "cheese");
        house.begin("bo", "lounge", "Mine", "#bread and #cheese");
        CHECK(house.unread("bo") == 2);
        house.begin("ada", "lounge", "Both", "#bread and #cheese");
        const auto item = house.newest("bo");
        CHECK(item["count"].integer() == 2);  // with the first one, of the same space
    }
    SUBCASE("not any more when they stop") {
        house.as("bo").post("/tags/bread/level", {{"level", "normal"}});
        house.site.clock().advance(std::chrono::seconds(1));
        house.begin("ada", "lounge", "More", "#bread for all");
        CHECK(house.unread("bo") == 2);
    }
    SUBCASE("not of conversations") {
        const auto payloads = house.site.db().read([](db::Tx& tx) {
            return tx.all([](const db::Row& row) { return row.get<std::string>(0); },
                          "SELECT payload FROM activity WHERE community_id = 1 AND kind = "
                          "'post.created' ORDER BY position");
        });
        for (const auto& one : payloads) CHECK(one.find("bread") == std::string::npos);
    }
}

TEST_CASE("a muted space stays silent, and a mention is a mention") {
    House house;
    follow(house, "bo", "bread");
    house.as("bo").post("/s/lounge/level", {{"level", "muted"}});
    house.site.clock().advance(std::chrono::seconds(1));
    house.begin("ada", "lounge", "On Sunday", "We bake #bread.");
    CHECK(house.unread("bo") == 0);
    house.begin("ada", "lounge", "On Monday", "We bake #bread with @bo.");
    CHECK(newest(house, "bo") == "mention named");
}

TEST_CASE("a tag has two levels and any word may be followed; what is no word is not found") {
    House house;
    const auto level = [&](const std::string& path) {
        return house.as("bo").api("GET", "/api/v1" + path).json()["level"].string_or("");
    };
    CHECK(level("/tags/unheard/level") == "normal");
    CHECK(
        house.as("bo").api("PUT", "/api/v1/tags/%C3%98l/level", R"({"level":"watching"})").status ==
        200);
    CHECK(level("/tags/%C3%B8l/level") == "watching");
    CHECK(house.as("bo").get("/me/notices").has("#øl"));
    CHECK(house.as("bo").api("PUT", "/api/v1/tags/bread/level", R"({"level":"muted"})").status ==
          422);
    for (const char* wrong : {"two%20words", "%3Cb%3E", "7", "-", "%23bread"}) {
        CAPTURE(wrong);
        CHECK(house.as("bo").api("GET", std::string("/api/v1/tags/") + wrong + "/level").status ==
              404);
        CHECK(house.as("bo")
                  .post(std::string("/tags/") + wrong + "/level", {{"level", "watching"}})
                  .status == 404);
    }
    CHECK(house.as("guest").post("/tags/bread/level", {{"level", "watching"}}).status != 200);
    const auto kept = house.site.db().read([](db::Tx& tx) {
        return tx.one("SELECT count(*) FROM notice_tags WHERE community_id = 1")
            ->get<std::int64_t>(0);
    });
    CHECK(kept == 1);
}
