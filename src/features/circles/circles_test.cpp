#include "features/circles/circles.hpp"

#include <doctest/doctest.h>

#include "features/members/members.hpp"
#include "platform/testing/site.hpp"

namespace torv::circles {

namespace {

using torv::testing::Fields;
using torv::testing::Site;

struct House {
    torv::testing::Person& as(std::string_view who) { return site.as(who); }
    /// Olga makes it; its address.
    std::string make(const std::string& name, const std::string& visibility,
                     const std::string& entry, const std::string& question = "") {
        site.clock().advance(std::chrono::seconds(1));
        const auto made = as("olga").post(
            "/circles",
            {{"name", name}, {"visibility", visibility}, {"entry", entry}, {"question", question}});
        REQUIRE(made.status == 303);
        const auto page = as("olga").get(made.location());
        REQUIRE(page.status == 302);
        return page.location();
    }
    int put_in(std::string_view by, const std::string& circle, const std::string& handle) {
        site.clock().advance(std::chrono::seconds(1));
        return as(by).post(circle + "/members", {{"handle", handle}}).status;
    }
    bool in(const std::string& circle, const std::string& name) {
        return as("olga").get(circle).has(">" + name + "</a>");
    }
    std::int64_t number(const std::string& sql) {
        return site.db().read([&](db::Tx& tx) { return tx.one(sql)->get<std::int64_t>(0); });
    }

    Site site{circles::routes};
};

}  // namespace

TEST_CASE("a circle is seen by everyone, by members, or by those in it and the team") {
    House house;
    const auto bakers = house.make("Bakers", "everyone", "closed");
    const auto walkers = house.make("Walkers", "members", "closed");
    const auto elders = house.make("Elders", "own", "closed");
    CHECK(bakers == "/circles/bakers");
    const auto sees = [&](std::string_view who) {
        const auto list = house.as(who).get("/circles");
        std::string seen;
        for (const auto& [circle, name] :
             {std::pair(bakers, "Bakers"), std::pair(walkers, "Walkers"),
              std::pair(elders, "Elders")}) {
            const bool found = house.as(who).get(circle).status == 200;
            CHECK(list.has(name) == found);
            if (!who.empty())  // a guest has no token
                CHECK(house.as(who).api("GET", "/api/v1/circles").has(name) == found);
            seen += found ? name[0] : '-';
        }
        return seen;
    };
    CHECK(sees("") == "B--");
    CHECK(sees("bo") == "BW-");
    CHECK(sees("ada") == "BWE");
    CHECK(house.put_in("ada", elders, "@Bo") == 303);
    CHECK(sees("bo") == "BWE");
    CHECK(house.as("bo").get("/circles/nowhere").status == 404);

    house.site.db().write(
        [](db::Tx& tx) { tx.run("UPDATE communities SET guests_may_read = 0 WHERE id = 1"); });
    CHECK(house.as("").get(bakers).status != 200);
}

TEST_CASE("the team puts people in and out, and others do not") {
    House house;
    const auto circle = house.make("Bakers", "members", "closed");
    CHECK(house.put_in("bo", circle, "cleo") == 404);
    CHECK_FALSE(house.in(circle, "Cleo Dubois"));
    CHECK(house.put_in("ada", circle, "nobody") == 422);
    CHECK(house.put_in("ada", circle, "gus") == 422);
    CHECK(house.put_in("ada", circle, " @cleo ") == 303);
    CHECK(house.put_in("ada", circle, "cleo") == 303);
    CHECK(house.in(circle, "Cleo Dubois"));
    CHECK(house.site.announced("circle.member_added") == 1);
    CHECK(house.as("bo").get("/circles").has("1 person"));

    CHECK(house.as("bo").del(circle + "/members/25").status == 403);
    CHECK(house.as("bo").post(circle + "/join").status == 403);
    CHECK(house.as("ada").del(circle + "/members/25").status == 303);
    CHECK(house.as("ada").del(circle + "/members/25").status == 404);
    CHECK_FALSE(house.in(circle, "Cleo Dubois"));
    CHECK(house.as("bo").get("/circles").has("0 people"));
    CHECK(house.number("SELECT count(*) FROM audit_log WHERE community_id = 1 AND kind LIKE "
                       "'circle.member%'") == 2);
}

TEST_CASE("one joins an open circle and leaves it by oneself") {
    House house;
    const auto circle = house.make("Walkers", "members", "open");
    CHECK(house.as("").post(circle + "/join").status != 200);
    CHECK(house.as("bo").get(circle).has("Join the circle"));
    CHECK(house.as("bo").post(circle + "/join").status == 303);
    CHECK(house.as("bo").post(circle + "/join").status == 303);
    CHECK(house.as("bo").get(circle).has("Leave the circle"));
    CHECK(house.in(circle, "Bo Bergström"));
    CHECK(house.site.announced("circle.member_added") == 1);
    CHECK(house.as("bo").del(circle + "/members/24").status == 303);
    CHECK_FALSE(house.in(circle, "Bo Bergström"));

    const auto hidden = house.make("Elders", "own", "closed");
    CHECK(house.put_in("olga", hidden, "bo") == 303);
    const auto left = house.as("bo").del(hidden + "/members/24");
    CHECK(left.location() == "/circles");  // what one left one sees no more
    CHECK(house.as("bo").get(hidden).status == 404);
}

TEST_CASE("one asks to come in, answers the question, and somebody of the team says yes or no") {
    House house;
    const auto circle = house.make("Bakers", "members", "request", "What do you bake?");
    CHECK(house.as("bo").get(circle).has("What do you bake?"));
    CHECK(house.as("bo").post(circle + "/join").status == 403);
    CHECK(house.as("bo").post(circle + "/requests", {{"answer", std::string(501, 'x')}}).status ==
          422);
    CHECK(house.as("bo").post(circle + "/requests", {{"answer", "Rye <bread>"}}).status == 303);
    CHECK(house.as("bo").post(circle + "/requests", {{"answer", "Cake"}}).status == 303);
    CHECK(house.site.announced("circle.asked") == 1);
    CHECK(house.as("bo").get(circle).has("You have asked"));
    CHECK_FALSE(house.as("cleo").get(circle).has("Rye"));
    CHECK(house.as("cleo").api("GET", "/api/v1/circles/1/requests").status == 404);
    CHECK(house.as("ada").get(circle).has("Rye &lt;bread&gt;"));

    CHECK(house.as("cleo").del(circle + "/requests/24").status == 403);
    CHECK(house.as("bo").del(circle + "/requests/24").status == 303);
    CHECK_FALSE(house.as("ada").get(circle).has("Rye"));
    CHECK(house.as("bo").post(circle + "/requests", {{"answer", "Buns"}}).status == 303);
    CHECK(house.as("ada").del(circle + "/requests/24").status == 303);
    CHECK(house.site.announced("circle.request_declined") == 1);
    CHECK(house.as("ada").del(circle + "/requests/24").status == 404);

    CHECK(house.as("bo").post(circle + "/requests", {{"answer", "Buns"}}).status == 303);
    CHECK(house.put_in("ada", circle, "bo") == 303);
    CHECK(house.in(circle, "Bo Bergström"));
    CHECK_FALSE(house.as("ada").get(circle).has("Buns"));
}

TEST_CASE("admins make, change and remove circles") {
    House house;
    CHECK(house.as("ada").post("/circles", {{"name", "Mine"}}).status == 404);
    CHECK(house.as("ada").get("/circles/new").status == 404);
    CHECK(house.as("dan").get("/circles/new").status == 200);
    CHECK(house.as("dan").post("/circles", {{"name", " "}}).status == 422);
    const auto wrong = house.as("dan").post(
        "/circles", {{"name", "Elders"}, {"visibility", "own"}, {"entry", "open"}});
    CHECK(wrong.status == 422);
    const auto first = house.make("Bakers", "members", "closed");
    const auto second = house.make("Bakers", "members", "closed");
    CHECK(second == "/circles/bakers-2");
    CHECK(house.make("New", "members", "closed") == "/circles/circle");
    CHECK(house.as("ada").get(first + "/edit").status == 404);
    CHECK(house.as("dan").get(first + "/edit").has("Bakers"));
    const auto saved = house.as("dan").post(
        first, {{"_method", "PATCH"}, {"name", "Rye bakers"}, {"visibility", "everyone"}});
    CHECK(saved.location() == first);
    CHECK(house.as("").get(first).has("Rye bakers"));

    CHECK(house.put_in("ada", first, "bo") == 303);
    CHECK(house.as("ada").del(first).status == 404);
    CHECK(house.as("dan").del(first).status == 303);
    CHECK(house.as("olga").get(first).status == 404);
    CHECK(house.number("SELECT count(*) FROM circle_members WHERE community_id = 1") == 0);
    CHECK(house.make("Bakers", "members", "closed") == first);
}

TEST_CASE("a circle that opens a space is kept by admins alone") {
    House house;
    const auto circle = house.make("Crew", "members", "request");
    house.site.db().write([](db::Tx& tx) {
        tx.run(
            "INSERT INTO circle_spaces (community_id, circle_id, space_id) "
            "SELECT community_id, id, 34 FROM circles WHERE community_id = 1");
    });
    CHECK(house.put_in("ada", circle, "ada") == 403);
    CHECK(house.as("ada").get(circle).has("so admins put people in"));
    CHECK(house.put_in("dan", circle, "bo") == 303);
    auto viewer = house.as("dan").viewer;
    viewer.scope = auth::Scope::Write;
    house.site.db().read([&](db::Tx& tx) {
        const auto found = find(tx, viewer, "crew").value();
        CHECK_FALSE(may_let_in(viewer, found));
        CHECK_FALSE(may_manage(viewer));
        CHECK(keepers(tx, CommunityId{1}, found.id).size() == 2);
    });
}

TEST_CASE("people of a circle come in pages, and who left the community is in none") {
    House house;
    const auto circle = house.make("Bakers", "members", "open");
    house.site.db().write([](db::Tx& tx) {
        for (int i = 100; i < 190; ++i)
            tx.run(
                "INSERT INTO members (id, community_id, handle, name, name_key, search_key, "
                "role, state, joined_at) VALUES ($1, 1, $2, $2, $2, $2, 1, $3, 1)",
                i, "m" + std::to_string(i), i == 150 ? 2 : 0);
        tx.run(
            "INSERT INTO circle_members (community_id, circle_id, member_id, since) "
            "SELECT 1, c.id, m.id, 1000 + m.id / 50 FROM circles c "
            "JOIN members m ON m.community_id = c.community_id AND m.id >= 100 "
            "WHERE c.community_id = 1");
        tx.run("UPDATE circles SET member_count = 90 WHERE community_id = 1");
    });
    const std::string id = std::to_string(house.number("SELECT max(id) FROM circles"));
    std::string next = "/api/v1/circles/" + id + "/members";
    std::vector<std::string> seen;
    int pages = 0;
    for (; !next.empty() && pages < 9; ++pages) {
        const auto page = house.as("bo").api("GET", next);
        REQUIRE(page.status == 200);
        const auto json = page.json();
        for (const auto& one : json["items"].items())
            seen.push_back(std::string(one["member"].string_or("")));
        const std::string link = page.header("Link");
        next = link.empty() ? "" : link.substr(1, link.find('>') - 1);
        if (const auto at = next.find("/api/"); at != std::string::npos) next = next.substr(at);
    }
    CHECK(pages == 3);
    CHECK(seen.size() == 89);
    CHECK(seen.front() == "189");
    CHECK(seen.back() == "100");
    CHECK(house.as("bo").get(circle + "?before=x").status == 400);

    refresh(house.site.db());
    CHECK(house.number("SELECT count(*) FROM circle_members WHERE member_id = 150") == 0);
    CHECK(house.number("SELECT member_count FROM circles WHERE community_id = 1") == 89);
}

}  // namespace torv::circles
