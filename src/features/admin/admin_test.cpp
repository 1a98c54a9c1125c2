#include "features/admin/admin.hpp"

#include <doctest/doctest.h>

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
