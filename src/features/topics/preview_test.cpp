#include <doctest/doctest.h>

#include "features/topics/helpers_test.hpp"
#include "platform/json/json.hpp"

using namespace torv;
using testing::Site;
using topics::testing::last_post;
using topics::testing::reply;
using topics::testing::start_topic;

namespace {

constexpr std::string_view kData = R"(<script type="application/ld+json">)";

/// The first thing of the page's graph; null when the page says nothing.
json::Value data_of(const testing::Answer& page) {
    const auto at = page.body.find(kData);
    if (at == std::string::npos) return {};
    const auto from = at + kData.size();
    const auto text = page.body.substr(from, page.body.find("</script>", from) - from);
    const auto parsed = json::parse(text, json::Repeats::Refused);
    REQUIRE(parsed.has_value());
    return (*parsed)["@graph"].items().at(0);
}

}  // namespace

TEST_CASE("a topic tells guests' search engines and previews what it is") {
    Site site{topics::routes};
    const auto topic = start_topic(site, "bo", "lounge", "Bread **and** \"tea\" < all",
                                   "A </script> picnic & more");
    reply(site, "ada", topic, "I come");
    const auto page = site.guest().get(topic);
    CHECK(page.has(R"(<link rel="canonical" href="http://square.test/t/)"));
    CHECK(page.has(R"(<meta property="og:title" content="A &lt;/script&gt; picnic &amp; more">)"));
    CHECK(page.has(R"(<meta property="og:type" content="article">)"));
    CHECK(page.has(R"(<meta property="og:description" content="Bread and &quot;tea&quot;)"));
    CHECK(page.has(R"(<meta name="twitter:card" content="summary">)"));
    CHECK(page.has(R"(type="application/json+oembed")"));
    const auto posting = data_of(page);
    CHECK(posting["@type"].string() == "DiscussionForumPosting");
    CHECK(posting["headline"].string() == "A </script> picnic & more");
    CHECK(posting["text"].string() == "Bread and \"tea\" < all");
    CHECK(posting["author"]["url"].string() == "http://square.test/m/bo");
    REQUIRE(posting["comment"].items().size() == 1);
    CHECK(posting["comment"].items()[0]["text"].string() == "I come");
}

TEST_CASE("who is signed in is no search engine, and what is not public is not described") {
    Site site{topics::routes};
    const auto topic = start_topic(site, "bo", "lounge");
    CHECK_FALSE(site.as("bo").get(topic).has("og:title"));
    CHECK_FALSE(site.as("bo").get(topic).has(kData));
    CHECK(site.as("bo").get(topic).has("rel=\"canonical\""));
    const auto hidden = start_topic(site, "cleo", "kitchen", "Soup", "Our soup");
    CHECK_FALSE(site.guest().get(hidden).has("soup"));
    CHECK(site.as("cleo").get(hidden).has("noindex"));
    CHECK_FALSE(site.as("cleo").get(hidden).has("og:"));
}

TEST_CASE("what was removed is not in what search engines read") {
    Site site{topics::routes};
    const auto topic = start_topic(site, "bo", "lounge", "Opening words");
    reply(site, "ada", topic, "Regretted words");
    REQUIRE(site.as("ada").del("/p/" + last_post(site)).status == 303);
    reply(site, "ada", topic, "Kept words");
    const auto page = site.guest().get(topic);
    CHECK_FALSE(page.has("Regretted"));
    CHECK(data_of(page)["comment"].items().size() == 1);
}

TEST_CASE("the answer that helped stands apart") {
    Site site{topics::routes};
    site.db().write([](db::Tx& tx) {
        tx.run("UPDATE spaces SET kind = 1, visibility = 0 WHERE community_id = 1 AND id = 32");
    });
    const auto topic = start_topic(site, "bo", "garden", "When?", "When to sow");
    CHECK(data_of(site.guest().get(topic))["@type"].string() == "DiscussionForumPosting");
    reply(site, "ada", topic, "In May");
    const auto answer = reply(site, "cleo", topic, "In April");
    site.db().write([&](db::Tx& tx) {
        topics::set_accepted(tx, CommunityId{1}, TopicId::parse(topic.substr(3)).value(), answer);
    });
    const auto page = data_of(site.guest().get(topic));
    CHECK(page["@type"].string() == "QAPage");
    CHECK(page["mainEntity"]["acceptedAnswer"]["text"].string() == "In April");
    CHECK(page["mainEntity"]["suggestedAnswer"].items().size() == 1);
}

TEST_CASE("an address with an old title leads to the right one, with what it asks for") {
    Site site{topics::routes};
    const auto topic = start_topic(site, "bo", "lounge", "Words", "Picnic");
    const auto old = site.guest().get(topic + "/other-title?after=7");
    CHECK(old.status == 301);
    CHECK(old.location() == topic + "/picnic?after=7");
    CHECK(site.guest().get(topic + "/picnic").status == 200);
    CHECK(site.guest().get(topic).status == 200);
    const auto hidden = start_topic(site, "cleo", "kitchen", "Soup", "Our soup");
    CHECK(site.guest().get(hidden + "/other-title").status == 404);
}

TEST_CASE("the pages behind the first are found too, each by its own address") {
    Site site{topics::routes};
    const auto topic = start_topic(site, "bo", "lounge");
    PostId edge;
    for (int i = 1; i <= topics::kPostsOnPage; ++i) {
        const PostId made = reply(site, "ada", topic, "Answer " + std::to_string(i));
        if (i == topics::kPostsOnPage - 1) edge = made;
    }
    const auto later = site.guest().get(topic + "?after=" + edge.text());
    CHECK(later.has("Answer 20"));
    CHECK(later.has("<link rel=\"canonical\" href=\"http://square.test" + topic +
                    "/picnic?after=" + edge.text() + "\">"));
    CHECK_FALSE(later.has("noindex"));
    CHECK(data_of(later)["@type"].string() == "BreadcrumbList");
    CHECK(site.guest().get(topic + "?at=" + edge.text()).has("noindex"));
}
