#include "features/scheduling/scheduling.hpp"

#include <doctest/doctest.h>

#include "features/curation/curation.hpp"
#include "features/drafts/drafts.hpp"
#include "features/notifications/notifications.hpp"
#include "platform/activity/activity.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/testing/site.hpp"

namespace torv::scheduling {

namespace {

using torv::testing::Answer;
using torv::testing::Fields;
using torv::testing::Site;
using namespace std::chrono_literals;

/// It is ten o'clock on Saturday 21 November 2026, in UTC.
struct House {
    House() : site({topics::routes, curation::routes, notifications::routes, scheduling::routes}) {
        notifications::follow(site.activity(), site.jobs());
        scheduling::follow(site.jobs());
    }

    torv::testing::Person& as(std::string_view who) { return site.as(who); }
    void pass(microseconds span) {
        site.clock().advance(span);
        site.settle();
    }
    std::int64_t number(std::string_view sql) {
        return site.db().read([&](db::Tx& tx) { return tx.one(sql)->get<std::int64_t>(0); });
    }
    std::string space(std::string_view slug) {
        return site.db().read([&](db::Tx& tx) {
            return tx.one("SELECT id FROM spaces WHERE community_id = 1 AND slug = $1", slug)
                ->get<SpaceId>(0)
                .text();
        });
    }
    /// Begins a topic; its id.
    std::string begin(std::string_view who) {
        REQUIRE(
            as(who).post("/s/lounge/topics", {{"title", "Picnic"}, {"body", "Saturday?"}}).status ==
            303);
        site.settle();
        return std::to_string(number("SELECT max(id) FROM topics WHERE community_id = 1"));
    }
    Answer later(std::string_view who, const std::string& topic, const std::string& at,
                 const std::string& repeat = "") {
        return as(who).post(
            "/scheduled",
            {{"topic", topic}, {"body", "I bring bread."}, {"at", at}, {"repeat", repeat}});
    }
    std::string newest() {
        return std::to_string(number("SELECT max(id) FROM scheduled_posts WHERE community_id = 1"));
    }
    std::int64_t said() {
        return number(
            "SELECT count(*) FROM posts WHERE community_id = 1 AND body_md = 'I bring bread.'");
    }
    std::int64_t waiting() {
        return number("SELECT count(*) FROM scheduled_posts WHERE community_id = 1");
    }
    int notices(std::string_view who) {
        int count = 0;
        const auto all = as(who).api("GET", "/api/v1/notices").json();
        for (const auto& one : all["items"].items())
            count += one["kind"].string_or("") == "reminder";
        return count;
    }

    Site site;
};

}  // namespace

TEST_CASE("a reply that waits is posted at its moment, once, and is nobody else's to see before") {
    House house;
    const auto topic = house.begin("ada");
    REQUIRE(house.later("bo", topic, "2026-11-21T12:00").status == 303);
    CHECK(house.as("bo").get("/scheduled").has("I bring bread."));
    CHECK(!house.as("ada").get("/scheduled").has("I bring bread."));
    const auto path = "/scheduled/" + house.newest();
    CHECK(house.as("bo").get(path).has("I bring bread."));
    CHECK(house.as("ada").get(path).status == 404);
    CHECK(house.as("ada").post(path + "/now").status == 404);
    CHECK(house.site.guest().get("/scheduled").status == 303);

    house.pass(2h - 1s);
    CHECK(house.said() == 0);
    house.pass(1s);
    CHECK(house.said() == 1);
    CHECK(house.waiting() == 0);
    CHECK(house.as("cleo").get("/t/" + topic).has("I bring bread."));
    house.pass(48h);
    CHECK(house.said() == 1);
}

TEST_CASE("a topic comes every week at the same hour, and goes on") {
    House house;
    REQUIRE(house.as("bo")
                .post("/scheduled", {{"space", house.space("lounge")},
                                     {"title", "Who bakes?"},
                                     {"body", "Say so here."},
                                     {"at", "2026-11-23T08:00"},
                                     {"repeat", "weekly"}})
                .status == 303);
    const auto begun = [&] {
        return house.number(
            "SELECT count(*) FROM topics WHERE community_id = 1 AND title = 'Who bakes?'");
    };
    house.pass(46h);
    CHECK(begun() == 1);
    house.pass(24h * 7);
    CHECK(begun() == 2);
    CHECK(house.as("bo").get("/scheduled").has("Posted 2 times"));
}

TEST_CASE("what was missed while nobody was there is made up for once") {
    House house;
    const auto topic = house.begin("ada");
    REQUIRE(house.later("bo", topic, "2026-11-22T08:00", "daily").status == 303);
    house.pass(24h * 10);
    CHECK(house.said() == 1);
    house.pass(24h);
    CHECK(house.said() == 2);
}

TEST_CASE("a job that runs again after it was done does nothing") {
    House house;
    const auto topic = house.begin("ada");
    REQUIRE(house.later("bo", topic, "2026-11-22T08:00", "daily").status == 303);
    const auto payload = house.site.db().read([](db::Tx& tx) {
        return tx.one("SELECT payload FROM jobs WHERE kind = 'scheduled.post'")
            ->get<std::string>(0);
    });
    house.pass(24h);
    CHECK(house.said() == 1);
    // Killed after it had posted and before the queue knew.
    house.site.db().write([&](db::Tx& tx) {
        jobs::enqueue(tx,
                      {.community = CommunityId{1}, .kind = "scheduled.post", .payload = payload});
    });
    house.pass(1s);
    CHECK(house.said() == 1);
}

TEST_CASE("who may not write there any more posts nothing, keeps the text, and is told") {
    House house;
    const auto topic = house.begin("ada");
    REQUIRE(house.later("bo", topic, "2026-11-21T12:00").status == 303);
    REQUIRE(house.as("ada").put("/t/" + topic + "/lock").status == 303);
    house.pass(3h);
    CHECK(house.said() == 0);
    CHECK(house.notices("bo") == 1);
    const auto list = house.as("bo").get("/scheduled");
    CHECK(list.has("I bring bread."));
    CHECK(list.has("This could not be posted."));
    CHECK(house.as("bo").get("/notices").has("could not be posted"));

    REQUIRE(house.as("ada").del("/t/" + topic + "/lock").status == 303);
    REQUIRE(house.as("bo").post("/scheduled/" + house.newest() + "/now").status == 303);
    CHECK(house.said() == 1);
    CHECK(house.waiting() == 0);
}

TEST_CASE("who is no member any more posts nothing") {
    House house;
    const auto topic = house.begin("ada");
    REQUIRE(house.later("bo", topic, "2026-11-21T12:00").status == 303);
    house.site.db().write([&](db::Tx& tx) {
        tx.run("UPDATE members SET state = 2 WHERE community_id = 1 AND id = $1",
               house.as("bo").viewer.id);
    });
    house.pass(3h);
    CHECK(house.said() == 0);
}

TEST_CASE("it is changed, posted now and deleted, and what is not right comes back with its text") {
    House house;
    const auto topic = house.begin("ada");
    for (const auto* at : {"2026-11-20T08:00", "soon", "2031-01-01T08:00"}) {
        const auto again = house.later("bo", topic, at);
        CHECK(again.status == 422);
        CHECK(again.has("I bring bread."));
    }
    REQUIRE(house.later("bo", topic, "2026-11-21T12:00", "daily").status == 303);
    const auto path = "/scheduled/" + house.newest();
    REQUIRE(house.as("bo")
                .post(path, {{"_method", "PATCH"},
                             {"body", "I bring cheese."},
                             {"at", "2026-11-21T13:00"},
                             {"repeat", "daily"}})
                .status == 303);
    house.pass(150min);
    CHECK(house.said() == 0);
    REQUIRE(house.as("bo").post(path + "/now?posted=0").status == 303);
    CHECK(house.as("bo").post(path + "/now?posted=0").status == 409);
    house.pass(1h);
    CHECK(house.number("SELECT count(*) FROM posts WHERE community_id = 1 AND body_md = 'I bring "
                       "cheese.'") == 2);
    REQUIRE(house.as("bo").del(path).status == 303);
    CHECK(house.waiting() == 0);
    house.pass(48h);
    CHECK(house.number("SELECT count(*) FROM posts WHERE community_id = 1 AND body_md = 'I bring "
                       "cheese.'") == 2);
}

TEST_CASE("where one may not write nothing is scheduled, and a hidden place is not found") {
    House house;
    const auto topic = house.begin("ada");
    REQUIRE(house.as("ada").put("/t/" + topic + "/lock").status == 303);
    CHECK(house.later("bo", topic, "2026-11-21T12:00").status == 403);
    CHECK(house.as("bo").get("/scheduled/new?topic=" + topic).status == 403);
    CHECK(house.as("bo").get("/scheduled/new?space=" + house.space("attic")).status == 404);
    CHECK(house.as("bo").get("/scheduled/new?space=7777").status == 404);
}

TEST_CASE("what the author is writing there meanwhile stays theirs") {
    House house;
    const auto topic = house.begin("ada");
    REQUIRE(house.later("bo", topic, "2026-11-21T12:00").status == 303);
    house.site.db().write([&](db::Tx& tx) {
        return drafts::keep(tx, house.as("bo").viewer, "topic:" + topic, "", "And cheese");
    });
    house.pass(3h);
    CHECK(house.said() == 1);
    CHECK(house.as("bo").get("/t/" + topic).has("And cheese"));
}

TEST_CASE("the composer's text comes along, and the button stands where one may write later") {
    House house;
    const auto topic = house.begin("ada");
    CHECK(house.as("bo").get("/t/" + topic).has("/scheduled/new?topic=" + topic));
    CHECK(house.as("bo").get("/s/lounge/new").has("/scheduled/new?space="));
    const auto form =
        house.as("bo").post("/scheduled/new?topic=" + topic, {{"body", "I bring butter."}});
    CHECK(form.status == 200);
    CHECK(form.has("I bring butter."));
    CHECK(form.has("2026-11-22T08:00"));
}

}  // namespace torv::scheduling
