#include <doctest/doctest.h>

#include "features/topics/helpers_test.hpp"

using namespace torv;
using testing::Site;
using topics::testing::last_post;
using topics::testing::start_topic;

namespace {

int replies_of(Site& site, const std::string& topic) {
    const auto page = site.as("bo").get("/api/v1/topics/" + topic.substr(3));
    return static_cast<int>(page.json()["reply_count"].integer().value_or(-1));
}

}  // namespace

TEST_CASE("an author changes a post, and its former text is kept") {
    Site site{topics::routes};
    const std::string topic = start_topic(site, "bo", "lounge", "First words");
    const std::string post = "/p/" + last_post(site);
    auto& bo = site.as("bo");
    CHECK(bo.get(post + "/edit").has("First words"));
    site.clock().advance(std::chrono::minutes(1));
    CHECK(
        bo.post(post,
                {{"_method", "PATCH"}, {"title", "Lunch"}, {"body", "Other words"}, {"edits", "0"}})
            .status == 303);
    CHECK(site.announced("post.edited") == 1);
    CHECK(site.announced("topic.renamed") == 1);
    const auto page = site.guest().get(topic);
    CHECK(page.has("Other words"));
    CHECK(page.has("Lunch"));
    CHECK(page.has(post + "/history"));
    const auto history = site.guest().get(post + "/history");
    CHECK(history.has("First words"));
    CHECK(history.has("Other words"));

    CHECK(
        bo.post(post,
                {{"_method", "PATCH"}, {"title", "Lunch"}, {"body", "Other words"}, {"edits", "1"}})
            .status == 303);
    CHECK(site.announced("post.edited") == 1);  // nothing changed
}

TEST_CASE("others may not change a post; moderators may, and it is written down") {
    Site site{topics::routes};
    start_topic(site, "bo", "lounge");
    const std::string post = "/p/" + last_post(site);
    const testing::Fields change{{"_method", "PATCH"}, {"body", "Changed"}, {"edits", "0"}};
    CHECK(site.as("cleo").get(post + "/edit").status == 403);
    CHECK(site.as("cleo").post(post, change).status == 403);
    CHECK(site.as("dan")
              .api("PATCH", "/api/v1/posts/" + post.substr(3), R"({"body":"Changed"})")
              .status == 200);
    const auto deeds = site.db().read([](db::Tx& tx) {
        return tx.one(
            "SELECT count(*), max(actor_id) FROM modlog WHERE community_id = 1 AND act = "
            "'post.edited'");
    });
    CHECK(deeds->get<int>(0) == 1);
    CHECK(deeds->get<int>(1) == 22);
}

TEST_CASE("who saves over somebody else's change sees both, and loses nothing") {
    Site site{topics::routes};
    start_topic(site, "bo", "lounge", "One");
    const std::string post = "/p/" + last_post(site);
    CHECK(site.as("ada")
              .post(post, {{"_method", "PATCH"}, {"body", "Ada's words"}, {"edits", "0"}})
              .status == 303);
    const auto conflict =
        site.as("bo").post(post, {{"_method", "PATCH"}, {"body", "Bo's words"}, {"edits", "0"}});
    CHECK(conflict.status == 409);
    CHECK(conflict.has("Ada&#39;s words"));
    CHECK(conflict.has("Bo&#39;s words"));
    CHECK(conflict.has("name=\"edits\" value=\"1\""));
    CHECK(site.as("bo")
              .post(post, {{"_method", "PATCH"}, {"body", "Bo's words"}, {"edits", "1"}})
              .status == 303);
}

TEST_CASE("a deleted post leaves its place, and comes back") {
    Site site{topics::routes};
    const std::string topic = start_topic(site, "bo", "lounge", "Opening");
    topics::testing::reply(site, "bo", topic, "Regrettable");
    const std::string post = "/p/" + last_post(site);
    CHECK(site.as("cleo").del(post).status == 403);
    CHECK(replies_of(site, topic) == 1);

    auto& bo = site.as("bo");
    CHECK(bo.del(post).status == 303);
    CHECK(bo.del(post).status == 303);  // a double click is not an error
    CHECK(site.announced("post.deleted") == 1);
    CHECK(replies_of(site, topic) == 0);
    for (const char* who : {"", "cleo", "ada", "bo"})
        CHECK_MESSAGE(!site.as(who).get(topic).has("Regrettable"), who);
    CHECK(site.guest().get(topic).has("post--deleted"));
    CHECK(site.guest().get("/api/v1/posts/" + post.substr(3)).status == 404);
    CHECK(!site.guest().get("/api/v1/topics/" + topic.substr(3) + "/posts").has("Regrettable"));
    CHECK(site.as("cleo").get(post + "/history").status == 404);
    CHECK(site.as("ada").get(post + "/history").has("Regrettable"));
    CHECK(site.as("cleo").post(post + "/restore").status == 403);

    CHECK(bo.post(post + "/restore").status == 303);
    CHECK(replies_of(site, topic) == 1);
    CHECK(site.guest().get(topic).has("Regrettable"));
}

TEST_CASE("what a moderator deleted only moderators bring back") {
    Site site{topics::routes};
    const std::string topic = start_topic(site, "bo", "lounge");
    topics::testing::reply(site, "bo", topic, "Rude");
    const std::string post = "/p/" + last_post(site);
    CHECK(site.as("ada").del(post).status == 303);
    CHECK(site.as("bo").post(post + "/restore").status == 403);
    CHECK(site.as("bo").get(post + "/history").status == 404);
    CHECK(site.as("ada").post(post + "/restore").status == 303);
    CHECK(site.guest().get(topic).has("Rude"));
}

TEST_CASE("an opening post without answers takes its topic along, with answers it does not") {
    Site site{topics::routes};
    const std::string alone = start_topic(site, "bo", "lounge", "Alone");
    const std::string opening = "/p/" + last_post(site);
    CHECK(site.as("bo").del(opening).status == 303);
    CHECK(site.guest().get(alone).status == 404);
    CHECK(!site.guest().get("/s/lounge").has("Picnic"));
    CHECK(site.as("bo").post(opening + "/restore").status == 303);
    CHECK(site.guest().get(alone).status == 200);

    topics::testing::reply(site, "ada", alone, "An answer");
    CHECK(site.as("bo").del(opening).status == 303);
    CHECK(site.guest().get(alone).status == 200);
    CHECK(site.guest().get(alone).has("An answer"));
    CHECK_FALSE(site.guest().get(alone).has("content=\"Alone\""));
    CHECK_FALSE(site.guest().get("/s/lounge").has("Alone"));
    CHECK(site.as("bo").post(opening + "/restore").status == 303);
    CHECK(site.guest().get(alone).has("content=\"Alone\""));
}

TEST_CASE("a reaction is given once, counted on the post, and taken back") {
    Site site{topics::routes};
    const std::string topic = start_topic(site, "bo", "lounge");
    const std::string post = "/p/" + last_post(site);
    auto& ada = site.as("ada");
    CHECK(ada.put(post + "/reactions/%F0%9F%91%8D").status == 303);
    CHECK(ada.put(post + "/reactions/%F0%9F%91%8D").status == 303);
    CHECK(site.as("bo").post(post + "/reactions", {{"emoji", "👍"}}).status == 303);
    CHECK(site.announced("reaction.added") == 2);
    const auto counted = ada.get("/api/v1/posts/" + post.substr(3)).json();
    CHECK(counted["reactions"]["👍"].integer() == 2);
    CHECK(counted["own_reactions"].items().size() == 1);
    CHECK(ada.get(topic).has("aria-pressed=\"true\""));
    CHECK(!site.as("cleo").get(topic).has("aria-pressed=\"true\""));

    CHECK(site.as("bo").post(post + "/reactions", {{"emoji", "👍"}}).status ==
          303);  // the second press
    CHECK(ada.del(post + "/reactions/%F0%9F%91%8D").status == 303);
    CHECK(ada.del(post + "/reactions/%F0%9F%91%8D").status == 303);
    CHECK(site.announced("reaction.removed") == 2);
    CHECK(ada.get("/api/v1/posts/" + post.substr(3)).json()["reactions"].members().empty());
}

TEST_CASE("only an emoji is a reaction, and only so many under one post") {
    Site site{topics::routes};
    start_topic(site, "bo", "lounge");
    const std::string post = "/p/" + last_post(site);
    auto& ada = site.as("ada");
    CHECK(ada.post(post + "/reactions", {{"emoji", "<b>"}}).status == 422);
    CHECK(ada.post(post + "/reactions", {{"emoji", ""}}).status == 422);
    int given = 0;
    for (const char* emoji : {"🍎", "🍐", "🍊", "🍋", "🍌", "🍉", "🍇", "🍓", "🍒", "🍑"})
        given += ada.post(post + "/reactions", {{"emoji", emoji}}).status == 303;
    CHECK(given == 8);
    CHECK(site.guest()
              .post(post + "/reactions", {{"emoji", "👍"}})
              .location()
              .starts_with("/sign-in"));
}

TEST_CASE("an answer to a post says so, unless that post is of another topic") {
    Site site{topics::routes};
    const std::string topic = start_topic(site, "bo", "lounge");
    const std::string first = last_post(site);
    start_topic(site, "cleo", "kitchen", "Secret recipe");
    const std::string elsewhere = last_post(site);
    auto& ada = site.as("ada");
    CHECK(ada.get(topic + "?reply_to=" + first).has("name=\"reply_to\" value=\"" + first));
    CHECK(ada.get(topic + "?reply_to=" + first).has("post__parent"));
    CHECK(ada.post(topic + "/posts", {{"body", "Yes"}, {"reply_to", first}}).status == 303);
    CHECK(site.guest().get(topic).has("post__parent"));
    CHECK(ada.post(topic + "/posts", {{"body", "No"}, {"reply_to", elsewhere}}).status == 303);
    CHECK(ada.get("/api/v1/posts/" + last_post(site)).json()["reply_to"].is_null());
}
