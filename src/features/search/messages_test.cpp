#include <doctest/doctest.h>

#include "features/messages/messages.hpp"
#include "features/search/search.hpp"
#include "features/topics/topics.hpp"
#include "platform/activity/activity.hpp"
#include "platform/testing/site.hpp"

using namespace torv;
using testing::Site;

namespace {

/// People who write to each other and look for it again.
struct Talks {
    Talks() : site({topics::routes, messages::routes, search::routes}) {
        search::follow(site.activity());
    }
    std::string begin(std::string_view who, const std::string& to, const std::string& body) {
        site.clock().advance(std::chrono::seconds(1));
        const auto made = site.as(who).post("/messages", {{"to", to}, {"body", body}});
        REQUIRE(made.status == 303);
        return made.location();
    }
    std::string say(std::string_view who, const std::string& at, const std::string& body) {
        site.clock().advance(std::chrono::seconds(1));
        REQUIRE(site.as(who).post(at + "/posts", {{"body", body}}).status == 303);
        return site.db().read([](db::Tx& tx) {
            return tx.one("SELECT max(id) FROM posts WHERE community_id = 1")
                ->get<PostId>(0)
                .text();
        });
    }
    json::Value found(std::string_view who, const std::string& word,
                      const std::string& kind = "message") {
        site.settle();
        return site.as(who).api("GET", "/api/v1/search?q=" + word + "&kind=" + kind).json();
    }
    std::size_t count(std::string_view who, const std::string& word,
                      const std::string& kind = "message") {
        return found(who, word, kind)["items"].items().size();
    }
    /// The page without what differs between any two: what was typed, the request and its token.
    std::string page(std::string_view who, const std::string& word, const std::string& more) {
        site.settle();
        std::string text = site.as(who).get("/search?q=" + word + more).body;
        for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at))
            text.replace(at, word.size(), "WORD");
        return text;
    }

    Site site;
};

}  // namespace

TEST_CASE("who takes part in a conversation finds what was said there, and nobody else does") {
    Talks town;
    const auto at = town.begin("ada", "bo", "The saffron is in the blue tin");
    for (const char* who : {"ada", "bo"}) {
        const auto hits = town.found(who, "saffron")["items"];
        REQUIRE(hits.items().size() == 1);
        const auto& hit = hits.items()[0];
        CHECK(hit["kind"].string_or("") == "message");
        CHECK(hit["topic_id"].string_or("") == at.substr(10));
        CHECK(hit["title"].string_or("") ==
              (who == std::string("ada") ? "Bo Bergström" : "Ada Lind"));
        CHECK(hit["text"].string_or("") == "The saffron is in the blue tin");
        CHECK(hit["space_id"].is_null());
        const auto page = town.site.as(who).get("/search?q=saffron&kind=message");
        CHECK(page.has("<mark>saffron</mark>"));
        const auto there = town.site.as(who).get("/p/" + hit["post_id"].string_or(""));
        CHECK(there.location().starts_with(at));
        // Among everything else there are no messages: others may look over one's shoulder.
        for (const char* kind : {"topic", "post", "person", ""})
            CHECK(town.count(who, "saffron", kind) == 0);
    }
    for (const char* who : {"olga", "dan", "cleo", ""})
        for (const char* more : {"", "&kind=message", "&kind=post"}) {
            CAPTURE(who);
            CAPTURE(more);
            CHECK(town.page(who, "saffron", more) == town.page(who, "sawdust", more));
        }
}

TEST_CASE("who was asked finds it, who declined or left does not, and who comes later does") {
    Talks town;
    const auto at = town.begin("bo", "cleo", "About the marmalade");
    CHECK(town.count("cleo", "marmalade") == 1);
    CHECK(town.site.as("cleo").post(at + "/decline").status == 303);
    CHECK(town.count("cleo", "marmalade") == 0);
    CHECK(town.count("bo", "marmalade") == 1);

    const auto group = town.begin("ada", "@bo, @dan", "The lantern parade");
    CHECK(town.count("bo", "lantern") == 1);
    CHECK(town.site.as("bo").post(group + "/leave").status == 303);
    CHECK(town.count("bo", "lantern") == 0);
    CHECK(town.site.as("ada").post(group + "/people", {{"to", "@olga"}}).status == 303);
    CHECK(town.count("olga", "lantern") == 1);
    CHECK(town.site.as("ada").post(group + "/name", {{"title", "Night walk"}}).status == 303);
    CHECK(town.found("olga", "lantern")["items"].items()[0]["title"].string_or("") == "Night walk");
}

TEST_CASE("edits and deletions show, and the newest come first") {
    Talks town;
    const auto at = town.begin("ada", "bo", "First about herring");
    const auto second = town.say("ada", at, "Then about herring");
    const auto items = town.found("bo", "herring")["items"];
    REQUIRE(items.items().size() == 2);
    CHECK(items.items()[0]["post_id"].string_or("") == second);
    auto& ada = town.site.as("ada");
    CHECK(ada.api("PATCH", "/api/v1/posts/" + second, R"({"body":"About cod, then"})").status ==
          200);
    CHECK(town.count("bo", "herring") == 1);
    CHECK(town.count("bo", "cod") == 1);
    CHECK(ada.api("DELETE", "/api/v1/posts/" + second).status == 204);
    CHECK(town.count("bo", "cod") == 0);
    // Made again from the first activity, the index says the same.
    town.site.activity().reset("search");
    CHECK(town.count("bo", "herring") == 1);
    CHECK(town.count("cleo", "herring") == 0);
}

TEST_CASE("what somebody said whom one has blocked is folded among the messages found") {
    Talks town;
    const auto at = town.begin("ada", "bo", "Grey pebbles");
    town.say("bo", at, "Red pebbles");
    CHECK(town.site.as("bo").post("/m/ada/block").status == 303);
    town.site.settle();
    const auto page = town.site.as("bo").get("/search?q=pebbles&kind=message").body;
    const auto fold = page.find("post__folded");
    REQUIRE(fold != std::string::npos);
    CHECK(page.find("Grey") > fold);
    CHECK(page.find("Red") < fold);
    CHECK(page.find("post__folded", fold + 1) == std::string::npos);
}

TEST_CASE("who is in very many conversations is answered, whatever is typed") {
    Talks town;
    const auto at = town.begin("ada", "bo", "Needle in a haystack");
    town.site.db().write([&](db::Tx& tx) {
        // Very many others that were written in before it.
        for (int i = 0; i < 499; ++i) {
            tx.run(
                "INSERT INTO topics (id, community_id, space_id, author_id, kind, title, excerpt, "
                "created_at, last_post_at, imported) SELECT $1, community_id, space_id, author_id, "
                "kind, '', '', created_at, last_post_at, 0 FROM topics WHERE community_id = 1 AND "
                "id = $2",
                1000 + i, TopicId::parse(at.substr(10)).value());
            tx.run(
                "INSERT INTO conversation_seats (community_id, topic_id, member_id, state, since, "
                "joined_at, last_at) VALUES (1, $1, 24, 0, 1, 1, $2)",
                1000 + i, i);
        }
    });
    CHECK(town.count("bo", "needle") == 1);
    for (const char* typed : {"%22needle%20in%22", "need", "t%3A1000", "%22", "t"})
        CHECK(town.site.as("bo").get("/search?kind=message&q=" + std::string(typed)).status == 200);
    CHECK(town.count("bo", "t%3A1000") == 0);
}
