#include <doctest/doctest.h>

#include "features/lifting/house_test.hpp"

using namespace torv;
using lifting::testing::House;

namespace {

/// A message of the porch that was answered below and then lifted into a topic of the garden.
struct Lifted {
    Lifted() {
        house.site.db().write([](db::Tx& tx) {
            // The porch is open to all, so that the place of the thread alone decides.
            tx.run("UPDATE spaces SET visibility = 0 WHERE community_id = 1 AND id = 35");
        });
        message = house.say("bo", "Who bakes bread?");
        house.say("bo", "Not me");
        house.site.clock().advance(std::chrono::seconds(1));
        const auto text = house.site.db().read([](db::Tx& tx) {
            return topics::prepare(tx, CommunityId{1}, "Sourdough on Fridays").value();
        });
        auth::Viewer viewer = house.as("ada").viewer;
        viewer.community = CommunityId{1};
        const auto made = house.site.db().write([&](db::Tx& tx) {
            return topics::answer_below(tx, viewer, PostId::parse(message).value(), text);
        });
        REQUIRE(made);
        answer = made->text();
        topic = House::address(house.lift("ada", {message}, "s32").location());
    }

    /// By page, program, search, reaction and answer: all say the same.
    bool reads(std::string_view who) {
        house.site.settle();
        auto& person = house.as(who);
        auth::Viewer viewer = person.viewer;
        viewer.community = CommunityId{1};
        const bool page = house.site.db().read([&](db::Tx& tx) {
            return topics::thread(tx, viewer, PostId::parse(message).value()).has_value();
        });
        CHECK((person.get("/api/v1/posts/" + answer).status == 200) == page);
        CHECK((person.get("/p/" + answer).status != 404) == page);
        CHECK(person.get("/search?q=sourdough").has("Fridays") == page);
        CHECK((person.put("/p/" + answer + "/reactions/%F0%9F%91%8D").status != 404) == page);
        return page;
    }

    House house;
    std::string message, answer, topic;
};

}  // namespace

TEST_CASE("a thread goes with the topic its message stands in, out of some eyes and back") {
    Lifted world;
    auto& dan = world.house.as("dan");
    CHECK(world.reads("bo"));
    CHECK(world.reads("cleo"));
    // To the kitchen, where Cleo reads and Bo does not.
    CHECK(dan.put(world.topic + "/space", {{"space", "33"}}).status == 303);
    CHECK_FALSE(world.reads("bo"));
    CHECK(world.reads("cleo"));
    CHECK(world.house.as("ada").get("/api/v1/notices").json()["items"].items().empty());
    CHECK(dan.put(world.topic + "/space", {{"space", "31"}}).status == 303);
    CHECK(world.reads("bo"));
}

TEST_CASE("a thread is gone while its topic is deleted, and comes back with it") {
    Lifted world;
    auto& ada = world.house.as("ada");
    CHECK(ada.del(world.topic).status == 303);
    CHECK_FALSE(world.reads("bo"));
    CHECK_FALSE(world.reads("cleo"));
    CHECK(ada.post(world.topic + "/restore").status == 303);
    CHECK(world.reads("bo"));
    // Put back into the chat while the topic is gone, the thread is where its message is.
    CHECK(ada.del(world.topic).status == 303);
    CHECK(world.house.undo("ada").status == 303);
    CHECK(world.reads("bo"));
    CHECK(world.house.as("bo").get("/s/porch").has("/p/" + world.message + "/thread"));
}

TEST_CASE("a thread goes with a message that is split off, and with an opening that is deleted") {
    Lifted world;
    auto& dan = world.house.as("dan");
    const auto other = world.house.say("cleo", "Rye, I say");
    REQUIRE(world.house.lift("ada", {other}, "t" + world.topic.substr(3)).status == 303);
    // The first message opens the topic; its author takes it back when nothing else is there.
    CHECK(dan.post(world.topic + "/split", {{"posts", other}, {"title", "Rye"}, {"space", "33"}})
              .status == 303);
    CHECK(world.reads("bo"));
    CHECK(world.house.as("bo").del("/p/" + world.message).status == 303);
    CHECK_FALSE(world.reads("cleo"));
    CHECK(world.house.as("ada").api("POST", "/api/v1/posts/" + world.message + "/restore").status ==
          200);
    CHECK(world.reads("cleo"));
}

TEST_CASE("a message that is split off takes its thread to where fewer may read") {
    Lifted world;
    REQUIRE(world.house.undo("ada").status == 303);
    const auto stream = "/t/" + world.house.stream();
    const auto split = world.house.as("dan").post(
        stream + "/split", {{"posts", world.message}, {"title", "Bread"}, {"space", "33"}});
    CHECK(split.status == 303);
    CHECK_FALSE(world.reads("bo"));
    CHECK(world.reads("cleo"));
}

TEST_CASE("lifting asks the database the same number of times, however much is lifted") {
    House house;
    auth::Viewer ada = house.as("ada").viewer;
    ada.community = CommunityId{1};
    const auto statements = [&](int count) {
        std::vector<PostId> posts;
        for (int i = 0; i < count; ++i)
            posts.push_back(PostId::parse(house.say("bo", "Line")).value());
        const auto stream = TopicId::parse(house.stream()).value();
        return house.site.db().write([&](db::Tx& tx) {
            const int before = tx.statements();
            REQUIRE(lifting::lift(tx, ada, stream, posts,
                                  {.topic = {}, .space = SpaceId{32}, .title = "Bread"}));
            return tx.statements() - before;
        });
    };
    const int few = statements(2);
    CHECK(statements(40) == few);
}
