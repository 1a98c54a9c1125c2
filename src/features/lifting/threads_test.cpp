#include <doctest/doctest.h>

#include "features/lifting/house_test.hpp"

using namespace torv;
using lifting::testing::House;

namespace {

/// Says something below a message; the id of the answer.
std::string answer(House& house, std::string_view who, const std::string& message) {
    house.site.clock().advance(std::chrono::seconds(1));
    const auto text = house.site.db().read(
        [](db::Tx& tx) { return topics::prepare(tx, CommunityId{1}, "Below it").value(); });
    auth::Viewer viewer = house.as(who).viewer;
    viewer.community = CommunityId{1};
    const auto made = house.site.db().write([&](db::Tx& tx) {
        return topics::answer_below(tx, viewer, PostId::parse(message).value(), text);
    });
    REQUIRE(made);
    return made->text();
}

int space_of_thread(House& house) {
    return house.site.db().read([](db::Tx& tx) {
        return tx.one("SELECT space_id FROM topics WHERE community_id = 1 AND kind = 3")
            ->get<int>(0);
    });
}

}  // namespace

TEST_CASE("a thread goes along with its message, and comes back with it") {
    House house;
    const auto said = house.say("bo", "Who bakes bread?");
    const auto other = house.say("cleo", "The bins are full");
    answer(house, "ada", said);
    CHECK(space_of_thread(house) == 35);
    const auto topic = House::address(house.lift("ada", {said}, "s32").location());
    CHECK(space_of_thread(house) == 32);
    CHECK(house.as("bo").get(topic).has("/p/" + said + "/thread"));
    answer(house, "bo", said);
    CHECK(house.undo("ada").status == 303);
    CHECK(space_of_thread(house) == 35);
    CHECK(house.as("bo").get("/s/porch").has("/p/" + said + "/thread"));
    CHECK(house.as("bo").get("/p/" + other).status == 303);
}

TEST_CASE("members take nobody's answers out of the space, moderators do") {
    House house;
    const auto said = house.say("bo", "Who bakes bread?");
    const auto below = answer(house, "cleo", said);
    const auto refused = house.lift("bo", {said}, "s32");
    CHECK(refused.status == 422);
    CHECK(refused.has("Others have answered below"));
    CHECK(space_of_thread(house) == 35);
    REQUIRE(house.lift("bo", {said}, "s35").status == 303);
    CHECK(house.as("dan").get("/api/v1/posts/" + below).status == 200);
    REQUIRE(house.undo("bo").status == 303);
    CHECK(house.lift("ada", {said}, "s32").status == 303);
}

TEST_CASE("what was said in a thread where fewer could read it does not come out with it") {
    House house;
    const auto said = house.say("cleo", "Who bakes bread?");
    const auto before = answer(house, "bo", said);
    REQUIRE(house.lift("olga", {said}, "s33").status == 303);
    CHECK(house.as("bo").get("/api/v1/posts/" + before).status == 404);
    CHECK(!house.as("bo").get("/s/porch").has("Put back"));
    REQUIRE(house.undo("olga").status == 303);
    CHECK(house.as("bo").get("/api/v1/posts/" + before).status == 200);

    REQUIRE(house.lift("olga", {said}, "s33").status == 303);
    const auto inside = answer(house, "cleo", said);
    const auto refused = house.undo("olga");
    CHECK(refused.status == 409);
    CHECK(refused.has("where fewer people can read it"));
    CHECK(house.as("bo").get("/api/v1/posts/" + inside).status == 404);
    CHECK(space_of_thread(house) == 33);
}
