#include "features/leaders/leaders.hpp"

#include <doctest/doctest.h>

#include "features/curation/curation.hpp"
#include "features/messages/messages.hpp"
#include "features/notifications/notifications.hpp"
#include "platform/activity/activity.hpp"
#include "platform/testing/site.hpp"

namespace torv::leaders {

namespace {

using torv::testing::Answer;
using torv::testing::Site;
using namespace std::chrono_literals;

struct House {
    House()
        : site({topics::routes, curation::routes, notifications::routes, messages::routes,
                leaders::routes}) {
        notifications::follow(site.activity(), site.jobs());
    }

    torv::testing::Person& as(std::string_view who) { return site.as(who); }
    Answer ask(std::string_view who, const std::string& body, const std::string& space = {}) {
        site.clock().advance(1s);
        const auto made = as(who).post("/leaders", {{"body", body}, {"space", space}});
        site.settle();
        return made;
    }
    /// When it has to go well: the id of the question.
    std::string asked(std::string_view who, const std::string& body,
                      const std::string& space = {}) {
        const auto made = ask(who, body, space);
        REQUIRE(made.status == 303);
        return made.location().substr(std::string_view("/messages/").size());
    }
    Answer take(std::string_view who, const std::string& question, const std::string& from = {}) {
        const auto done =
            as(who).post("/leaders/questions/" + question + "/take", {{"from", from}});
        site.settle();
        return done;
    }
    Answer close(std::string_view who, const std::string& question) {
        return as(who).post("/leaders/questions/" + question + "/close", {});
    }
    Answer say(std::string_view who, const std::string& question, const std::string& body) {
        site.clock().advance(1s);
        const auto said = as(who).post("/messages/" + question + "/posts", {{"body", body}});
        site.settle();
        return said;
    }
    std::string list(std::string_view who) { return as(who).get("/leaders/questions").body; }
    /// As the API says it to who asked.
    std::string state(std::string_view who, const std::string& question) {
        const auto all = as(who).api("GET", "/api/v1/leader-questions").json();
        for (const auto& one : all["items"].items())
            if (one["id"].string_or("") == question) return one["state"].string_or("");
        return "none";
    }
    bool told(std::string_view who) {
        const auto all = as(who).api("GET", "/api/v1/notices").json();
        for (const auto& one : all["items"].items())
            if (one["kind"].string_or("") == "question") return true;
        return false;
    }
    std::string id_of(std::string_view who) { return as(who).viewer.id.text(); }
    std::string space(std::string_view slug) {
        return site.db().read([&](db::Tx& tx) {
            return tx.one("SELECT id FROM spaces WHERE community_id = 1 AND slug = $1", slug)
                ->get<SpaceId>(0)
                .text();
        });
    }

    Site site;
};

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

Instant at(std::int64_t minutes) {
    return Instant{1'800'000'000'000'000 + minutes * 60 * 1'000'000};
}

}  // namespace

TEST_CASE("a question reaches those who lead, and nobody else") {
    House house;
    const auto id = house.asked("bo", "How do I leave the choir?");
    for (const auto* leader : {"ada", "dan", "olga"}) {
        CAPTURE(leader);
        CHECK(has(house.list(leader), "How do I leave the choir?"));
        CHECK(house.told(leader));
        // Its beginning, not the talk.
        CHECK(house.as(leader).get("/messages/" + id).status == 404);
    }
    CHECK_FALSE(house.told("cleo"));
    CHECK(house.as("cleo").get("/leaders/questions").status == 404);
    CHECK(house.as("cleo").get("/messages/" + id).status == 404);
    CHECK(house.take("cleo", id).status == 404);
    CHECK(house.as("guest").get("/leaders").status != 200);
    CHECK(house.as("bo").get("/messages/" + id).status == 200);
    CHECK(house.state("bo", id) == "waiting");
    CHECK(house.state("ada", id) == "none");
    CHECK(has(house.as("ada").get("/messages").body, "To the leaders (1)"));
    CHECK_FALSE(has(house.as("cleo").get("/messages").body, "To the leaders"));
}

TEST_CASE("one takes it and answers; the other hears who") {
    House house;
    const auto id = house.asked("bo", "May I bring my dog?");
    REQUIRE(house.take("ada", id).status == 303);
    CHECK(house.state("bo", id) == "taken");
    CHECK(house.take("ada", id).status == 303);

    const auto late = house.take("dan", id);
    CHECK(late.status == 409);
    CHECK(has(late.body, "Ada"));
    CHECK(house.as("dan").get("/messages/" + id).status == 404);

    CHECK(house.say("bo", id, "A small one.").status == 303);
    CHECK(house.state("bo", id) == "taken");
    CHECK(house.say("ada", id, "A small one may come.").status == 303);
    CHECK(house.state("bo", id) == "answered");
    CHECK(has(house.as("bo").get("/messages/" + id).body, "A small one may come."));

    CHECK(house.close("dan", id).status == 404);
    CHECK(house.close("bo", id).status == 404);
    CHECK(house.close("ada", id).status == 303);
    CHECK(house.close("ada", id).status == 303);
    CHECK(house.state("bo", id) == "closed");
    CHECK_FALSE(has(house.list("dan"), "May I bring my dog?"));
    CHECK(has(house.as("dan").get("/leaders/questions?show=closed").body, "May I bring my dog?"));

    // Who takes it over opens it again.
    CHECK(house.take("dan", id, house.id_of("ada")).status == 303);
    CHECK(house.state("bo", id) == "answered");
    CHECK(house.as("dan").get("/messages/" + id).status == 200);
    // Nobody else reads: not who had it before either.
    CHECK(house.as("ada").get("/messages/" + id).status == 404);
    CHECK(house.close("ada", id).status == 404);
    CHECK(house.take("ada", house.asked("bo", "And a cat?"), house.id_of("dan")).status == 409);
}

TEST_CASE("a question that was taken back shows no words") {
    House house;
    const auto id = house.asked("bo", "Too much said");
    const auto post = house.site.db().read([](db::Tx& tx) {
        return tx.one("SELECT max(id) FROM posts WHERE community_id = 1")->get<PostId>(0).text();
    });
    REQUIRE(house.as("bo").del("/p/" + post).status == 303);
    CHECK_FALSE(has(house.list("ada"), "Too much said"));
    CHECK(has(house.list("ada"), "/leaders/questions/" + id));
}

TEST_CASE("whom the asker does not want to hear from does not hear of it") {
    House house;
    REQUIRE(house.as("bo").post("/m/ada/block").status == 303);
    const auto id = house.asked("bo", "Somebody else, please");
    CHECK_FALSE(house.told("ada"));
    CHECK(house.told("dan"));
    CHECK_FALSE(has(house.list("ada"), "Somebody else, please"));
    CHECK_FALSE(has(house.as("ada").get("/messages").body, "To the leaders (1)"));
    CHECK(house.take("ada", id).status == 404);
    CHECK(house.take("dan", id).status == 303);
}

TEST_CASE("about a space it goes to those who lead there and may read it") {
    House house;
    const auto kitchen = house.space("kitchen");
    const auto id = house.asked("cleo", "Who has the key?", kitchen);
    CHECK(house.told("dan"));
    CHECK(has(house.list("dan"), "Who has the key?"));
    CHECK_FALSE(house.told("ada"));
    CHECK_FALSE(has(house.list("ada"), "Who has the key?"));
    CHECK(house.take("ada", id).status == 404);

    // Not there for who may not read it, and of no use where nobody else leads.
    const auto hidden = house.ask("bo", "What is in there?", kitchen);
    CHECK(hidden.status == 422);
    CHECK(house.ask("bo", "What is in there?", "99").status == 422);
    CHECK(house.ask("olga", "Am I alone?", house.space("attic")).status == 422);
    CHECK(house.ask("bo", "Where?", "nonsense").status == 422);
}

TEST_CASE("who asked does not take it, and ten a day are enough") {
    House house;
    const auto own = house.asked("ada", "Who signs the papers?");
    CHECK_FALSE(has(house.list("ada"), "Who signs the papers?"));
    CHECK_FALSE(house.told("ada"));
    CHECK(house.take("ada", own).status == 404);
    for (int i = 0; i < kAskedADay; ++i) house.asked("bo", "Question " + std::to_string(i));
    CHECK(house.ask("bo", "One more").status == 429);
    house.site.clock().advance(25h);
    CHECK(house.ask("bo", "The day after").status == 303);
    CHECK(house.ask("bo", " ").status == 422);
}

TEST_CASE("a long list has pages, the oldest question first") {
    House house;
    for (int day = 0; day < 4; ++day) {
        for (int i = 0; i < kAskedADay; ++i)
            house.asked("bo", "Question " + std::to_string(100 + day * 10 + i));
        house.site.clock().advance(25h);
    }
    const auto first = house.list("ada");
    CHECK(has(first, "Question 100"));
    CHECK_FALSE(has(first, "Question 139"));
    const auto begins = first.find("/leaders/questions?past=");
    REQUIRE(begins != std::string::npos);
    const auto rest = house.as("ada").get(first.substr(begins, first.find('"', begins) - begins));
    CHECK(has(rest.body, "Question 139"));
    CHECK_FALSE(has(rest.body, "Question 100"));
    CHECK(house.as("ada").get("/leaders/questions?past=x").status == 400);
}

TEST_CASE("figures say how long people wait") {
    CHECK(figures({}, at(0)).answered == 0);
    const std::vector<Times> questions{
        {.asked_at = at(0), .answered_at = at(30)},
        {.asked_at = at(0), .answered_at = at(90)},
        {.asked_at = at(0), .answered_at = at(26 * 60)},
        {.asked_at = at(0)},        // nobody has answered for two days
        {.asked_at = at(47 * 60)},  // asked an hour ago: too early to say
    };
    const auto found = figures(questions, at(48 * 60));
    CHECK(found.asked == 5);
    CHECK(found.answered == 3);
    CHECK(found.median == 90min);
    CHECK(found.due == 4);
    CHECK(found.in_time == 2);
    CHECK(figures({questions[0], questions[1]}, at(120)).median == 60min);
}

TEST_CASE("derived again, those who lead are told the same") {
    House house;
    house.asked("bo", "Once?");
    house.site.activity().reset("notices");
    house.site.settle();
    CHECK(house.told("ada"));
    CHECK_FALSE(house.told("cleo"));
}

}  // namespace torv::leaders
