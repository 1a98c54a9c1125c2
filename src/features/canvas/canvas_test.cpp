#include "features/canvas/canvas.hpp"

#include <doctest/doctest.h>

#include "features/canvas/draft.hpp"
#include "features/community/community.hpp"
#include "features/members/members.hpp"
#include "features/spaces/spaces.hpp"
#include "features/topics/topics.hpp"
#include "platform/testing/site.hpp"

using namespace torv;
using testing::Site;

namespace {

/// The Square as it was before anybody set it up.
void unfound(Site& site) {
    site.db().write([](db::Tx& tx) {
        tx.run("UPDATE communities SET founded_at = NULL, rules_version = 0 WHERE id = 1");
        tx.run("DELETE FROM community_rules WHERE community_id = 1");
    });
}

std::string answer(testing::Person& who, const std::string& step, const std::string& text) {
    const auto done = who.post("/start/" + step, {{"answer", text}});
    CHECK(done.status == 303);
    return done.location();
}

void answer_all(testing::Person& olga) {
    CHECK(answer(olga, "language", "da") == "/start/kind");
    CHECK(answer(olga, "kind", "neighbourhood") == "/start/name");
    CHECK(answer(olga, "name", "Møllevej") == "/start/purpose");
    CHECK(answer(olga, "purpose", "At alle ved, hvem de kan ringe til. Også om natten.") ==
          "/start/values");
    CHECK(olga.post("/start/values", {{"skip", "1"}}).location() == "/start/audience");
    CHECK(answer(olga, "audience", "Alle i gården") == "/start/tone");
    CHECK(answer(olga, "tone", "Som over hækken") == "/start/meet");
    CHECK(answer(olga, "meet", "I gården") == "/start/asked");
    CHECK(answer(olga, "asked", "Lån noget ud") == "/start/goals");
    CHECK(answer(olga, "goals", "Halvtreds husstande er med\nEn bænk ved porten") ==
          "/start/review");
}

const testing::Fields kAllSpaces{{"spaces", "square"},
                                 {"spaces", "lend"},
                                 {"spaces", "events"},
                                 {"spaces", "fix"},
                                 {"spaces", "fence"}};

}  // namespace

TEST_CASE("eight questions, one a screen, end in a community that is ready") {
    Site site{canvas::routes};
    unfound(site);
    auto& olga = site.as("olga");
    CHECK(olga.get("/start").location() == "/start/language");
    answer_all(olga);

    const auto review = olga.get("/start/review");
    CHECK(review.status == 200);
    CHECK(review.has("Møllevej"));
    CHECK(review.has("Over hækken"));
    const auto opened = olga.post("/start/open", kAllSpaces);
    CHECK(opened.status == 200);
    CHECK(opened.has("/join/"));  // the link for the second person
    CHECK(site.announced("community.founded") == 1);

    site.db().read([&](db::Tx& tx) {
        const auto made = community::find(tx, CommunityId{1});
        REQUIRE(made);
        CHECK(made->founded_at);
        CHECK(made->name == "Møllevej");
        CHECK(made->language == "da");
        CHECK(made->tagline == "At alle ved, hvem de kan ringe til.");
        CHECK(made->values.empty());
        CHECK(made->rules_version == 1);
        CHECK(community::rules(tx, made->id)->body.find("skraldespandene") != std::string::npos);
        const auto goals = community::goals(tx, made->id);
        REQUIRE(goals.size() == 2);
        CHECK(goals[0].figure == "households");
        CHECK(goals[0].target == 50);
        CHECK(goals[1].text == "En bænk ved porten");
        CHECK(goals[1].figure.empty());
    });
}

TEST_CASE("the first topics stand in the owner's name, so that nobody enters an empty room") {
    Site site{canvas::routes};
    unfound(site);
    auto& olga = site.as("olga");
    answer_all(olga);
    CHECK(olga.post("/start/open", kAllSpaces).status == 200);

    site.db().read([&](db::Tx& tx) {
        const auto readable = spaces::readable(tx, olga.viewer);
        bool welcome = false, question = false;
        for (const auto& topic : topics::recent(tx, olga.viewer, readable, 20)) {
            if (topic.title == "Hej, nabo")
                welcome = topic.pinned && topic.author == olga.viewer.id;
            if (topic.title == "Hvad har du, som hele vejen kunne låne?") question = true;
        }
        CHECK(welcome);
        CHECK(question);
    });
}

TEST_CASE("opening twice is opening once") {
    Site site{canvas::routes};
    unfound(site);
    auto& olga = site.as("olga");
    answer_all(olga);
    CHECK(olga.post("/start/open", kAllSpaces).has("/join/"));
    CHECK(olga.post("/start/open", kAllSpaces).location() == "/start/opened");
    CHECK_FALSE(olga.get("/start/opened").has("/join/"));
    CHECK(olga.post("/start/invitation").has("/join/"));
    CHECK(site.announced("community.founded") == 1);
    CHECK(site.announced("space.created") == 5);
}

TEST_CASE("one may go away, come back and change an answer") {
    Site site{canvas::routes};
    unfound(site);
    auto& olga = site.as("olga");
    answer(olga, "language", "sv");
    answer(olga, "kind", "hobby-club");
    CHECK(olga.get("/start").location() == "/start/name");
    const auto question = olga.get("/start/purpose");
    CHECK(question.has("Vi stickar ihop"));  // an example of the preset, in the language chosen
    answer(olga, "kind", "micro-community");
    CHECK(olga.get("/start/kind").has(R"(value="micro-community" required checked)"));
}

TEST_CASE("a fault is told beside the field, and what was typed stays") {
    Site site{canvas::routes};
    unfound(site);
    auto& olga = site.as("olga");
    CHECK(olga.post("/start/name", {{"answer", "  "}}).status == 422);
    const std::string longest(canvas::kNameMax + 1, 'x');
    const auto too_long = olga.post("/start/name", {{"answer", longest}});
    CHECK(too_long.status == 422);
    CHECK(too_long.has(longest));
    CHECK(too_long.has("answer-error"));
    CHECK(olga.post("/start/language", {{"answer", "tlh"}}).status == 422);
    CHECK(olga.post("/start/purpose", {{"answer", std::string(canvas::kAnswerMax + 1, 'x')}})
              .status == 422);
    answer_all(olga);
    CHECK(olga.post("/start/open", {{"spaces", "fence"}}).status ==
          422);  // a chat alone holds no topic
    CHECK(site.announced("community.founded") == 0);
}

TEST_CASE("only the owner sees the canvas, and only until the community is open") {
    Site site{canvas::routes};
    unfound(site);
    CHECK(site.as("dan").get("/start/name").status == 404);
    CHECK(site.as("bo").post("/start/name", {{"answer", "Mine"}}).status == 404);
    auto& olga = site.as("olga");
    CHECK(olga.get("/start/no-such-step").status == 404);
    CHECK(olga.get("/start/name").status == 200);
    site.db().write(
        [](db::Tx& tx) { tx.run("UPDATE communities SET founded_at = 1 WHERE id = 1"); });
    CHECK(olga.get("/start").location() == "/");
    CHECK(olga.post("/start/name", {{"answer", "Other"}}).location() == "/");
}
