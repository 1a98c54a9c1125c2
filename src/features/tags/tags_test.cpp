#include "features/tags/tags.hpp"

#include <doctest/doctest.h>

#include "features/curation/curation.hpp"
#include "features/topics/topics.hpp"
#include "platform/activity/activity.hpp"
#include "platform/testing/site.hpp"

namespace torv::tags {

namespace {

using testing::Site;

struct House {
    House() : site({topics::routes, curation::routes, tags::routes}) {
        tags::follow(site.activity());
    }
    /// Begins a topic; its address.
    std::string begin(std::string_view who, const std::string& space, const std::string& body) {
        site.clock().advance(std::chrono::seconds(1));
        const auto made =
            site.as(who).post("/s/" + space + "/topics", {{"title", "A topic"}, {"body", body}});
        REQUIRE(made.status == 303);
        site.settle();
        const std::string location = made.location();
        return location.substr(0, location.find('/', 3));
    }
    /// "coffee 2, tea 1"
    std::string listed(std::string_view who, const std::string& query = "") {
        site.settle();
        std::string text;
        const auto answer = site.as(who).api("GET", "/api/v1/tags" + query);
        REQUIRE(answer.status == 200);
        const auto json = answer.json();
        for (const auto& item : json["items"].items())
            text += (text.empty() ? "" : ", ") + std::string(item["tag"].string_or("")) + " " +
                    std::to_string(item["posts"].integer().value_or(-1));
        return text;
    }
    std::size_t posts(std::string_view who, const std::string& tag) {
        site.settle();
        return site.as(who)
            .api("GET", "/api/v1/tags/" + tag + "/posts")
            .json()["items"]
            .items()
            .size();
    }
    std::string opening(const std::string& topic) {
        return site.db().read([&](db::Tx& tx) {
            return tx
                .one(
                    "SELECT post_id FROM topics_findable WHERE community_id = 1 AND topic_id = $1 "
                    "AND opening = 1",
                    TopicId::parse(topic.substr(3)).value())
                ->get<PostId>(0)
                .text();
        });
    }

    Site site;
};

}  // namespace

TEST_CASE("what posts name is listed, the most named first, and each leads to its posts") {
    House house;
    house.begin("bo", "lounge", "I like #coffee and #Tea. #coffee again, and `#code`, #1.");
    house.begin("ada", "lounge", "#COFFEE too");
    CHECK(house.listed("bo") == "coffee 2, tea 1");
    CHECK(house.listed("bo", "?q=T") == "tea 1");
    CHECK(house.posts("bo", "coffee") == 2);
    CHECK(house.posts("bo", "COFFEE") == 2);
    CHECK(house.site.as("bo").api("GET", "/api/v1/tags/code/posts").status == 404);
    const auto page = house.site.as("bo").get("/tags/coffee");
    CHECK(page.has("#coffee"));
    CHECK(page.has("2 posts"));
    CHECK(house.site.as("bo").get("/tags").has("href=\"/tags/tea\""));
    CHECK(house.site.as("bo").get("/tags/never").has("No post names it"));
}

TEST_CASE("a tag in a post leads to its page") {
    House house;
    const auto topic = house.begin("bo", "lounge", "We bake #æbleskiver.");
    CHECK(house.site.as("bo").get(topic).has(
        "<a class=\"tag\" href=\"/tags/%C3%A6bleskiver\">#æbleskiver</a>"));
    CHECK(house.site.as("bo").get("/tags/%C3%A6bleskiver").has("1 post"));
}

TEST_CASE("a tag is where it is named: who may not read that does not learn of it") {
    House house;
    house.begin("cleo", "kitchen", "#saffron and #salt");
    house.begin("bo", "garden", "#salt for the path");
    CHECK(house.listed("cleo") == "salt 2, saffron 1");
    CHECK(house.listed("bo") == "salt 1");
    CHECK_FALSE(house.site.guest().get("/tags").has("salt"));
    CHECK(house.posts("bo", "saffron") == 0);
    CHECK(house.posts("bo", "salt") == 1);
    CHECK_FALSE(house.site.as("gus").get("/tags").has("salt"));
    CHECK_FALSE(house.site.guest().get("/tags/salt").has("the path"));
}

TEST_CASE("tags follow an edit, a deletion, a return and a move") {
    House house;
    const auto topic = house.begin("bo", "lounge", "#one and #two");
    const auto post = house.opening(topic);
    auto& bo = house.site.as("bo");
    CHECK(bo.api("PATCH", "/api/v1/posts/" + post, R"({"body":"#two and #three"})").status == 200);
    CHECK(house.listed("ada") == "three 1, two 1");
    CHECK(bo.api("DELETE", "/api/v1/posts/" + post).status == 204);
    CHECK(house.listed("ada").empty());
    CHECK(bo.api("POST", "/api/v1/posts/" + post + "/restore").status == 200);
    CHECK(house.listed("ada") == "three 1, two 1");
    CHECK(house.site.guest().get("/tags").has("/tags/three"));
    CHECK(house.site.as("ada").put(topic + "/space", {{"space", "32"}}).status == 303);
    CHECK(house.listed("ada") == "three 1, two 1");
    CHECK_FALSE(house.site.guest().get("/tags").has("/tags/three"));
    house.site.activity().reset("tags");
    CHECK(house.listed("ada") == "three 1, two 1");
    CHECK_FALSE(house.site.guest().get("/tags").has("/tags/three"));
}

TEST_CASE("what was split away and deleted is not counted any more") {
    House house;
    const auto topic = house.begin("bo", "lounge", "#one");
    house.site.clock().advance(std::chrono::seconds(1));
    const auto said = house.site.as("bo").api(
        "POST", "/api/v1/topics/" + topic.substr(3) + "/posts", R"({"body":"#two"})");
    REQUIRE(said.status == 201);
    const auto json = said.json();
    const std::string post(json["id"].string_or(""));
    auto& ada = house.site.as("ada");
    const auto split =
        ada.post(topic + "/split", {{"title", "Two"}, {"space", "31"}, {"posts", post}});
    REQUIRE(split.status == 303);
    CHECK(house.listed("ada") == "one 1, two 1");
    const std::string away = split.location();
    CHECK(ada.del(away.substr(0, away.find('/', 3))).status == 303);
    CHECK(house.listed("ada") == "one 1");
}

TEST_CASE("a long list goes on behind its last post") {
    House house;
    for (int i = 0; i < 31; ++i) house.begin("bo", "lounge", "#often " + std::to_string(i));
    auto& ada = house.site.as("ada");
    const auto first = ada.get("/tags/often");
    CHECK(first.has("#often 30"));
    CHECK_FALSE(first.has("#often 0<"));
    const auto at = first.body.find("/tags/often?cursor=");
    REQUIRE(at != std::string::npos);
    const auto next = ada.get(first.body.substr(at, first.body.find('"', at) - at));
    CHECK(next.has("#often 0"));
    CHECK_FALSE(next.has("#often 1<"));
    CHECK(ada.get("/tags/often?cursor=x").status == 400);
}

}  // namespace torv::tags
