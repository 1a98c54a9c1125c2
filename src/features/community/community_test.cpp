#include "features/community/community.hpp"

#include <doctest/doctest.h>

#include "features/community/address.hpp"
#include "platform/testing/site.hpp"

namespace torv::community {
namespace {

using testing::Fields;
using testing::Site;

Fields profile(std::string_view name) {
    return {{"name", std::string(name)},
            {"tagline", "On Saturdays"},
            {"purpose", "To talk"},
            {"values", ""},
            {"audience", ""},
            {"tone", ""},
            {"about", "**Come** <script>alert(1)</script>"},
            {"language", "da"},
            {"sign_up", "approval"}};
}

Community square(Site& site) {
    return site.db().read([](db::Tx& tx) { return find(tx, CommunityId{1}); }).value();
}

TEST_CASE("admins shape their community, others do not find the pages") {
    Site site{routes};
    CHECK(site.as("dan").get("/admin/community").status == 200);
    site.as("gus").host = "square.test";  // he owns another community
    for (const char* other : {"ada", "bo", "gus", ""}) {
        CHECK(site.as(other).get("/admin/community").status == 404);
        CHECK(site.as(other).post("/admin/community", profile("Mine")).status == 404);
    }
    CHECK(site.as("dan").post("/admin/community", profile("The Harbour")).status == 303);
    const Community now = square(site);
    CHECK(now.name == "The Harbour");
    CHECK(now.language == "da");
    CHECK(now.sign_up == SignUp::Approval);
    CHECK_FALSE(now.guests_may_read);
    CHECK(now.access_version == 2);  // guests may not read any more
    CHECK(now.about_html.find("<script") == std::string::npos);
    CHECK(site.announced("community.changed") == 1);
}

TEST_CASE("a form that cannot be accepted comes back with what was written") {
    Site site{routes};
    auto form = profile("");
    auto answer = site.as("dan").post("/admin/community", form);
    CHECK(answer.status == 422);
    CHECK(answer.has("Give the community a name."));
    CHECK(answer.has("On Saturdays"));
    form[0].second = "\u200B\u202E";  // looks empty too
    CHECK(site.as("dan").post("/admin/community", form).has("Give the community a name."));
    form[0].second = std::string(61, 'x');
    CHECK(site.as("dan").post("/admin/community", form).status == 422);
    form[0].second = "Fine";
    form[7].second = "xx";
    CHECK(site.as("dan").post("/admin/community", form).status == 422);
    form[7].second = "en";
    form[8].second = "anyhow";
    CHECK(site.as("dan").post("/admin/community", form).status == 422);
    CHECK(square(site).name == "The Square");
}

TEST_CASE("the look is kept, and only what can be chosen can be chosen") {
    Site site{routes};
    auto& dan = site.as("dan");
    const auto look = [&](std::string accent, std::string font, std::string logo) {
        return dan
            .post("/admin/look", {{"accent", std::move(accent)},
                                  {"font", std::move(font)},
                                  {"radius", "round"},
                                  {"logo", std::move(logo)}})
            .status;
    };
    CHECK(look("#1d4ed8", "serif", "/files/7/logo.png") == 303);
    CHECK(look("red", "serif", "") == 422);
    CHECK(look("#1d4ed8", "serif); } body { display: none", "") == 422);
    CHECK(look("#1d4ed8", "serif", "https://elsewhere.example/x.png") == 422);
    const auto sheet = site.guest().get("/look.css?v=1");
    CHECK(sheet.status == 200);
    CHECK(sheet.header("Content-Type") == "text/css; charset=utf-8");
    CHECK(sheet.has("--font-serif"));
    CHECK(site.announced("community.look_changed") == 1);
}

TEST_CASE("rules are kept by version, and the same text is no new version") {
    Site site{routes};
    auto& dan = site.as("dan");
    CHECK(dan.post("/admin/rules", {{"body", "1. Be kind.\n2. Ask."}}).status == 303);
    CHECK(dan.post("/admin/rules", {{"body", "1. Be kind.\n2. Ask."}}).status == 303);
    CHECK(dan.post("/admin/rules", {{"body", "  "}}).status == 422);
    CHECK(site.as("ada").post("/admin/rules", {{"body", "Mine"}}).status == 404);
    CHECK(square(site).rules_version == 2);
    CHECK(site.announced("rules.changed") == 1);
    CHECK(site.guest().get("/rules").has("<li>Ask.</li>"));
}

TEST_CASE("who has to accept new rules finds the button under them") {
    Site site{routes};
    auto& bo = site.as("bo");
    CHECK_FALSE(bo.get("/rules").has("rules_version"));
    bo.viewer.rules_outdated = true;
    CHECK(bo.get("/rules").has("name=\"rules_version\" value=\"1\""));
}

TEST_CASE("only the owner moves the community, and to an address that is free") {
    Site site{routes};
    const auto move = [&](const char* who, const char* address) {
        return site.as(who).post("/admin/address", {{"address", address}}).status;
    };
    CHECK(move("dan", "https://square.example") == 404);
    CHECK(move("olga", "http://mill.test") == 409);
    CHECK(move("olga", "javascript:alert(1)") == 422);
    CHECK(move("olga", "https://a b.example") == 422);
    CHECK(square(site).host == "square.test");
    CHECK(move("olga", "HTTPS://Square.Example/") == 303);
    CHECK(square(site).address == "https://square.example");
    CHECK(square(site).host == "square.example");
}

TEST_CASE("addresses are read strictly") {
    CHECK(parse_address("square.example.org").value() == "https://square.example.org");
    CHECK(parse_address("http://square.example:80/").value() == "http://square.example");
    CHECK(parse_address("https://square.example:8443").value() == "https://square.example:8443");
    for (const char* bad : {"ftp://x.example", "https://", "https://x.example/path", "x@y.example",
                            "https://x.example:0", "https://x.example:99999", "https://-x.example",
                            "https://x..example"})
        CHECK_FALSE(parse_address(bad));
    CHECK(given_address("http://127.0.0.1:8080", "garden", false) ==
          "http://garden.localhost:8080");
    CHECK(given_address("https://square.example", "garden", false) ==
          "https://garden.square.example");
    CHECK(given_address("http://[::1]:8080", "garden", false) == "http://garden.localhost:8080");
}

TEST_CASE("a second community has an address of its own before anybody has a domain") {
    Site site{routes};
    const auto made = site.db().write([](db::Tx& tx) {
        return create(tx, {.name = "Chess & Tea", .installation_address = "http://localhost:8080"});
    });
    REQUIRE(made);
    site.db().read([&](db::Tx& tx) {
        const Community c = find(tx, *made).value();
        CHECK(c.slug == "chess-tea");
        CHECK(c.address == "http://chess-tea.localhost:8080");
        CHECK_FALSE(c.is_default);
        CHECK(by_host(tx, "chess-tea.localhost:8080"));
        CHECK(by_host(tx, "chess-tea.localhost:9999"));  // the port was changed since
        CHECK_FALSE(by_host(tx, "evil.example"));
        CHECK_FALSE(by_host(tx, ""));
    });
    const auto again = site.db().write(
        [](db::Tx& tx) { return create(tx, {.name = "Chess", .slug = "chess-tea"}); });
    REQUIRE_FALSE(again);
    CHECK(again.error().key == "community.slug_taken");
}

TEST_CASE("goals and answers of the canvas are kept in order") {
    Site site{routes};
    site.db().write([](db::Tx& tx) {
        save_answer(tx, CommunityId{1}, "purpose", "first");
        save_answer(tx, CommunityId{1}, "purpose", "second");
        set_goals(tx, CommunityId{1}, {{"Grow", "members", 100}, {"Laugh", "", {}}});
        set_goals(tx, CommunityId{1}, {{"Laugh", "", {}}, {"Grow", "members", 50}});
    });
    site.db().read([](db::Tx& tx) {
        CHECK(answers(tx, CommunityId{1}).size() == 1);
        CHECK(answers(tx, CommunityId{1})[0].answer == "second");
        REQUIRE(goals(tx, CommunityId{1}).size() == 2);
        CHECK(goals(tx, CommunityId{1})[0].text == "Laugh");
        CHECK(goals(tx, CommunityId{1})[1].target == 50);
        CHECK(goals(tx, CommunityId{2}).empty());
    });
}

}  // namespace
}  // namespace torv::community
