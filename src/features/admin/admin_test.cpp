#include "features/admin/admin.hpp"

#include <doctest/doctest.h>

#include "features/audit/audit.hpp"
#include "features/members/members.hpp"
#include "platform/db/db.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/mail/mail.hpp"
#include "platform/testing/site.hpp"

using namespace torv;
using torv::testing::Site;

namespace {

constexpr CommunityId kSquare{1};
constexpr CommunityId kMill{2};

jobs::JobId fail_a_job(Site& site, CommunityId community) {
    site.jobs().on("walk.remind",
                   [](jobs::Run&) -> jobs::Outcome { throw jobs::GiveUp("nobody answers"); });
    const auto id = site.db().write([&](db::Tx& tx) {
        return jobs::enqueue(tx, {.community = community, .kind = "walk.remind"});
    });
    site.settle();
    return id;
}

}  // namespace

TEST_CASE("the letters that wait are for the owner's eyes: they may hold a way in") {
    Site site{admin::routes};
    site.db().write([](db::Tx& tx) {
        mail::enqueue(tx, kSquare,
                      {.to = "maja@example.org", .subject = "Your <link>", .text = "/link/abc"})
            .value();
        mail::enqueue(tx, kMill, {.to = "else@example.org", .subject = "Elsewhere", .text = "x"})
            .value();
    });
    const auto page = site.as("olga").get("/admin/mail");
    CHECK(page.status == 200);
    CHECK(page.has("Your &lt;link&gt;"));
    CHECK(page.has("/link/abc"));
    CHECK_FALSE(page.has("Elsewhere"));
    site.as("gus").host = "square.test";
    for (const auto* who : {"", "dan", "ada", "bo", "gus"})
        CHECK_MESSAGE(site.as(who).get("/admin/mail").status == 404, who);
}

TEST_CASE("a job that failed is shown with its reason, tried again, and put away") {
    Site site{admin::routes};
    const auto id = fail_a_job(site, kSquare);
    auto& dan = site.as("dan");
    const auto page = dan.get("/admin/jobs");
    CHECK(page.has("walk.remind"));
    CHECK(page.has("nobody answers"));

    CHECK(site.as("ada").post("/admin/jobs/" + id.text() + "/retry").status == 404);
    CHECK(dan.post("/admin/jobs/" + id.text() + "/retry").location() == "/admin/jobs");
    site.settle();
    CHECK(dan.get("/admin/jobs").has("nobody answers"));

    CHECK(dan.post("/admin/jobs/" + id.text() + "/discard").status == 303);
    CHECK_FALSE(dan.get("/admin/jobs").has("walk.remind"));
    CHECK(dan.post("/admin/jobs/" + id.text() + "/discard").status == 404);
}

TEST_CASE("the jobs of another community are not there") {
    Site site{admin::routes};
    const auto id = fail_a_job(site, kMill);
    auto& olga = site.as("olga");
    CHECK_FALSE(olga.get("/admin/jobs").has("walk.remind"));
    CHECK(olga.post("/admin/jobs/" + id.text() + "/retry").status == 404);
    CHECK(olga.post("/admin/jobs/" + id.text() + "/discard").status == 404);
}

TEST_CASE("the owner reads who gave which right, a page at a time, and nobody else does") {
    Site site{admin::routes, members::routes};
    auto& olga = site.as("olga");
    CHECK(olga.get("/admin/audit").has("Nothing of this kind"));
    REQUIRE(olga.post("/admin/members/24/role", {{"role", "moderator"}}).status == 303);
    site.db().write([](db::Tx& tx) {
        for (int i = 0; i < 60; ++i)
            audit::record(tx, {.community = kSquare,
                               .account = AccountId{14},
                               .member = MemberId{24},
                               .kind = "token.made",
                               .subject = {"account", 14}});
        audit::record(tx, {.community = kMill, .kind = "email.changed"});
    });
    audit::seal(site.db());

    const auto roles = olga.get("/admin/audit?kind=member");
    CHECK(roles.has("Olga Lund</bdi> changed a role"));
    CHECK(roles.has("Bo Bergstr\xC3\xB6m</bdi>"));
    CHECK(roles.has("from {&quot;role&quot;:&quot;member&quot;} to"));
    CHECK_FALSE(roles.has("rel=\"next\""));
    CHECK_FALSE(olga.get("/admin/audit").has("changed the e-mail address"));

    const auto first = olga.api("GET", "/api/v1/audit?kind=token&limit=40");
    CHECK(first.json()["items"].items().size() == 40);
    const auto link = first.header("Link");
    const auto next = link.substr(link.find("/api/"), link.find('>') - link.find("/api/"));
    CHECK(olga.api("GET", next).json()["items"].items().size() == 20);
    CHECK(olga.get("/admin/audit").has("rel=\"next\""));
    for (const auto* who : {"", "dan", "ada", "bo"}) {
        CHECK_MESSAGE(site.as(who).get("/admin/audit").status == 404, who);
        CHECK_MESSAGE(site.as(who).get("/api/v1/audit").status == 404, who);
    }
}
