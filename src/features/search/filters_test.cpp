#include <doctest/doctest.h>

#include <set>

#include "features/curation/curation.hpp"
#include "features/search/search.hpp"
#include "features/search/spelling.hpp"
#include "features/search/typed.hpp"
#include "features/tags/tags.hpp"
#include "features/topics/topics.hpp"
#include "platform/activity/activity.hpp"
#include "platform/base/text.hpp"
#include "platform/testing/site.hpp"

using namespace torv;
using testing::Site;

namespace {

const i18n::Dates kCopenhagen("da", "Europe/Copenhagen");

search::Typed typed(std::string_view text) { return search::read(text, kCopenhagen); }

/// A town where things are said and looked for.
struct Town {
    Town() : site({topics::routes, curation::routes, search::routes, tags::routes}) {
        search::follow(site.activity());
        tags::follow(site.activity());
    }
    /// The address of the topic.
    std::string begin(std::string_view who, std::string_view space, std::string_view title,
                      std::string_view body) {
        site.clock().advance(std::chrono::seconds(1));
        const auto made =
            site.as(who).post("/s/" + std::string(space) + "/topics",
                              {{"title", std::string(title)}, {"body", std::string(body)}});
        REQUIRE(made.status == 303);
        const std::string location = made.location();
        return location.substr(0, location.find('/', 3));
    }
    void answer(std::string_view who, const std::string& topic, std::string_view body) {
        site.clock().advance(std::chrono::seconds(1));
        REQUIRE(site.as(who).post(topic + "/posts", {{"body", std::string(body)}}).status == 303);
    }
    /// Titles of what is found.
    std::multiset<std::string> titles(std::string_view who, std::string_view q,
                                      std::string_view kind = "topic") {
        site.settle();
        std::multiset<std::string> found;
        const auto answer = site.as(who).api(
            "GET", "/api/v1/search?q=" + percent_encode(q) + "&kind=" + std::string(kind));
        REQUIRE(answer.status == 200);
        const auto json = answer.json();
        for (const auto& item : json["items"].items())
            found.insert(std::string(item["title"].string_or("")));
        return found;
    }
    std::string page(std::string_view who, std::string_view q) {
        site.settle();
        return site.as(who).get("/search?q=" + percent_encode(q)).body;
    }
    /// What is offered while one types: text and, behind a space, hint.
    std::vector<std::string> offered(std::string_view who, std::string_view q) {
        site.settle();
        std::vector<std::string> list;
        const auto json = site.as(who).get("/search/suggest?q=" + percent_encode(q)).json();
        for (const auto& item : json["items"].items())
            list.emplace_back(std::string(item["text"].string_or("")));
        return list;
    }

    Site site;
};

using Titles = std::multiset<std::string>;

bool holds(const std::vector<std::string>& list, std::string_view one) {
    return std::find(list.begin(), list.end(), one) != list.end();
}

}  // namespace

TEST_CASE("filters are read out of what was typed, and the rest are words") {
    const auto all =
        typed(R"(latte in:garden art by:@Bo #Coffee tag:"slow food" is:unanswered has:file)");
    CHECK(all.words == "latte art");
    CHECK(all.in == std::vector<std::string>{"garden"});
    CHECK(all.by == std::vector<std::string>{"bo"});
    CHECK(all.tags == std::vector<std::string>{"Coffee", "slow food"});
    CHECK(all.unanswered);
    CHECK(all.with_file);
    CHECK(all.unclear.empty());
    CHECK(typed(R"("green tea" in:"The Garden")").in == std::vector<std::string>{"The Garden"});
    CHECK(typed(R"("green tea" in:garden)").words == R"("green tea")");
    CHECK(typed("http://torv.example 12:30 c++").words == "http://torv.example 12:30 c++");
    CHECK(typed("").empty());
    CHECK_FALSE(typed("is:unanswered").empty());
}

TEST_CASE("days begin where the reader is, and what is no day is said so") {
    CHECK(typed("after:2026-05-02").from == *Instant::parse_rfc3339("2026-05-01T22:00:00Z"));
    CHECK(typed("before:2026-01").until == *Instant::parse_rfc3339("2025-12-31T23:00:00Z"));
    CHECK(typed("before:2026").until == typed("before:2026-01-01").until);
    CHECK(typed("after:2026 after:2025").from == typed("after:2026").from);
    for (const char* odd : {"before:soon", "after:2026-13", "after:2026-02-30", "after:2026-257",
                            "before:2026-01-0001", "before:", "is:red", "has:wings",
                            "before:2026-1-1-1", "after:-1", "in:", "by:\"\""}) {
        CAPTURE(odd);
        CHECK(typed(odd).unclear == std::vector<std::string>{odd});
        CHECK(typed(odd).empty());
    }
}

TEST_CASE("a filter narrows down what is found, alone and with words") {
    Town town;
    const auto bread = town.begin("bo", "lounge", "Rye bread", "How long do you bake it? #baking");
    town.begin("ada", "lounge", "Wheat bread", "Mine is done after an hour. #baking #wheat");
    town.begin("ada", "garden", "Bread for birds", "Better not.");
    CHECK(town.titles("bo", "bread").size() == 3);
    CHECK(town.titles("bo", "bread in:garden") == Titles{"Bread for birds"});
    CHECK(town.titles("bo", "by:bo") == Titles{"Rye bread"});
    CHECK(town.titles("bo", "bread by:me") == Titles{"Rye bread"});
    CHECK(town.titles("bo", "by:bo by:ada bread").size() == 3);
    CHECK(town.titles("bo", "tag:Baking") == Titles{"Rye bread", "Wheat bread"});
    CHECK(town.titles("bo", "#baking #wheat") == Titles{"Wheat bread"});
    CHECK(town.titles("bo", "by:nobody").empty());
    CHECK(town.titles("ada", "by:Bo") == Titles{"Rye bread"});
    CHECK(town.titles("bo", "in:garden", "") == Titles{"Bread for birds"});
    CHECK(town.titles("bo", "after:2020", "").size() == 3);
    CHECK(town.titles("bo", "bread before:2020").empty());
    CHECK(town.titles("bo", "bread after:2020").size() == 3);
    CHECK(town.titles("bo", "is:unanswered").size() == 3);
    town.answer("ada", bread, "An hour.");
    CHECK(town.titles("bo", "is:unanswered") == Titles{"Wheat bread", "Bread for birds"});
    CHECK(town.titles("bo", "is:unanswered by:ada in:lounge") == Titles{"Wheat bread"});
    CHECK(town.titles("bo", "by:ada", "post").size() == 3);
    CHECK(town.page("bo", "bread before:soon").find("before:soon") != std::string::npos);
}

TEST_CASE("a topic whose only answer is taken away waits for one again") {
    Town town;
    const auto topic = town.begin("bo", "lounge", "Rye bread", "How long?");
    town.answer("ada", topic, "An hour.");
    CHECK(town.titles("bo", "is:unanswered").empty());
    const auto post = town.site.db().read([](db::Tx& tx) {
        return tx.one("SELECT max(id) FROM posts WHERE community_id = 1")->get<PostId>(0).text();
    });
    REQUIRE(town.site.as("ada").api("DELETE", "/api/v1/posts/" + post).status == 204);
    CHECK(town.titles("bo", "is:unanswered") == Titles{"Rye bread"});
    town.site.activity().reset("search");
    CHECK(town.titles("bo", "is:unanswered") == Titles{"Rye bread"});

    town.answer("ada", topic, "Two hours.");
    CHECK(town.titles("bo", "is:unanswered").empty());
    const auto other = town.site.db().read([](db::Tx& tx) {
        return tx.one("SELECT max(id) FROM posts WHERE community_id = 1")->get<PostId>(0).text();
    });
    const testing::Fields away{{"title", "Elsewhere"}, {"space", "31"}, {"posts", other}};
    REQUIRE(town.site.as("ada").post(topic + "/split", away).status == 303);
    CHECK(town.titles("bo", "is:unanswered") == Titles{"Rye bread", "Elsewhere"});
}

TEST_CASE("no filter opens what may not be read, nor tells that it is there") {
    Town town;
    town.begin("cleo", "kitchen", "Saffron buns", "Secret. #saffron");
    const auto same = [&](std::string_view a, std::string_view b, const std::string& word_a,
                          const std::string& word_b) {
        std::string one = town.page("bo", a), other = town.page("bo", b);
        for (auto* text : {&one, &other})
            for (const auto& word :
                 {percent_encode(word_a), percent_encode(word_b), word_a, word_b})
                for (auto at = text->find(word); at != text->npos; at = text->find(word))
                    text->replace(at, word.size(), "");
        return one == other;
    };
    CHECK(same("in:kitchen", "in:cellars", "kitchen", "cellars"));
    CHECK(same("tag:saffron", "tag:nothing", "saffron", "nothing"));
    CHECK(same("by:cleo", "by:dora", "cleo", "dora"));
    CHECK(same("safron", "sawdust", "safron", "sawdust"));
    CHECK(town.titles("cleo", "#saffron in:kitchen") == Titles{"Saffron buns"});
    for (const char* asked : {"saf", "tag:saf", "#saf", "in:kit"})
        CHECK(town.offered("bo", asked) == std::vector<std::string>{});
    CHECK(holds(town.offered("cleo", "#saf"), "tag:saffron"));
    CHECK(holds(town.offered("cleo", "in:kit"), "in:kitchen"));
}

TEST_CASE("who misspells is offered what is written where they may read") {
    Town town;
    town.begin("bo", "lounge", "Espresso machines", "Which espresso machine do you use?");
    town.begin("cleo", "kitchen", "Cardamom", "Only for us: cardamom.");
    CHECK(town.page("bo", "expresso").find("?q=espresso") != std::string::npos);
    CHECK(town.page("bo", "expresso machin by:bo").find("?q=espresso%20machin%20by%3Abo") !=
          std::string::npos);
    CHECK(town.page("", "espreso").find("<strong>espresso</strong>") != std::string::npos);
    CHECK(town.page("bo", "espresso").find("<strong>") == std::string::npos);
    CHECK(town.page("bo", "cardamon").find("cardamom") == std::string::npos);
    CHECK(town.page("cleo", "cardamon").find("<strong>cardamom</strong>") != std::string::npos);
}

TEST_CASE("how far two words are from each other") {
    using search::spelling::distance;
    CHECK(distance("coffee", "coffee") == 0);
    CHECK(distance("coffe", "coffee") == 1);
    CHECK(distance("cofefe", "coffee") == 1);
    CHECK(distance("toffee", "coffee") == 1);
    CHECK(distance("tofee", "coffee") == 2);
    CHECK(distance("", "tea") == 3);
}

TEST_CASE("while one types, places and filters are offered") {
    Town town;
    town.begin("bo", "garden", "Bread for birds", "Better not. #birds");
    CHECK(holds(town.offered("bo", "bre"), "Bread for birds"));
    CHECK(holds(town.offered("bo", "gard"), "Garden"));
    CHECK(holds(town.offered("bo", "bi"), "#birds"));
    CHECK(holds(town.offered("bo", "be"), "before:"));
    CHECK(holds(town.offered("bo", "bread by:ol"), "by:olga"));
    CHECK(holds(town.offered("bo", "bread is:"), "is:unanswered"));
    CHECK(town.offered("bo", "bread ").empty());
    CHECK(town.offered("bo", "").empty());
    // A guest is not told who is here.
    CHECK_FALSE(holds(town.offered("", "by:ol"), "by:olga"));
    CHECK_FALSE(holds(town.offered("", "olg"), "Olga"));
    CHECK(town.offered("", "gard").empty());
    CHECK(town.site.as("gus").get("/search/suggest?q=bre").json()["items"].items().empty());
}

TEST_CASE("fields beside the box say the same as words in it") {
    Town town;
    town.begin("bo", "lounge", "Rye bread", "How long?");
    town.begin("ada", "garden", "Bread for birds", "Better not.");
    town.site.settle();
    const auto answer =
        town.site.as("bo").get("/search?q=bread&in=garden&by=ada&unanswered=1&after=2020-01-01");
    CHECK(answer.has("Bread</mark> for birds"));
    CHECK_FALSE(answer.has("Rye <mark>"));
    CHECK(answer.has("value=\"bread in:garden by:ada after:2020-01-01 is:unanswered\""));
}
