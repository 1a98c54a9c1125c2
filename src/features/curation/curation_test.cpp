#include <doctest/doctest.h>

#include "features/curation/curation.hpp"
#include "features/spaces/spaces.hpp"
#include "platform/testing/site.hpp"

using namespace torv;
using testing::Site;

namespace {

/// "/t/7" of "/t/7/picnic".
std::string address(std::string_view location) {
    return std::string(location.substr(0, location.find('/', 3)));
}

std::string start_topic(Site& site, std::string_view who, std::string_view space,
                        std::string_view body = "Shall we meet?",
                        std::string_view title = "Picnic") {
    const auto made =
        site.as(who).post("/s/" + std::string(space) + "/topics",
                          {{"title", std::string(title)}, {"body", std::string(body)}});
    return address(made.location());
}

std::string last_post(Site& site) {
    return site.db().read([](db::Tx& tx) {
        return tx.one("SELECT max(id) FROM posts WHERE community_id = 1")->get<PostId>(0).text();
    });
}

/// Answers through the page, a second after what was there; the id of the answer.
std::string reply(Site& site, std::string_view who, const std::string& topic,
                  std::string_view body) {
    site.clock().advance(std::chrono::seconds(1));
    site.as(who).post(topic + "/posts", {{"body", std::string(body)}});
    return last_post(site);
}

}  // namespace

TEST_CASE("a locked topic takes answers from moderators only") {
    Site site({topics::routes, curation::routes});
    const std::string topic = start_topic(site, "bo", "lounge");
    auto& ada = site.as("ada");
    auto& bo = site.as("bo");
    CHECK(bo.put(topic + "/lock").status == 403);
    CHECK(ada.put(topic + "/lock").status == 303);
    CHECK(ada.put(topic + "/lock").status == 303);
    CHECK(site.announced("topic.locked") == 1);
    CHECK(bo.post(topic + "/posts", {{"body", "Me too"}}).status == 403);
    CHECK(bo.post("/p/" + last_post(site), {{"_method", "PATCH"}, {"body", "x"}, {"edits", "0"}})
              .status == 403);
    CHECK(ada.post(topic + "/posts", {{"body", "Moved to Sunday."}}).status == 303);
    CHECK(ada.del(topic + "/lock").status == 303);
    CHECK(bo.post(topic + "/posts", {{"body", "Me too"}}).status == 303);
}

TEST_CASE("a pinned topic stands first") {
    Site site({topics::routes, curation::routes});
    const std::string topic = start_topic(site, "bo", "lounge", "Be kind.", "Rules of the house");
    start_topic(site, "bo", "lounge", "Hello", "Newer talk");
    CHECK(site.as("bo").put(topic + "/pin").status == 403);
    CHECK(site.as("ada").put(topic + "/pin").status == 303);
    const auto page = site.guest().get("/s/lounge");
    CHECK(page.body.find("Rules of the house") < page.body.find("Newer talk"));
    CHECK(page.body.find("Rules of the house</a>") == page.body.rfind("Rules of the house</a>"));
}

TEST_CASE("a topic moves with its links, and only where the moderator may write") {
    Site site({topics::routes, curation::routes});
    const std::string topic = start_topic(site, "bo", "lounge");
    const std::string post = "/p/" + last_post(site);
    auto& ada = site.as("ada");
    CHECK(site.as("bo").put(topic + "/space", {{"space", "32"}}).status == 403);
    for (const char* space :
         {"33", "34", "35", "36", "999", "x"})  // not hers, a chat, another community's, none
        CHECK_MESSAGE(ada.put(topic + "/space", {{"space", space}}).status == 422, space);
    CHECK(site.announced("topic.moved") == 0);
    CHECK(ada.put(topic + "/space", {{"space", "32"}}).status == 303);
    CHECK(site.announced("topic.moved") == 1);
    CHECK(site.guest().get(topic).status == 404);  // the garden is for members
    CHECK(site.guest().get(post).status == 404);
    CHECK(site.as("bo").get(topic).status == 200);
    const auto counts = site.db().read([](db::Tx& tx) {
        return tx.one(
            "SELECT sum(CASE WHEN id = 31 THEN topic_count END), sum(CASE WHEN id = 32 THEN "
            "topic_count END) FROM spaces WHERE community_id = 1");
    });
    CHECK(counts->get<int>(0) == 0);
    CHECK(counts->get<int>(1) == 1);
}

TEST_CASE("a deleted topic is gone for all but those who may bring it back") {
    Site site({topics::routes, curation::routes});
    const std::string topic = start_topic(site, "bo", "lounge");
    CHECK(site.as("bo").del(topic).status == 403);
    CHECK(site.as("ada").del(topic).status == 303);
    CHECK(site.as("bo").get(topic).status == 404);
    CHECK(site.as("bo").get("/p/" + last_post(site)).status == 404);
    CHECK(site.as("bo").post(topic + "/posts", {{"body", "Hello?"}}).status == 404);
    CHECK(site.as("ada").get(topic).status == 200);
    CHECK(site.as("bo").post(topic + "/restore").status == 404);
    CHECK(site.as("ada").post(topic + "/restore").status == 303);
    CHECK(site.as("bo").get(topic).status == 200);
}

TEST_CASE("posts split off become a topic of their own, in order, with their links") {
    Site site({topics::routes, curation::routes});
    const std::string topic = start_topic(site, "bo", "lounge", "Opening");
    const std::string opening = last_post(site);
    const auto first = reply(site, "cleo", topic, "About bread");
    reply(site, "bo", topic, "About the picnic");
    const auto second = reply(site, "bo", topic, "Rye bread");
    const std::string split = topic + "/split";
    const testing::Fields form{
        {"title", "Bread"}, {"space", "32"}, {"posts", second}, {"posts", first}};
    CHECK(site.as("bo").post(split, form).status == 403);
    auto& ada = site.as("ada");
    CHECK(ada.get(split).has("About bread"));
    CHECK(ada.post(split, {{"title", "Bread"}, {"space", "32"}, {"posts", opening}}).status == 422);
    CHECK(ada.post(split, {{"title", "Bread"}, {"space", "32"}}).status == 422);

    const auto made = ada.post(split, form);
    REQUIRE(made.status == 303);
    const auto page = ada.get(made.location());
    CHECK(page.body.find("About bread") < page.body.find("Rye bread"));
    CHECK(!page.has("About the picnic"));
    CHECK(!ada.get(topic).has("Rye bread"));
    CHECK(ada.get("/p/" + second).location().starts_with(address(made.location())));
    CHECK(ada.get("/api/v1/topics/" + topic.substr(3)).json()["reply_count"].integer() == 1);
    CHECK(site.announced("topic.split") == 1);
}

TEST_CASE("a moderator of one space moderates that space alone") {
    Site site({topics::routes, curation::routes, spaces::routes});
    site.as("dan").post("/s/garden/members", {{"handle", "bo"}, {"role", "moderator"}});
    const std::string garden = start_topic(site, "cleo", "garden");
    const std::string lounge = start_topic(site, "cleo", "lounge");
    CHECK(site.as("bo").put(garden + "/lock").status == 303);
    CHECK(site.as("bo").put(lounge + "/lock").status == 403);
    // Nor can he carry a topic of his garden to where he may not write.
    CHECK(site.as("bo").put(garden + "/space", {{"space", "33"}}).status == 422);
}

TEST_CASE("in an archived space nothing is written, by nobody") {
    Site site({topics::routes, curation::routes, spaces::routes});
    const std::string topic = start_topic(site, "bo", "garden");
    const std::string post = "/p/" + last_post(site);
    site.as("dan").put("/admin/spaces/32/archive");
    for (const char* who : {"bo", "ada", "olga"}) {
        CHECK_MESSAGE(site.as(who).post(topic + "/posts", {{"body", "Hi"}}).status == 403, who);
        CHECK_MESSAGE(site.as(who).post(post + "/reactions", {{"emoji", "👍"}}).status == 403, who);
        CHECK_MESSAGE(
            site.as(who).post("/s/garden/topics", {{"title", "Hello"}, {"body", "Hi"}}).status ==
                403,
            who);
    }
    CHECK(site.as("bo").get(topic).status == 200);
}

TEST_CASE("where only moderators begin topics, members answer") {
    Site site({topics::routes, curation::routes, spaces::routes});
    site.as("dan").api("PATCH", "/api/v1/spaces/32", R"({"starters":"moderators"})");
    CHECK(site.as("bo").get("/s/garden/new").status == 403);
    CHECK(site.as("bo").post("/s/garden/topics", {{"title", "Hello"}, {"body", "Hi"}}).status ==
          403);
    const std::string topic = start_topic(site, "ada", "garden");
    CHECK(site.as("bo").post(topic + "/posts", {{"body", "Hi"}}).status == 303);
}

TEST_CASE("a reader of a space reads") {
    Site site({topics::routes, curation::routes, spaces::routes});
    const std::string topic = start_topic(site, "cleo", "garden");
    site.as("dan").post("/s/garden/members", {{"handle", "bo"}, {"role", "reader"}});
    CHECK(site.as("bo").get(topic).status == 200);
    CHECK(site.as("bo").post(topic + "/posts", {{"body", "Hi"}}).status == 403);
    CHECK(site.as("bo").post("/p/" + last_post(site) + "/reactions", {{"emoji", "👍"}}).status ==
          403);
}

TEST_CASE("what one may not read cannot be arranged, and is answered like what is not there") {
    Site site({topics::routes, curation::routes});
    const std::string topic = start_topic(site, "cleo", "kitchen");
    for (const char* who : {"bo", "ada"}) {  // Ada moderates, but is not of the kitchen
        auto& outsider = site.as(who);
        CHECK_MESSAGE(outsider.get(topic + "/move").status == 404, who);
        CHECK_MESSAGE(outsider.get(topic + "/split").status == 404, who);
        CHECK_MESSAGE(outsider.put(topic + "/lock").status == 404, who);
    }
    CHECK(site.announced("topic.locked") == 0);
    CHECK(site.as("olga").get(topic + "/move").status == 200);
}

TEST_CASE("a topic is opened as chat, answered there, and shown as a topic again") {
    Site site({topics::routes, curation::routes, spaces::routes});
    const std::string topic = start_topic(site, "bo", "garden");
    const auto answer = reply(site, "cleo", topic, "On Saturday");
    CHECK(site.as("bo").put(topic + "/chat").status == 403);
    CHECK(site.as("ada").put(topic + "/chat").status == 303);
    CHECK(site.announced("topic.chat_opened") == 1);
    auto& bo = site.as("bo");
    const auto page = bo.get(topic);
    CHECK(page.has("posts--chat"));
    CHECK(page.has("Shall we meet?"));
    CHECK(page.has("composer--chat"));
    CHECK(bo.get("/p/" + answer).location().find("?at=" + answer) != std::string::npos);
    const auto said = reply(site, "bo", topic, "Fine");
    CHECK(bo.get(topic + "?before=" + said, {{"Torv-Fragment", "messages"}}).has("On Saturday"));
    CHECK(site.as("ada")
              .api("PATCH", "/api/v1/topics/" + topic.substr(3), R"({"chat":false})")
              .json()["chat"]
              .boolean() == false);
    CHECK(!bo.get(topic).has("posts--chat"));
    CHECK(bo.get(topic).has("Fine"));
    bo.post("/s/porch/posts", {{"body", "Hi"}});
    const auto stream = site.db().read([](db::Tx& tx) {
        return tx.one("SELECT id FROM topics WHERE community_id = 1 AND kind = 1")
            ->get<TopicId>(0)
            .text();
    });
    CHECK(site.as("ada").put("/t/" + stream + "/chat").status == 403);
}
