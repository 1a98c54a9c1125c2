#include <doctest/doctest.h>

#include "features/spaces/spaces.hpp"
#include "platform/testing/site.hpp"

using namespace torv;
using testing::Site;

namespace {

/// Names of the spaces that a person finds in the API, in their order.
std::string names(testing::Person& person) {
    std::string all;
    const auto answer = person.get("/api/v1/spaces").json();
    for (const auto& space : answer["items"].items())
        all += std::string(space["readable"].boolean().value_or(false) ? "" : "?") +
               space["slug"].string_or("-") + " ";
    return all;
}

}  // namespace

TEST_CASE("everyone sees the spaces they may read, and members the names of private ones") {
    Site site{spaces::routes};
    CHECK(names(site.guest()) == "lounge ");
    CHECK(names(site.as("bo")) == "lounge garden ?kitchen porch ");
    CHECK(names(site.as("ada")) == "lounge garden ?kitchen porch ");
    CHECK(names(site.as("cleo")) == "lounge garden kitchen porch ");
    CHECK(names(site.as("dan")) == "lounge garden kitchen porch ");
    CHECK(names(site.as("olga")) == "lounge garden kitchen attic porch ");
    CHECK(names(site.as("gus")) == "hall ");
}

TEST_CASE("a community that is closed to guests shows them no space, not even a public one") {
    Site site{spaces::routes};
    CHECK(names(site.guest()) == "lounge ");
    site.db().write(
        [](db::Tx& tx) { tx.run("UPDATE communities SET guests_may_read = 0 WHERE id = 1"); });
    CHECK(names(site.guest()) == "");
    CHECK(site.guest().get("/s/lounge").status == 404);
    CHECK(site.guest().get("/api/v1/spaces/31").status == 404);
    CHECK(site.as("bo").get("/api/v1/spaces/31").status == 200);
}

TEST_CASE("a secret space is not there for others, in no list, by no address") {
    Site site{spaces::routes};
    for (const char* who : {"bo", "ada", "cleo", "dan"}) {
        CHECK_MESSAGE(site.as(who).get("/api/v1/spaces/34").status == 404, who);
        CHECK_MESSAGE(!site.as(who).get("/spaces").has("Attic"), who);
        const auto wrong = site.as(who).get("/s/nowhere/members");
        CHECK_MESSAGE(
            (who == std::string("dan") || site.as(who).get("/s/attic/members").body == wrong.body),
            who);
    }
    CHECK(site.as("olga").get("/spaces").has("Attic"));
}

TEST_CASE("an admin makes a space, and nobody else does") {
    Site site{spaces::routes};
    auto& dan = site.as("dan");
    const testing::Fields form{
        {"name", "Wood & Tools"}, {"kind", "questions"}, {"visibility", "members"}, {"icon", "🪵"}};
    CHECK(site.as("ada").post("/admin/spaces", form).status == 404);
    CHECK(site.as("bo").post("/admin/spaces", form).status == 404);
    CHECK(site.announced("space.created") == 0);

    CHECK(dan.post("/admin/spaces", form).status == 303);
    CHECK(site.announced("space.created") == 1);
    CHECK(names(site.as("bo")) == "lounge garden ?kitchen porch wood-tools ");
    CHECK(dan.post("/admin/spaces", form).status == 303);  // the same name once more
    CHECK(names(site.as("bo")).ends_with("wood-tools wood-tools-2 "));
}

TEST_CASE("what is wrong with a new space is said beside the field, and nothing typed is lost") {
    Site site{spaces::routes};
    auto& dan = site.as("dan");
    const auto nameless =
        dan.post("/admin/spaces", {{"name", "  "}, {"description", "Saws <and> planes"}});
    CHECK(nameless.status == 422);
    CHECK(nameless.has("Saws &lt;and&gt; planes"));
    CHECK(nameless.has("name-error"));
    CHECK(dan.post("/admin/spaces", {{"name", "\u200B\u202E"}}).status == 422);  // looks empty
    CHECK(dan.post("/admin/spaces", {{"name", "Wood"}, {"icon", "<b>"}}).status == 422);
    CHECK(dan.post("/admin/spaces", {{"name", "Wood"}, {"parent", "36"}}).status ==
          422);  // of the Mill
    CHECK(dan.post("/admin/spaces", {{"name", std::string(61, 'a')}}).status == 422);
    CHECK(site.announced("space.created") == 0);
}

TEST_CASE("changing a space that one may not read is told as done, and takes all rights") {
    Site site{spaces::routes};
    auto& dan = site.as("dan");  // an admin, not of the attic
    const auto changed = dan.api("PATCH", "/api/v1/spaces/34", R"({"description":"Dusty"})");
    CHECK(changed.status == 200);
    CHECK(changed.json()["description"].string() == "Dusty");
    CHECK(changed.json()["readable"].boolean() == false);
    CHECK(dan.get("/api/v1/spaces/34").status == 404);

    dan.viewer.scope = auth::Scope::Write;
    const auto small = dan.api("PATCH", "/api/v1/spaces/34", R"({"visibility":"public"})");
    CHECK(small.status == 403);
    CHECK(small.json()["key"].string() == "web.scope_too_small");
    CHECK(dan.api("PATCH", "/api/v1/spaces/31", R"({"visibility":"public"})").status == 403);
}

TEST_CASE("who may not change a space sees no form for it") {
    Site site{spaces::routes};
    auto& cleo = site.as("cleo");  // of the kitchen, without being its moderator
    const auto refused = cleo.post("/admin/spaces/33", {{"_method", "PATCH"}, {"name", "Mine"}});
    CHECK(refused.status == 403);
    CHECK_FALSE(refused.has("name=\"slug\""));
    CHECK(site.as("bo").post("/admin/spaces/33", {{"_method", "PATCH"}}).status == 404);
}

TEST_CASE("a form sent twice with one key makes one space") {
    Site site{spaces::routes};
    auto& dan = site.as("dan");
    const auto first = dan.api("POST", "/api/v1/spaces", R"({"name":"Wood"})", "key-1");
    CHECK(first.status == 201);
    const auto again = dan.api("POST", "/api/v1/spaces", R"({"name":"Wood"})", "key-1");
    CHECK(again.json()["id"].string() == first.json()["id"].string());
    CHECK(site.announced("space.created") == 1);
}

TEST_CASE("a space stands under another, one level deep, and hides with the one above") {
    Site site{spaces::routes};
    auto& dan = site.as("dan");
    const auto sub = dan.api("POST", "/api/v1/spaces",
                             R"({"name":"Ovens","parent":"33","visibility":"members"})");
    REQUIRE(sub.status == 201);
    const std::string id = sub.json()["id"].string_or("");
    CHECK(
        dan.api("POST", "/api/v1/spaces", R"({"name":"Bread","parent":")" + id + R"("})").status ==
        422);
    CHECK(dan.api("PATCH", "/api/v1/spaces/33", R"({"parent":"31"})").status ==
          422);  // it holds one itself
    CHECK(site.as("cleo").get("/api/v1/spaces/" + id).status == 200);
    CHECK(site.as("bo").get("/api/v1/spaces/" + id).status == 404);
}

TEST_CASE("a renamed space is found under its old address, which stays its own") {
    Site site{spaces::routes};
    auto& dan = site.as("dan");
    CHECK(dan.api("PATCH", "/api/v1/spaces/31", R"({"slug":"salon","name":"Salon"})").status ==
          200);
    CHECK(dan.api("POST", "/api/v1/spaces", R"({"name":"Other","slug":"lounge"})").status == 409);
    CHECK(dan.get("/s/lounge/members").status == 200);
    CHECK(dan.api("PATCH", "/api/v1/spaces/31", R"({"slug":"lounge"})").status == 200);
    CHECK(dan.get("/s/salon/members").status == 200);
}

TEST_CASE("a moderator of a space changes its words, not who may read it") {
    Site site{spaces::routes};
    auto& cleo = site.as("cleo");
    CHECK(cleo.api("PATCH", "/api/v1/spaces/33", R"({"name":"Big Kitchen"})").status == 403);
    CHECK(site.as("dan")
              .post("/s/kitchen/members", {{"handle", "@cleo"}, {"role", "moderator"}})
              .status == 303);
    CHECK(cleo.api("PATCH", "/api/v1/spaces/33", R"({"name":"Big Kitchen"})").status == 200);
    CHECK(cleo.api("PATCH", "/api/v1/spaces/33", R"({"visibility":"public"})").status == 403);
    CHECK(site.guest().get("/api/v1/spaces/33").status == 404);
}

TEST_CASE("a member asks to come in, and a moderator lets them in") {
    Site site{spaces::routes};
    auto& bo = site.as("bo");
    auto& dan = site.as("dan");
    CHECK(bo.post("/s/kitchen/ask").status == 303);
    CHECK(bo.post("/s/kitchen/ask").status == 303);  // twice is no error
    CHECK(site.announced("space.asked") == 1);
    CHECK(bo.post("/s/attic/ask").status == 404);
    CHECK(bo.get("/s/kitchen/members").status == 404);

    CHECK(dan.get("/s/kitchen/members").has("Bo Bergström"));
    CHECK(bo.post("/s/kitchen/requests/24", {{"answer", "let_in"}}).status == 404);
    CHECK(site.as("cleo").post("/s/kitchen/requests/24", {{"answer", "let_in"}}).status == 403);
    CHECK(dan.post("/s/kitchen/requests/24", {{"answer", "let_in"}}).status == 303);
    CHECK(bo.get("/s/kitchen/members").status == 200);
    CHECK(dan.post("/s/kitchen/requests/24", {{"answer", "let_in"}}).status == 404);

    CHECK(bo.del("/s/kitchen/members/24").status == 303);  // leaves
    CHECK(bo.get("/s/kitchen/members").status == 404);
}

TEST_CASE("nobody seats or unseats people where they do not moderate") {
    Site site{spaces::routes};
    CHECK(
        site.as("bo").post("/s/lounge/members", {{"handle", "bo"}, {"role", "moderator"}}).status ==
        403);
    CHECK(site.as("bo").post("/s/attic/members", {{"handle", "bo"}}).status == 404);
    CHECK(site.as("bo").del("/s/kitchen/members/25").status == 404);
    CHECK(site.as("cleo").del("/s/attic/members/21").status == 404);
    CHECK(site.as("dan").post("/s/kitchen/members", {{"handle", "gus"}}).status == 422);
    CHECK(site.as("gus").post("/s/kitchen/members", {{"handle", "gus"}}).status == 404);
    CHECK(site.announced("space.member_added") == 0);
}

TEST_CASE("an archived space leaves the lists, and comes back") {
    Site site{spaces::routes};
    auto& dan = site.as("dan");
    CHECK(site.as("bo").put("/admin/spaces/32/archive").status == 404);
    CHECK(dan.put("/admin/spaces/32/archive").status == 303);
    CHECK(dan.put("/admin/spaces/32/archive").status == 303);
    CHECK(site.announced("space.archived") == 1);
    CHECK(!site.as("bo").get("/spaces").has("Garden"));
    CHECK(dan.get("/admin/spaces").has("Garden"));
    CHECK(dan.del("/admin/spaces/32/archive").status == 303);
    CHECK(site.as("bo").get("/spaces").has("Garden"));
}

TEST_CASE("an admin changes the order") {
    Site site{spaces::routes};
    CHECK(site.as("dan").post("/admin/spaces/32/shift", {{"step", "up"}}).status == 303);
    CHECK(names(site.as("bo")).starts_with("garden lounge "));
    CHECK(site.as("dan").post("/admin/spaces/32/shift", {{"step", "up"}}).status == 303);
    CHECK(names(site.as("bo")).starts_with("garden lounge "));
    CHECK(site.as("dan").post("/admin/spaces/36/shift", {{"step", "up"}}).status == 404);
}

TEST_CASE("spaces of another community are not there") {
    Site site{spaces::routes};
    CHECK(site.as("dan").api("PATCH", "/api/v1/spaces/36", R"({"name":"Mine"})").status == 404);
    CHECK(site.as("dan").put("/admin/spaces/36/archive").status == 404);
    CHECK(site.as("gus").get("/api/v1/spaces/31").status == 404);
}

TEST_CASE("founding finds what it imported before") {
    Site site{spaces::routes};
    const auto twice = [&] {
        return site.db().write([](db::Tx& tx) {
            return spaces::found(tx, CommunityId{1},
                                 {.name = "general", .kind = spaces::Kind::Chat},
                                 {.source = "slack:C1", .imported = true});
        });
    };
    const auto first = twice();
    REQUIRE(first);
    CHECK(*twice() == *first);
    CHECK(site.announced("space.created") == 1);
}

TEST_CASE("moderators see what was done, but not in spaces they may not read") {
    Site site{spaces::routes};
    site.as("dan").api("PATCH", "/api/v1/spaces/31", R"({"name":"Salon"})");
    site.as("dan").api("PATCH", "/api/v1/spaces/33", R"({"name":"Big Kitchen"})");
    const auto log = site.as("ada").get("/admin/log");
    CHECK(log.status == 200);
    CHECK(log.has("Dan Holm"));
    CHECK(log.has("changed a space"));
    CHECK(log.has("Salon"));
    CHECK(!log.has("Kitchen"));
    CHECK(site.as("dan").get("/admin/log").has("Big Kitchen"));
    CHECK(site.as("bo").get("/admin/log").status == 404);
    CHECK(site.guest().get("/admin/log").status == 404);
}
