#include "features/search/search.hpp"

#include <doctest/doctest.h>

#include "features/topics/topics.hpp"
#include "platform/activity/activity.hpp"
#include "platform/testing/site.hpp"

using namespace torv;
using testing::Site;

namespace {

/// A topic by somebody, found by its address.
std::string begin(testing::Person& who, std::string_view space, std::string_view title,
                  std::string_view body) {
    const auto answer = who.post("/s/" + std::string(space) + "/topics",
                                 {{"title", std::string(title)}, {"body", std::string(body)}});
    REQUIRE(answer.status == 303);
    return answer.location();
}

struct Found {
    Found() : site({topics::routes, search::routes}) { search::follow(site.activity()); }
    bool finds(std::string_view who, std::string_view query, std::string_view part) {
        site.settle();
        return site.as(who).get("/search?q=" + std::string(query)).has(part);
    }
    Site site;
};

}  // namespace

TEST_CASE("what was written is found by everyone who may read it, and by nobody else") {
    Found world;
    begin(world.site.as("bo"), "lounge", "Picnic on Saturday", "Bring bread and cheese.");
    begin(world.site.as("cleo"), "kitchen", "Secret recipe", "Saffron and bread.");
    CHECK(world.finds("bo", "bread", "<mark>bread</mark>"));
    CHECK(world.finds("", "picnic", "Picnic"));
    CHECK(world.finds("cleo", "saffron", "Secret recipe"));
    CHECK_FALSE(world.finds("bo", "saffron", "Secret recipe"));
    CHECK_FALSE(world.finds("", "saffron", "Secret recipe"));
    auto& gus = world.site.as("gus");
    CHECK_FALSE(gus.get("/search?q=picnic").has("Picnic on Saturday"));
}

TEST_CASE("a search for what one may not see looks like a search for what is not there") {
    Found world;
    begin(world.site.as("cleo"), "kitchen", "Secret recipe", "Saffron.");
    world.site.settle();
    auto body = [&](std::string_view word) {
        std::string text = world.site.as("bo").get("/search?q=" + std::string(word)).body;
        for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at))
            text.replace(at, word.size(), "WORD");
        return text;
    };
    CHECK(body("saffron") == body("sawdust"));
}

TEST_CASE("an edit, a deletion and a return show in the index") {
    Found world;
    auto& bo = world.site.as("bo");
    const std::string topic = begin(bo, "lounge", "Bicycle for sale", "A red one.");
    CHECK(world.finds("ada", "bicycles", "<mark>Bicycle</mark> for sale"));
    const auto list = bo.api("GET", "/api/v1/search?q=red").json();
    REQUIRE_FALSE(list["items"].items().empty());
    const std::string post(list["items"].items()[0]["post_id"].string().value_or(""));
    CHECK(bo.api("PATCH", "/api/v1/posts/" + post, R"({"body":"A green one."})").status == 200);
    CHECK(world.finds("ada", "green", "Bicycle"));
    CHECK_FALSE(world.finds("ada", "red", "Bicycle"));
    CHECK(bo.api("DELETE", "/api/v1/posts/" + post).status == 204);
    CHECK_FALSE(world.finds("ada", "green", "Bicycle"));
    CHECK_FALSE(world.finds("ada", "bicycle", "for sale"));
}

TEST_CASE("replaying from zero gives the same index") {
    Found world;
    begin(world.site.as("bo"), "lounge", "Æbler fra haven",
          "Jeg har mange æbler, og de er gode til kage.");
    CHECK(world.finds("ada", "%C3%A6ble", "haven"));
    world.site.activity().reset("search");
    CHECK(world.finds("ada", "aebler", "haven"));
    CHECK(world.finds("ada", "hav", "haven"));
}

TEST_CASE("odd things typed are answered, never an error") {
    Found world;
    begin(world.site.as("bo"), "lounge", "Picnic", "Bread.");
    for (const char* typed :
         {"%22", "%22%22", "a%22%20OR%20b", "*", "%27", "NEAR%28a%29", "-", "%F0%9F%8E%89", "",
          "%20", "AND", "bread%20AND", "%28bread", "title%3Abread"})
        CHECK(world.site.as("bo").get("/search?q=" + std::string(typed)).status == 200);
    CHECK(world.site.as("bo").api("GET", "/api/v1/search?q=").status == 422);
    CHECK(world.site.as("bo").get("/search?q=bread&page=-1").status == 200);
    CHECK(world.site.as("bo").get("/search?q=bread&page=999").status == 200);
}

TEST_CASE("the title comes first, then what is newer") {
    Found world;
    auto& bo = world.site.as("bo");
    begin(bo, "lounge", "Old thoughts", "About the harbour.");
    world.site.clock().advance(std::chrono::days(400));
    begin(bo, "lounge", "New thoughts", "About the harbour.");
    begin(bo, "lounge", "The harbour", "Is closed.");
    world.site.settle();
    const auto answer = bo.get("/search?q=harbour");
    const auto title = answer.body.find("The <mark>harbour</mark>"),
               fresh = answer.body.find("New thoughts"), old = answer.body.find("Old thoughts");
    CHECK(title < fresh);
    CHECK(fresh < old);
    CHECK(old != std::string::npos);
}
