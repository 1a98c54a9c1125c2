#include <doctest/doctest.h>

#include "features/circles/circles.hpp"
#include "platform/testing/site.hpp"

namespace torv::circles {

namespace {

using torv::testing::Answer;
using torv::testing::Fields;
using torv::testing::Site;

constexpr std::int64_t kDay = 86'400'000'000;

/// Dan's circle with a rule, among people whose posts are put straight into the tables.
struct House {
    House() {
        const auto made = site.as("dan").api("POST", "/api/v1/circles", R"({"name":"Crew"})");
        REQUIRE(made.status == 201);
        id = std::string(made.json()["id"].string_or(""));
    }
    torv::testing::Person& as(std::string_view who) { return site.as(who); }
    /// A topic of somebody in a space, `days` ago, with so many thanks; its id.
    std::int64_t topic(int author, int space, int days, int thanks = 0) {
        return site.db().write([&](db::Tx& tx) {
            const auto topic = tx.new_id<TopicId>();
            tx.run(
                "INSERT INTO topics (id, community_id, space_id, author_id, title, created_at, "
                "last_post_at) VALUES ($1, 1, $2, $3, 'T', $4, $4)",
                topic, space, author, tx.now().us - days * kDay);
            const auto post = put(tx, topic, author, days, thanks);
            tx.run("UPDATE topics SET first_post_id = $2 WHERE community_id = 1 AND id = $1", topic,
                   post);
            return topic.value;
        });
    }
    void answer(std::int64_t topic, int author, int days, int thanks = 0) {
        site.db().write([&](db::Tx& tx) { put(tx, TopicId{topic}, author, days, thanks); });
    }
    int rule(const std::string& body) {
        const auto done = as("dan").api("PUT", "/api/v1/circles/" + id + "/rule", body);
        site.settle();
        return done.status;
    }
    /// "24 25": who is in it.
    std::string in() {
        return site.db().read([&](db::Tx& tx) {
            std::string text;
            tx.each(
                [&](const db::Row& row) {
                    text += (text.empty() ? "" : " ") + row.get<std::string>(0);
                },
                "SELECT member_id FROM circle_members WHERE community_id = 1 ORDER BY member_id");
            return text;
        });
    }
    Answer preview(const std::string& body) {
        return as("dan").api("POST", "/api/v1/circles/" + id + "/rule/preview", body);
    }

    Site site{circles::routes};
    std::string id;

private:
    PostId put(db::Tx& tx, TopicId topic, int author, int days, int thanks) {
        const auto post = tx.new_id<PostId>();
        tx.run(
            "INSERT INTO posts (id, community_id, topic_id, author_id, body_md, body_html, "
            "renderer, created_at, thanks) VALUES ($1, 1, $2, $3, 'x', 'x', 1, $4, $5)",
            post, topic, author, tx.now().us - days * kDay, thanks);
        return post;
    }
};

}  // namespace

TEST_CASE("who wrote so many posts lately is in, counted where every member may read") {
    House house;
    house.topic(24, 31, 1);
    house.topic(24, 32, 2);
    house.topic(25, 31, 1);
    house.topic(25, 33, 1);  // the kitchen is private
    house.topic(23, 31, 1);
    house.topic(23, 31, 40);  // long ago
    CHECK(house.rule(R"({"metric":"posts","amount":2,"days":30})") == 204);
    CHECK(house.in() == "24");
    CHECK(house.rule(R"({"metric":"posts","amount":2,"days":60})") == 204);
    CHECK(house.in() == "23 24");
    CHECK(house.rule(R"({"metric":"posts","amount":1,"days":30})") == 204);
    CHECK(house.in() == "23 24 25");
    CHECK(house.as("bo").get("/circles/crew").has("Who wrote a post in the last 30 days"));
}

TEST_CASE("an answer is what stands in somebody else's topic") {
    House house;
    const auto topic = house.topic(24, 31, 5);
    house.answer(topic, 24, 4);
    house.answer(topic, 25, 3);
    CHECK(house.rule(R"({"metric":"answers","amount":1,"days":30})") == 204);
    CHECK(house.in() == "25");
}

TEST_CASE("those thanked most are in, as many as were said, and nobody without thanks") {
    House house;
    house.topic(24, 31, 1, 3);
    house.topic(25, 31, 1, 5);
    house.topic(23, 32, 1, 3);
    house.topic(22, 33, 1, 90);  // in a private space
    house.topic(21, 31, 50, 90);
    CHECK(house.rule(R"({"metric":"thanks","amount":2,"days":30})") == 204);
    CHECK(house.in() == "23 25");
    CHECK(house.rule(R"({"metric":"thanks","amount":100,"days":30})") == 204);
    CHECK(house.in() == "23 24 25");
}

TEST_CASE("how long somebody is a member, since when, and as what") {
    House house;
    house.site.db().write([](db::Tx& tx) {
        tx.run("UPDATE members SET joined_at = $1 WHERE id = 24", tx.now().us - 10 * kDay);
        tx.run("UPDATE members SET joined_at = $1 WHERE id = 25", tx.now().us - 3 * kDay);
    });
    CHECK(house.rule(R"({"metric":"member_for","days":7})") == 204);
    CHECK(house.in() == "21 22 23 24");
    CHECK(house.rule(R"({"metric":"joined_after","after":"2026-11-10"})") == 204);
    CHECK(house.in() == "24 25");
    CHECK(house.rule(R"({"metric":"role","role":"moderator"})") == 204);
    CHECK(house.in() == "21 22 23");
    CHECK(house.rule(R"({"metric":"role","role":"admin"})") == 204);
    CHECK(house.in() == "21 22");
}

TEST_CASE("a preview says who would come in and go out, and changes nothing") {
    House house;
    house.topic(24, 31, 1);
    CHECK(house.as("dan").api("PUT", "/api/v1/circles/" + house.id + "/members/25").status == 204);
    const auto seen = house.preview(R"({"metric":"posts","amount":1,"days":30})").json();
    CHECK(seen["entering"].integer() == 1);
    CHECK(seen["enter"].items().front().string_or("") == "24");
    CHECK(seen["leave"].items().front().string_or("") == "25");
    CHECK(seen["staying"].integer() == 0);
    const Fields typed{{"_method", "PUT"},
                       {"metric", "posts"},
                       {"amount", "1"},
                       {"days", "30"},
                       {"do", "preview"}};
    const auto page = house.as("dan").post("/circles/crew/rule", typed);
    CHECK(page.status == 200);
    CHECK(page.has("1 person comes in"));
    CHECK(page.has("Bo Bergström"));
    CHECK(page.has("Cleo Dubois"));
    CHECK(house.in() == "25");
    Fields saved = typed;
    saved.back().second = "save";
    CHECK(house.as("dan").post("/circles/crew/rule", saved).status == 303);
    CHECK(house.in() == "24");
}

TEST_CASE("a rule is an admin's to make, and has to make sense") {
    House house;
    const std::string good = R"({"metric":"posts","amount":1,"days":30})";
    for (const auto* who : {"ada", "bo"}) {
        CHECK(house.as(who).get("/circles/crew/rule").status == 404);
        CHECK(house.as(who).api("PUT", "/api/v1/circles/" + house.id + "/rule", good).status ==
              404);
    }
    CHECK(house.rule(R"({"metric":"songs"})") == 422);
    CHECK(house.rule(R"({"metric":"posts","amount":0,"days":30})") == 422);
    CHECK(house.rule(R"({"metric":"posts","amount":1,"days":4000})") == 422);
    CHECK(house.rule(R"({"metric":"joined_after","after":"soon"})") == 422);
    CHECK(house.rule(R"({"metric":"role","role":"member"})") == 422);
    const auto form = house.as("dan").post(
        "/circles/crew/rule", {{"_method", "PUT"}, {"metric", "posts"}, {"do", "save"}});
    CHECK(form.status == 422);
    CHECK(form.has("Say a number from 1 to 10,000."));
    CHECK(house.as("dan").get("/circles/crew/rule").status == 200);
    CHECK(house.as("dan").api("DELETE", "/api/v1/circles/" + house.id + "/rule").status == 404);
}

TEST_CASE("where a rule says who is in, nobody is put in or out by hand") {
    House house;
    house.topic(24, 31, 1);
    CHECK(house.rule(R"({"metric":"posts","amount":1,"days":30})") == 204);
    const std::string people = "/api/v1/circles/" + house.id + "/members/";
    CHECK(house.as("dan").api("PUT", people + "25").status == 409);
    CHECK(house.as("dan").api("DELETE", people + "24").status == 409);
    CHECK(house.as("bo").api("DELETE", people + "24").status == 409);
    CHECK_FALSE(house.as("bo").get("/circles/crew").has("Leave the circle"));
    // Changing its name leaves the rule as it is.
    CHECK(house.as("dan")
              .api("PATCH", "/api/v1/circles/" + house.id, R"({"name":"Writers"})")
              .status == 200);
    CHECK(house.as("dan").api("PUT", people + "25").status == 409);

    CHECK(house.as("dan").api("DELETE", "/api/v1/circles/" + house.id + "/rule").status == 204);
    CHECK(house.in() == "24");
    CHECK(house.as("bo").api("DELETE", people + "24").status == 204);
}

TEST_CASE("each day the rule is looked at again, and a space follows") {
    House house;
    house.topic(24, 31, 29);
    house.topic(25, 31, 1);
    house.site.db().write([](db::Tx& tx) {
        tx.run(
            "INSERT INTO circle_spaces (community_id, circle_id, space_id) "
            "SELECT community_id, id, 34 FROM circles WHERE community_id = 1");
    });
    CHECK(house.rule(R"({"metric":"posts","amount":1,"days":30})") == 204);
    CHECK(house.in() == "24 25");
    const auto version = [&] {
        return house.site.db().read([](db::Tx& tx) {
            return tx.one("SELECT access_version FROM communities WHERE id = 1")
                ->get<std::int64_t>(0);
        });
    };
    const auto before = version();
    house.site.clock().advance(std::chrono::hours(48));
    refresh(house.site.db());
    CHECK(house.in() == "25");
    CHECK(version() > before);
    CHECK(house.site.announced("circle.member_removed") == 1);
    refresh(house.site.db());
    CHECK(house.site.announced("circle.member_removed") == 1);
    CHECK(house.as("bo").get("/circles").has("1 person"));
}

TEST_CASE("many come in at once, told of in parts") {
    House house;
    house.site.db().write([](db::Tx& tx) {
        for (int i = 1000; i < 1450; ++i)
            tx.run(
                "INSERT INTO members (id, community_id, handle, name, name_key, search_key, "
                "role, state, joined_at) VALUES ($1, 1, $2, $2, $2, $2, 1, 0, 1)",
                i, "m" + std::to_string(i));
    });
    CHECK(house.rule(R"({"metric":"member_for","days":1})") == 204);
    CHECK(house.site.announced("circle.member_added") == 3);
    CHECK(house.as("bo").get("/circles").has("455 people"));
    const auto seen = house.preview(R"({"metric":"role","role":"owner"})").json();
    CHECK(seen["leaving"].integer() == 454);
    CHECK(seen["leave"].items().size() == 50);
}

}  // namespace torv::circles
