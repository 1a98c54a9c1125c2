#include "features/catchup/catchup.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "features/curation/curation.hpp"
#include "features/notifications/notifications.hpp"
#include "platform/base/text.hpp"
#include "platform/testing/site.hpp"

namespace torv::catchup {

namespace {

using torv::testing::Answer;
using torv::testing::Site;
using namespace std::chrono_literals;

struct House {
    House() : site({topics::routes, curation::routes, notifications::routes, catchup::routes}) {
        notifications::follow(site.activity(), site.jobs());
        site.clock().advance(std::chrono::days(400));  // everybody has long been here
    }

    torv::testing::Person& as(std::string_view who) { return site.as(who); }
    /// Begins a topic; its address "/t/7".
    std::string begin(std::string_view who, const std::string& space, const std::string& title) {
        site.clock().advance(1s);
        const auto made =
            as(who).post("/s/" + space + "/topics", {{"title", title}, {"body", "Shall we?"}});
        REQUIRE(made.status == 303);
        site.settle();
        return made.location().substr(0, made.location().find('/', 3));
    }
    std::string answer(std::string_view who, const std::string& topic, const std::string& body) {
        site.clock().advance(1s);
        const auto made = as(who).post(topic + "/posts", {{"body", body}});
        REQUIRE(made.status == 303);
        site.settle();
        return made.location();
    }
    /// Titles in the order of the API, each with why.
    std::vector<std::string> order(std::string_view who) {
        std::vector<std::string> list;
        const auto all = as(who).api("GET", "/api/v1/catch-up").json();
        for (const auto& one : all["items"].items())
            list.push_back(one["title"].string_or("") + ": " + one["why"].string_or(""));
        return list;
    }

    Site site;
};

Line line(std::int64_t id, Why why, Facts facts) {
    return {.topic = {.id = TopicId{id}}, .facts = facts, .why = why};
}

}  // namespace

TEST_CASE("who is named comes first, then what is followed, then what weighs most") {
    CHECK(why({.named = true, .muted = true}) == Why::You);
    CHECK(why({.muted = true}) == std::nullopt);
    CHECK(why({.followed = true}) == Why::Followed);
    CHECK(why({}) == Why::Talk);
    // Five people who talk weigh more than one who goes on and on.
    CHECK(weight({.posts = 5, .people = 5}) > weight({.posts = 50, .people = 1}));
    CHECK(weight({.posts = 5, .people = 2, .reactions = 9}) > weight({.posts = 5, .people = 3}));

    std::vector<Line> lines{line(1, Why::Talk, {.posts = 9, .people = 9}),
                            line(2, Why::Followed, {.posts = 1, .people = 1}),
                            line(3, Why::You, {.posts = 1, .people = 1}),
                            line(4, Why::Talk, {.posts = 9, .people = 9, .reactions = 1})};
    sort(lines);
    CHECK(lines[0].topic.id == TopicId{3});
    CHECK(lines[1].topic.id == TopicId{2});
    CHECK(lines[2].topic.id == TopicId{4});
    CHECK(lines[3].topic.id == TopicId{1});
}

TEST_CASE("what somebody missed, in their order") {
    House house;
    const auto quiet = house.begin("ada", "lounge", "Nobody answers");
    const auto busy = house.begin("ada", "lounge", "Everybody answers");
    for (const auto* who : {"cleo", "dan", "olga"}) house.answer(who, busy, "Yes!");
    const auto named = house.begin("ada", "garden", "Who waters?");
    house.answer("cleo", named, "You, @bo?");
    const auto muted = house.begin("ada", "garden", "Nothing for Bo");
    REQUIRE(house.as("bo").post(muted + "/level", {{"level", "muted"}}).status < 400);
    house.begin("cleo", "kitchen", "Where Bo may not read");
    const auto followed = house.begin("bo", "garden", "Begun by Bo");
    REQUIRE(house.as("bo").post(followed + "/level", {{"level", "watching"}}).status < 400);
    house.answer("ada", followed, "Here I am.");

    // An answer in one's own topic waits for one like a name does.
    const auto order = house.order("bo");
    CHECK(order.size() == 4);
    CHECK(order[0].ends_with(": you"));
    CHECK(std::ranges::find(order, "Who waters?: you") != order.end());
    CHECK(order[2] == "Everybody answers: talk");
    CHECK(order[3] == "Nobody answers: talk");

    const auto page = house.as("bo").get("/catch-up");
    CHECK(page.status == 200);
    CHECK(page.has("4 people"));
    CHECK_FALSE(page.has("Nothing for Bo"));
    CHECK_FALSE(page.has("Where Bo may not read"));
    CHECK(page.has("?go=new"));
    CHECK(house.as("guest").get("/catch-up").status != 200);
}

TEST_CASE("done reads what was shown, and not what came since") {
    House house;
    house.begin("ada", "lounge", "Before");
    const auto page = house.as("bo").get("/catch-up");
    const auto at = page.body.find("name=\"until\" value=\"");
    REQUIRE(at != std::string::npos);
    const auto begins = at + std::string_view("name=\"until\" value=\"").size();
    const auto until = page.body.substr(begins, page.body.find('"', begins) - begins);
    house.begin("ada", "lounge", "Since");
    CHECK(house.as("bo").post("/catch-up", {{"until", until}}).status == 303);
    CHECK(house.order("bo") == std::vector<std::string>{"Since: talk"});
    // A moment that has not come yet is now.
    CHECK(house.as("bo").post("/catch-up", {{"until", "9000000000000000000"}}).status == 303);
    CHECK(house.order("bo").empty());
    CHECK(house.as("bo").get("/catch-up").has("You are up to date"));
    house.begin("ada", "lounge", "Later");
    CHECK(house.order("bo") == std::vector<std::string>{"Later: talk"});
    CHECK(house.as("bo").post("/catch-up", {{"until", "soon"}}).status == 400);
    CHECK(house.as("bo").post("/catch-up", {{"until", "-1"}}).status == 400);
}

TEST_CASE("a chat with new messages is named, once") {
    House house;
    house.site.db().write([](db::Tx& tx) {
        const spaces::NewSpace wanted{.name = "The bench", .kind = spaces::Kind::Chat};
        REQUIRE(spaces::found(tx, CommunityId{1}, wanted).has_value());
    });
    CHECK(house.as("bo").get("/catch-up").has("You are up to date"));
    for (const auto* text : {"Hello", "Anybody?"}) {
        house.site.clock().advance(1s);
        REQUIRE(house.as("ada").post("/s/the-bench/posts", {{"body", text}}).status == 303);
    }
    const auto page = house.as("bo").get("/catch-up");
    CHECK(page.has("Chats with new messages"));
    CHECK(page.has("href=\"/s/the-bench\""));
    CHECK(house.order("bo").empty());
}

}  // namespace torv::catchup
