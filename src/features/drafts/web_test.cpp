#include <doctest/doctest.h>

#include "features/drafts/drafts.hpp"
#include "platform/testing/site.hpp"

using namespace torv;
using testing::Site;

TEST_CASE("a draft is kept, shown to its writer only, and forgotten") {
    Site site{drafts::routes};
    auto& bo = site.as("bo");
    CHECK(bo.put("/drafts/topic:7", {{"title", "Picnic"}, {"body", "Bring <bread> & ☕"}}).status ==
          204);

    const auto mine = bo.get("/drafts/topic:7");
    CHECK(mine.status == 200);
    CHECK(mine.json()["body"].string() == "Bring <bread> & ☕");
    CHECK(mine.json()["key"].string() == "topic:7");
    CHECK(site.as("ada").get("/drafts/topic:7").status == 404);
    CHECK(site.guest().get("/drafts/topic:7").status != 200);

    CHECK(bo.del("/drafts/topic:7").status == 204);
    CHECK(bo.get("/drafts/topic:7").status == 404);
    CHECK(bo.del("/drafts/topic:7").status == 204);
}

TEST_CASE("the later of two savings wins, and an empty one forgets") {
    Site site{drafts::routes};
    auto& bo = site.as("bo");
    bo.put("/drafts/space:31", {{"body", "one"}});
    bo.put("/drafts/space:31", {{"body", "two"}});
    CHECK(bo.get("/api/v1/drafts").json()["items"].items().size() == 1);
    CHECK(bo.get("/drafts/space:31").json()["body"].string() == "two");
    CHECK(bo.put("/drafts/space:31", {{"body", " \n "}}).status == 204);
    CHECK(bo.get("/drafts/space:31").status == 404);
}

TEST_CASE("a draft has a place and a size") {
    Site site{drafts::routes};
    auto& bo = site.as("bo");
    CHECK(bo.put("/drafts/topic:x", {{"body", "hi"}}).status == 422);
    CHECK(bo.put("/drafts/house:7", {{"body", "hi"}}).status == 422);
    CHECK(bo.put("/drafts/topic:7", {{"body", std::string(70'000, 'a')}}).status == 422);
    CHECK(site.guest().put("/drafts/topic:7", {{"body", "hi"}}).status != 204);
}
