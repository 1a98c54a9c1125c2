#include "features/structured_data/structured_data.hpp"

#include <doctest/doctest.h>

#include "platform/json/json.hpp"

namespace torv::structured_data {

namespace {

const Instant kAt = Instant::parse_rfc3339("2026-11-21T10:00:00Z").value();

Said said(const std::string& id, const std::string& text) {
    return {.url = "https://square.test/p/" + id,
            .author = {"Bo", "https://square.test/m/bo"},
            .at = kAt,
            .text = text,
            .thanks = 2};
}

Discussion talk() {
    return {
        .title = "Bread \"for\" </script> all",
        .opening = said("1", "Who bakes?"),
        .picture = "https://square.test/files/7/960.webp",
        .replies = 2,
        .answers = {said("2", "I do"), said("3", "So do I")},
        .above = {{"Square", "https://square.test/"}, {"Lounge", "https://square.test/s/lounge"}}};
}

json::Value parsed(const std::string& text) {
    const auto value = json::parse(text, json::Repeats::Refused);
    REQUIRE(value.has_value());
    CHECK((*value)["@context"].string() == "https://schema.org");
    return *value;
}

/// What Google's documentation of forum, question and answer markup calls required of all that was
/// said, and what it recommends.
void check_said(const json::Value& one) {
    CHECK_FALSE(one["text"].string_or("").empty());
    CHECK(one["author"]["@type"].string() == "Person");
    CHECK(one["author"]["name"].string() == "Bo");
    CHECK(one["author"]["url"].string() == "https://square.test/m/bo");
    CHECK(one["datePublished"].string() == "2026-11-21T10:00:00Z");
    CHECK(one["url"].string_or("").starts_with("https://square.test/"));
}

}  // namespace

TEST_CASE("a discussion has all that search engines require of a DiscussionForumPosting") {
    Discussion given = talk();
    given.opening.edited_at = kAt + std::chrono::hours(1);
    const auto graph = parsed(of(given))["@graph"].items();
    REQUIRE(graph.size() == 2);
    const auto& posting = graph[0];
    CHECK(posting["@type"].string() == "DiscussionForumPosting");
    CHECK(posting["headline"].string() == given.title);
    CHECK(posting["dateModified"].string() == "2026-11-21T11:00:00Z");
    CHECK(posting["image"].string() == given.picture);
    check_said(posting);
    const auto& counts = posting["interactionStatistic"].items();
    REQUIRE(counts.size() == 2);
    CHECK(counts[0]["interactionType"].string() == "https://schema.org/CommentAction");
    CHECK(counts[0]["userInteractionCount"].integer() == 2);
    REQUIRE(posting["comment"].items().size() == 2);
    for (const auto& comment : posting["comment"].items()) {
        CHECK(comment["@type"].string() == "Comment");
        check_said(comment);
    }
}

TEST_CASE("a question with answers is a QAPage, its accepted answer apart from the others") {
    Discussion given = talk();
    given.question = true;
    given.accepted = given.answers[1];
    const auto page = parsed(of(given))["@graph"].items().at(0);
    CHECK(page["@type"].string() == "QAPage");
    const auto& question = page["mainEntity"];
    CHECK(question["@type"].string() == "Question");
    CHECK(question["name"].string() == given.title);
    CHECK(question["answerCount"].integer() == 2);
    check_said(question);
    const auto& accepted = question["acceptedAnswer"];
    CHECK(accepted["@type"].string() == "Answer");
    CHECK(accepted["text"].string() == "So do I");
    CHECK(accepted["upvoteCount"].integer() == 2);
    check_said(accepted);
    REQUIRE(question["suggestedAnswer"].items().size() == 1);
    CHECK(question["suggestedAnswer"].items()[0]["text"].string() == "I do");
    check_said(question["suggestedAnswer"].items()[0]);
}

TEST_CASE("a question that nobody has answered is a posting: a QAPage needs an answer") {
    Discussion given = talk();
    given.question = true;
    given.replies = 0;
    given.answers.clear();
    const auto posting = parsed(of(given))["@graph"].items().at(0);
    CHECK(posting["@type"].string() == "DiscussionForumPosting");
    CHECK(posting["comment"].is_null());
}

TEST_CASE("breadcrumbs count from one and lead somewhere") {
    const auto list = parsed(of(talk().above))["@graph"].items().at(0);
    CHECK(list["@type"].string() == "BreadcrumbList");
    REQUIRE(list["itemListElement"].items().size() == 2);
    const auto& second = list["itemListElement"].items()[1];
    CHECK(second["@type"].string() == "ListItem");
    CHECK(second["position"].integer() == 2);
    CHECK(second["name"].string() == "Lounge");
    CHECK(second["item"].string() == "https://square.test/s/lounge");
    CHECK(of(std::vector<Crumb>{}).empty());
}

TEST_CASE("a site says its name and how one searches it") {
    const auto site = parsed(of(Site{.name = "Square",
                                     .url = "https://square.test/",
                                     .search = "https://square.test/search?q="}));
    CHECK(site["@type"].string() == "WebSite");
    CHECK(site["name"].string() == "Square");
    const auto& action = site["potentialAction"];
    CHECK(action["@type"].string() == "SearchAction");
    CHECK(action["target"]["urlTemplate"].string() ==
          "https://square.test/search?q={search_term_string}");
    CHECK(action["query-input"].string() == "required name=search_term_string");
}

}  // namespace torv::structured_data
