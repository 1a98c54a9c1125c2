#include "features/invitations/invitations.hpp"

#include <doctest/doctest.h>

#include "features/accounts/accounts.hpp"
#include "features/community/community.hpp"
#include "features/members/members.hpp"
#include "features/spaces/spaces.hpp"
#include "platform/testing/browser.hpp"

namespace torv::invitations {
namespace {

using testing::Browser;
using testing::Fields;
using testing::Site;

constexpr CommunityId kSquare{1};
constexpr SpaceId kKitchen{33}, kAttic{34};

const web::Resolver kReal{.by_host = community::by_host,
                          .by_default = community::by_default,
                          .by_slug = community::by_slug,
                          .viewer = members::viewer};

/// With real sessions; who makes invitations calls the rules.
struct House : Site {
    House()
        : Site({community::routes, accounts::routes, members::routes, invitations::routes}, nullptr,
               kReal) {}
    Result<std::string> invite(const char* who, const NewInvitation& wanted) {
        return db().write([&](db::Tx& tx) -> Result<std::string> {
            return TRY(create(tx, as(who).viewer, wanted)).path;
        });
    }
};

Fields newcomer(const char* name, const char* email) {
    return {{"name", name}, {"email", email},       {"password", "warm bread and tea"},
            {"rules", "1"}, {"rules_version", "1"}, {"role", "4"}};
}

TEST_CASE("an invitation shows where one is going, and lets in as many as it says") {
    House site;
    const std::string path = site.invite("bo", {.uses_most = 2}).value();
    Browser nora(site), per(site), ida(site);
    const auto page = nora.get(path);
    CHECK(page.status == 200);
    CHECK(page.has("Bo Bergström invites you"));
    CHECK(page.has("Neighbours who help each other."));
    CHECK(page.has("name=\"password\""));
    CHECK(nora.post(path, newcomer("Nora", "nora@x.test")).status == 303);
    CHECK(nora.signed_in());
    CHECK(nora.get(path).location() == "/");  // who is in, is in
    CHECK(per.post(path, newcomer("", "per@x.test")).status == 422);
    CHECK(per.post(path, newcomer("Per", "per@x.test")).status == 303);
    CHECK(ida.get(path).status == 410);
    CHECK(ida.post(path, newcomer("Ida", "ida@x.test")).status == 410);
    CHECK_FALSE(ida.signed_in());
    site.db().read([](db::Tx& tx) {
        CHECK(members::by_handle(tx, kSquare, "nora")->role == auth::Role::Member);
        CHECK_FALSE(accounts::by_email(tx, "ida@x.test"));
    });
    CHECK(site.announced("invitation.accepted") == 2);
}

TEST_CASE("it runs out, is taken back, and dies with its maker's membership") {
    House site;
    Browser nora(site);
    const std::string late = site.invite("bo", {.days = 1}).value();
    const std::string taken = site.invite("bo", {}).value();
    const std::string orphan = site.invite("ada", {}).value();
    const auto newest =
        site.db().read([&](db::Tx& tx) { return list(tx, kSquare, site.as("bo").viewer.id); });
    REQUIRE(newest.size() == 2);
    const auto take_back = [&](const char* who, InvitationId id) {
        return site.db().write([&](db::Tx& tx) { return revoke(tx, site.as(who).viewer, id); });
    };
    CHECK(take_back("cleo", newest[0].id).error().fault == Fault::NotFound);
    CHECK(take_back("gus", newest[0].id).error().fault == Fault::NotFound);
    CHECK(nora.get(late).status == 200);
    for (const Invitation& i : newest)
        if (i.expires_at - site.clock().now() > std::chrono::hours(48))
            CHECK(take_back("bo", i.id).has_value());
    CHECK(nora.get(taken).status == 410);
    site.clock().advance(std::chrono::hours(25));
    CHECK(nora.get(late).status == 410);
    CHECK(nora.get(orphan).status == 200);
    site.db().write([&](db::Tx& tx) { return members::leave(tx, site.as("ada").viewer); });
    CHECK(nora.get(orphan).status == 410);
    CHECK(nora.get("/join/nonsense").status == 410);
}

TEST_CASE("members invite members; what comes along is for admins to give, up to their own role") {
    House site;
    CHECK(site.invite("bo", {.role = auth::Role::Moderator}).error().fault == Fault::Forbidden);
    CHECK(site.invite("bo", {.space = kKitchen}).error().fault == Fault::Forbidden);
    CHECK(site.invite("bo", {.uses_most = 51}).error().field == "uses");
    CHECK(site.invite("bo", {.days = 31}).error().field == "days");
    CHECK(site.invite("bo", {.uses_most = 0}).error().field == "uses");
    CHECK(site.invite("bo", {.email = "x y"}).error().field == "email");
    CHECK(site.invite("dan", {.role = auth::Role::Admin}).has_value());
    CHECK(site.invite("dan", {.role = auth::Role::Owner}).error().fault == Fault::Forbidden);
    CHECK(site.invite("olga", {.role = auth::Role::Owner}).error().fault == Fault::Forbidden);
    CHECK(site.invite("dan", {.space = kAttic}).error().fault == Fault::NotFound);  // Olga's secret
    CHECK(site.invite("gus", {}).has_value());  // in his own Mill
    site.db().write([&](db::Tx& tx) {
        auto p = community::profile_of(community::find(tx, kSquare).value());
        p.members_invite = false;
        return community::set_profile(tx, site.as("olga").viewer, p);
    });
    CHECK(site.invite("bo", {}).error().key == "invitations.not_allowed");
    CHECK(site.invite("dan", {}).has_value());
}

TEST_CASE("twenty invitations a day are enough for a member") {
    House site;
    for (int i = 0; i < 20; ++i) CHECK(site.invite("bo", {}).has_value());
    CHECK(site.invite("bo", {}).error().fault == Fault::TooMany);
    site.clock().advance(std::chrono::hours(25));
    CHECK(site.invite("bo", {}).has_value());
}

TEST_CASE("an invitation to a closed space opens that space") {
    House site;
    const std::string path =
        site.invite("olga", {.role = auth::Role::Moderator, .space = kAttic}).value();
    Browser nora(site);
    CHECK(nora.post(path, newcomer("Nora", "nora@x.test")).status == 303);
    site.db().read([](db::Tx& tx) {
        const auto nora_now = members::by_handle(tx, kSquare, "nora").value();
        CHECK(nora_now.role == auth::Role::Moderator);
        const auth::Viewer viewer{.community = kSquare,
                                  .account = nora_now.account,
                                  .id = nora_now.id,
                                  .role = nora_now.role};
        CHECK(spaces::readable(tx, viewer).find(kAttic) != nullptr);
        CHECK(spaces::readable(tx, viewer).find(kKitchen) == nullptr);
    });
}

TEST_CASE("an imported author comes back as themselves") {
    House site;
    const MemberId ina = site.db().write([](db::Tx& tx) {
        return members::create_placeholder(
            tx, kSquare,
            {.source = "slack:T1", .source_key = "U7", .name = "ina.imported", .handle = "ina"});
    });
    const std::string path = site.invite("dan", {.uses_most = 9, .placeholder = ina}).value();
    Browser browser(site), second(site);
    CHECK(browser.get(path).has("What ina.imported wrote here before will be yours."));
    CHECK(browser.post(path, newcomer("Ina Ibsen", "ina@x.test")).status == 303);
    CHECK(second.get(path).status == 410);
    site.db().read([&](db::Tx& tx) {
        const auto now = members::find(tx, kSquare, ina).value();
        CHECK(now.state == members::State::Active);
        CHECK(now.name == "Ina Ibsen");
        CHECK(accounts::find(tx, now.account)->email == "ina@x.test");
    });
    CHECK(site.invite("dan", {.placeholder = ina}).error().fault == Fault::Conflict);
    CHECK(site.invite("dan", {.placeholder = MemberId{26}}).error().fault == Fault::NotFound);
}

TEST_CASE("the pages: a link to copy, a mail, and the list") {
    Site site({community::routes, members::routes, invitations::routes});
    auto& bo = site.as("bo");
    CHECK(bo.get("/invitations").status == 200);
    CHECK(bo.get("/admin/invitations").status == 404);
    CHECK(site.guest().get("/invitations").status == 303);
    const auto made =
        bo.post("/invitations",
                {{"note", "Per next door"}, {"uses", "5"}, {"days", "7"}, {"role", "admin"}});
    CHECK(made.status == 200);
    CHECK(made.has("http://square.test/join/"));
    // Its corner: 7 squares, then the light line beside them.
    CHECK(made.has("<path d=\"M4 4h7v1h-7z"));
    CHECK_FALSE(bo.get("/invitations").has("/join/"));
    CHECK(bo.get("/invitations").has("0 of 5 used"));
    CHECK(site.as("dan").get("/admin/invitations").has("Per next door"));
    const auto first = site.db().read([](db::Tx& tx) { return list(tx, kSquare, {}); }).at(0);
    CHECK(first.role == auth::Role::Member);  // a member's form gives no role, whatever it says

    CHECK(site.as("dan")
              .post("/admin/invitations", {{"email", "Per@X.test"}, {"role", "moderator"}})
              .has("per@x.test"));
    site.db().read([](db::Tx& tx) {
        const auto mail = tx.one("SELECT to_address, text FROM mails WHERE community_id = 1");
        REQUIRE(mail);
        CHECK(mail->get<std::string>(0) == "per@x.test");
        CHECK(mail->get<std::string>(1).find("http://square.test/join/") != std::string::npos);
    });
    CHECK(site.as("cleo").del("/invitations/" + first.id.text()).status == 404);
    CHECK(bo.del("/invitations/" + first.id.text()).status == 303);
    CHECK(bo.get("/invitations").has("Taken back"));
    CHECK(site.announced("invitation.created") == 2);
    CHECK(site.announced("invitation.revoked") == 1);
}

}  // namespace
}  // namespace torv::invitations
