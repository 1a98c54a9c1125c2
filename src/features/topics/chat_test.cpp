#include <doctest/doctest.h>

#include "features/topics/helpers_test.hpp"

using namespace torv;
using testing::Site;
using topics::testing::last_post;
using topics::testing::start_topic;

TEST_CASE("a chat is one stream: said, answered, grouped, linked") {
    Site site{topics::routes};
    auto& bo = site.as("bo");
    CHECK(bo.get("/s/porch").status == 200);
    CHECK(bo.post("/s/porch/posts", {{"body", "Good morning"}}).status == 303);
    CHECK(bo.post("/s/porch/posts", {{"body", "Coffee?"}}).status == 303);
    CHECK(site.as("ada")
              .post("/s/porch/posts", {{"body", "Yes"}, {"reply_to", last_post(site)}})
              .status == 303);
    CHECK(site.announced("topic.created") == 0);
    CHECK(site.announced("post.created") == 3);
    const auto page = site.as("cleo").get("/s/porch");
    CHECK(page.body.find("Good morning") < page.body.find("Coffee?"));
    CHECK(page.has("post--same"));
    CHECK(page.has("day-line"));
    CHECK(page.has("post__parent"));
    CHECK(site.as("cleo").get("/p/" + last_post(site)).location().starts_with("/s/porch?at="));
    CHECK(site.guest().get("/s/porch").status == 404);
    CHECK(bo.post("/s/porch/topics", {{"title", "Hello"}, {"body", "Hi"}}).status == 404);
    CHECK(bo.post("/s/lounge/posts", {{"body", "Hi"}}).status == 404);
    CHECK(bo.post("/s/attic/posts", {{"body", "Hi"}}).status == 404);
}

TEST_CASE("the newest messages come first on the page, older ones by a link") {
    Site site{topics::routes};
    auto& bo = site.as("bo");
    bo.post("/s/porch/posts", {{"body", "number-0-"}});
    const auto stream = site.db().read([](db::Tx& tx) {
        return tx.one("SELECT id FROM topics WHERE community_id = 1 AND kind = 1")->get<TopicId>(0);
    });
    for (int i = 1; i <= 70; ++i)
        topics::testing::reply(site, "bo", "/t/" + stream.text(),
                               "number-" + std::to_string(i) + "-");
    const auto page = bo.get("/s/porch");
    CHECK(page.has("number-70-"));
    CHECK(page.has("number-21-"));
    CHECK(!page.has("number-20-"));
    const auto older = bo.get(topics::testing::link(page, "rel=\"prev\""));
    CHECK(older.has("number-20-"));
    CHECK(older.has("number-0-"));
    CHECK(bo.get("/t/" + stream.text()).location() == "/s/porch");
}

namespace {

/// A stream of messages "number-1-" to "number-`count`-", said by Bo.
std::string talk(Site& site, int count) {
    site.as("bo").post("/s/porch/posts", {{"body", "number-1-"}});
    const auto stream = site.db().read([](db::Tx& tx) {
        return tx.one("SELECT id FROM topics WHERE community_id = 1 AND kind = 1")->get<TopicId>(0);
    });
    for (int i = 2; i <= count; ++i)
        topics::testing::reply(site, "bo", "/t/" + stream.text(),
                               "number-" + std::to_string(i) + "-");
    return "/t/" + stream.text();
}

std::string post_of(Site& site, std::string_view body) {
    return site.db().read([&](db::Tx& tx) {
        return tx.one("SELECT id FROM posts WHERE community_id = 1 AND body_md = $1", body)
            ->get<PostId>(0)
            .text();
    });
}

}  // namespace

TEST_CASE("a page that stays gets the message it sent, once, or the fault in words") {
    Site site{topics::routes};
    auto& bo = site.as("bo");
    const std::vector<http::Header> part{{"Torv-Fragment", "message"}};
    const auto send = [&](std::string_view body, std::string_view once) {
        return bo.post("/s/porch/posts", {{"body", std::string(body)}, {"once", std::string(once)}},
                       part);
    };
    const auto said = send("Fresh **rolls**", "key-1");
    CHECK(said.status == 200);
    CHECK(said.has("<strong>rolls</strong>"));
    CHECK(said.has("data-post=\"" + last_post(site) + "\""));
    CHECK(said.has("post--mine"));
    CHECK(!said.has("<html"));
    CHECK(send("Fresh **rolls**", "key-1").body == said.body);
    CHECK(site.announced("post.created") == 1);
    const auto empty = send(" ", "key-2");
    CHECK(empty.status == 422);
    CHECK(!empty.has("<html"));
}

TEST_CASE("history is fetched by the stretch, and a link shows a message in its conversation") {
    Site site{topics::routes};
    talk(site, 90);
    auto& cleo = site.as("cleo");
    const std::vector<http::Header> part{{"Torv-Fragment", "messages"}};
    const auto before = cleo.get("/s/porch?before=" + post_of(site, "number-41-"), part);
    CHECK(before.has("number-40-"));
    CHECK(before.has("number-1-"));
    CHECK(!before.has("number-41-"));
    CHECK(!before.has("composer"));
    CHECK(!before.has("rel=\"prev\""));
    CHECK(before.has("rel=\"next\""));

    const auto at = cleo.get("/s/porch?at=" + post_of(site, "number-30-"));
    CHECK(at.has("number-10-"));
    CHECK(!at.has("number-9-"));
    CHECK(at.has("number-79-"));
    CHECK(!at.has("number-80-"));
    CHECK(at.has("rel=\"prev\""));
    CHECK(at.has("rel=\"next\""));
    // The beginning has nothing before it; a message of elsewhere is not looked for here.
    CHECK(!cleo.get("/s/porch?at=" + post_of(site, "number-5-")).has("rel=\"prev\""));
    CHECK(cleo.get("/s/porch?at=1").has("number-1-"));
}

TEST_CASE("how much is new is said with the way to the first of it") {
    Site site{topics::routes};
    const std::string stream = talk(site, 2);
    auto& ada = site.as("ada");
    ada.post(stream + "/read", {{"post", last_post(site)}});
    for (int i = 0; i < 60; ++i)
        topics::testing::reply(site, "bo", stream, "later-" + std::to_string(i) + "-");
    const auto page = ada.get("/s/porch");
    CHECK(page.has("chat__unread"));
    CHECK(page.has("60 new messages"));
    const auto to_first = topics::testing::link(page, "?at=");
    const auto first = ada.get(to_first.substr(0, to_first.find('#')));
    CHECK(first.body.find("id=\"new\"") < first.body.find("later-0-"));
    CHECK(first.has("number-2-"));
    CHECK(!site.as("bo").get("/s/porch").has("chat__unread"));
    CHECK(!ada.get("/s/porch").has("id=\"new\""));
}

TEST_CASE("new posts are marked until they are read") {
    Site site({topics::routes, spaces::routes});
    const std::string topic = start_topic(site, "bo", "lounge");
    const auto unread = [&](std::string_view who) {
        return site.as(who).get("/api/v1/unread").json()["items"].items().size();
    };
    CHECK(unread("ada") == 1);
    CHECK(unread("bo") == 0);  // wrote it
    CHECK(site.as("ada").get("/s/lounge").has("topic-row--unread"));
    CHECK(site.as("ada").post(topic + "/read", {{"post", last_post(site)}}).status == 204);
    CHECK(unread("ada") == 0);

    topics::testing::reply(site, "bo", topic, "One more");
    topics::testing::reply(site, "bo", topic, "And another");
    const auto page = site.as("ada").get(topic);
    CHECK(page.has("id=\"new\""));
    CHECK(page.body.find("id=\"new\"") < page.body.find("One more"));
    CHECK(site.as("ada").get("/api/v1/topics/" + topic.substr(3)).json()["unread"].integer() == 2);
    CHECK(site.as("ada").get(topic + "?go=new").location().find("#p-") != std::string::npos);
    CHECK(site.as("ada").post("/s/lounge/read").status == 303);
    CHECK(unread("ada") == 0);
    CHECK(!site.as("ada").get("/s/lounge").has("topic-row--unread"));
}

TEST_CASE("reading goes forth only, in topics one may read, to posts of that topic") {
    Site site{topics::routes};
    const std::string topic = start_topic(site, "bo", "lounge");
    const std::string first = last_post(site);
    const auto second = topics::testing::reply(site, "bo", topic, "Later");
    start_topic(site, "cleo", "kitchen");
    auto& ada = site.as("ada");
    CHECK(ada.post(topic + "/read", {{"post", last_post(site)}}).status == 404);
    CHECK(ada.post(topic + "/read", {{"post", second.text()}}).status == 204);
    CHECK(ada.post(topic + "/read", {{"post", first}}).status == 204);
    CHECK(ada.get("/api/v1/topics/" + topic.substr(3)).json()["is_unread"].boolean() == false);
    CHECK(site.guest().post(topic + "/read", {{"post", first}}).status != 204);
}

TEST_CASE("what is unread in spaces one may not read is not told") {
    Site site{topics::routes};
    start_topic(site, "cleo", "kitchen");
    start_topic(site, "olga", "attic");
    for (const char* who : {"bo", "ada"})
        CHECK_MESSAGE(site.as(who).get("/api/v1/unread").json()["items"].items().empty(), who);
}
