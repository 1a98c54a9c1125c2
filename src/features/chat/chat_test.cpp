#include "features/chat/chat.hpp"

#include <doctest/doctest.h>

#include "features/topics/topics.hpp"
#include "platform/testing/site.hpp"

using namespace torv;
using torv::testing::Site;

namespace {

/// The rooms of the square, and what is said in them.
struct Square : Site {
    Square() : Site({topics::routes, chat::routes}) {}

    std::string last_post() {
        return db().read([](db::Tx& tx) {
            return tx.one("SELECT max(id) FROM posts WHERE community_id = 1")
                ->get<PostId>(0)
                .text();
        });
    }
    /// Says it in the porch, where members talk; the id of the message.
    std::string say(std::string_view who, std::string_view text) {
        clock().advance(std::chrono::minutes(1));
        CHECK(as(who).post("/s/porch/posts", {{"body", std::string(text)}}).status == 303);
        return last_post();
    }
    /// Answers below a message; the id of the answer.
    std::string answer(std::string_view who, const std::string& message, std::string_view text) {
        clock().advance(std::chrono::minutes(1));
        CHECK(as(who).post(thread(message), {{"body", std::string(text)}}).status == 303);
        return last_post();
    }
    static std::string thread(const std::string& message) { return "/p/" + message + "/thread"; }
};

const std::vector<http::Header> kPart{{"Torv-Fragment", "thread"}};

}  // namespace

TEST_CASE("what is said below a message stands in its thread, and the stream says how much") {
    Square site;
    const auto coffee = site.say("bo", "Coffee at nine?");
    auto& cleo = site.as("cleo");
    CHECK(cleo.get(site.thread(coffee)).has("Coffee at nine?"));
    CHECK(!cleo.get("/s/porch").has("thread-link"));
    site.answer("ada", coffee, "With milk");
    const auto second = site.answer("bo", coffee, "Without");

    const auto stream = cleo.get("/s/porch");
    CHECK(stream.has("thread-link"));
    CHECK(stream.has("2 replies"));
    CHECK(!stream.has("With milk"));
    const auto page = cleo.get(site.thread(coffee));
    CHECK(page.has("<h1"));
    CHECK(page.body.find("Coffee at nine?") < page.body.find("With milk"));
    CHECK(page.body.find("With milk") < page.body.find("Without"));
    CHECK(site.announced("topic.created") == 0);
    CHECK(cleo.get("/p/" + second).location() ==
          site.thread(coffee) + "?at=" + second + "#p-" + second);

    CHECK(site.as("bo").del("/p/" + second).location() == site.thread(coffee));
    CHECK(cleo.get("/s/porch").has("1 reply"));
    CHECK(topics::check(site.db()).empty());
}

TEST_CASE("a thread is a part of the page beside its stream, and takes answers that stay there") {
    Square site;
    const auto coffee = site.say("bo", "Coffee at nine?");
    auto& cleo = site.as("cleo");
    const auto part = cleo.get(site.thread(coffee), kPart);
    CHECK(!part.has("<html"));
    CHECK(part.has("<h2 class=\"thread__title\""));
    CHECK(part.has("id=\"thread-body\""));
    CHECK(!part.has("id=\"p-" + coffee + "\""));
    const auto said =
        cleo.post(site.thread(coffee), {{"body", "I bring **cake**"}, {"once", "k"}}, kPart);
    CHECK(said.status == 200);
    CHECK(said.has("<strong>cake</strong>"));
    CHECK(
        cleo.post(site.thread(coffee), {{"body", "I bring **cake**"}, {"once", "k"}}, kPart).body ==
        said.body);
    CHECK(cleo.post(site.thread(coffee), {{"body", " "}}, kPart).status == 422);
    CHECK(cleo.get("/s/porch").has("1 reply"));
}

TEST_CASE("a thread is read up to a post of it, and no other") {
    Square site;
    const auto coffee = site.say("bo", "Coffee?");
    const auto answer = site.answer("ada", coffee, "Yes");
    auto& cleo = site.as("cleo");
    CHECK(cleo.post(site.thread(coffee) + "/read", {{"post", coffee}}).status == 404);
    CHECK(cleo.post(site.thread(coffee) + "/read", {{"post", answer}}).status == 204);
    site.answer("ada", coffee, "Once more");
    const auto page = cleo.get(site.thread(coffee));
    CHECK(page.body.find("id=\"new\"") < page.body.find("Once more"));
}

TEST_CASE("a deleted message keeps its thread without its words; without a thread there is none") {
    Square site;
    const auto coffee = site.say("bo", "Coffee at nine?");
    const auto tea = site.say("bo", "Tea?");
    site.answer("ada", coffee, "With milk");
    for (const auto& message : {coffee, tea}) site.as("bo").del("/p/" + message);
    auto& cleo = site.as("cleo");
    const auto page = cleo.get(site.thread(coffee));
    CHECK(page.has("With milk"));
    CHECK(!page.has("Coffee at nine?"));
    CHECK(cleo.get("/s/porch").has("thread-link"));
    site.answer("cleo", coffee, "Still on?");
    CHECK(cleo.get(site.thread(tea)).status == 404);
    CHECK(cleo.post(site.thread(tea), {{"body", "Yes"}}).status == 404);
}

TEST_CASE("who may not read or write the space finds no thread, or no composer") {
    Square site;
    const auto coffee = site.say("bo", "Coffee?");
    site.answer("ada", coffee, "Yes");
    CHECK(site.guest().get(site.thread(coffee)).status == 404);
    CHECK(site.as("gus").get(site.thread(coffee)).status == 404);
    const auto topic = site.as("bo").post("/s/lounge/topics", {{"title", "Picnic"}, {"body", "?"}});
    CHECK(site.as("bo").get(site.thread(site.last_post())).status == 404);
    CHECK(site.as("bo").post(site.thread(site.last_post()), {{"body", "Yes"}}).status == 404);
}

TEST_CASE("programs find a thread and answer in it") {
    Square site;
    const auto coffee = site.say("bo", "Coffee?");
    auto& cleo = site.as("cleo");
    const std::string at = "/api/v1/posts/" + coffee + "/thread";
    const auto none = cleo.get(at).json();
    CHECK(none["topic"].is_null());
    CHECK(none["reply_count"].integer() == 0);
    CHECK(none["last_post_at"].is_null());
    const auto made = cleo.api("POST", at, R"({"body":"Yes"})");
    CHECK(made.status == 201);
    CHECK(made.json()["reply_to"].string_or("") == coffee);
    const auto thread = cleo.get(at).json();
    CHECK(thread["reply_count"].integer() == 1);
    const std::string topic{thread["topic"].string_or("")};
    CHECK(cleo.get("/api/v1/topics/" + topic).json()["kind"].string_or("") == "thread");
    CHECK(cleo.get("/api/v1/topics/" + topic + "/posts").json()["items"].items().size() == 1);
    CHECK(cleo.get("/t/" + topic).location() == site.thread(coffee));
    CHECK(cleo.get("/api/v1/spaces/32/topics").json()["items"].items().empty());
    const auto more =
        cleo.api("POST", "/api/v1/topics/" + topic + "/posts", R"({"body":"Really"})");
    CHECK(more.json()["reply_to"].string_or("") == coffee);
}

TEST_CASE("threads do not mark a chat as unread for those who are not told of them") {
    Square site;
    const auto coffee = site.say("bo", "Coffee?");
    auto& cleo = site.as("cleo");
    const auto unread = [&] { return cleo.get("/api/v1/unread").json()["items"].items().size(); };
    cleo.post("/s/porch/read");
    CHECK(unread() == 0);
    site.answer("ada", coffee, "Yes");
    CHECK(unread() == 0);
}
