#include <doctest/doctest.h>

#include "features/notifications/house_test.hpp"
#include "platform/web/limits.hpp"

using namespace torv;
using torv::notifications::testing::House;

TEST_CASE("an answer is told to who began the topic and to who wrote in it, not to who wrote it") {
    House house;
    const auto topic = house.begin("bo", "lounge", "Picnic on Saturday");
    house.answer("cleo", topic, "I bring bread.");
    house.answer("ada", topic, "I bring cheese.");

    const auto bo = house.notices("bo");
    CHECK(bo.has("Ada Lind and Cleo Dubois"));
    CHECK(bo.has("wrote 2 replies in “Picnic on Saturday”"));
    CHECK(bo.has("Because you wrote in this topic."));
    CHECK(house.unread("bo") == 1);
    CHECK(house.notices("cleo").has("replied in “Picnic on Saturday”"));
    CHECK(house.notices("ada").has("You are up to date"));
    CHECK(house.unread("olga") == 0);
}

TEST_CASE("a reply, a mention, a reaction and a new topic are told to whom they concern") {
    House house;
    house.as("cleo").post("/s/lounge/level", {{"level", "watching"}});
    const auto topic = house.begin("bo", "lounge", "Picnic", "With @ada?");
    CHECK(house.newest("ada")["kind"].string_or("") == "mention");
    CHECK(house.newest("cleo")["kind"].string_or("") == "topic");
    CHECK(house.notices("cleo").has("began “Picnic” in Lounge"));

    house.answer("ada", topic, "Yes!", house.opening(topic));
    CHECK(house.newest("bo")["kind"].string_or("") == "reply");
    house.react("cleo", "/p/" + house.opening(topic), "👍");
    house.react("ada", "/p/" + house.opening(topic), "🎉");
    const auto newest = house.newest("bo");
    CHECK(newest["kind"].string_or("") == "reaction");
    CHECK(newest["count"].integer() == 2);
    CHECK(newest["text"].string_or("") ==
          "Ada Lind and Cleo Dubois reacted 🎉 👍 to your post in “Picnic”");
    CHECK(house.unread("bo") == 2);
}

TEST_CASE("an answer in a thread is told to who said the message and to who answered there") {
    House house;
    house.as("bo").post("/s/porch/posts", {{"body", "Coffee at nine?"}});
    const auto message = house.site.db().read([](db::Tx& tx) {
        return tx.one("SELECT max(id) FROM posts WHERE community_id = 1")->get<PostId>(0);
    });
    const auto say = [&](std::string_view who, std::string_view body) {
        house.site.clock().advance(std::chrono::seconds(1));
        auth::Viewer viewer = house.as(who).viewer;
        viewer.community = CommunityId{1};
        const auto text = house.site.db().read(
            [&](db::Tx& tx) { return topics::prepare(tx, CommunityId{1}, body); });
        const auto made = house.site.db().write(
            [&](db::Tx& tx) { return topics::answer_below(tx, viewer, message, *text); });
        REQUIRE(made);
        house.site.settle();
        return "/p/" + made->text();
    };
    const auto first = say("cleo", "With milk");
    say("ada", "Without");
    CHECK(house.newest("bo")["kind"].string_or("") == "reply");
    CHECK(house.newest("bo")["count"].integer() == 2);
    CHECK(house.notices("bo").has("“Coffee at nine?”"));
    CHECK(house.newest("cleo")["kind"].string_or("") == "answer");
    CHECK(house.unread("olga") == 0);

    // A thread is not named by words that are gone.
    house.as("bo").del("/p/" + message.text());
    house.site.settle();
    CHECK_FALSE(house.notices("cleo").has("Coffee at nine?"));
    house.as("cleo").del(first);
    house.site.settle();
    CHECK(house.newest("bo")["count"].integer() == 1);
}

TEST_CASE("nobody is told of a place they may not read, also when it is closed later") {
    House house;
    const auto topic = house.begin("cleo", "kitchen", "Secret recipe", "Ask @bo and @dan.");
    CHECK(house.unread("bo") == 0);
    CHECK(house.unread("dan") == 1);

    const auto open = house.begin("cleo", "lounge", "Open recipe", "Ask @bo.");
    CHECK(house.unread("bo") == 1);
    house.site.db().write([](db::Tx& tx) {
        tx.run("UPDATE spaces SET visibility = 3 WHERE community_id = 1 AND id = 31");
    });
    CHECK(house.unread("bo") == 0);
    CHECK_FALSE(house.notices("bo").has("Open recipe"));
    const auto hidden = house.site.db().read([](db::Tx& tx) {
        return tx
            .one("SELECT max(position) FROM notices WHERE community_id = 1 AND member_id = 24")
            ->get<std::string>(0);
    });
    CHECK(house.as("bo").get("/notices/" + hidden).status == 404);
}

TEST_CASE("what is read in one place is read everywhere") {
    House house;
    const auto topic = house.begin("bo", "lounge", "Picnic");
    const auto first = house.answer("cleo", topic, "One");
    const auto second = house.answer("cleo", topic, "Two");
    REQUIRE(house.unread("bo") == 1);

    // Up to the first answer: the second is still new.
    house.as("bo").post(topic + "/read", {{"post", first.substr(3)}});
    CHECK(house.newest("bo")["count"].integer() == 1);
    house.site.clock().advance(std::chrono::seconds(1));
    house.as("bo").post(topic + "/read", {{"post", second.substr(3)}});
    CHECK(house.unread("bo") == 0);
    CHECK_FALSE(house.notices("bo").has("wrote 2 replies"));  // each was read at another time

    // What comes after is a bundle of its own.
    house.answer("ada", topic, "Three");
    CHECK(house.unread("bo") == 1);
    CHECK(house.newest("bo")["count"].integer() == 1);
    const auto id = house.newest("bo")["id"].string_or("");
    const auto opened = house.as("bo").get("/notices/" + id);
    CHECK(opened.status == 303);
    CHECK(opened.location().starts_with("/p/"));
    CHECK(house.unread("bo") == 0);
    CHECK(house.as("dan").get("/notices/" + id).status == 404);  // it was never Dan's
}

TEST_CASE("all can be marked as read, on the page and by the API, up to what was seen") {
    House house;
    const auto topic = house.begin("bo", "lounge", "Picnic");
    house.answer("cleo", topic, "One");
    const auto seen = house.newest("bo")["id"].string_or("");
    house.react("ada", "/p/" + house.opening(topic), "👍");
    CHECK(house.unread("bo") == 2);
    house.as("bo").post("/notices/read", {{"until", seen}});
    CHECK(house.unread("bo") == 1);
    CHECK(house.as("bo").api("PUT", "/api/v1/notices/read", "{}").status == 204);
    CHECK(house.unread("bo") == 0);
    CHECK(house.as("bo").get("/notices?show=unread").has("You are up to date"));
    CHECK(house.site.guest().get("/notices").status != 200);
}

TEST_CASE("what is deleted, taken back or moved disappears, and returns") {
    House house;
    const auto topic = house.begin("bo", "lounge", "Picnic");
    const auto post = house.answer("cleo", topic, "Oops");
    house.as("cleo").del(post);
    house.site.settle();
    CHECK(house.unread("bo") == 0);
    house.as("cleo").post(post + "/restore");
    house.site.settle();
    CHECK(house.unread("bo") == 1);
    house.as("bo").post("/notices/read");

    house.react("cleo", "/p/" + house.opening(topic), "👍");
    REQUIRE(house.unread("bo") == 1);
    house.take_back("cleo", "/p/" + house.opening(topic), "👍");
    CHECK(house.unread("bo") == 0);

    house.answer("cleo", topic, "Again");
    REQUIRE(house.unread("bo") == 1);
    house.as("dan").put(topic + "/space",
                        {{"space", "33"}});  // the Kitchen, which Bo may not enter
    house.site.settle();
    CHECK(house.unread("bo") == 0);
    CHECK_FALSE(house.notices("bo").has("Picnic"));
}

TEST_CASE("what was taken back stays away when something else in the topic goes") {
    House house;
    const auto topic = house.begin("bo", "lounge", "Picnic");
    house.react("cleo", "/p/" + house.opening(topic), "👍");
    CHECK(house.unread("bo") == 1);
    house.take_back("cleo", "/p/" + house.opening(topic), "👍");
    const auto answer = house.answer("ada", topic, "I bring cheese.");
    REQUIRE(house.as("ada").del(answer).status == 303);
    house.site.settle();
    CHECK(house.unread("bo") == 0);
}

TEST_CASE("a moderator's deed is told to the author with its name, though the post is gone") {
    House house;
    const auto topic = house.begin("bo", "lounge", "Picnic");
    const auto post = house.answer("cleo", topic, "Rude words");
    house.as("ada").del(post);
    house.site.settle();
    CHECK(house.notices("cleo").has("deleted your post in “Picnic”"));
    CHECK_FALSE(house.notices("cleo").has("Rude words"));
    house.as("ada").put(topic + "/lock");
    house.site.settle();
    CHECK(house.notices("bo").has("closed your topic “Picnic” to replies"));
}

TEST_CASE("an edit tells those whom it names for the first time, and nobody else") {
    House house;
    const auto topic = house.begin("bo", "lounge", "Picnic", "With @ada");
    house.answer("cleo", topic, "Yes");
    REQUIRE(house.unread("ada") == 1);
    const auto edited = house.as("bo").api("PATCH", "/api/v1/posts/" + house.opening(topic),
                                           R"({"body":"With @ada and @dan","edits":0})");
    CHECK(edited.status < 300);
    house.site.settle();
    CHECK(house.unread("ada") == 1);
    CHECK(house.unread("dan") == 1);
    CHECK(house.newest("ada")["count"].integer() == 1);
}

TEST_CASE("a link of another member, another community or nobody leads nowhere") {
    House house;
    house.begin("bo", "lounge", "Picnic", "With @ada");
    const auto id = house.newest("ada")["id"].string_or("");
    REQUIRE(!id.empty());
    CHECK(house.as("bo").post("/notices/" + id + "/read").status == 404);
    CHECK(house.as("gus").get("/notices/" + id).status == 404);
    CHECK(house.as("gus").get("/notices").status == 200);
    CHECK_FALSE(house.as("gus").get("/notices").has("Picnic"));
    CHECK(house.unread("ada") == 1);
}

TEST_CASE("many notices stand on pages, by day, without a gap") {
    House house;
    for (int i = 0; i < 35; ++i) {
        const auto text = std::to_string(i);
        house.begin("bo", "lounge", "Topic number-" + text + "-", "With @ada");
        if (i % 10 == 0) house.site.clock().advance(std::chrono::hours(26));
        web::limits::reset();
    }
    const auto first = house.notices("ada");
    CHECK(first.has("number-34-"));
    CHECK_FALSE(first.has("number-4-"));
    CHECK(first.has("Today"));
    const auto at = first.body.find("/notices?before=");
    REQUIRE(at != std::string::npos);
    const auto next = first.body.substr(at, first.body.find('"', at) - at);
    const auto second = house.as("ada").get(next);
    CHECK(second.has("number-4-"));
    CHECK(second.has("number-0-"));
    CHECK_FALSE(second.has("number-5-"));
    CHECK(house.as("ada").get("/notices?before=nonsense").status == 400);
}
