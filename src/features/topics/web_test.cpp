#include <doctest/doctest.h>

#include "features/topics/helpers_test.hpp"

using namespace torv;
using testing::Site;
using topics::testing::last_post;
using topics::testing::start_topic;

TEST_CASE("a member begins a topic, another answers, and both are seen") {
    Site site{topics::routes};
    auto& bo = site.as("bo");
    const auto made = bo.post("/s/lounge/topics",
                              {{"title", "Picnic <on> Saturday"}, {"body", "Shall we *meet*?"}});
    REQUIRE(made.status == 303);
    CHECK(site.announced("topic.created") == 1);
    const auto page = site.guest().get(made.location());
    CHECK(page.status == 200);
    CHECK(page.has("Picnic &lt;on&gt; Saturday"));
    CHECK(page.has("<em>meet</em>"));
    CHECK(page.has("Bo Bergström"));

    const std::string topic = topics::testing::address(made.location());
    const auto answered = site.as("ada").post(topic + "/posts", {{"body", "At the harbour."}});
    REQUIRE(answered.status == 303);
    CHECK(answered.location().starts_with("/p/"));
    CHECK(site.announced("post.created") == 2);
    CHECK(bo.get(topic).has("At the harbour."));
    CHECK(bo.get("/s/lounge").has("Picnic"));
    CHECK(bo.get(answered.location()).location().ends_with("#p-" + answered.location().substr(3)));
}

TEST_CASE("guests and outsiders read public topics and write nothing") {
    Site site{topics::routes};
    const std::string topic = start_topic(site, "bo", "lounge");
    CHECK(site.guest().get(topic).status == 200);
    CHECK(site.guest().post(topic + "/posts", {{"body", "Hi"}}).location().starts_with("/sign-in"));
    CHECK(site.guest()
              .post("/s/lounge/topics", {{"title", "Hello"}, {"body", "Hi"}})
              .location()
              .starts_with("/sign-in"));
    auto& gus = site.as("gus");
    gus.host = "square.test";
    CHECK(gus.get(topic).status == 200);
    CHECK(gus.post(topic + "/posts", {{"body", "Hi"}}).status == 403);
    CHECK(site.announced("post.created") == 1);
}

TEST_CASE("what one may not read is answered like what is not there") {
    Site site{topics::routes};
    const std::string topic = start_topic(site, "cleo", "kitchen");
    const std::string post = "/p/" + last_post(site);
    auto& bo = site.as("bo");
    const auto missing = bo.get("/t/999");
    CHECK(missing.status == 404);
    CHECK(bo.get(topic).status == 404);
    CHECK(bo.get(topic).body == missing.body);
    for (const std::string& path : {post, post + "/edit", post + "/history", topic + "?go=new"})
        CHECK_MESSAGE(bo.get(path).status == 404, path);
    CHECK(bo.post(topic + "/posts", {{"body", "Hi"}}).status == 404);
    CHECK(bo.post(topic + "/read", {{"post", post.substr(3)}}).status == 404);
    CHECK(bo.post(post + "/reactions", {{"emoji", "👍"}}).status == 404);
    CHECK(bo.put(post + "/reactions/%F0%9F%91%8D").status == 404);
    CHECK(bo.post(post, {{"_method", "PATCH"}, {"body", "Mine"}, {"edits", "0"}}).status == 404);
    CHECK(bo.del(post).status == 404);
    CHECK(site.as("cleo").get(topic).status == 200);
}

TEST_CASE("a text that cannot be kept comes back with everything typed") {
    Site site{topics::routes};
    auto& bo = site.as("bo");
    const auto shortly = bo.post("/s/lounge/topics", {{"title", "Hi"}, {"body", "My <long> text"}});
    CHECK(shortly.status == 422);
    CHECK(shortly.has("My &lt;long&gt; text"));
    CHECK(shortly.has("title-error"));
    CHECK(bo.post("/s/lounge/topics", {{"title", "Hello"}, {"body", " \n "}}).status == 422);
    CHECK(bo.post("/s/lounge/topics", {{"title", std::string(121, 'x')}, {"body", "b"}}).status ==
          422);
    CHECK(bo.post("/s/lounge/topics", {{"title", "Hello"}, {"body", std::string(65537, 'x')}})
              .status == 422);
    const std::string topic = start_topic(site, "bo", "lounge");
    CHECK(bo.post(topic + "/posts", {{"body", ""}}).status == 422);
    CHECK(site.announced("post.created") == 1);
}

TEST_CASE("an answer sent twice with one key is one post") {
    Site site{topics::routes};
    const std::string topic = start_topic(site, "bo", "lounge");
    const std::string posts = "/api/v1/topics/" + topic.substr(3) + "/posts";
    auto& ada = site.as("ada");
    const auto first = ada.api("POST", posts, R"({"body":"Me too"})", "k1");
    CHECK(first.status == 201);
    const auto again = ada.api("POST", posts, R"({"body":"Me too"})", "k1");
    CHECK(again.json()["id"].string() == first.json()["id"].string());
    CHECK(ada.api("POST", posts, R"({"body":"Other"})", "k1").status == 409);
    CHECK(site.announced("post.created") == 2);
}

TEST_CASE("a topic page needs few statements, however long it is") {
    Site site{topics::routes};
    const std::string topic = start_topic(site, "bo", "lounge");
    for (int i = 0; i < 25; ++i)
        topics::testing::reply(site, i % 2 ? "ada" : "bo", topic, "Post " + std::to_string(i));
    const auto id = TopicId::parse(topic.substr(3)).value();
    const auto count = [&](const char* who) {
        return site.db().read([&](db::Tx& tx) {
            const auto page = topics::pages::topic(tx, topics::testing::viewer(site, who), id, {});
            REQUIRE(page);
            CHECK(page->posts.size() == 20);
            return tx.statements();
        });
    };
    CHECK(count("bo") <= 8);
    CHECK(count("") <= 4);
}

TEST_CASE("a reply is written with few statements, and known without reading it again") {
    Site site{topics::routes};
    const auto id = TopicId::parse(start_topic(site, "bo", "lounge").substr(3)).value();
    const auto ada = topics::testing::viewer(site, "ada");
    const auto text =
        site.db().read([&](db::Tx& tx) { return topics::prepare(tx, ada, "With *cheese*"); });
    const auto post = site.db().write([&](db::Tx& tx) {
        auto made = topics::reply(tx, ada, id, *text);
        CHECK(tx.statements() <= 9);
        return made;
    });
    REQUIRE(post);
    const auto kept =
        site.db().read([&](db::Tx& tx) { return topics::visible_post(tx, ada, post->id)->post; });
    CHECK(post->topic == kept.topic);
    CHECK(post->author == kept.author);
    CHECK(post->body_md == kept.body_md);
    CHECK(post->body_html == kept.body_html);
    CHECK(post->created_at == kept.created_at);
    CHECK(post->edits == kept.edits);

    auto& bo = site.as("bo");
    const auto answered = bo.api("POST", "/api/v1/topics/" + id.text() + "/posts",
                                 R"({"body":"And bread","reply_to":")" + post->id.text() + R"("})");
    REQUIRE(answered.status == 201);
    CHECK(answered.body == bo.api("GET", answered.location()).body);
}

TEST_CASE("a long topic is read page by page, forth and back, without a gap") {
    Site site{topics::routes};
    const std::string topic = start_topic(site, "bo", "lounge");
    for (int i = 1; i <= 44; ++i)
        topics::testing::reply(site, "bo", topic, "number-" + std::to_string(i) + "-");
    auto& ada = site.as("ada");
    const auto first = ada.get(topic);
    CHECK(first.has("number-19-"));
    CHECK(!first.has("number-20-"));
    const auto second = ada.get(topics::testing::link(first, "rel=\"next\""));
    CHECK(second.has("number-20-"));
    CHECK(second.has("number-39-"));
    const auto third = ada.get(topics::testing::link(second, "rel=\"next\""));
    CHECK(third.has("number-44-"));
    CHECK(topics::testing::link(third, "rel=\"next\"").empty());
    const auto back = ada.get(topics::testing::link(third, "rel=\"prev\""));
    CHECK(back.has("number-20-"));
    CHECK(back.has("number-39-"));
    const auto permalink = ada.get("/p/" + last_post(site)).location();
    CHECK(ada.get(permalink.substr(0, permalink.find('#'))).has("number-44-"));
}

TEST_CASE("mentions of members become links and are kept; strangers stay text") {
    Site site{topics::routes};
    const std::string topic = start_topic(site, "bo", "lounge", "Ask @ada or @nobody or @gus.");
    const auto page = site.guest().get(topic);
    CHECK(page.has("href=\"/m/ada\">@ada</a>"));
    CHECK(!page.has("/m/nobody"));
    CHECK(!page.has("/m/gus"));
    const auto kept = site.db().read([](db::Tx& tx) {
        return tx.one("SELECT count(*), max(member_id) FROM post_mentions WHERE community_id = 1");
    });
    CHECK(kept->get<int>(0) == 1);
    CHECK(kept->get<int>(1) == 23);
}

TEST_CASE("a draft is in the composer, and goes with the post") {
    Site site({topics::routes, drafts::routes});
    const std::string topic = start_topic(site, "bo", "lounge");
    auto& ada = site.as("ada");
    ada.put("/drafts/topic:" + topic.substr(3), {{"body", "half a thought"}});
    CHECK(ada.get(topic).has("half a thought"));
    CHECK(!site.as("bo").get(topic).has("half a thought"));
    ada.post(topic + "/posts", {{"body", "a whole thought"}});
    CHECK(!ada.get(topic).has("half a thought"));
    ada.put("/drafts/space:31", {{"title", "Half"}, {"body", "a topic"}});
    CHECK(ada.get("/s/lounge/new").has("a topic"));
    ada.post("/s/lounge/topics", {{"title", "Whole"}, {"body", "A topic."}});
    CHECK(!ada.get("/s/lounge/new").has("a topic"));
}

TEST_CASE("the preview shows what would be posted, to members") {
    Site site{topics::routes};
    const auto shown =
        site.as("bo").post("/preview", {{"body", "**bold** <script>x</script> @ada"}});
    CHECK(shown.status == 200);
    CHECK(shown.has("<strong>bold</strong>"));
    CHECK(!shown.has("<script>"));
    CHECK(shown.has("/m/ada"));
    CHECK(site.guest().post("/preview", {{"body", "x"}}).status != 200);
}

TEST_CASE("lists are in the order of activity, and page by page") {
    Site site{topics::routes};
    std::string oldest;
    for (int i = 1; i <= 35; ++i) {
        const std::string topic =
            topics::testing::quick_topic(site, "Topic-" + std::to_string(i) + "-");
        if (i == 1) oldest = topic;
    }
    auto& bo = site.as("bo");
    const auto first = bo.get("/s/lounge");
    CHECK(first.has("Topic-35-"));
    CHECK(!first.has("Topic-5-"));
    const auto second = bo.get(topics::testing::link(first, "rel=\"next\""));
    CHECK(second.has("Topic-5-"));
    CHECK(second.has("Topic-1-"));
    topics::testing::reply(site, "ada", oldest, "Still there?");
    CHECK(bo.get("/s/lounge").has("Topic-1-"));
    CHECK(!bo.get("/s/lounge?sort=new").has("Topic-1-"));
    CHECK(!bo.get("/s/lounge?sort=quiet&before=9223372036854775807.1").has("Topic-1-"));
    CHECK(bo.get("/s/lounge?before=rubbish").status == 200);
}

TEST_CASE("a private space shows its door, an old address leads on") {
    Site site({topics::routes, spaces::routes});
    const auto door = site.as("bo").get("/s/kitchen");
    CHECK(door.status == 403);
    CHECK(door.has("/s/kitchen/ask"));
    CHECK(site.guest().get("/s/kitchen").status == 404);
    CHECK(site.as("bo").get("/s/attic").status == 404);
    CHECK(site.as("bo").get("/s/attic").body == site.as("bo").get("/s/nowhere").body);
    site.as("dan").api("PATCH", "/api/v1/spaces/31", R"({"slug":"salon"})");
    const auto moved = site.guest().get("/s/lounge");
    CHECK(moved.status == 301);
    CHECK(moved.location() == "/s/salon");
}

TEST_CASE("what is new is found for a guest, however much is written where they may not read") {
    Site site{topics::routes};
    const std::string open = topics::testing::quick_topic(site, "In the lounge");
    site.db().write([&](db::Tx& tx) {
        tx.run(
            "INSERT INTO topics (id, community_id, space_id, author_id, title, created_at, "
            "last_post_at) "
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600) "
            "SELECT 1000 + i, 1, 32, 24, 'In the garden', 1895255200000000 + i, 1895255200000000 + "
            "i FROM n");
    });
    const auto newest = [&](const char* who) {
        return site.db().read([&](db::Tx& tx) {
            const auto viewer = topics::testing::viewer(site, who);
            return topics::recent(tx, viewer, spaces::readable(tx, viewer), 10);
        });
    };
    CHECK(newest("bo").size() == 10);
    CHECK(newest("bo")[0].title == "In the garden");
    REQUIRE(newest("").size() == 1);
    CHECK("/t/" + newest("")[0].id.text() == open);
}
