#include "features/sitemap/sitemap.hpp"

#include <doctest/doctest.h>

#include "features/curation/curation.hpp"
#include "features/sitemap/store.hpp"
#include "features/topics/topics.hpp"
#include "platform/testing/site.hpp"

namespace torv::sitemap {

namespace {

using testing::Site;

struct House {
    House() : site({topics::routes, curation::routes, sitemap::routes}) {}

    /// Begins a topic; its address, "/t/7/picnic".
    std::string begin(std::string_view who, const std::string& space, const std::string& title) {
        site.clock().advance(std::chrono::seconds(1));
        const auto made =
            site.as(who).post("/s/" + space + "/topics", {{"title", title}, {"body", "Words"}});
        REQUIRE(made.status == 303);
        return made.location();
    }
    /// All parts of topics that the index names, one after the other.
    std::string topics() {
        const std::string index = site.guest().get("/sitemap.xml").body;
        const std::string mark = "/sitemap-topics.xml?behind=";
        std::string all;
        for (auto at = index.find(mark); at != index.npos; at = index.find(mark, at + 1)) {
            const auto part = site.guest().get(index.substr(at, index.find('<', at) - at));
            CHECK(part.status == 200);
            all += part.body;
        }
        return all;
    }
    bool lists(const std::string& address) {
        return topics().find("<loc>http://square.test" + address + "</loc>") != std::string::npos;
    }

    Site site;
};

db::Ids ids(std::initializer_list<std::int64_t> values) { return {.values = values}; }

}  // namespace

TEST_CASE("the index leads to the spaces and to every topic a guest may read") {
    House house;
    const auto lounge = house.begin("bo", "lounge", "Tea & bread <for> all");
    const auto garden = house.begin("bo", "garden", "Weeds");
    const auto kitchen = house.begin("cleo", "kitchen", "Soup");
    const auto attic = house.begin("olga", "attic", "Secrets");
    const auto index = house.site.guest().get("/sitemap.xml");
    CHECK(index.header("Content-Type") == "application/xml; charset=utf-8");
    CHECK(index.has("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">"));
    CHECK(index.has("<loc>http://square.test/sitemap-spaces.xml</loc>"));
    CHECK(house.lists(lounge));
    CHECK_FALSE(house.lists(garden));
    CHECK_FALSE(house.lists(kitchen));
    CHECK_FALSE(house.lists(attic));
    const auto spaces = house.site.guest().get("/sitemap-spaces.xml");
    CHECK(spaces.has("<loc>http://square.test/</loc>"));
    CHECK(spaces.has("<loc>http://square.test/s/lounge</loc>"));
    for (const auto* hidden : {"garden", "kitchen", "attic"}) CHECK_FALSE(spaces.has(hidden));
}

TEST_CASE("members are told what guests are") {
    House house;
    house.begin("olga", "attic", "Secrets");
    house.begin("bo", "lounge", "Tea");
    for (const auto* who : {"olga", "bo"}) {
        auto& person = house.site.as(who);
        CHECK(person.get("/sitemap-topics.xml").body ==
              house.site.guest().get("/sitemap-topics.xml").body);
        CHECK_FALSE(person.get("/sitemap-spaces.xml").has("attic"));
    }
}

TEST_CASE("what is deleted or moved out of sight is not listed any more") {
    House house;
    const auto topic = house.begin("bo", "lounge", "Picnic");
    const auto base = topic.substr(0, topic.find('/', 3));
    CHECK(house.lists(topic));
    auto& ada = house.site.as("ada");
    CHECK(ada.put(base + "/space", {{"space", "32"}}).status == 303);
    CHECK_FALSE(house.lists(topic));
    CHECK(ada.put(base + "/space", {{"space", "31"}}).status == 303);
    CHECK(house.lists(topic));
    CHECK(ada.del(base).status == 303);
    CHECK_FALSE(house.lists(topic));
}

TEST_CASE("lastmod is when something was said, or the opening was edited") {
    House house;
    house.begin("bo", "lounge", "Picnic");
    CHECK(house.topics().find("<lastmod>2026-11-21T10:00:01Z</lastmod>") != std::string::npos);
    const auto post = house.site.db().read([](db::Tx& tx) {
        return tx.one("SELECT MAX(first_post_id) FROM topics WHERE community_id = 1")
            ->get<PostId>(0)
            .text();
    });
    house.site.clock().advance(std::chrono::hours(1));
    auto& bo = house.site.as("bo");
    REQUIRE(bo.api("PATCH", "/api/v1/posts/" + post, R"({"body":"Other words"})").status == 200);
    CHECK(house.topics().find("<lastmod>2026-11-21T11:00:01Z</lastmod>") != std::string::npos);
}

TEST_CASE("parts hold every topic once, whatever their size") {
    House house;
    for (int i = 0; i < 7; ++i) house.begin("bo", "lounge", "Topic " + std::to_string(i));
    house.site.db().read([](db::Tx& tx) {
        const auto open = ids({31});
        const auto all = store::part(tx, CommunityId{1}, open, {}, kPartSize);
        for (const int size : {1, 2, 3, 7, 100}) {
            std::vector<TopicId> listed;
            for (const auto& from : store::parts(tx, CommunityId{1}, open, size))
                for (const auto& line : store::part(tx, CommunityId{1}, open, from, size))
                    listed.push_back(line.topic);
            REQUIRE(listed.size() == all.size());
            for (std::size_t i = 0; i < all.size(); ++i) CHECK(listed[i] == all[i].topic);
        }
        return 0;
    });
    CHECK(kPartSize <= 50'000);
    CHECK(house.site.guest().get("/sitemap-topics.xml?behind=x").status == 400);
}

TEST_CASE("a closed community has no sitemap and asks to be left alone") {
    House house;
    const auto topic = house.begin("bo", "lounge", "Picnic");
    const auto open = house.site.guest().get("/robots.txt");
    CHECK(open.has("Sitemap: http://square.test/sitemap.xml\n"));
    CHECK_FALSE(open.has("Disallow: /\n"));
    house.site.db().write(
        [](db::Tx& tx) { tx.run("UPDATE communities SET guests_may_read = 0 WHERE id = 1"); });
    for (const auto* path : {"/sitemap.xml", "/sitemap-spaces.xml", "/sitemap-topics.xml"})
        for (const auto* who : {"", "bo", "olga"})
            CHECK(house.site.as(who).get(path).status == 404);
    CHECK(house.site.guest().get("/robots.txt").body == "User-agent: *\nDisallow: /\n");
}

TEST_CASE("a sitemap that has not changed is not sent again") {
    House house;
    house.begin("bo", "lounge", "Picnic");
    for (const auto* who : {"", "bo"}) {
        auto& person = house.site.as(who);
        const auto first = person.get("/sitemap-topics.xml");
        REQUIRE_FALSE(first.header("ETag").empty());
        const std::vector<http::Header> known{{"If-None-Match", first.header("ETag")}};
        CHECK(person.get("/sitemap-topics.xml", known).status == 304);
    }
    house.begin("bo", "lounge", "Games");
    CHECK(house.site.guest().get("/sitemap-topics.xml").has("games"));
}

}  // namespace torv::sitemap
