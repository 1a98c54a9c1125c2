#include "platform/live/live.hpp"

#include <doctest/doctest.h>

#include <thread>

#include "features/curation/curation.hpp"
#include "features/topics/helpers_test.hpp"
#include "platform/live/house_test.hpp"

using namespace torv;
using live::House;
using live::Page;
using topics::testing::last_post;
using topics::testing::start_topic;

namespace {

live::Registry slices() {
    live::Registry registry;
    spaces::live(registry);
    topics::live(registry);
    return registry;
}

/// The site with topics behind a real server.
struct Square : House {
    Square() : House(slices(), {topics::routes, curation::routes}) {}

    /// Follows from now on.
    void follow(Page& page, const std::string& stream) {
        settle();
        page.follow(stream, position());
        CHECK(page.next()["do"].string_or("") == "on");
    }
    /// Everything that was written has its position.
    void settle() {
        while (true) {
            const auto rows = site.db().read([](db::Tx& tx) {
                return tx.one("SELECT COUNT(*) FROM activity WHERE community_id = 1")
                    ->get<std::int64_t>(0);
            });
            if (position() >= rows) return hub.settle();
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }
};

std::string stream_of(const std::string& topic) { return "topic:" + topic.substr(3); }

bool has(const json::Value& news, std::string_view text) {
    return news["html"].string_or("").find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("a post appears to each audience with what that audience may do") {
    Square square;
    const auto topic = start_topic(square.site, "bo", "lounge");
    Page cleo(square, "cleo"), ada(square, "ada"), guest(square, "");
    for (Page* page : {&cleo, &ada, &guest}) square.follow(*page, stream_of(topic));
    square.site.as("bo").post(topic + "/posts", {{"body", "Bring **bread**"}});
    const std::string post = last_post(square.site);

    const auto to_cleo = cleo.next(), to_ada = ada.next(), to_guest = guest.next();
    CHECK(to_cleo["do"].string_or("") == "said");
    CHECK(to_cleo["post"].string_or("") == post);
    CHECK(to_cleo["by"].string_or("") == "24");
    CHECK(has(to_cleo, "<strong>bread</strong>"));
    CHECK(has(to_cleo, "data-by=\"24\""));
    CHECK(has(to_cleo, "href=\"/p/" + post + "/edit\" data-own"));
    CHECK(has(to_cleo, "formaction=\"/p/" + post + "\" data-own"));
    CHECK(!has(to_cleo, "csrf"));
    CHECK(has(to_cleo, "#reply"));
    CHECK(has(to_ada, "href=\"/p/" + post + "/edit\""));
    CHECK(!has(to_ada, "data-own"));
    CHECK(has(to_guest, "<strong>bread</strong>"));
    CHECK(!has(to_guest, "<form"));
    CHECK(!has(to_guest, "/edit"));

    square.site.as("ada").post("/p/" + post + "/reactions", {{"emoji", "🎉"}});
    const auto reacted = cleo.next();
    CHECK(reacted["do"].string_or("") == "reactions");
    CHECK(reacted["given"].boolean() == true);
    CHECK(has(reacted, "id=\"reactions-" + post + "\""));
    CHECK(has(reacted, "aria-pressed=\"false\""));
    CHECK(has(reacted, "data-yours="));
    CHECK(!has(guest.next(), "<button"));
    ada.next();

    square.site.as("bo").del("/p/" + post);
    const auto gone = cleo.next();
    CHECK(gone["do"].string_or("") == "post");
    CHECK(has(gone, "post--deleted"));
    CHECK(!has(gone, "bread"));
    CHECK(has(gone, "/restore\" data-own"));
    const auto gone_for_ada = ada.next();
    CHECK(has(gone_for_ada, "/restore\""));
    CHECK(!has(gone_for_ada, "data-own"));
    CHECK(!has(guest.next(), "/restore"));
}

TEST_CASE("lists and the community hear of posts in spaces one may read") {
    Square square;
    const auto topic = start_topic(square.site, "bo", "lounge");
    Page cleo(square, "cleo"), bo(square, "bo");
    square.follow(cleo, "space:" + square.site.db().read([](db::Tx& tx) {
        return tx.one("SELECT id FROM spaces WHERE community_id = 1 AND slug = 'lounge'")
            ->get<SpaceId>(0)
            .text();
    }));
    square.follow(bo, "community");
    square.site.as("ada").post(topic + "/posts", {{"body", "Yes"}});
    const auto row = cleo.next();
    CHECK(row["do"].string_or("") == "topic");
    CHECK(row["said"].boolean() == true);
    CHECK(has(row, "data-topic=\"" + topic.substr(3) + "\""));
    CHECK(bo.next()["topic"].string_or("") == topic.substr(3));

    // The kitchen is closed to Bo.
    start_topic(square.site, "cleo", "kitchen");
    CHECK(bo.silent());
    square.site.as("ada").del(topic);
    CHECK(cleo.until("gone")["topic"].string_or("") == topic.substr(3));
}

TEST_CASE("a topic that moves where one may not read is heard of no more") {
    Square square;
    const auto topic = start_topic(square.site, "bo", "lounge");
    const auto secret = start_topic(square.site, "cleo", "kitchen");
    Page bo(square, "bo"), guest(square, "");
    square.follow(bo, stream_of(topic));
    bo.follow(stream_of(secret), 0);
    CHECK(bo.next()["do"].string_or("") == "off");
    guest.follow(stream_of(secret), 0);
    CHECK(guest.next()["do"].string_or("") == "off");

    const auto kitchen = square.site.db().read([](db::Tx& tx) {
        return tx.one("SELECT id FROM spaces WHERE community_id = 1 AND slug = 'kitchen'")
            ->get<SpaceId>(0);
    });
    square.site.as("dan").put(topic + "/space", {{"space", kitchen.text()}});
    CHECK(bo.next()["do"].string_or("") == "off");
    square.site.as("dan").post(topic + "/posts", {{"body", "Among us"}});
    CHECK(bo.silent());
}

TEST_CASE("a thread is told to those who look at it, and its stream hears how much is said there") {
    Square square;
    square.site.as("bo").post("/s/porch/posts", {{"body", "Coffee?"}});
    const std::string message = last_post(square.site);
    const auto seen = square.site.db().read([&](db::Tx& tx) {
        return topics::visible_post(tx, topics::testing::viewer(square.site, "bo"),
                                    PostId::parse(message).value());
    });
    Page cleo(square, "cleo"), ada(square, "ada"), guest(square, "");
    square.follow(cleo, "thread:" + message);
    square.follow(ada, "topic:" + seen->topic.id.text());
    guest.follow("thread:" + message, 0);
    CHECK(guest.next()["do"].string_or("") == "off");

    const auto answer = [&](std::string_view text) {
        const auto words = square.site.db().read(
            [&](db::Tx& tx) { return topics::prepare(tx, CommunityId{1}, text); });
        return square.site.db()
            .write([&](db::Tx& tx) {
                return topics::answer_below(tx, topics::testing::viewer(square.site, "bo"),
                                            seen->post.id, *words);
            })
            .value();
    };
    const PostId said = answer("With **milk**");
    const auto told = cleo.next();
    CHECK(told["do"].string_or("") == "said");
    CHECK(has(told, "<strong>milk</strong>"));
    const auto bar = ada.next();
    CHECK(bar["do"].string_or("") == "thread");
    CHECK(has(bar, "id=\"thread-" + message + "\""));
    CHECK(has(bar, "1 reply"));
    CHECK(!has(bar, "milk"));

    square.site.as("ada").post("/p/" + said.text() + "/reactions", {{"emoji", "🎉"}});
    CHECK(cleo.next()["do"].string_or("") == "reactions");
    // A change of the message does not take away how much is said below it.
    square.site.as("ada").post("/p/" + message,
                               {{"_method", "PATCH"}, {"edits", "0"}, {"body", "Tea?"}});
    const auto changed = ada.next();
    CHECK(changed["do"].string_or("") == "post");
    CHECK(has(changed, "1 reply"));
    square.site.as("bo").del("/p/" + said.text());
    CHECK(has(cleo.next(), "post--deleted"));
    CHECK(!has(ada.next(), "thread-link"));
}

TEST_CASE("who writes is shown to members who follow, unless they hide it") {
    Square square;
    const auto topic = start_topic(square.site, "bo", "lounge");
    Page bo(square, "bo"), cleo(square, "cleo"), guest(square, "");
    for (Page* page : {&bo, &cleo, &guest}) square.follow(*page, stream_of(topic));
    const std::string writing = R"({"do":"writing","stream":")" + stream_of(topic) + "\"}";
    bo.say(writing);
    const auto told = cleo.next();
    CHECK(told["do"].string_or("") == "writing");
    CHECK(told["name"].string_or("") == "Bo Bergström");
    bo.say(writing);  // now and then is enough
    guest.say(writing);
    CHECK(cleo.silent());
    CHECK(guest.silent());
    CHECK(bo.silent());

    bo.say(R"({"do":"who","members":["25","23"]})");
    const auto here = bo.next();
    CHECK(here["do"].string_or("") == "come");
    CHECK(here["members"].items().size() == 1);
    CHECK(here["members"].items()[0].string_or("") == "25");
    Page ada(square, "ada");
    CHECK(bo.next()["members"].items()[0].string_or("") == "23");
    guest.say(R"({"do":"who","members":["25"]})");
    CHECK(guest.silent());
}

TEST_CASE("a page follows where it stands, and one that is not live says nothing of it") {
    Square square;
    const auto topic = start_topic(square.site, "bo", "lounge");
    square.settle();
    const auto page = square.site.as("cleo").get(topic);
    CHECK(page.has("<live-posts stream=\"" + stream_of(topic) + "\""));
    CHECK(square.site.as("cleo").get("/s/lounge").has("<live-topics stream=\"space:"));
    CHECK(square.site.as("cleo").get("/s/porch").has("<live-posts stream=\"space:"));
    testing::Site still{topics::routes};
    const auto there = start_topic(still, "bo", "lounge");
    CHECK(!still.as("cleo").get(there).has("live-posts"));
}
