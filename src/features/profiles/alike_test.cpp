#include "features/profiles/alike.hpp"

#include <doctest/doctest.h>

#include "features/blocks/blocks.hpp"
#include "features/members/members.hpp"
#include "platform/testing/site.hpp"

namespace torv::profiles {
namespace {

using testing::Fields;
using testing::Site;

constexpr MemberId kAda{23}, kBo{24}, kCleo{25}, kDan{22};
using Values = std::vector<std::string>;

struct House {
    Site site{members::routes, routes};

    void tell(const char* who, const Fields& form) {
        REQUIRE(site.as(who).post("/me/about", form).status == 303);
    }
    std::vector<Alike> of(const char* who, int limit = 10) {
        return site.db().read([&](db::Tx& tx) { return alike(tx, site.as(who).viewer, 5, limit); });
    }
    std::vector<MemberId> ids(const char* who) {
        std::vector<MemberId> list;
        const auto found = of(who);
        for (const auto& one : found) list.push_back(one.id);
        return list;
    }
};

TEST_CASE("who shares most and rarest comes first, and it is said what it is") {
    House house;
    house.tell("bo", {{"skills", "Sourdough, Rye"},
                      {"place", "Århus"},
                      {"languages", "dansk"},
                      {"seeks", "a garden"},
                      {"offers", "a ladder"}});
    house.tell("cleo", {{"skills", "sourdough"}, {"place", "aarhus"}, {"languages", "Danish"}});
    house.tell("ada", {{"skills", "rye, sourdough"}, {"offers", "A garden"}});
    house.tell("dan", {{"languages", "Dansk"}, {"interests", "rye"}});
    house.tell("olga", {{"seeks", "A LADDER"}});
    const auto found = house.of("bo");
    REQUIRE(found.size() == 3);  // Dan shares a language alone; an interest is not a skill
    CHECK(found[0].id == kAda);
    CHECK(found[0].both == Values{"Rye", "Sourdough"});
    CHECK(found[0].offers == Values{"a garden"});
    CHECK(found[0].near.empty());
    CHECK(found[1].seeks == Values{"a ladder"});  // which nobody else seeks
    CHECK(found[2].id == kCleo);
    CHECK(found[2].both == Values{"Sourdough", "dansk"});
    CHECK(found[2].near == "Århus");
    CHECK(house.of("bo", 1).size() == 1);
    CHECK(house.of("dan").empty());
    const auto page = house.site.as("bo").get("/members");
    CHECK(page.has("People like you"));
    CHECK(page.has("You both: Sourdough, dansk"));
    CHECK_FALSE(house.site.as("bo").get("/members?skill=rye").has("People like you"));
    const auto api = house.site.as("bo").api("GET", "/api/v1/me/alike").json();
    REQUIRE(api["items"].items().size() == 3);
    CHECK(api["items"].items()[0]["member"]["handle"].string() == "ada");
    CHECK(api["items"].items()[2]["near"].string() == "Århus");
}

TEST_CASE("a hidden field makes nobody alike, changes no order and is not named") {
    House house;
    house.tell("bo", {{"skills", "Sourdough, rye"}, {"place", "Ribe"}, {"seeks", "a ladder"}});
    house.tell("cleo", {{"skills", "rye"}});
    house.tell("ada", {{"skills", "rye"}});
    const auto before = house.ids("bo");
    const double score = house.of("bo")[0].score;
    CHECK(before.size() == 2);
    house.tell("cleo", {{"skills", "rye"},
                        {"interests", "x"},
                        {"place", "Ribe"},
                        {"place_shown", "me"},
                        {"offers", "a ladder"},
                        {"offers_shown", "me"}});
    house.tell("dan", {{"skills", "Sourdough, rye"}, {"skills_shown", "me"}});
    CHECK(house.ids("bo") == before);
    CHECK(house.of("bo")[0].score == score);
    house.tell("cleo", {{"place", "Ribe"}, {"place_shown", "members"}});
    CHECK(house.ids("bo").front() == kCleo);
    house.tell("dan", {{"skills", "Sourdough, rye"}, {"skills_shown", "members"}});
    CHECK(house.ids("bo").size() == 3);
}

TEST_CASE(
    "what the viewer hides from others still finds people for them, and tells these nothing") {
    House house;
    house.tell("bo", {{"interests", "bees"}, {"interests_shown", "me"}});
    house.tell("cleo", {{"interests", "bees"}});
    CHECK(house.ids("bo") == std::vector<MemberId>{kCleo});
    CHECK(house.ids("cleo").empty());
}

TEST_CASE("blocked people and those who have left are not shown") {
    House house;
    for (const char* who : {"bo", "cleo", "ada", "dan"}) house.tell(who, {{"interests", "bees"}});
    CHECK(house.ids("bo") == std::vector<MemberId>{kDan, kAda, kCleo});
    house.site.db().write(
        [&](db::Tx& tx) { return blocks::block(tx, house.site.as("bo").viewer, kCleo); });
    house.site.db().write(
        [&](db::Tx& tx) { return blocks::block(tx, house.site.as("dan").viewer, kBo); });
    CHECK(house.ids("bo") == std::vector<MemberId>{kAda});
    house.site.as("ada").post("/me/leave");
    CHECK(house.ids("bo").empty());
}

TEST_CASE("who has told nothing is told how") {
    House house;
    CHECK(house.site.as("bo").get("/members").has("/me/about"));
    house.tell("bo", {{"interests", "bees"}});
    CHECK_FALSE(house.site.as("bo").get("/members").has("people like you"));
}

}  // namespace
}  // namespace torv::profiles
