#include <doctest/doctest.h>

#include "features/drafts/drafts.hpp"
#include "features/install/install.hpp"
#include "platform/testing/site.hpp"

using namespace torv;
using torv::testing::Site;

namespace {

std::string draft(Site& site, std::string_view who, std::string_view place) {
    return site.db().read([&](db::Tx& tx) {
        const auto found = drafts::find(tx, site.as(who).viewer, place);
        return found ? found->title + "|" + found->body : std::string{};
    });
}

}  // namespace

TEST_CASE("the manifest says who the community is, in its language and for every shape of icon") {
    Site site{install::routes};
    const auto answer = site.guest().get("/manifest.webmanifest");
    CHECK(answer.header("Content-Type").starts_with("application/manifest+json"));
    const auto manifest = answer.json();
    CHECK(manifest["name"].string_or("") == "The Square");
    CHECK(manifest["display"].string_or("") == "standalone");
    CHECK(manifest["share_target"]["action"].string_or("") == "/share");
    REQUIRE(manifest["icons"].items().size() == 2);
    for (const auto& icon : manifest["icons"].items()) {
        const auto drawn = site.guest().get(icon["src"].string_or(""));
        CHECK(drawn.status == 200);
        CHECK(drawn.header("Content-Type") == "image/svg+xml");
        CHECK(drawn.has(">T</text>"));
    }
}

TEST_CASE("the worker is asked for anew each time and may speak to its own house only") {
    Site site{install::routes};
    const auto worker = site.guest().get("/worker.js");
    CHECK(worker.status == 200);
    CHECK(worker.header("Content-Type").starts_with("text/javascript"));
    CHECK(worker.header("Cache-Control") == "no-cache");
    CHECK(worker.header("Content-Security-Policy") ==
          "default-src 'none'; connect-src 'self'; img-src 'self'");
}

TEST_CASE("pages say for whom they are, and never by a word that tells the account") {
    Site site{install::routes};
    const auto reader = [&](std::string_view who) {
        return site.as(who).get("/offline").header("Torv-Reader");
    };
    CHECK(reader("") == "guest");
    CHECK(reader("bo").size() == 16);
    CHECK(reader("bo") == reader("bo"));
    CHECK(reader("bo") != reader("cleo"));
    CHECK(site.guest().get("/help/phone").has("Add to Home Screen"));
}

TEST_CASE("what is shared becomes a draft, behind what was being written") {
    Site site{install::routes};
    auto& bo = site.as("bo");
    const auto page = bo.get("/share?title=Bread&text=Rye&url=https%3A%2F%2Fbread.example");
    CHECK(page.has("Rye\n\nhttps://bread.example"));
    CHECK(bo.get("/share?text=See+https%3A%2F%2Fa.example&url=https%3A%2F%2Fa.example")
              .has("\nSee https://a.example</textarea>"));
    const auto shared = bo.post("/share", {{"space", "31"}, {"title", "Bread"}, {"body", "Rye"}});
    CHECK(shared.status == 303);
    CHECK(shared.location() == "/s/lounge/new");
    CHECK(draft(site, "bo", "space:31") == "Bread|Rye");
    bo.post("/share", {{"space", "31"}, {"title", "Soup"}, {"body", "Leek"}});
    CHECK(draft(site, "bo", "space:31") == "Bread|Rye\n\nLeek");

    CHECK(bo.post("/share", {{"space", "33"}, {"body", "Rye"}}).status == 422);  // the Kitchen
    CHECK(draft(site, "bo", "space:33").empty());
    CHECK(site.guest().get("/share?text=Rye").status == 303);
    CHECK(site.guest().post("/share", {{"space", "31"}, {"body", "Rye"}}).status == 303);
}
