#include <doctest/doctest.h>

#include "features/search/store.hpp"
#include "features/topics/topics.hpp"
#include "platform/activity/activity.hpp"
#include "platform/testing/site.hpp"

using namespace torv;
using testing::Site;

namespace {

/// Two posts in the lounge that name marzipan, and after them more in the kitchen than are looked
/// through for one hit.
struct Crowded {
    Crowded() : site({topics::routes, search::routes}) {
        search::follow(site.activity());
        say("lounge", "Marzipan for everybody");
        say("lounge", "Marzipans, as many as you like");
        const std::string topic = say("kitchen", "Marzipan for few");
        for (int n = 0; n < 210; ++n) {
            site.clock().advance(std::chrono::minutes(1));
            REQUIRE(site.as("cleo").post(topic + "/posts", {{"body", "More marzipan"}}).status ==
                    303);
        }
        site.settle();
    }
    std::string say(const std::string& space, const std::string& title) {
        site.clock().advance(std::chrono::minutes(1));
        const auto made =
            site.as("cleo").post("/s/" + space + "/topics", {{"title", title}, {"body", "Sweet."}});
        REQUIRE(made.status == 303);
        const std::string location = made.location();
        return location.substr(0, location.find('/', 3));
    }
    std::vector<search::Hit> found(db::Ids spaces, int limit) {
        const search::store::Wanted wanted{.query = words::parse("marzipan "),
                                           .spaces = std::move(spaces)};
        return site.db().read([&](db::Tx& tx) {
            return search::store::candidates(tx, CommunityId{1}, wanted,
                                             search::store::Where::Anywhere, limit);
        });
    }
    Site site;
};

}  // namespace

TEST_CASE("what stands behind much that may not be read is found, and nothing of that") {
    Crowded crowd;
    const auto one = crowd.found({{31}}, 1);
    REQUIRE(one.size() == 1);
    CHECK(one[0].space == SpaceId{31});
    CHECK(crowd.found({{33}}, 300).size() == 211);
    for (const auto& hit : crowd.found({{31}}, 300)) CHECK(hit.space == SpaceId{31});
    CHECK(crowd.found({}, 1).empty());
    const auto ada = crowd.site.as("ada").get("/search?q=marzipan");
    CHECK(ada.has("for everybody"));
    CHECK(ada.has("as many as you like"));
    CHECK_FALSE(ada.has("for few"));
}
