#include "features/embeds/embeds.hpp"

#include <doctest/doctest.h>

#include "features/curation/curation.hpp"
#include "features/topics/topics.hpp"
#include "platform/testing/site.hpp"

namespace torv::embeds {

namespace {

using testing::Site;
using namespace std::chrono_literals;

struct House {
    House() : site({topics::routes, curation::routes, embeds::routes}) {}

    /// Begins a topic; its address, "/t/7/picnic".
    std::string begin(std::string_view who, std::string_view space, const std::string& title,
                      const std::string& body = "Words") {
        site.clock().advance(1s);
        const auto made = site.as(who).post("/s/" + std::string(space) + "/topics",
                                            {{"title", title}, {"body", body}});
        REQUIRE(made.status == 303);
        return made.location();
    }
    PostId reply(std::string_view who, const std::string& topic, const std::string& body) {
        site.clock().advance(1s);
        const auto made = site.as(who).api("POST", "/api/v1/topics/" + id(topic) + "/posts",
                                           R"({"body":")" + body + R"("})");
        REQUIRE(made.status == 201);
        return PostId::parse(made.json()["id"].string_or("")).value();
    }
    static std::string id(const std::string& topic) {
        return topic.substr(3, topic.find('/', 3) - 3);
    }
    testing::Answer frame(const std::string& topic, std::string_view who = "") {
        return site.as(who).get("/embed/" + id(topic));
    }
    testing::Answer told(const std::string& address, std::string_view who = "") {
        return site.as(who).get("/oembed?url=http%3A%2F%2Fsquare.test" + address);
    }

    Site site;
};

}  // namespace

TEST_CASE("a topic in a frame shows what was said, and nothing that does anything") {
    House house;
    const auto topic = house.begin("bo", "lounge", "Tea <for> all", "Bring **cups**, @ada");
    for (int i = 1; i <= 5; ++i) house.reply("ada", topic, "Answer " + std::to_string(i));
    const auto frame = house.frame(topic);
    CHECK(frame.status == 200);
    CHECK(frame.has("<strong>cups</strong>"));
    CHECK(frame.has("Tea &lt;for&gt; all"));
    CHECK(frame.has("Answer 3"));
    CHECK_FALSE(frame.has("Answer 4"));
    CHECK(frame.has("5 replies"));
    CHECK(frame.has("<base target=\"_blank\">"));
    CHECK(frame.has("href=\"" + topic + "\">Continue on The Square<"));
    for (const auto* none : {"<script", "<form", "csrf", "<input"}) CHECK_FALSE(frame.has(none));
    CHECK(frame.header("Set-Cookie").empty());
}

TEST_CASE("this page alone may be framed by others") {
    House house;
    const auto topic = house.begin("bo", "lounge", "Picnic");
    const auto policy = house.frame(topic).header("Content-Security-Policy");
    CHECK(policy.find("frame-ancestors *") != policy.npos);
    CHECK(policy.find("default-src 'none'") != policy.npos);
    CHECK(policy.find("script-src") == policy.npos);
    const auto page = house.site.guest().get(topic).header("Content-Security-Policy");
    CHECK(page.find("frame-ancestors 'self'") != page.npos);
    const auto gone = house.site.guest().get("/embed/1").header("Content-Security-Policy");
    CHECK(gone.find("frame-ancestors 'self'") != gone.npos);
}

TEST_CASE("what a guest may not read is in no frame, whoever looks") {
    House house;
    const auto garden = house.begin("bo", "garden", "Weeds");
    const auto kitchen = house.begin("cleo", "kitchen", "Soup");
    const auto attic = house.begin("olga", "attic", "Secrets");
    for (const auto* who : {"", "bo", "cleo", "olga", "dan"})
        for (const auto& topic : {garden, kitchen, attic, std::string("/t/12345/x")}) {
            CHECK(house.frame(topic, who).status == 404);
            CHECK(house.told(topic, who).status == 404);
        }
}

TEST_CASE("what was removed is not shown") {
    House house;
    const auto topic = house.begin("bo", "lounge", "Picnic", "Opening words");
    const auto regretted = house.reply("ada", topic, "Regretted");
    house.reply("cleo", topic, "Kept");
    REQUIRE(house.site.as("ada").del("/p/" + regretted.text()).status == 303);
    CHECK_FALSE(house.frame(topic).has("Regretted"));
    CHECK(house.frame(topic).has("Kept"));
    CHECK(house.told("/p/" + regretted.text()).status == 404);
    REQUIRE(house.site.as("ada").del("/t/" + House::id(topic)).status == 303);
    CHECK(house.frame(topic).status == 404);
    CHECK(house.told(topic).status == 404);
}

TEST_CASE("the answer that helped stands below the question, once") {
    House house;
    house.site.db().write([](db::Tx& tx) {
        tx.run("UPDATE spaces SET kind = 1 WHERE community_id = 1 AND id = 31");
    });
    const auto topic = house.begin("bo", "lounge", "When to sow");
    for (int i = 1; i <= 5; ++i) house.reply("ada", topic, "Some time " + std::to_string(i));
    const auto answer = house.reply("cleo", topic, "In April");
    CHECK_FALSE(house.frame(topic).has("In April"));
    house.site.db().write([&](db::Tx& tx) {
        topics::set_accepted(tx, CommunityId{1}, TopicId::parse(House::id(topic)).value(), answer);
    });
    const auto frame = house.frame(topic);
    const auto at = frame.body.find("In April");
    REQUIRE(at != std::string::npos);
    CHECK(at < frame.body.find("Some time 1"));
    CHECK(frame.body.find("In April", at + 1) == std::string::npos);
}

TEST_CASE("oEmbed tells how to show a topic, by its address or that of a post in it") {
    House house;
    const auto topic = house.begin("bo", "lounge", "Tea \"for\" all");
    const auto post = house.reply("ada", topic, "I come");
    for (const auto& address : {topic, "/t/" + House::id(topic), topic + "?after=7#p-9",
                                "/p/" + post.text(), "/embed/" + House::id(topic)}) {
        const auto told = house.told(address);
        REQUIRE(told.status == 200);
        CHECK(told.header("Content-Type") == "application/json");
        const auto json = told.json();
        CHECK(json["version"].string() == "1.0");
        CHECK(json["type"].string() == "rich");
        CHECK(json["title"].string() == "Tea \"for\" all");
        CHECK(json["author_name"].string() == "Bo Bergström");
        CHECK(json["provider_name"].string() == "The Square");
        CHECK(json["width"].integer() == 600);
        const auto html = json["html"].string_or("");
        CHECK(html.starts_with("<iframe src=\"http://square.test/embed/" + House::id(topic)));
        CHECK(html.find("title=\"Tea &quot;for&quot; all\"") != html.npos);
    }
    const auto small = house.told(topic + "&maxwidth=320&maxheight=200").json();
    CHECK(small["width"].integer() == 320);
    CHECK(small["height"].integer() == 200);
    const auto xml = house.told(topic + "&format=xml");
    CHECK(xml.header("Content-Type") == "text/xml; charset=utf-8");
    CHECK(xml.has("<oembed><version>1.0</version><type>rich</type>"));
    CHECK(xml.has("&lt;iframe src="));
    CHECK(house.told(topic + "&format=yaml").status == 501);
}

TEST_CASE("only our own addresses of topics are answered") {
    House house;
    const auto topic = house.begin("bo", "lounge", "Picnic");
    auto& guest = house.site.guest();
    for (const std::string url :
         {"", "http%3A%2F%2Fother.test%2Ft%2F7", "http%3A%2F%2Fsquare.test",
          "http%3A%2F%2Fsquare.test%2Fs%2Flounge", "http%3A%2F%2Fsquare.test.evil%2Ft%2F7",
          "%2Ft%2F7", "http%3A%2F%2Fsquare.test%2Ft%2Fx"})
        CHECK(guest.get("/oembed?url=" + url).status == 404);
}

TEST_CASE("a closed community is in no frame") {
    House house;
    const auto topic = house.begin("bo", "lounge", "Picnic");
    house.site.db().write(
        [](db::Tx& tx) { tx.run("UPDATE communities SET guests_may_read = 0 WHERE id = 1"); });
    for (const auto* who : {"", "bo", "olga"}) {
        CHECK(house.frame(topic, who).status == 404);
        CHECK(house.told(topic, who).status == 404);
    }
}

TEST_CASE("a chat is no topic") {
    House house;
    house.site.db().write(
        [](db::Tx& tx) { tx.run("UPDATE spaces SET visibility = 0 WHERE id = 35"); });
    REQUIRE(house.site.as("bo").post("/s/porch/posts", {{"body", "Hello"}}).status == 303);
    const auto stream = house.site.db().read([](db::Tx& tx) {
        return tx.one("SELECT id FROM topics WHERE community_id = 1 AND kind = 1")
            ->get<TopicId>(0)
            .text();
    });
    CHECK(house.site.guest().get("/embed/" + stream).status == 404);
}

}  // namespace torv::embeds
