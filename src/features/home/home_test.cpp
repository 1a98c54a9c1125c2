#include <doctest/doctest.h>

#include "features/home/home.hpp"
#include "features/home/views.hpp"
#include "features/topics/topics.hpp"
#include "platform/db/db.hpp"
#include "platform/testing/site.hpp"

using namespace torv;
using torv::testing::Site;

namespace {

void begin(Site& site, std::string_view who, std::string_view space, std::string_view title) {
    site.clock().advance(std::chrono::seconds(1));
    const auto made = site.as(who).post("/s/" + std::string(space) + "/topics",
                                        {{"title", std::string(title)}, {"body", "Who joins?"}});
    REQUIRE(made.status == 303);
}

}  // namespace

TEST_CASE("each sees the talk of the spaces that are open to them, and no other") {
    Site site{{home::routes, topics::routes}};
    begin(site, "bo", "lounge", "Open to all");
    begin(site, "bo", "garden", "Among members");
    begin(site, "cleo", "kitchen", "For the crew");
    begin(site, "olga", "attic", "For one pair of eyes");

    const auto guest = site.guest().get("/");
    CHECK(guest.status == 200);
    CHECK(guest.has("Open to all"));
    CHECK_FALSE(guest.has("Among members"));
    CHECK_FALSE(guest.has("For the crew"));

    const auto bo = site.as("bo").get("/");
    CHECK(bo.has("Open to all"));
    CHECK(bo.has("Among members"));
    CHECK_FALSE(bo.has("For the crew"));
    CHECK_FALSE(bo.has("For one pair of eyes"));

    CHECK(site.as("cleo").get("/").has("For the crew"));
    CHECK(site.as("olga").get("/").has("For one pair of eyes"));
}

TEST_CASE("a guest of a closed community learns its name and nothing of its talk or people") {
    Site site{{home::routes, topics::routes}};
    begin(site, "bo", "lounge", "Open to all");
    site.db().write(
        [](db::Tx& tx) { tx.run("UPDATE communities SET guests_may_read = 0 WHERE id = 1"); });
    const auto page = site.guest().get("/");
    CHECK(page.status == 200);
    CHECK(page.has("The Square"));
    CHECK_FALSE(page.has("Open to all"));
    CHECK_FALSE(page.has("Bo Bergström"));
    CHECK(page.has("noindex"));
}

TEST_CASE("what is new to a member stands above what they know, and home says when that is all") {
    Site site{{home::routes, topics::routes}};
    begin(site, "bo", "lounge", "Open to all");
    const auto news = site.as("ada").get("/");
    CHECK(news.has("topic-row--unread"));
    CHECK(news.has(">Lounge</a>"));
    CHECK_FALSE(news.has("empty--calm"));
    const auto writer = site.as("bo").get("/");
    CHECK_FALSE(writer.has("topic-row--unread"));
    CHECK(writer.has("empty--calm"));
}

TEST_CASE("who has just come is shown a place to say hello, for a fortnight") {
    Site site{{home::routes, topics::routes}};
    CHECK_FALSE(site.as("bo").get("/").has("card--step"));
    site.db().write([&](db::Tx& tx) {
        tx.run("UPDATE members SET joined_at = $1 WHERE community_id = 1 AND id = 24", tx.now());
    });
    CHECK(site.as("bo").get("/").has("href=\"/s/lounge/new\""));
    site.clock().advance(std::chrono::days(15));
    CHECK_FALSE(site.as("bo").get("/").has("card--step"));
}

TEST_CASE("the greeting follows the hour") {
    using home::views::greeting;
    CHECK(greeting(4) == "home.night");
    CHECK(greeting(5) == "home.morning");
    CHECK(greeting(10) == "home.day");
    CHECK(greeting(18) == "home.evening");
}
