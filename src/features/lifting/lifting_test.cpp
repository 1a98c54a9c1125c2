#include <doctest/doctest.h>

#include "features/lifting/house_test.hpp"

using namespace torv;
using lifting::testing::House;

namespace {

/// A page without what is new on it each time.
std::string without_once(std::string page) {
    constexpr std::string_view kOnce = "name=\"once\" value=\"";
    for (auto at = page.find(kOnce); at != page.npos; at = page.find(kOnce, at + 1))
        page.erase(at + kOnce.size(), page.find('"', at + kOnce.size()) - at - kOnce.size());
    return page;
}

}  // namespace

TEST_CASE("lifted messages keep links, order, authors, reactions, answers and former texts") {
    House house;
    const auto first = house.say("bo", "Who bakes bread?");
    const auto other = house.say("cleo", "The bins are full");
    const auto second = house.say("ada", "I do, @bo", first);
    house.as("cleo").put("/p/" + second + "/reactions/%F0%9F%91%8D");
    house.as("bo").post("/p/" + first,
                        {{"_method", "PATCH"}, {"body", "Who bakes rye bread?"}, {"edits", "0"}});

    const auto done = house.lift("ada", {second, first}, "s32");
    REQUIRE(done.status == 303);
    const std::string topic = House::address(done.location());
    CHECK(house.bodies("bo", topic.substr(3)) == "Who bakes rye bread?|I do, @bo|");
    CHECK(house.bodies("bo", house.stream()) == "The bins are full|");
    const auto page = house.as("cleo").get(topic);
    CHECK(page.has("post__parent"));
    CHECK(page.has("aria-pressed=\"true\""));
    CHECK(page.has("/p/" + first + "/history"));
    CHECK(page.has("lift-origin"));
    CHECK(page.has(">Porch</a>"));
    CHECK(house.as("bo").get("/p/" + first).location().starts_with(topic));
    CHECK(house.topic("bo", topic)["reply_count"].integer() == 1);
    CHECK(house.topic("bo", topic)["author"]["handle"].string_or("") == "bo");
    CHECK(house.site.announced("lift.made") == 1);
    CHECK(house.site.announced("post.created") == 3);

    const auto chat = house.as("cleo").get("/s/porch");
    CHECK(chat.body.find("lift-note") < chat.body.find("The bins are full"));
    CHECK(chat.has("Ada Lind lifted 2 messages"));
    CHECK(chat.has(">Bread</a>"));
    CHECK(!chat.has("Put back"));
    CHECK(house.as("ada").get("/s/porch").has("Put back"));
    CHECK(house.as("cleo").get("/p/" + other).status == 303);
}

TEST_CASE("undone, everything is as it was") {
    House house;
    const auto first = house.say("bo", "Who bakes bread?");
    house.say("cleo", "The bins are full");
    const auto second = house.say("ada", "I do, @bo", first);
    house.as("dan").post("/t/" + house.stream() + "/read", {{"post", second}});
    house.site.settle();
    const auto before = house.everything();
    const auto page = without_once(house.as("cleo").get("/s/porch").body);

    REQUIRE(house.lift("ada", {first, second}, "s32").status == 303);
    house.site.clock().advance(std::chrono::minutes(5));
    CHECK(house.everything() != before);
    CHECK(house.undo("cleo").status == 403);
    CHECK(house.undo("ada").location() == "/p/" + first);
    CHECK(house.undo("ada").status == 303);  // a double click is not an error
    CHECK(house.site.announced("lift.undone") == 1);
    house.site.settle();
    CHECK(house.everything() == before);
    CHECK((without_once(house.as("cleo").get("/s/porch").body) == page));
    CHECK(house.as("bo").get("/s/garden").has("Bread") == false);
}

TEST_CASE("what was added to the topic stays in it when the messages go back") {
    House house;
    const auto first = house.say("bo", "Who bakes bread?");
    const auto topic = House::address(house.lift("ada", {first}, "s32").location());
    house.site.clock().advance(std::chrono::seconds(5));
    house.as("cleo").post(topic + "/posts", {{"body", "I could"}});
    CHECK(house.undo("ada").status == 303);
    CHECK(house.bodies("bo", topic.substr(3)) == "I could|");
    CHECK(house.bodies("bo", house.stream()) == "Who bakes bread?|");
    CHECK(house.topic("bo", topic)["reply_count"].integer() == 0);
    CHECK(!house.as("bo").get(topic).has("lift-origin"));
}

TEST_CASE("a topic that is there takes messages and keeps its opening") {
    House house;
    const auto early = house.say("bo", "Who bakes bread?");
    const auto topic = house.start("cleo", "garden", "Bread");
    const auto late = house.say("bo", "Rye, I mean");
    REQUIRE(house.lift("ada", {early, late}, "t" + topic.substr(3)).status == 303);
    CHECK(house.bodies("bo", topic.substr(3)) == "Who bakes bread?|Opening|Rye, I mean|");
    CHECK(house.topic("bo", topic)["reply_count"].integer() == 2);
    CHECK(house.as("bo").get("/s/garden").has("Opening"));
    CHECK(house.undo("ada").status == 303);
    CHECK(house.bodies("bo", topic.substr(3)) == "Opening|");
    CHECK(house.bodies("bo", house.stream()) == "Who bakes bread?|Rye, I mean|");
}

TEST_CASE("members lift what is theirs, where they may begin topics; moderators anything") {
    House house;
    const auto own = house.say("bo", "Who bakes bread?");
    const auto foreign = house.say("ada", "I do");
    const std::string page = "/t/" + house.stream() + "/lift";
    CHECK(house.lift("bo", {own, foreign}, "s32").status == 403);
    CHECK(house.as("bo").get("/s/porch").has(page + "?from=" + own));
    CHECK(!house.as("bo").get("/s/porch").has(page + "?from=" + foreign));
    CHECK(house.as("ada").get("/s/porch").has(page + "?from=" + own));
    CHECK(house.as("").get(page).location().starts_with("/sign-in"));

    house.as("dan").api("PATCH", "/api/v1/spaces/35", R"({"starters":"moderators"})");
    CHECK(house.lift("bo", {own}, "s32").status == 403);
    CHECK(house.as("bo").get(page).status == 403);
    house.as("dan").api("PATCH", "/api/v1/spaces/35", R"({"starters":"everyone"})");
    house.as("dan").api("PATCH", "/api/v1/spaces/35", R"({"starters":"writers"})");
    house.as("ada").put("/t/" + house.stream() + "/lock");
    CHECK(house.lift("bo", {own}, "s32").status == 403);
    house.as("ada").del("/t/" + house.stream() + "/lock");
    CHECK(house.lift("bo", {own}, "s35", "In the chat").status == 303);
    const auto logged = [&] {
        return house.site.db().read([](db::Tx& tx) {
            return tx
                .one("SELECT count(*) FROM modlog WHERE community_id = 1 AND act LIKE 'lift.%'")
                ->get<int>(0);
        });
    };
    CHECK(logged() == 0);  // nobody else was concerned
    CHECK(house.undo("bo").status == 303);
    CHECK(house.lift("ada", {own, foreign}, "s32").status == 303);
    CHECK(logged() == 1);
    house.as("dan").put("/admin/spaces/35/archive");
    CHECK(house.undo("ada").status == 403);
}

TEST_CASE("nobody reads lifted messages who could not read them before") {
    House house;
    const auto said = house.say("cleo", "Between us");
    const auto open = house.start("bo", "lounge", "Open talk");
    const auto refused = [&](std::string_view to) {
        const auto answer = house.lift("olga", {said}, to);
        CHECK(answer.has("More people could read"));
        return answer.status == 422;
    };
    CHECK(refused("s31"));  // the lounge is public, the porch for members
    CHECK(refused("t" + open.substr(3)));
    house.site.db().write([](db::Tx& tx) {
        tx.run("UPDATE spaces SET visibility = 2 WHERE community_id = 1 AND id = 35");
        tx.run(
            "INSERT INTO space_members (community_id, space_id, member_id, role, created_at) "
            "VALUES (1, 35, 25, 1, 1)");
    });
    for (const char* to : {"s31", "s32", "s33", "s34"}) CHECK_MESSAGE(refused(to), to);
    const auto choose = house.as("olga").get("/t/" + house.stream() + "/lift");
    CHECK(choose.has("value=\"s35\""));
    CHECK(!choose.has("value=\"s32\""));
    CHECK(!choose.has("Open talk"));
    CHECK(house.as("bo").get("/t/" + house.stream() + "/lift").status == 404);
    CHECK(house.lift("bo", {said}, "s32").status == 404);

    const auto done = house.lift("cleo", {said}, "s35", "Among us");
    REQUIRE(done.status == 303);
    CHECK(house.as("cleo").get(done.location()).status == 200);
    CHECK(house.as("bo").get(House::address(done.location())).status == 404);
    CHECK(house.as("bo").get("/lifts/" + house.newest()).status == 404);
    CHECK(house.as("bo").get("/api/v1/lifts/" + house.newest()).status == 404);
    CHECK(house.undo("bo").status == 404);
}

TEST_CASE("a note names no topic that the reader may not see") {
    House house;
    const auto said = house.say("cleo", "For the cooks");
    house.site.db().write([](db::Tx& tx) {
        tx.run("UPDATE spaces SET visibility = 0 WHERE community_id = 1 AND id = 35");
    });
    REQUIRE(house.lift("olga", {said}, "s33", "Secret soup").status == 303);
    CHECK(house.as("cleo").get("/s/porch").has("Secret soup"));
    for (const char* who : {"bo", "ada", ""}) {
        const auto page = house.as(who).get("/s/porch");
        CHECK_MESSAGE(page.has("Olga Lund lifted a message into a topic elsewhere"), who);
        CHECK_MESSAGE(!page.has("Secret soup"), who);
    }
}

TEST_CASE("who comes second is told, and nothing is lost or doubled") {
    House house;
    const auto first = house.say("bo", "Who bakes bread?");
    const auto second = house.say("cleo", "I do");
    const auto third = house.say("bo", "Fine");
    REQUIRE(house.lift("ada", {first, second}, "s32").status == 303);
    const auto late = house.lift("dan", {second, third}, "s32", "Second try");
    CHECK(late.status == 409);
    CHECK(late.has("lifted or deleted by somebody else"));
    CHECK(late.has("value=\"" + third + "\""));
    CHECK(!late.has("value=\"" + second + "\""));
    CHECK(house.bodies("bo", house.stream()) == "Fine|");
    CHECK(!house.as("bo").get("/s/garden").has("Second try"));

    house.as("bo").del("/p/" + third);
    CHECK(house.lift("dan", {third}, "s32").status == 409);
    CHECK(house.lift("dan", {}, "s32").status == 422);
    CHECK(house.lift("dan", {"999"}, "s32").status == 409);
    CHECK(house.lift("dan", {third}, "t999").status == 422);
}

TEST_CASE("messages that went on are put back the way they came") {
    House house;
    const auto first = house.say("bo", "Who bakes bread?");
    const auto second = house.say("cleo", "I do");
    const auto topic = House::address(house.lift("ada", {first, second}, "s35").location());
    const auto one = house.newest();
    house.site.clock().advance(std::chrono::seconds(1));
    const auto on = house.as("ada").post(topic + "/lift",
                                         {{"posts", second}, {"to", "s32"}, {"title", "Further"}});
    REQUIRE(on.status == 303);
    CHECK(house.as("ada").del("/lifts/" + one).status == 409);
    CHECK(house.undo("ada").status == 303);
    CHECK(house.as("ada").del("/lifts/" + one).status == 303);
    CHECK(house.bodies("bo", house.stream()) == "Who bakes bread?|I do|");
    // The opening post of a topic stays.
    const auto again = House::address(house.lift("ada", {first, second}, "s35").location());
    CHECK(house.as("ada")
              .post(again + "/lift", {{"posts", first}, {"to", "s32"}, {"title", "No"}})
              .status == 403);
}

TEST_CASE("who looks for earlier messages keeps what was chosen and typed") {
    House house;
    std::vector<std::string> said;
    auth::Viewer bo = house.as("bo").viewer;
    bo.community = CommunityId{1};
    for (int i = 0; i < 120; ++i) {
        house.site.clock().advance(std::chrono::seconds(1));
        const auto made = house.site.db().write([&](db::Tx& tx) {
            const auto text = topics::prepare(tx, CommunityId{1}, "Line " + std::to_string(i));
            return topics::say(tx, bo, SpaceId{35}, *text);
        });
        said.push_back(made.value().id.text());
    }
    auto& ada = house.as("ada");
    const std::string at = "/t/" + house.stream() + "/lift";
    CHECK_FALSE(ada.get(at + "?posts=" + said[100]).has("Line 20<"));
    const auto page = ada.post(at, {{"posts", said[100]},
                                    {"posts", said[102]},
                                    {"title", "Bread and butter"},
                                    {"to", "s32"},
                                    {"around", said[50]}});
    CHECK(page.status == 200);
    CHECK(page.has("Line 20<"));
    for (const auto& post : {said[100], said[102]})
        CHECK(page.has("value=\"" + post + "\" checked"));
    CHECK_FALSE(page.has("value=\"" + said[101] + "\" checked"));
    CHECK(page.has("Bread and butter"));
    CHECK(page.has("value=\"s32\" selected"));
    CHECK(house.as("bo").post(at, {{"posts", said[99]}, {"around", said[50]}}).status == 200);
    CHECK(house.as("").post(at, {{"around", said[50]}}).status != 200);
    CHECK(house.as("cleo").post("/t/99/lift", {{"around", said[50]}}).status == 404);
}
