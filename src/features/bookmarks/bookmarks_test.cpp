#include "features/bookmarks/bookmarks.hpp"

#include <doctest/doctest.h>

#include "features/curation/curation.hpp"
#include "features/messages/messages.hpp"
#include "features/notifications/notifications.hpp"
#include "platform/activity/activity.hpp"
#include "platform/i18n/i18n.hpp"
#include "platform/testing/site.hpp"

namespace torv::bookmarks {

namespace {

using torv::testing::Answer;
using torv::testing::Fields;
using torv::testing::Site;
using namespace std::chrono_literals;

struct House {
    House()
        : site({topics::routes, curation::routes, notifications::routes, messages::routes,
                bookmarks::routes}) {
        notifications::follow(site.activity(), site.jobs());
        bookmarks::follow(site.jobs());
    }

    torv::testing::Person& as(std::string_view who) { return site.as(who); }
    /// Begins a topic; the id of its opening post.
    std::string begin(std::string_view who, const std::string& space, const std::string& title) {
        site.clock().advance(1s);
        const auto made = as(who).post("/s/" + space + "/topics",
                                       {{"title", title}, {"body", "The words of " + title}});
        REQUIRE(made.status == 303);
        site.settle();
        return site.db().read([](db::Tx& tx) {
            return tx.one("SELECT max(id) FROM posts WHERE community_id = 1")
                ->get<PostId>(0)
                .text();
        });
    }
    Answer save(std::string_view who, const std::string& post, const Fields& form = {}) {
        site.clock().advance(1s);
        return as(who).put("/p/" + post + "/bookmark", form);
    }
    Answer list(std::string_view who) { return as(who).get("/bookmarks"); }
    void pass(microseconds span) {
        site.clock().advance(span);
        site.settle();
    }
    int reminders(std::string_view who) {
        int count = 0;
        const auto all = as(who).api("GET", "/api/v1/notices").json();
        for (const auto& one : all["items"].items())
            count += one["kind"].string_or("") == "reminder";
        return count;
    }

    Site site;
};

Instant at(std::string_view text) { return Instant::parse_rfc3339(text).value(); }

}  // namespace

TEST_CASE("what is put aside is in one's own list, and in nobody else's") {
    House house;
    const auto post = house.begin("ada", "garden", "Apple trees");
    const auto form = house.as("bo").get("/p/" + post + "/bookmark");
    CHECK(form.status == 200);
    CHECK(form.has("The words of Apple trees"));
    CHECK(house.save("bo", post, {{"note", "  For the **spring** "}}).status == 303);
    CHECK(house.save("bo", post, {{"note", "For the spring & summer"}}).status == 303);

    const auto mine = house.list("bo");
    CHECK(mine.has("Apple trees"));
    CHECK(mine.has("For the spring &amp; summer"));
    CHECK_FALSE(house.list("ada").has("Apple trees"));
    CHECK(house.as("bo").get("/p/" + post + "/bookmark").has("For the spring &amp; summer"));
    CHECK(house.as("guest").get("/bookmarks").status != 200);

    CHECK(house.as("bo").del("/p/" + post + "/bookmark").status == 303);
    CHECK(house.as("bo").del("/p/" + post + "/bookmark").status == 303);
    CHECK_FALSE(house.list("bo").has("Apple trees"));
}

TEST_CASE("only what one may read can be put aside, and it shows no words when that has ended") {
    House house;
    const auto secret = house.begin("cleo", "kitchen", "Secret recipe");
    CHECK(house.save("bo", secret).status == 404);
    CHECK(house.as("bo").get("/p/" + secret + "/bookmark").status == 404);
    CHECK(house.save("bo", "77").status == 404);

    const auto open = house.begin("ada", "garden", "Will be gone");
    REQUIRE(house.save("bo", open, {{"note", "My own note"}, {"when", "later"}}).status == 303);
    REQUIRE(house.as("ada").del("/p/" + open).status == 303);
    const auto list = house.list("bo");
    CHECK_FALSE(list.has("Will be gone"));
    CHECK(list.has("not here any more"));
    CHECK(list.has("My own note"));
    house.pass(4h);
    CHECK(house.reminders("bo") == 0);
}

TEST_CASE("a reminder comes once, at the moment that was chosen last") {
    House house;
    const auto post = house.begin("ada", "garden", "Apple trees");
    REQUIRE(house.save("bo", post, {{"when", "later"}}).status == 303);
    REQUIRE(house.save("bo", post, {{"when", "tomorrow"}}).status == 303);
    house.pass(4h);
    CHECK(house.reminders("bo") == 0);
    house.pass(24h);
    CHECK(house.reminders("bo") == 1);
    CHECK(house.reminders("ada") == 0);
    CHECK(house.as("bo").get("/notices").has("You wanted to come back to"));
    house.pass(240h);
    CHECK(house.reminders("bo") == 1);
    CHECK_FALSE(house.list("bo").has("reminds you"));

    // Kept as it is by who changes the note; taken away by who wants none.
    REQUIRE(house.save("bo", post, {{"when", "later"}}).status == 303);
    REQUIRE(house.save("bo", post, {{"when", "keep"}, {"note", "Soon"}}).status == 303);
    CHECK(house.list("bo").has("reminds you"));
    REQUIRE(house.save("bo", post, {{"when", ""}}).status == 303);
    house.pass(4h);
    CHECK(house.reminders("bo") == 1);

    // Derived again it is the same.
    house.site.activity().reset("notices");
    house.site.settle();
    CHECK(house.reminders("bo") == 1);
}

TEST_CASE("a message can be put aside by those who read the conversation") {
    House house;
    const auto made = house.as("ada").post("/messages", {{"to", "bo"}, {"body", "Bring cake"}});
    REQUIRE(made.status == 303);
    const auto post = house.site.db().read([](db::Tx& tx) {
        return tx.one("SELECT max(id) FROM posts WHERE community_id = 1")->get<PostId>(0).text();
    });
    CHECK(house.save("cleo", post).status == 404);
    CHECK(house.save("bo", post, {{"when", "later"}}).status == 303);
    CHECK(house.list("bo").has("Bring cake"));
    house.pass(4h);
    CHECK(house.reminders("bo") == 1);
}

TEST_CASE("who has left a group is not reminded of what was said there") {
    House house;
    const auto made =
        house.as("ada").post("/messages", {{"to", "bo, cleo"}, {"body", "Bring cake"}});
    REQUIRE(made.status == 303);
    const auto post = house.site.db().read([](db::Tx& tx) {
        return tx.one("SELECT max(id) FROM posts WHERE community_id = 1")->get<PostId>(0).text();
    });
    REQUIRE(house.as("bo").post(made.location() + "/accept").status == 303);
    REQUIRE(house.save("bo", post, {{"when", "later"}}).status == 303);
    REQUIRE(house.as("bo").post(made.location() + "/leave").status == 303);
    house.pass(4h);
    CHECK(house.reminders("bo") == 0);
    CHECK_FALSE(house.list("bo").has("Bring cake"));
}

TEST_CASE("what is wrong is said, and nothing typed is lost") {
    House house;
    const auto post = house.begin("ada", "garden", "Apple trees");
    const auto long_note = house.save("bo", post, {{"note", std::string(501, 'x')}});
    CHECK(long_note.status == 422);
    CHECK(long_note.has(std::string(501, 'x')));
    const auto early = house.save(
        "bo", post, {{"note", "Mine"}, {"when", "at"}, {"remind_at", "2020-01-01T08:00"}});
    CHECK(early.status == 422);
    CHECK(early.has("This moment has passed"));
    CHECK(early.has("2020-01-01T08:00"));
    CHECK(early.has("Mine</textarea>"));
    CHECK(house.save("bo", post, {{"when", "at"}}).status == 422);
    CHECK(house.save("bo", post, {{"when", "at"}, {"remind_at", "2040-01-01T08:00"}}).status ==
          422);
    CHECK(house.as("bo").get("/bookmarks?before=x").status == 400);
    CHECK_FALSE(house.list("bo").has("Apple trees"));
    const auto api = house.as("bo").api("PUT", "/api/v1/bookmarks/" + post,
                                        R"({"remind_at":"2026-12-24T10:00:00Z"})");
    CHECK(api.status == 200);
    CHECK(api.json()["remind_at"].string_or("") == "2026-12-24T10:00:00Z");
    CHECK(
        house.as("bo").api("PUT", "/api/v1/bookmarks/" + post, R"({"remind_at":"soon"})").status ==
        422);
}

TEST_CASE("a long list has pages") {
    House house;
    for (int i = 0; i < kOnPage + 2; ++i) {
        const auto post = house.begin("ada", "garden", "Tree number " + std::to_string(100 + i));
        REQUIRE(house.save("bo", post).status == 303);
    }
    const auto first = house.list("bo");
    CHECK(first.has("Tree number 131"));
    CHECK_FALSE(first.has("Tree number 100"));
    const auto begins = first.body.find("/bookmarks?before=");
    REQUIRE(begins != std::string::npos);
    const auto rest =
        house.as("bo").get(first.body.substr(begins, first.body.find('"', begins) - begins));
    CHECK(rest.has("Tree number 100"));
    CHECK_FALSE(rest.has("Tree number 131"));
}

TEST_CASE("the moments that are offered are those of the member's clock") {
    const i18n::Dates copenhagen("da", "Europe/Copenhagen");
    // A Saturday, 23:30 in Copenhagen.
    const auto offered = choices(copenhagen, at("2026-11-21T22:30:00Z"));
    CHECK(offered.later == at("2026-11-22T01:30:00Z"));
    CHECK(offered.tomorrow == at("2026-11-22T07:00:00Z"));
    CHECK(offered.monday == at("2026-11-23T07:00:00Z"));
    // On a Monday it is the next one.
    CHECK(choices(copenhagen, at("2026-11-23T09:00:00Z")).monday == at("2026-11-30T07:00:00Z"));
    CHECK(choices(copenhagen, at("2026-11-22T09:00:00Z")).monday == at("2026-11-23T07:00:00Z"));

    CHECK(moment_from(copenhagen, "2026-07-01T08:05") == at("2026-07-01T06:05:00Z"));
    CHECK(moment_from(copenhagen, "2026-07-01T08:05:00") == at("2026-07-01T06:05:00Z"));
    for (const auto* wrong : {"", "tomorrow", "2026-02-30T08:00", "2026-07-01T24:00",
                              "2026-07-01 08:00", "2026-13-01T08:00", "2026-07-01T08:61"})
        CHECK_FALSE(moment_from(copenhagen, wrong).has_value());
}

}  // namespace torv::bookmarks
