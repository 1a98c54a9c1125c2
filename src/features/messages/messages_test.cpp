#include "features/messages/messages.hpp"

#include <doctest/doctest.h>

#include <thread>

#include "features/messages/helpers_test.hpp"
#include "features/reads/reads.hpp"

using namespace torv;
using messages::testing::House;

TEST_CASE("two people talk, and go on in the same conversation whoever writes") {
    House house;
    const auto at = house.begin("ada", "@bo", "Bring bread");
    CHECK(house.as("bo").get(at).has("Bring bread"));
    CHECK(house.begin("bo", "ada", "I will") == at);
    CHECK(house.say("ada", at, "Lovely").status == 303);
    const auto page = house.as("ada").get(at);
    CHECK(page.has("Bo Bergström"));
    CHECK(page.body.find("I will") < page.body.find("Lovely"));
    const auto list = house.as("bo").get("/messages");
    CHECK(list.has("Ada Lind"));
    CHECK(list.has("Lovely"));
    CHECK(list.has("inbox-row--unread"));
}

TEST_CASE(
    "nobody else learns that a conversation is there: not owners, not moderators, not guests") {
    House house;
    const auto at = house.begin("bo", "cleo", "Secret soup");
    const std::string topic = at.substr(10), post = house.last_post();
    const auto plain = [&](std::string_view who, const std::string& path, std::string_view was,
                           std::string_view is) {
        auto answer = house.as(who).get(path);
        for (auto i = answer.body.find(was); i != std::string::npos; i = answer.body.find(was))
            answer.body.replace(i, was.size(), is);
        // What differs between any two answers: the request and its token.
        for (const std::string_view mark : {"name=\"csrf\" value=\"", "\"request_id\":\""})
            for (auto i = answer.body.find(mark); i != std::string::npos;
                 i = answer.body.find(mark, i + 1))
                answer.body.erase(i + mark.size(),
                                  answer.body.find('"', i + mark.size()) - i - mark.size());
        return std::pair(answer.status, answer.body);
    };
    for (const std::string_view who : {"olga", "dan", "ada", ""}) {
        CAPTURE(who);
        const auto same = [&](const std::string& before, const std::string& id,
                              const std::string& after = "") {
            const std::string other = id.substr(0, id.size() - 4) + "9999";
            CHECK(plain(who, before + id + after, id, "X") ==
                  plain(who, before + other + after, other, "X"));
        };
        same("/messages/", topic);
        same("/messages/", topic, "/people");
        same("/t/", topic);
        same("/p/", post);
        same("/p/", post, "/history");
        same("/api/v1/topics/", topic);
        same("/api/v1/topics/", topic, "/posts");
        same("/api/v1/posts/", post);
        same("/api/v1/conversations/", topic);
        CHECK(house.as(who).get("/messages/" + topic).status != 200);
    }
    for (const char* who : {"olga", "ada"}) {
        CHECK(house.as(who).post("/t/" + topic + "/posts", {{"body", "Hi"}}).status == 404);
        CHECK(house.say(who, at, "Hi").status == 404);
        CHECK(house.as(who).del("/p/" + post).status == 404);
        CHECK(house.as(who).put("/t/" + topic + "/lock").status == 404);
        CHECK(house.as(who).put("/p/" + post + "/reactions/%F0%9F%91%8D").status == 404);
        CHECK(house.as(who).post("/t/" + topic + "/read", {{"post", post}}).status == 404);
        CHECK(!house.as(who).get("/messages").has("Secret"));
    }
    // Who takes part may do what one does with posts; nobody moderates there.
    CHECK(house.as("bo").put("/p/" + post + "/reactions/%F0%9F%91%8D").status < 400);
    CHECK(house.as("bo").put("/t/" + topic + "/lock").status == 403);
    CHECK(house.as("bo").del("/p/" + post).status == 303);
}

TEST_CASE("the space of conversations is in nobody's list") {
    House house;
    house.begin("bo", "cleo");
    const auto id = house.site.db().read([](db::Tx& tx) {
        return tx.one("SELECT id FROM spaces WHERE community_id = 1 AND visibility = 4")
            ->get<SpaceId>(0);
    });
    for (const char* who : {"olga", "dan", "ada", "bo", ""}) {
        CAPTURE(who);
        CHECK(house.as(who).get("/s/:messages").status == 404);
        const auto viewer = house.as(who).viewer;
        house.site.db().read([&](db::Tx& tx) {
            auto one = viewer;
            one.community = CommunityId{1};
            CHECK(!spaces::readable(tx, one).find(id));
            for (const auto& entry : spaces::entries(tx, one)) CHECK(entry.space.id != id);
        });
    }
}

TEST_CASE("a request waits until it is accepted, with three messages at most") {
    House house;
    const auto at = house.begin("bo", "cleo", "Hello Cleo");
    CHECK(!house.as("cleo").get("/messages").has("Hello Cleo"));
    const auto requests = house.as("cleo").get("/messages?show=requests");
    CHECK(requests.has("Hello Cleo"));
    CHECK(house.as("cleo").get(at).has("/accept"));
    CHECK(house.say("bo", at, "Second").status == 303);
    CHECK(house.say("bo", at, "Third").status == 303);
    CHECK(house.say("bo", at, "Fourth").status == 403);
    CHECK(house.as("bo").post("/t/" + at.substr(10) + "/posts", {{"body", "x"}}).status == 403);

    SUBCASE("nor does it help to take one back") {
        CHECK(house.as("bo").del("/p/" + house.last_post()).status == 303);
        CHECK(house.say("bo", at, "Fourth").status == 403);
        CHECK(house.as("bo")
                  .api("GET", "/api/v1/conversations/" + at.substr(10))
                  .json()["may_write"]
                  .boolean() == false);
    }
    SUBCASE("accepted") {
        CHECK(house.as("cleo").post(at + "/accept").status == 303);
        CHECK(house.say("bo", at, "Fourth").status == 303);
        CHECK(house.as("cleo").get("/messages").has("Fourth"));
    }
    SUBCASE("answered, which accepts") {
        CHECK(house.say("cleo", at, "Hi Bo").status == 303);
        CHECK(house.say("bo", at, "Fourth").status == 303);
    }
    SUBCASE("declined, which the sender cannot see") {
        const auto before = house.as("bo").get("/messages").has("Cleo Dubois");
        CHECK(house.as("cleo").post(at + "/decline").status == 303);
        CHECK(house.as("cleo").get(at).status == 404);
        CHECK(house.as("bo").get(at).status == 200);
        CHECK(house.as("bo").get("/messages").has("Cleo Dubois") == before);
        CHECK(house.as("bo").get(at + "/people").has("Cleo Dubois"));
        CHECK(house.say("bo", at, "Fourth").status == 403);
        // Who declined may still begin.
        CHECK(house.begin("cleo", "bo", "On second thoughts") == at);
        CHECK(house.as("cleo").get(at).status == 200);
    }
}

TEST_CASE("the blocked person hears what everybody hears of somebody who takes no messages") {
    House house;
    const auto at = house.begin("ada", "bo");
    CHECK(house.say("bo", at, "Hello").status == 303);
    CHECK(house.as("ada").post("/m/bo/block").status == 303);
    CHECK(house.as("ada").get("/me/messages").has("Bo Bergström"));
    const auto blocked = house.say("bo", at, "Still there?");
    CHECK(blocked.status == 403);
    CHECK(house.as("ada").del("/m/bo/block").status == 303);
    CHECK(house.as("ada").post("/me/messages", {{"who", "leaders"}}).status == 303);
    const auto none = house.say("bo", at, "Still there?");
    CHECK(none.status == 403);
    const auto words = [](const std::string& page) {
        const auto main = page.find("<main");
        return page.substr(main, page.find("</main>") - main);
    };
    CHECK(words(blocked.body) == words(none.body));
    CHECK(house.write("bo", "ada", "Please").status == 403);
}

TEST_CASE("a group: those who are in may read, who leaves may not, who comes later reads all") {
    House house;
    const auto at = house.begin("ada", "@bo, @cleo", "Party on Friday");
    CHECK(house.as("bo").get(at).has("Party on Friday"));
    CHECK(house.as("dan").get(at).status == 404);
    CHECK(house.as("ada").post(at + "/name", {{"title", "The party"}}).status == 303);
    CHECK(house.as("cleo").get("/messages").has("The party"));
    CHECK(house.as("cleo").post(at + "/leave").status == 303);
    CHECK(house.as("cleo").get(at).status == 404);
    CHECK(!house.as("cleo").get("/messages").has("The party"));
    CHECK(house.as("ada").post(at + "/people", {{"to", "@dan"}}).status == 303);
    CHECK(house.as("dan").get(at).has("Party on Friday"));
    CHECK(house.as("ada").get(at + "/people").has("from the beginning"));
    // Who left is asked, not put back.
    CHECK(house.as("ada").post(at + "/people", {{"to", "@cleo"}}).status == 303);
    CHECK(house.as("cleo").get("/messages?show=requests").has("The party"));
    // A pair does not grow.
    const auto pair = house.begin("ada", "bo");
    CHECK(house.as("ada").post(pair + "/people", {{"to", "@dan"}}).status == 422);
    CHECK(house.as("ada").post(pair + "/leave").status == 422);
}

TEST_CASE("members who are gone read nothing more, and cannot be written to") {
    House house;
    const auto at = house.begin("ada", "bo");
    house.as("bo").viewer.pending = true;
    CHECK(house.as("bo").get(at).status != 200);
    house.site.db().write([](db::Tx& tx) {
        tx.run("UPDATE members SET state = 2 WHERE community_id = 1 AND id = 24");
    });
    CHECK(house.say("ada", at, "Bo?").status == 403);
}

TEST_CASE("two who write to each other at the same moment get one conversation") {
    House house;
    std::string first, second;
    std::thread ada([&] {
        first = house.as("ada").post("/messages", {{"to", "bo"}, {"body", "You first"}}).location();
    });
    second = house.as("dan").post("/messages", {{"to", "cleo"}, {"body", "Aside"}}).location();
    ada.join();
    CHECK(!first.empty());
    CHECK(first != second);
    auto& bo = house.as("bo");
    auto& cleo = house.as("cleo");
    std::thread one(
        [&] { first = bo.post("/messages", {{"to", "cleo"}, {"body", "1"}}).location(); });
    std::thread two(
        [&] { second = cleo.post("/messages", {{"to", "bo"}, {"body", "2"}}).location(); });
    one.join();
    two.join();
    CHECK(first == second);
    CHECK(bo.get(first).has("<p>2</p>"));
}

TEST_CASE("newcomers begin few conversations in a day") {
    House house;
    house.site.db().write([&](db::Tx& tx) {
        tx.run("UPDATE members SET joined_at = $1 WHERE community_id = 1 AND id = 24", tx.now());
        for (int i = 0; i < 5; ++i)
            tx.run(
                "INSERT INTO members (id, community_id, handle, name, name_key, search_key, role, "
                "state, rules_version, joined_at) VALUES ($1, 1, $2, 'P', 'p', 'p', 1, 0, 1, 1)",
                100 + i, "p" + std::to_string(i));
        for (int i = 0; i < 5; ++i)
            tx.run(
                "INSERT INTO member_handles (community_id, handle, member_id, taken_at) VALUES "
                "(1, $1, $2, 1)",
                "p" + std::to_string(i), 100 + i);
    });
    for (int i = 0; i < 5; ++i) house.begin("bo", "p" + std::to_string(i));
    CHECK(house.write("bo", "cleo", "One more").status == 429);
    house.site.clock().advance(std::chrono::hours(25));
    CHECK(house.write("bo", "cleo", "One more").status == 303);
}

TEST_CASE("what is new in conversations is known at once, and read when it is read") {
    House house;
    const auto waits = [&](std::string_view who) {
        auto viewer = house.as(who).viewer;
        viewer.community = CommunityId{1};
        return house.site.db().read([&](db::Tx& tx) {
            const bool fresh = reads::unread_messages(tx, viewer);
            CHECK(tx.statements() == 1);  // of every page
            return fresh;
        });
    };
    CHECK(!waits("bo"));
    const auto at = house.begin("ada", "bo");
    CHECK(waits("bo"));
    CHECK(!waits("ada"));
    CHECK(house.as("bo")
              .post("/t/" + at.substr(10) + "/read", {{"post", house.last_post()}})
              .status == 204);
    CHECK(!waits("bo"));
    house.begin("bo", "cleo");
    CHECK(!waits("cleo"));  // a request is no news
    CHECK(house.as("cleo").get("/messages").has(">1 request</a>"));
}

TEST_CASE("the API: lists, begins, accepts, names, blocks") {
    House house;
    auto& bo = house.as("bo");
    const auto made = bo.api("POST", "/api/v1/conversations", R"({"to":"cleo","body":"Hello"})");
    CHECK(made.status == 201);
    const std::string id = made.json()["id"].string_or("");
    CHECK(made.json()["kind"].string_or("") == "pair");
    auto& cleo = house.as("cleo");
    const auto asked = cleo.api("GET", "/api/v1/conversations?state=asked").json();
    CHECK(asked["items"].items().size() == 1);
    CHECK(cleo.api("GET", "/api/v1/conversations/" + id).json()["state"].string_or("") == "asked");
    CHECK(cleo.api("PUT", "/api/v1/conversations/" + id + "/seat", R"({"state":"in"})").status ==
          204);
    CHECK(cleo.api("GET", "/api/v1/conversations").json()["items"].items().size() == 1);
    CHECK(house.as("olga").api("GET", "/api/v1/conversations/" + id).status == 404);
    CHECK(cleo.api("PUT", "/api/v1/conversation-settings", R"({"who":"known"})").status == 200);
    CHECK(cleo.api("PUT", "/api/v1/blocks/24").status == 204);
    CHECK(cleo.api("GET", "/api/v1/blocks").json()["items"].items().size() == 1);
    CHECK(cleo.api("DELETE", "/api/v1/blocks/24").status == 204);
    const auto group =
        house.as("ada").api("POST", "/api/v1/conversations", R"({"to":"bo, cleo","body":"All"})");
    const std::string at = "/api/v1/conversations/" + group.json()["id"].string_or("");
    CHECK(house.as("ada").api("PATCH", at, R"({"title":"Choir"})").json()["title"].string_or("") ==
          "Choir");
    CHECK(house.as("ada").api("POST", at + "/members", R"({"to":"dan"})").status == 200);
    CHECK(house.as("dan").api("GET", at).status == 200);
}
