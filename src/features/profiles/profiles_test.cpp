#include "features/profiles/profiles.hpp"

#include <doctest/doctest.h>

#include "features/members/members.hpp"
#include "features/profiles/values.hpp"
#include "platform/testing/site.hpp"

namespace torv::profiles {
namespace {

using testing::Fields;
using testing::Site;

constexpr MemberId kBo{24};

struct House {
    Site site{members::routes, routes};

    int save(const char* who, const Fields& form) {
        return site.as(who).post("/me/about", form).status;
    }
};

std::vector<std::string> marks(Kind kind, std::string_view typed) {
    std::vector<std::string> list;
    const auto values = values_from(kind, typed);
    REQUIRE(values);
    for (const auto& value : *values) list.push_back(value.mark);
    return list;
}

TEST_CASE("what is the same to people is the same value") {
    CHECK(mark_of(Kind::Skills, " Sourdough ") == "1:sourdough");
    CHECK(mark_of(Kind::Skills, "SOURDOUGH") == mark_of(Kind::Skills, "sour\u200Bdough"));
    CHECK(mark_of(Kind::Place, "Århus  C") == mark_of(Kind::Place, "aarhus c"));
    CHECK(mark_of(Kind::Skills, "bread") != mark_of(Kind::Interests, "bread"));
    for (const char* name : {"Danish", "dansk", "Danska", "Deens", "DA"})
        CHECK(mark_of(Kind::Languages, name) == "3:da");
    CHECK(mark_of(Kind::Languages, "Klingon-ish") == "3:klingon-ish");
    CHECK(mark_of(Kind::Interests, "Danish") == "2:danish");
}

TEST_CASE("values stand between commas, semicolons or on lines, each once") {
    CHECK(marks(Kind::Skills, "Baking, sewing;baking\n ,, Bees") ==
          std::vector<std::string>{"1:baking", "1:sewing", "1:bees"});
    CHECK(marks(Kind::Place, "Aarhus C, Danmark") ==
          std::vector<std::string>{"4:aarhus c, danmark"});
    CHECK(marks(Kind::Seeks, " \u202E , ").empty());
    std::string many;
    for (int i = 0; i < 16; ++i) many += "skill " + std::to_string(i) + ",";
    CHECK(values_from(Kind::Skills, many).error().key == "profiles.too_many");
    CHECK(values_from(Kind::Skills, std::string(61, 'a')).error().key == "profiles.too_long");
    CHECK(
        values_from(Kind::Skills, "æøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøåæøå"));
}

TEST_CASE("each field is seen by whom its member chose") {
    House house;
    CHECK(house.save("bo", {{"skills", "Sourdough"},
                            {"skills_shown", "everyone"},
                            {"interests", "Old boats"},
                            {"interests_shown", "members"},
                            {"place", "Aarhus"},
                            {"place_shown", "me"},
                            {"seeks", "A <garden>"}}) == 303);
    const auto sees = [&](const char* who, const char* text) {
        return house.site.as(who).get("/m/bo").has(text);
    };
    CHECK(sees("", "Sourdough"));
    CHECK_FALSE(sees("", "Old boats"));
    CHECK_FALSE(sees("", "A &lt;garden"));  // members, as long as nothing else is said
    CHECK_FALSE(sees("", "Aarhus"));
    for (const char* who : {"cleo", "ada", "olga"}) {
        CHECK(sees(who, "Sourdough"));
        CHECK(sees(who, "Old boats"));
        CHECK(sees(who, "A &lt;garden"));
        CHECK_FALSE(sees(who, "Aarhus"));
    }
    CHECK(sees("bo", "Aarhus"));
    CHECK(sees("bo", "Only you"));
    CHECK_FALSE(sees("cleo", "Only you"));
}

TEST_CASE("what is typed comes back beside what is wrong with it") {
    House house;
    auto& bo = house.site.as("bo");
    const std::string longer(70, 'x');
    const auto wrong = bo.post("/me/about", {{"skills", longer}, {"place", "Ribe"}});
    CHECK(wrong.status == 422);
    CHECK(wrong.has(longer));
    CHECK(wrong.has("Ribe"));
    CHECK_FALSE(bo.get("/m/bo").has("Ribe"));
    CHECK(house.save("", {{"skills", "x"}}) == 303);  // to the door
    CHECK_FALSE(bo.get("/me/about").has("value=\"x\""));
}

TEST_CASE("a choice of who sees a field outlives its words") {
    House house;
    house.save("bo", {{"place", "Ribe"}, {"place_shown", "me"}});
    house.save("bo", {{"place", ""}});
    house.save("bo", {{"place", "Ribe"}});
    CHECK_FALSE(house.site.as("cleo").get("/m/bo").has("Ribe"));
    house.save("bo", {{"place", "Ribe"}, {"place_shown", "members"}});
    CHECK(house.site.as("cleo").get("/m/bo").has("Ribe"));
}

TEST_CASE("others hear of a change only when they see one") {
    House house;
    const auto heard = [&] { return house.site.announced("member.changed"); };
    house.save("bo", {{"place", "Ribe"}, {"place_shown", "me"}});
    CHECK(heard() == 0);
    house.save("bo", {{"place", "Ribe"}, {"place_shown", "members"}});
    CHECK(heard() == 1);
    house.save("bo", {{"place", "Ribe"}, {"place_shown", "everyone"}});
    CHECK(heard() == 1);
    house.save("bo", {{"place", "ribe"}});
    CHECK(heard() == 2);
}

TEST_CASE("who has left tells nothing") {
    House house;
    house.save("bo", {{"skills", "Sourdough"}, {"skills_shown", "everyone"}});
    house.site.as("bo").post("/me/leave");
    CHECK(house.site.as("cleo").get("/m/bo").status == 200);
    CHECK_FALSE(house.site.as("cleo").get("/m/bo").has("Sourdough"));
    CHECK_FALSE(house.site.as("cleo").get("/members?skill=sourdough").has("Bergstr"));
    CHECK_FALSE(house.site.as("cleo").get("/members").has("Sourdough"));
    const auto answer = house.site.as("cleo").api("GET", "/api/v1/members/24/profile");
    CHECK(answer.json()["skills"].items().empty());
}

TEST_CASE("the API reads and changes what the pages do") {
    House house;
    auto& bo = house.site.as("bo");
    const char* body =
        R"({"skills":["Sourdough","rye, oats"],"place":"Ribe","shown_to":{"place":"me"}})";
    const auto own = bo.api("PATCH", "/api/v1/me/profile", body).json();
    CHECK(own["skills"].items().size() == 3);
    CHECK(own["place"].string() == "Ribe");
    CHECK(own["shown_to"]["place"].string() == "me");
    CHECK(own["shown_to"]["skills"].string() == "members");
    const auto seen = house.site.as("cleo").api("GET", "/api/v1/members/24/profile").json();
    CHECK(seen["skills"].items().size() == 3);
    CHECK(seen["place"].string() == "");
    CHECK_FALSE(seen["shown_to"].is_object());
    const auto after =
        bo.api("PATCH", "/api/v1/me/profile", R"({"shown_to":{"skills":"me"}})").json();
    CHECK(after["skills"].items().size() == 3);
    CHECK(house.site.as("cleo")
              .api("GET", "/api/v1/members/24/profile")
              .json()["skills"]
              .items()
              .empty());
    for (const char* bad :
         {R"({"skills":"x"})", R"({"place":["x"]})", R"({"hat":"x"})",
          R"({"shown_to":{"skills":"nobody"}})", R"({"shown_to":{"hat":"me"}})",
          R"({"shown_to":"me"})", R"([])", R"({"skills":[1]})", R"({"place":"a\u0000b"})"})
        CHECK(bo.api("PATCH", "/api/v1/me/profile", bad).status == 422);
    CHECK(house.site.as("cleo").api("GET", "/api/v1/members/99/profile").status == 404);
    CHECK(house.site.guest().get("/api/v1/me/profile").status == 401);
}

TEST_CASE("a profile is two queries at most") {
    House house;
    house.save("bo", {{"skills", "Sourdough"}});
    house.site.db().read([&](db::Tx& tx) {
        CHECK(of(tx, house.site.as("cleo").viewer, kBo).size() == 1);
        CHECK(tx.statements() == 1);
        CHECK(of(tx, house.site.as("bo").viewer, kBo).size() == 1);
        CHECK(tx.statements() == 3);
    });
}

}  // namespace
}  // namespace torv::profiles
