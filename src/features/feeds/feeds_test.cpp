#include "features/feeds/feeds.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "features/curation/curation.hpp"
#include "features/members/members.hpp"
#include "features/tags/tags.hpp"
#include "features/topics/topics.hpp"
#include "platform/testing/site.hpp"

namespace torv::feeds {

namespace {

using testing::Answer;
using testing::Site;
using namespace std::chrono_literals;

constexpr std::string_view kSpaces[] = {"lounge", "garden", "kitchen", "attic"};

struct House {
    House() : site({topics::routes, curation::routes, tags::routes, feeds::routes}) {
        tags::follow(site.activity());
    }
    /// Begins a topic; its address, "/t/7".
    std::string begin(std::string_view who, std::string_view space, const std::string& title,
                      const std::string& body = "Words") {
        site.clock().advance(1s);
        const auto made = site.as(who).post("/s/" + std::string(space) + "/topics",
                                            {{"title", title}, {"body", body}});
        REQUIRE(made.status == 303);
        site.settle();
        return made.location().substr(0, made.location().find('/', 3));
    }
    std::string reply(std::string_view who, const std::string& topic, const std::string& body) {
        site.clock().advance(1s);
        const auto made = site.as(who).api("POST", "/api/v1/topics/" + topic.substr(3) + "/posts",
                                           R"({"body":")" + body + R"("})");
        REQUIRE(made.status == 201);
        site.settle();
        return made.json()["id"].string_or("");
    }
    json::Value::Array items(const std::string& path, std::string_view who = "") {
        const auto feed = site.as(who).get(path + ".json");
        REQUIRE(feed.status == 200);
        return feed.json()["items"].items();
    }
    /// "Picnic, Games": titles from the newest on.
    std::string titles(const std::string& path, std::string_view who = "") {
        std::string text;
        for (const auto& item : items(path, who))
            text += (text.empty() ? "" : ", ") + item["title"].string_or("");
        return text;
    }
    void close() {
        site.db().write(
            [](db::Tx& tx) { tx.run("UPDATE communities SET guests_may_read = 0 WHERE id = 1"); });
    }

    Site site;
};

}  // namespace

TEST_CASE("a space gives its newest topics, in both forms") {
    House house;
    house.begin("bo", "lounge", "Picnic <1> & more", "Bread **for** @ada & [rules](/rules)");
    house.begin("ada", "lounge", "Games");
    CHECK(house.titles("/s/lounge/feed") == "Games, Picnic <1> & more");
    const auto item = house.items("/s/lounge/feed").at(1);
    CHECK(item["url"].string_or("").ends_with("/picnic-1-more"));
    CHECK(item["id"].string_or("").starts_with("http://square.test/p/"));
    CHECK(item["date_published"].string() == "2026-11-21T10:00:01Z");
    CHECK(item["authors"].items().at(0)["url"].string() == "http://square.test/m/bo");
    const auto html = item["content_html"].string_or("");
    CHECK(html.find("<strong>for</strong>") != html.npos);
    CHECK(html.find(R"(href="http://square.test/m/ada")") != html.npos);
    CHECK(html.find(R"(href="http://square.test/rules")") != html.npos);
    const auto atom = house.site.guest().get("/s/lounge/feed.atom");
    CHECK(atom.header("Content-Type") == "application/atom+xml; charset=utf-8");
    CHECK(atom.has("<title>Picnic &lt;1&gt; &amp; more</title>"));
    CHECK(atom.has("<id>http://square.test/s/lounge/feed.atom</id>"));
    CHECK(atom.has("<published>2026-11-21T10:00:01Z</published>"));
    CHECK(atom.has("&lt;strong&gt;for&lt;/strong&gt;"));
    CHECK(atom.has("rel=\"self\""));
}

TEST_CASE("an edit is told by its date, and an entry stays itself when it is moved or renamed") {
    House house;
    const auto topic = house.begin("bo", "lounge", "Picnic", "On Saturday");
    house.site.db().write(
        [](db::Tx& tx) { tx.run("UPDATE spaces SET visibility = 0 WHERE id = 32"); });
    const auto before = house.items("/s/lounge/feed").at(0);
    const auto id = before["id"].string_or("");
    const auto post = id.substr(id.rfind('/') + 1);
    house.site.clock().advance(1h);
    REQUIRE(house.site.as("bo")
                .api("PATCH", "/api/v1/posts/" + post, R"({"body":"On Sunday","title":"Outing"})")
                .status == 200);
    REQUIRE(house.site.as("ada").put(topic + "/space", {{"space", "32"}}).status == 303);
    CHECK(house.titles("/s/lounge/feed").find("Picnic") == std::string::npos);
    const auto after = house.items("/s/garden/feed").at(0);
    CHECK(after["id"].string() == id);
    CHECK(after["date_published"].string() == before["date_published"].string());
    CHECK(after["date_modified"].string() == "2026-11-21T11:00:01Z");
    CHECK(after["content_html"].string_or("").find("On Sunday") != std::string::npos);
}

TEST_CASE("nothing a guest may not read is in any feed, whoever asks") {
    House house;
    for (const auto& [who, space] :
         {std::pair{"bo", "garden"}, {"cleo", "kitchen"}, {"olga", "attic"}})
        house.begin(who, space, std::string("Hidden in ") + space, "Hidden #words");
    house.begin("cleo", "lounge", "Seen", "Open #words");
    for (const auto* who : {"", "bo", "ada", "cleo", "olga", "dan"}) {
        auto& person = house.site.as(who);
        for (const auto* ending : {".atom", ".json"}) {
            for (const auto* feed :
                 {"/feed", "/s/lounge/feed", "/tags/words/feed", "/m/cleo/feed"}) {
                const auto answer = person.get(std::string(feed) + ending);
                CHECK(answer.status == 200);
                CHECK(answer.has("Seen"));
                CHECK_FALSE(answer.has("Hidden"));
            }
            for (const auto space : kSpaces)
                if (space != "lounge")
                    CHECK(person.get("/s/" + std::string(space) + "/feed" + ending).status == 404);
            CHECK_FALSE(person.get(std::string("/m/olga/feed") + ending).has("Hidden"));
        }
    }
    CHECK(house.site.guest().get("/s/nowhere/feed.json").status == 404);
}

TEST_CASE("a tag that is named only where guests may not read is as one that is named nowhere") {
    House house;
    house.begin("cleo", "kitchen", "Soup", "#saffron");
    const auto hidden = house.site.guest().get("/tags/saffron/feed.json");
    const auto unused = house.site.guest().get("/tags/nothing/feed.json");
    CHECK(hidden.status == 404);
    CHECK(unused.status == 404);
}

TEST_CASE("what was removed is gone from feeds") {
    House house;
    const auto topic = house.begin("bo", "lounge", "Picnic", "#bread");
    const auto post = house.reply("cleo", topic, "Regretted #bread");
    CHECK(house.items("/tags/bread/feed").size() == 2);
    CHECK(house.titles("/m/cleo/feed").find("Picnic") != std::string::npos);
    REQUIRE(house.site.as("cleo").del("/p/" + post).status == 303);
    house.site.settle();
    CHECK(house.items("/tags/bread/feed").size() == 1);
    CHECK_FALSE(house.site.guest().get("/m/cleo/feed.atom").has("Regretted"));
    REQUIRE(house.site.as("ada").del(topic).status == 303);
    house.site.settle();
    for (const auto* feed : {"/feed", "/s/lounge/feed", "/m/bo/feed"})
        CHECK(house.titles(feed).find("Picnic") == std::string::npos);
    CHECK(house.site.guest().get("/tags/bread/feed.json").status == 404);
}

TEST_CASE("a closed community has no feeds, for members neither") {
    House house;
    house.begin("bo", "lounge", "Picnic", "#bread");
    house.close();
    for (const auto* who : {"", "bo", "olga"})
        for (const auto* feed : {"/feed", "/s/lounge/feed", "/tags/bread/feed", "/m/bo/feed"})
            for (const auto* ending : {".atom", ".json"})
                CHECK(house.site.as(who).get(std::string(feed) + ending).status == 404);
}

TEST_CASE("who only asked to come in has no feed") {
    House house;
    house.site.db().write(
        [](db::Tx& tx) { tx.run("UPDATE members SET state = 1 WHERE handle = 'bo'"); });
    CHECK(house.site.guest().get("/m/bo/feed.json").status == 404);
    CHECK(house.site.guest().get("/m/nobody/feed.json").status == 404);
}

TEST_CASE("a long feed goes on page by page, nothing twice and nothing left out") {
    House house;
    for (int i = 0; i < 2 * kEntries + 5; ++i)
        house.begin(i % 2 ? "bo" : "ada", "lounge", "Topic " + std::to_string(i));
    for (const auto* path : {"/feed.json", "/s/lounge/feed.json"}) {
        std::vector<std::string> ids;
        std::string next = path;
        for (int pages = 0; !next.empty() && pages < 9; ++pages) {
            const auto page = house.site.guest().get(next).json();
            for (const auto& item : page["items"].items()) ids.push_back(item["id"].string_or(""));
            const auto address = page["next_url"].string_or("");
            next = address.empty() ? "" : address.substr(std::string("http://square.test").size());
        }
        CHECK(ids.size() >= 2 * kEntries + 5);
        std::sort(ids.begin(), ids.end());
        CHECK(std::adjacent_find(ids.begin(), ids.end()) == ids.end());
    }
    const auto atom = house.site.guest().get("/feed.atom");
    const auto at = atom.body.find("rel=\"next\"");
    REQUIRE(at != std::string::npos);
    const auto from = atom.body.find("/feed.atom?before=", at);
    const auto next =
        house.site.guest().get(atom.body.substr(from, atom.body.find('"', from) - from));
    CHECK(next.has("rel=\"first\""));
    CHECK(next.has("Topic 34"));
    CHECK(house.site.guest().get("/feed.atom?before=x").status == 400);
}

TEST_CASE("a member who writes mostly elsewhere has a short feed, not an empty next page") {
    House house;
    house.begin("cleo", "lounge", "Seen");
    for (int i = 0; i < 5; ++i) house.begin("cleo", "kitchen", "Hidden");
    CHECK(house.titles("/m/cleo/feed") == "Seen");
    CHECK(house.site.guest().get("/m/cleo/feed.json").json()["next_url"].is_null());
}

TEST_CASE("a chat gives its messages by their first words") {
    House house;
    house.site.db().write(
        [](db::Tx& tx) { tx.run("UPDATE spaces SET visibility = 0 WHERE id = 35"); });
    house.site.clock().advance(1s);
    REQUIRE(house.site.as("bo").post("/s/porch/posts", {{"body", "Is **anybody** here?"}}).status ==
            303);
    CHECK(house.titles("/s/porch/feed") == "Is anybody here?");
    CHECK(house.items("/s/porch/feed").at(0)["url"].string_or("").find("/p/") != std::string::npos);
    CHECK(house.titles("/feed").find("anybody") == std::string::npos);
}

TEST_CASE("old names and other writings of a name lead to the feed that is") {
    House house;
    house.begin("bo", "lounge", "Picnic", "#bread");
    auth::Viewer olga = house.site.as("olga").viewer;
    olga.community = CommunityId{1};
    REQUIRE(house.site.db()
                .write([&](db::Tx& tx) {
                    return spaces::edit(tx, olga, SpaceId{31},
                                        {.name = "Parlour",
                                         .slug = "parlour",
                                         .visibility = spaces::Visibility::Public});
                })
                .has_value());
    const auto old = house.site.guest().get("/s/lounge/feed.atom?before=5.5");
    CHECK(old.status == 301);
    CHECK(old.location() == "/s/parlour/feed.atom?before=5.5");
    const auto loud = house.site.guest().get("/tags/BREAD/feed.json");
    CHECK(loud.status == 301);
    CHECK(loud.location() == "/tags/bread/feed.json");
}

TEST_CASE("a feed that has not changed is not sent again") {
    House house;
    house.begin("bo", "lounge", "Picnic");
    house.site.clock().advance(10s);
    for (const auto* who : {"", "bo"})
        for (const auto* path : {"/s/lounge/feed.atom", "/s/lounge/feed.json"}) {
            auto& person = house.site.as(who);
            const auto first = person.get(path);
            REQUIRE_FALSE(first.header("ETag").empty());
            CHECK(person.get(path, {{"If-None-Match", first.header("ETag")}}).status == 304);
            CHECK(first.header("Last-Modified").empty());
            CHECK(
                person.get(path, {{"If-Modified-Since", "Sat, 21 Nov 2037 10:00:01 GMT"}}).status ==
                200);
            CHECK(person.get(path, {{"If-None-Match", "\"other\""}}).status == 200);
        }
    const auto tag = house.site.guest().get("/s/lounge/feed.atom").header("ETag");
    house.begin("ada", "lounge", "Games");
    const auto again = house.site.guest().get("/s/lounge/feed.atom", {{"If-None-Match", tag}});
    CHECK(again.status == 200);
    CHECK(again.has("Games"));
}

}  // namespace torv::feeds
