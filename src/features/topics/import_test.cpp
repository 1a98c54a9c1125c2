#include <chrono>

#include <doctest/doctest.h>

#include "features/topics/helpers_test.hpp"

using namespace torv;
using testing::Site;

namespace {

constexpr CommunityId kSquare{1};
constexpr Instant kYearsAgo{1'493'040'000'000'000};

topics::Prepared words(const std::string& text) {
    return {.markdown = text, .html = "<p>" + text + "</p>", .excerpt = text};
}

/// The same three posts every time.
int import_three(Site& site) {
    return site.db().write([](db::Tx& tx) {
        const auto topic = topics::import_topic(tx, kSquare,
                                                {.space = SpaceId{31},
                                                 .author = MemberId{24},
                                                 .title = "Old talk",
                                                 .happened_at = kYearsAgo,
                                                 .source = "slack:C1/1"});
        int fresh = topic.fresh;
        for (int i = 0; i < 3; ++i) {
            const std::string source = "slack:C1/p" + std::to_string(i);
            const auto post =
                topics::import_post(tx, kSquare,
                                    {.topic = topic.id,
                                     .space = SpaceId{31},
                                     .author = MemberId{24},
                                     .happened_at = kYearsAgo + std::chrono::minutes(i),
                                     .source = source},
                                    words("old-" + std::to_string(i)));
            fresh += post.fresh;
            topics::import_reaction(tx, kSquare, post.id, MemberId{23}, "👍", kYearsAgo);
        }
        topics::finish_import(tx, kSquare, {topic.id});
        return fresh;
    });
}

}  // namespace

TEST_CASE("what was imported is there with its times, and importing again changes nothing") {
    Site site{topics::routes};
    CHECK(import_three(site) == 4);
    CHECK(import_three(site) == 0);
    CHECK(site.announced("post.created") == 3);
    const auto list = site.guest().get("/api/v1/spaces/31/topics").json()["items"].items();
    REQUIRE(list.size() == 1);
    CHECK(list[0]["reply_count"].integer() == 2);
    CHECK(list[0]["created_at"].string_or("").starts_with("2017-04-24T"));
    CHECK(list[0]["excerpt"].string() == "old-0");
    const auto posts = site.guest()
                           .get("/api/v1/topics/" + list[0]["id"].string_or("") + "/posts")
                           .json()["items"]
                           .items();
    REQUIRE(posts.size() == 3);
    CHECK(posts[2]["reactions"]["👍"].integer() == 1);
    // Lived history: nobody finds it marked as new.
    CHECK(site.as("ada").get("/api/v1/unread").json()["items"].items().empty());
}

TEST_CASE("an import makes at least 2,000 messages a second") {
    Site site{topics::routes};
    const auto begun = std::chrono::steady_clock::now();
    constexpr int kMessages = 2000;
    site.db().write([](db::Tx& tx) {
        const TopicId stream = topics::stream(tx, kSquare, SpaceId{35}, MemberId{24}, kYearsAgo);
        for (int i = 0; i < kMessages; ++i) {
            const std::string source = "slack:C9/" + std::to_string(i);
            topics::import_post(tx, kSquare,
                                {.topic = stream,
                                 .space = SpaceId{35},
                                 .author = MemberId{24},
                                 .happened_at = kYearsAgo + std::chrono::seconds(i),
                                 .source = source},
                                words("message"));
        }
        topics::finish_import(tx, kSquare, {stream});
    });
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    MESSAGE("messages a second, with the sanitizer: ", kMessages / took.count());
    CHECK(took.count() < 10.0);  // wide, for busy machines; bench/ has the figure
    CHECK(site.as("bo").get("/s/porch").has("message"));
}
