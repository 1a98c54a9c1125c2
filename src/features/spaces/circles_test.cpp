#include "features/circles/circles.hpp"

#include <doctest/doctest.h>

#include "features/spaces/spaces.hpp"
#include "platform/testing/site.hpp"

namespace torv::spaces {

namespace {

using torv::testing::Site;

struct House {
    torv::testing::Person& as(std::string_view who) { return site.as(who); }
    /// The id of a new circle that anybody may join.
    std::string make(const std::string& name, const std::string& visibility = "members") {
        const std::string entry = visibility == "own" ? "closed" : "open";
        const auto made = as("olga").api("POST", "/api/v1/circles",
                                         R"({"name":")" + name + R"(","visibility":")" +
                                             visibility + R"(","entry":")" + entry + R"("})");
        REQUIRE(made.status == 201);
        return std::string(made.json()["id"].string_or(""));
    }
    int put(std::string_view by, const std::string& circle, int member) {
        return as(by)
            .api("PUT", "/api/v1/circles/" + circle + "/members/" + std::to_string(member))
            .status;
    }
    int drop(std::string_view by, const std::string& circle, int member) {
        return as(by)
            .api("DELETE", "/api/v1/circles/" + circle + "/members/" + std::to_string(member))
            .status;
    }
    int open(std::string_view by, int space, const std::string& circle) {
        return as(by)
            .api("PUT", "/api/v1/spaces/" + std::to_string(space) + "/circles/" + circle)
            .status;
    }
    /// "rw", "r-" or "--".
    std::string may(std::string_view who, int space) {
        const auto viewer = as(who).viewer;
        return site.db().read([&](db::Tx& tx) {
            const auto all = readable(tx, viewer);
            const Access* found = all.find(SpaceId{space});
            if (!found) return std::string("--");
            CHECK(may_read(tx, viewer.community, viewer.id, viewer.role, SpaceId{space}));
            return std::string(may_write(viewer, *found) ? "rw" : "r-");
        });
    }
    std::int64_t version() {
        return site.db().read([](db::Tx& tx) {
            return tx.one("SELECT access_version FROM communities WHERE id = 1")
                ->get<std::int64_t>(0);
        });
    }

    Site site{circles::routes, spaces::routes};
};

constexpr int kKitchen = 33, kAttic = 34;

}  // namespace

TEST_CASE("whoever is in a circle is in the spaces that it opens, and no longer than that") {
    House house;
    const auto crew = house.make("Crew");
    CHECK(house.open("bo", kKitchen, crew) == 404);
    CHECK(house.open("bo", kAttic, crew) == 404);
    CHECK(house.open("ada", kAttic, crew) == 404);
    CHECK(house.open("olga", kAttic, crew) == 204);
    CHECK(house.open("dan", kKitchen, crew) == 204);
    CHECK(house.may("bo", kKitchen) == "--");
    CHECK(house.as("bo").get("/s/attic/members").status == 404);

    auto before = house.version();
    CHECK(house.put("bo", crew, 24) == 204);
    CHECK(house.version() > before);
    CHECK(house.may("bo", kKitchen) == "rw");
    CHECK(house.may("bo", kAttic) == "rw");
    CHECK(house.as("bo").get("/s/attic/members").has("Crew"));
    CHECK(house.as("bo").get("/spaces").has("Attic"));

    before = house.version();
    CHECK(house.drop("bo", crew, 24) == 204);
    CHECK(house.version() > before);
    CHECK(house.may("bo", kKitchen) == "--");
    CHECK(house.may("bo", kAttic) == "--");
    CHECK_FALSE(house.as("bo").get("/spaces").has("Attic"));
}

TEST_CASE("a seat by hand goes before one by a circle, and stays when the circle is left") {
    House house;
    const auto crew = house.make("Crew");
    CHECK(house.open("dan", kKitchen, crew) == 204);
    CHECK(house.put("cleo", crew, 25) == 204);
    CHECK(house.drop("cleo", crew, 25) == 204);
    CHECK(house.may("cleo", kKitchen) == "rw");

    house.site.db().write([](db::Tx& tx) {
        seat_imported(tx, CommunityId{1}, SpaceId{kKitchen}, MemberId{24}, Role::Reader);
    });
    CHECK(house.put("bo", crew, 24) == 204);
    CHECK(house.may("bo", kKitchen) == "r-");
}

TEST_CASE("two circles open a space: one is in until the last of them is left") {
    House house;
    const auto crew = house.make("Crew"), cooks = house.make("Cooks");
    CHECK(house.open("dan", kKitchen, crew) == 204);
    CHECK(house.open("dan", kKitchen, cooks) == 204);
    CHECK(house.put("bo", crew, 24) == 204);
    CHECK(house.put("bo", cooks, 24) == 204);
    CHECK(house.drop("bo", crew, 24) == 204);
    CHECK(house.may("bo", kKitchen) == "rw");

    CHECK(house.as("dan").api("DELETE", "/api/v1/spaces/33/circles/" + cooks).status == 204);
    CHECK(house.may("bo", kKitchen) == "--");
    CHECK(house.as("dan").api("DELETE", "/api/v1/spaces/33/circles/" + cooks).status == 404);
    CHECK(house.open("dan", kKitchen, cooks) == 204);
    CHECK(house.as("olga").api("DELETE", "/api/v1/circles/" + cooks).status == 204);
    CHECK(house.may("bo", kKitchen) == "--");
}

TEST_CASE("a moderator lets nobody into a space by way of a circle") {
    House house;
    const auto crew = house.make("Crew");
    CHECK(house.put("ada", crew, 24) == 204);
    CHECK(house.open("olga", kAttic, crew) == 204);
    CHECK(house.put("ada", crew, 25) == 403);
    CHECK(house.may("cleo", kAttic) == "--");
    // Who moderates the space opens it to circles they see, and to no others.
    house.site.db().write([](db::Tx& tx) {
        seat_imported(tx, CommunityId{1}, SpaceId{kKitchen}, MemberId{25}, Role::Moderator);
    });
    const auto elders = house.make("Elders", "own");
    CHECK(house.open("cleo", kKitchen, elders) == 404);
    CHECK(house.open("cleo", kKitchen, crew) == 204);
    CHECK(house.may("bo", kKitchen) == "rw");
}

TEST_CASE("a circle changes nothing where everybody may read, nor for who is no member") {
    House house;
    const auto crew = house.make("Crew");
    CHECK(house.open("olga", 32, crew) == 422);
    CHECK(house.open("olga", kAttic, crew) == 204);
    CHECK(house.may("", 32) == "--");
    CHECK(house.may("gus", kAttic) == "--");
    CHECK(house.put("bo", crew, 24) == 204);
    auto pending = house.as("bo").viewer;
    pending.pending = true;
    house.site.db().read(
        [&](db::Tx& tx) { CHECK(readable(tx, pending).find(SpaceId{kAttic}) == nullptr); });
    // A hidden circle is told of by its number alone.
    const auto elders = house.make("Elders", "own");
    CHECK(house.open("olga", kAttic, elders) == 204);
    const auto page = house.as("bo").get("/s/attic/members");
    CHECK(page.has("And 1 circle that only those in it see."));
    CHECK_FALSE(page.has("Elders"));
    CHECK_FALSE(house.as("bo").api("GET", "/api/v1/spaces/34/circles").has("Elders"));
    CHECK(house.as("cleo").api("GET", "/api/v1/spaces/34/circles").status == 404);
}

TEST_CASE("the page of a space's people opens it to circles, and closes it again") {
    House house;
    const auto crew = house.make("Crew");
    CHECK(house.as("cleo").get("/s/kitchen/members").status == 200);
    CHECK_FALSE(house.as("cleo").get("/s/kitchen/members").has("Open to a circle"));
    CHECK(house.as("dan").get("/s/kitchen/members").has("Open to a circle"));
    CHECK_FALSE(house.as("dan").get("/s/lounge/members").has("Open to a circle"));
    CHECK(house.as("dan").post("/s/kitchen/circles", {{"circle", crew}}).status == 303);
    CHECK(house.site.announced("space.circle_added") == 1);
    CHECK(house.as("cleo").get("/s/kitchen/members").has("Crew"));
    CHECK(house.as("cleo").post("/s/kitchen/circles", {{"circle", crew}}).status == 403);
    CHECK(house.as("dan").del("/s/kitchen/circles/" + crew).status == 303);
    CHECK_FALSE(house.as("cleo").get("/s/kitchen/members").has("Crew"));
}

TEST_CASE("a door is shut at once to whom the rule does not fit any more, and to who comes back") {
    House house;
    const auto crew = house.make("Crew");
    REQUIRE(house.open("olga", kAttic, crew) == 204);
    REQUIRE(house.put("olga", crew, 24) == 204);
    CHECK(house.may("bo", kAttic) == "rw");
    const auto run = [&](const std::string& sql) {
        house.site.db().write([&](db::Tx& tx) { tx.run(sql); });
    };
    run("UPDATE circles SET rule_metric = 6, rule_role = 2 WHERE community_id = 1");
    CHECK(house.may("bo", kAttic) == "--");
    run("UPDATE circles SET rule_role = 1 WHERE community_id = 1");
    CHECK(house.may("bo", kAttic) == "rw");
    run("UPDATE members SET joined_at = 4000000000000000 WHERE community_id = 1 AND id = 24");
    CHECK(house.may("bo", kAttic) == "--");
}

TEST_CASE("only private and secret spaces are opened by circles") {
    House house;
    const auto crew = house.make("Crew");
    for (const int space : {31, 32}) CHECK(house.open("olga", space, crew) == 422);
    CHECK(house.open("olga", kKitchen, crew) == 204);
}

}  // namespace torv::spaces
