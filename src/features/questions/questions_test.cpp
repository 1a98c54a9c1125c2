#include "features/questions/questions.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <thread>

#include "features/curation/curation.hpp"
#include "features/notifications/notifications.hpp"
#include "platform/activity/activity.hpp"
#include "platform/base/text.hpp"
#include "platform/testing/site.hpp"

namespace torv::questions {

namespace {

using torv::testing::Answer;
using torv::testing::Site;
using namespace std::chrono_literals;

/// The Square, whose Garden is for questions.
struct House {
    House() : site({topics::routes, curation::routes, notifications::routes, questions::routes}) {
        notifications::follow(site.activity(), site.jobs());
        site.db().write([](db::Tx& tx) {
            tx.run("UPDATE spaces SET kind = 1, visibility = 0 WHERE community_id = 1 AND id = 32");
        });
    }

    torv::testing::Person& as(std::string_view who) { return site.as(who); }
    /// Its address, "/t/7".
    std::string ask(std::string_view who, const std::string& title,
                    const std::string& space = "garden") {
        site.clock().advance(10s);
        const auto made = as(who).post("/s/" + space + "/topics",
                                       {{"title", title}, {"body", "I wonder. " + title}});
        REQUIRE(made.status == 303);
        site.settle();
        return made.location().substr(0, made.location().find('/', 3));
    }
    /// The address of the answer, "/p/9".
    std::string answer(std::string_view who, const std::string& question,
                       const std::string& words) {
        site.clock().advance(10s);
        const auto made = as(who).post(question + "/posts", {{"body", words}});
        REQUIRE(made.status == 303);
        site.settle();
        return made.location();
    }
    int accept(std::string_view who, const std::string& answer) {
        const int status = as(who).put(answer + "/accepted").status;
        site.settle();
        return status;
    }
    int unaccept(std::string_view who, const std::string& answer) {
        const int status = as(who).del(answer + "/accepted").status;
        site.settle();
        return status;
    }
    void thank(std::string_view who, const std::string& post) {
        REQUIRE(as(who).put(post + "/reactions/" + percent_encode("👍")).status < 400);
    }
    json::Value topic(const std::string& question) {
        return as("dan").api("GET", "/api/v1/topics/" + question.substr(3)).json();
    }
    std::string accepted(const std::string& question) {
        const auto id = topic(question)["accepted"].string_or("");
        return id.empty() ? id : "/p/" + id;
    }
    int told(std::string_view who) {
        int count = 0;
        const auto all = as(who).api("GET", "/api/v1/notices").json();
        for (const auto& one : all["items"].items())
            count += one["kind"].string_or("") == "accepted";
        return count;
    }

    Site site;
};

/// Do these stand in the text one after the other?
bool in_order(const Answer& page, const std::vector<std::string>& words) {
    std::size_t at = 0;
    for (const auto& word : words) {
        at = page.body.find(word, at);
        if (at == std::string::npos) return false;
        at += word.size();
    }
    return true;
}

}  // namespace

TEST_CASE("who asked says which answer helped, moderators too, and nobody else") {
    House house;
    const auto question = house.ask("bo", "How do I prune a pear?");
    const auto first = house.answer("cleo", question, "In summer.");
    const auto second = house.answer("dan", question, "In winter.");
    CHECK(house.as("bo").get(question).has("Accept answer"));
    CHECK_FALSE(house.as("cleo").get(question).has("Accept answer"));
    CHECK(house.accept("cleo", first) == 403);
    CHECK(house.as("").put(first + "/accepted").location().find("sign-in") != std::string::npos);
    CHECK(house.accepted(question).empty());

    CHECK(house.accept("bo", first) == 303);
    CHECK(house.accepted(question) == first);
    CHECK(house.accept("bo", first) == 303);
    CHECK(house.site.announced("answer.accepted") == 1);
    CHECK(house.accept("ada", second) == 303);
    CHECK(house.accepted(question) == second);
    CHECK(house.unaccept("cleo", second) == 403);
    CHECK(house.unaccept("bo", first) == 303);  // another one is accepted: nothing to take back
    CHECK(house.accepted(question) == second);
    CHECK(house.unaccept("bo", second) == 303);
    CHECK(house.accepted(question).empty());
    CHECK(house.site.announced("answer.unaccepted") == 1);
}

TEST_CASE("what is no answer to a question cannot be accepted") {
    House house;
    const auto question = house.ask("bo", "How do I prune a pear?");
    const auto opening = "/p/" + house.topic(question)["first_post"].string_or("");
    CHECK(house.accept("bo", opening) == 422);
    const auto talk = house.ask("bo", "Picnic", "lounge");
    CHECK(house.accept("bo", house.answer("cleo", talk, "Yes!")) == 422);
    CHECK_FALSE(house.as("bo").get(talk).has("Accept answer"));
    const auto closed = house.ask("cleo", "What is in the soup?", "kitchen");
    const auto secret = house.answer("cleo", closed, "Leek.");
    CHECK(house.accept("bo", secret) == 404);
    CHECK(house.accept("bo", "/p/12345") == 404);
    const auto gone = house.answer("cleo", question, "Never.");
    REQUIRE(house.as("cleo").del(gone).status == 303);
    CHECK(house.accept("bo", gone) == 404);
}

TEST_CASE("the accepted answer stands below the question, and in its place, with mark and words") {
    House house;
    const auto question = house.ask("bo", "How do I prune a pear?");
    house.answer("dan", question, "In winter.");
    const auto helped = house.answer("cleo", question, "In summer, and never much.");
    CHECK_FALSE(house.as("").get(question).has("Accepted answer"));
    REQUIRE(house.accept("bo", helped) == 303);
    const auto page = house.as("").get(question);
    CHECK(in_order(page,
                   {"I wonder.", "class=\"accepted\"", "Accepted answer", "never much", "2 answers",
                    "In winter.", "post--accepted", "Accepted answer", "never much"}));
    CHECK(house.as("").get("/s/garden").has("Answered"));
    // Where it is the first answer anyway it stands once.
    const auto other = house.ask("bo", "And an apple?");
    REQUIRE(house.accept("bo", house.answer("cleo", other, "The same way.")) == 303);
    CHECK_FALSE(house.as("").get(other).has("class=\"accepted\""));
    CHECK(house.as("").get(other).has("post--accepted"));
}

TEST_CASE("whose answer helped is told, until it did not") {
    House house;
    const auto question = house.ask("bo", "How do I prune a pear?");
    const auto first = house.answer("cleo", question, "In summer.");
    const auto own = house.answer("bo", question, "I found it out.");
    REQUIRE(house.accept("bo", first) == 303);
    CHECK(house.told("cleo") == 1);
    CHECK(house.as("cleo").get("/notices").has("accepted your answer in “How do I prune a pear?”"));
    REQUIRE(house.accept("bo", own) == 303);
    CHECK(house.told("cleo") == 0);
    CHECK(house.told("bo") == 0);
    REQUIRE(house.accept("ada", first) == 303);
    CHECK(house.told("cleo") == 1);
    REQUIRE(house.unaccept("bo", first) == 303);
    CHECK(house.told("cleo") == 0);
    REQUIRE(house.as("bo").del(own).status == 303);
    house.site.settle();
    CHECK(house.told("cleo") == 0);
}

TEST_CASE("an answer that is deleted or carried away is not accepted any more") {
    House house;
    const auto question = house.ask("bo", "How do I prune a pear?");
    const auto first = house.answer("cleo", question, "In summer.");
    REQUIRE(house.accept("bo", first) == 303);
    REQUIRE(house.as("cleo").del(first).status == 303);
    CHECK(house.accepted(question).empty());
    CHECK(house.site.announced("answer.unaccepted") == 1);
    REQUIRE(house.as("cleo").post(first + "/restore").status == 303);
    CHECK(house.accepted(question).empty());

    REQUIRE(house.accept("bo", first) == 303);
    const auto split = house.as("ada").post(
        question + "/split",
        {{"posts", first.substr(3)}, {"title", "On summers"}, {"space", "32"}});
    REQUIRE(split.status == 303);
    CHECK(house.accepted(question).empty());
    CHECK(house.topic(split.location())["accepted"].is_null());
}

TEST_CASE("an answer that is accepted while it is deleted is not accepted in the end") {
    House house;
    const auto viewer = [&](std::string_view who) {
        auth::Viewer someone = house.as(who).viewer;
        someone.community = CommunityId{1};
        return someone;
    };
    const auto asker = viewer("bo"), helper = viewer("cleo");
    const auto question = house.ask("bo", "How do I prune a pear?");
    for (int round = 0; round < 15; ++round) {
        const auto id = PostId::parse(house.answer("cleo", question, "So.").substr(3)).value();
        {
            const std::jthread accepts([&] {
                for (int i = 0; i < 3; ++i)
                    house.site.db().write([&](db::Tx& tx) { return accept(tx, asker, id); });
            });
            const std::jthread deletes([&] {
                house.site.db().write([&](db::Tx& tx) { return topics::remove(tx, helper, id); });
            });
        }
        CHECK(house.accepted(question).empty());
    }
}

TEST_CASE("lists show what is open, what is answered, and what was thanked for most") {
    House house;
    const auto pear = house.ask("bo", "How do I prune a pear?");
    const auto plum = house.ask("bo", "How do I prune a plum?");
    const auto fig = house.ask("bo", "How do I prune a fig?");
    REQUIRE(house.accept("bo", house.answer("cleo", pear, "In summer.")) == 303);
    house.answer("cleo", plum, "I do not know.");
    const auto opening = [&](const std::string& question) {
        return "/p/" + house.topic(question)["first_post"].string_or("");
    };
    house.thank("cleo", opening(plum));
    house.thank("cleo", opening(pear));
    house.thank("ada", opening(pear));

    CHECK(in_order(house.as("").get("/s/garden?sort=new"), {"fig?", "plum?", "pear?"}));
    const auto open = house.as("").get("/s/garden?sort=open");
    CHECK(in_order(open, {"a fig?", "a plum?"}));
    CHECK_FALSE(open.has("a pear?"));
    const auto thanked = house.as("").get("/s/garden?sort=thanks");
    CHECK(in_order(thanked, {"a pear?", "2 thanks", "a plum?", "1 thanks"}));
    CHECK_FALSE(thanked.has("a fig?"));
    const auto api = house.as("dan").api("GET", "/api/v1/spaces/32/topics?sort=thanks").json();
    REQUIRE(api["items"].items().size() == 2);
    CHECK(api["items"].items()[0]["thanks"].integer() == 2);
    CHECK(house.as("dan").api("GET", "/api/v1/spaces/32/topics?sort=best").status == 400);

    REQUIRE(house.as("cleo").del(opening(plum) + "/reactions/" + percent_encode("👍")).status <
            400);
    CHECK_FALSE(house.as("").get("/s/garden?sort=thanks").has("a plum?"));
}

TEST_CASE("answers can be read in the order of thanks, page by page, each once") {
    House house;
    const auto question = house.ask("bo", "How do I prune a pear?");
    std::vector<std::string> answers;
    for (int i = 0; i < 45; ++i) {
        if (i % 5 == 0) house.site.clock().advance(1min);
        answers.push_back(house.answer(i % 2 ? "cleo" : "dan", question,
                                       "Answer number " + std::to_string(100 + i) + "."));
    }
    for (int i = 20; i < 45; ++i) house.thank("bo", answers[static_cast<std::size_t>(i)]);
    for (const auto* who : {"ada", "olga"}) house.thank(who, answers[30]);
    house.thank("ada", answers[10]);
    house.thank("olga", answers[10]);
    REQUIRE(house.as("dan").del(answers[2]).status == 303);

    const auto first = house.as("bo").get(question + "?order=thanks");
    CHECK(in_order(first, {"I wonder.", "number 130.", "number 110.", "number 144."}));
    std::string target = "/api/v1/topics/" + question.substr(3) + "/posts?order=thanks&limit=10";
    std::vector<std::string> met;
    for (int pages = 0; !target.empty() && pages < 20; ++pages) {
        const auto page = house.as("bo").api("GET", target);
        REQUIRE(page.status == 200);
        const auto list = page.json();
        for (const auto& one : list["items"].items()) met.push_back(one["id"].string_or(""));
        const auto link = page.header("Link");
        const auto at = link.find("/api/");
        target = link.empty() ? "" : link.substr(at, link.find('>') - at);
    }
    CHECK(met.size() == 45);  // the question, and all but the deleted one
    std::sort(met.begin(), met.end());
    CHECK(std::unique(met.begin(), met.end()) == met.end());
    CHECK(house.as("bo").get(question + "?order=thanks&below=x.y").status == 400);
}

TEST_CASE("a space of questions speaks of questions") {
    House house;
    const auto empty = house.as("bo").get("/s/garden");
    CHECK(empty.has("Ask a question"));
    CHECK(empty.has("No questions yet"));
    CHECK(house.as("bo").get("/s/garden/new").has("Post question"));
    const auto question = house.ask("bo", "How do I prune a pear?");
    CHECK(house.as("cleo").get(question).has("Post answer"));
    CHECK(house.as("bo").get("/s/lounge/new").has("Post topic"));
    CHECK(house.as("bo").get("/s/garden?sort=thanks").has("Nobody has been thanked here yet"));
}

}  // namespace torv::questions
