#include <doctest/doctest.h>

#include "features/accounts/accounts.hpp"
#include "features/audit/audit.hpp"
#include "features/community/community.hpp"
#include "features/members/members.hpp"
#include "features/profiles/profiles.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/testing/browser.hpp"

/// The ways in, with real sessions: from a browser that knows nothing but its cookies.
namespace torv::members {
namespace {

using testing::Browser;
using testing::Fields;
using testing::Site;

const web::Resolver kReal{.by_host = community::by_host,
                          .by_default = community::by_default,
                          .by_slug = community::by_slug,
                          .viewer = viewer};

struct House : Site {
    House()
        : Site({community::routes, accounts::routes, members::routes, profiles::routes}, nullptr,
               kReal) {}
};

void set_sign_up(Site& site, community::SignUp how) {
    site.db().write([&](db::Tx& tx) {
        auto p = community::profile_of(community::find(tx, CommunityId{1}).value());
        p.sign_up = how;
        return community::set_profile(tx, site.as("olga").viewer, p);
    });
}

Fields newcomer(const char* email) {
    return {{"name", "Nora Ny"}, {"email", email},       {"password", "warm bread and tea"},
            {"rules", "1"},      {"rules_version", "1"}, {"reason", "I live next door"},
            {"role", "4"},       {"state", "0"}};
}

TEST_CASE("an open community takes whoever comes, as a member and no more") {
    House site;
    set_sign_up(site, community::SignUp::Open);
    Browser nora(site);
    CHECK(nora.get("/sign-up").has("I have read the rules"));
    Fields careless = newcomer("nora@x.test");
    careless.erase(careless.begin() + 3);
    CHECK(nora.post("/sign-up", careless).status == 422);
    CHECK(nora.post("/sign-up", newcomer("nora@x.test")).status == 303);
    CHECK(nora.signed_in());
    site.db().read([](db::Tx& tx) {
        const Member m = by_handle(tx, CommunityId{1}, "nora").value();
        CHECK(m.role == Role::Member);
        CHECK(m.state == State::Active);
        CHECK(m.rules_version == 1);
    });
    Browser thief(site);
    CHECK(thief.post("/sign-up", newcomer("nora@x.test")).status == 409);
    CHECK_FALSE(thief.signed_in());
    CHECK(site.announced("member.joined") == 1);
}

TEST_CASE("a closed community takes nobody without an invitation") {
    House site;
    set_sign_up(site, community::SignUp::Invitation);
    Browser nora(site);
    CHECK_FALSE(nora.get("/sign-up").has("name=\"email\""));
    CHECK(nora.post("/sign-up", newcomer("nora@x.test")).status == 403);
    CHECK_FALSE(site.db().read([](db::Tx& tx) { return accounts::by_email(tx, "nora@x.test"); }));
}

TEST_CASE("who asks to come in is signed in, but sees no more than a guest") {
    House site;
    set_sign_up(site, community::SignUp::Approval);
    Browser nora(site);
    CHECK(nora.post("/sign-up", newcomer("nora@x.test")).status == 303);
    CHECK(nora.signed_in());
    CHECK(nora.get("/members").status == 403);
    CHECK(nora.get("/sign-up").has("You have asked to join"));
    const Member m =
        site.db().read([](db::Tx& tx) { return by_handle(tx, CommunityId{1}, "nora"); }).value();
    CHECK(m.state == State::Pending);
    CHECK(m.reason == "I live next door");
    site.db().write([&](db::Tx& tx) { return approve(tx, site.as("dan").viewer, m.id); });
    CHECK(nora.get("/members").status == 200);
}

TEST_CASE("one account opens several communities, each with its own membership") {
    House site;
    set_sign_up(site, community::SignUp::Open);
    Browser nora(site);
    nora.post("/sign-up", newcomer("nora@x.test"));
    nora.host = "mill.test";  // the cookie is sent by hand here; a browser would not
    CHECK(nora.signed_in());
    CHECK(nora.get("/members").status == 403);
    nora.host = "square.test";
    CHECK(nora.post("/me/communities/2", {}).status == 404);  // she is not in the Mill
    CHECK(nora.post("/me/communities/1", {}).has("http://square.test/link/"));
}

void give_password(Site& site, AccountId account, const char* password) {
    const std::string hash = crypto::password_hash(password);
    site.db().write([&](db::Tx& tx) {
        tx.run("UPDATE accounts SET password_hash = $2 WHERE id = $1", account, hash);
    });
}

TEST_CASE("signing in: the right password, a new session, and back to where one was") {
    House site;
    give_password(site, AccountId{14}, "bees and honey");
    Browser bo(site);
    bo.cookies["session"] = "planted-by-somebody";
    const auto sign_in = [&](const char* email, const char* password, const char* to) {
        return bo.post("/sign-in", {{"email", email}, {"password", password}, {"return_to", to}});
    };
    const auto wrong = sign_in("bo@square.test", "wrong", "/members");
    const auto nobody = sign_in("nobody@square.test", "wrong", "/members");
    CHECK(wrong.status == 422);
    CHECK(nobody.status == 422);
    CHECK(wrong.has("do not fit together"));
    CHECK(nobody.has("do not fit together"));
    const auto right = sign_in(" BO@square.test", "bees and honey", "/members");
    CHECK(right.status == 303);
    CHECK(right.location() == "/members");
    CHECK(bo.cookies["session"] != "planted-by-somebody");
    CHECK(bo.signed_in());
    for (const char* evil :
         {"//evil.example", "https://evil.example/", "/\\evil.example", "javascript:x"}) {
        Browser again(site);
        const auto answer = again.post(
            "/sign-in",
            {{"email", "bo@square.test"}, {"password", "bees and honey"}, {"return_to", evil}});
        CHECK(answer.location() == "/");
    }
    CHECK(bo.post("/sign-out", {}).status == 303);
    CHECK_FALSE(bo.signed_in());
}

TEST_CASE("a session that was ended elsewhere is over at once") {
    House site;
    give_password(site, AccountId{14}, "bees and honey");
    Browser here(site), there(site);
    for (Browser* b : {&here, &there})
        b->post("/sign-in", {{"email", "bo@square.test"}, {"password", "bees and honey"}});
    CHECK(there.signed_in());
    CHECK(here.post("/me/sessions", {{"_method", "DELETE"}}).status == 303);
    CHECK(here.signed_in());
    CHECK_FALSE(there.signed_in());
}

TEST_CASE("after some wrong passwords the right one has to wait too") {
    House site;
    give_password(site, AccountId{14}, "bees and honey");
    Browser bo(site);
    const auto sign_in = [&](const char* password) {
        return bo.post("/sign-in", {{"email", "bo@square.test"}, {"password", password}}).status;
    };
    for (int i = 0; i < 6; ++i) sign_in("wrong");
    CHECK(sign_in("bees and honey") == 429);
    site.clock().advance(std::chrono::minutes(1));
    CHECK(sign_in("bees and honey") == 303);
}

TEST_CASE("asking for a link says the same for everybody, and the link opens the door once") {
    House site;
    Browser bo(site);
    const auto known = bo.post("/sign-in/link", {{"email", "bo@square.test"}});
    const auto unknown = bo.post("/sign-in/link", {{"email", "nobody@square.test"}});
    CHECK(known.status == 200);
    CHECK(unknown.status == 200);
    CHECK(known.has("Look in your mail"));
    CHECK(unknown.has("Look in your mail"));
    const std::string text = site.db().read([](db::Tx& tx) {
        return tx.one("SELECT text FROM mails WHERE community_id = 1")->get<std::string>(0);
    });
    const std::size_t at = text.find("/link/");
    REQUIRE(at != std::string::npos);
    const std::string path = text.substr(at, text.find('\n', at) - at);
    CHECK(bo.get(path).has("Sign in as Bo"));
    CHECK(bo.get(path).has("Sign in as Bo"));  // looking uses nothing up
    CHECK_FALSE(bo.signed_in());
    CHECK(bo.post(path, {}).status == 303);
    CHECK(bo.signed_in());
    Browser late(site);
    CHECK(late.get(path).status == 410);
    CHECK(late.post(path, {}).status == 410);
    CHECK_FALSE(late.signed_in());
}

TEST_CASE("a changed e-mail is confirmed at the new address and told to the old one") {
    House site;
    give_password(site, AccountId{14}, "bees and honey");
    Browser bo(site);
    bo.post("/sign-in", {{"email", "bo@square.test"}, {"password", "bees and honey"}});
    const auto link_to = [&](const char* email) {
        bo.post("/me/email", {{"email", email}, {"current", "bees and honey"}});
        const std::string text = site.db().read([&](db::Tx& tx) {
            return tx
                .one(
                    "SELECT text FROM mails WHERE community_id = 1 AND to_address = $1 "
                    "ORDER BY id DESC LIMIT 1",
                    email)
                ->get<std::string>(0);
        });
        const std::size_t at = text.find("/link/");
        return text.substr(at, text.find('\n', at) - at);
    };
    const std::string taken = link_to("ada@square.test");
    CHECK(bo.post(taken, {}).status == 409);
    const std::string path = link_to("bo@new.test");
    CHECK(bo.get(path).has("bo@new.test"));
    CHECK(bo.post(path, {}).status == 303);
    site.db().read([](db::Tx& tx) {
        CHECK(accounts::by_email(tx, "bo@new.test")->id == AccountId{14});
        CHECK(tx.one("SELECT COUNT(*) FROM mails WHERE community_id = 1 AND to_address = "
                     "'bo@square.test'")
                  ->get<int>(0) == 1);
    });
}

TEST_CASE("the first visitor becomes the owner by the printed link, and only once") {
    House site;
    site.db().write([](db::Tx& tx) { tx.run("UPDATE accounts SET operates = 0"); });
    const std::string path = accounts::first_owner_link(site.db());
    Browser first(site), second(site);
    CHECK(first.get(path).has("Begin"));
    const Fields owner{{"name", "Frida"},
                       {"email", "frida@x.test"},
                       {"password", "a good long one"},
                       {"rules", "1"},
                       {"rules_version", "1"}};
    CHECK(first.post(path, {{"name", ""}, {"email", "x"}, {"password", "x"}}).status == 422);
    const auto done = first.post(path, owner);
    CHECK(done.status == 303);
    CHECK(done.location() == "/start");
    site.db().read([](db::Tx& tx) {
        CHECK(by_handle(tx, CommunityId{1}, "frida")->role == Role::Owner);
        CHECK(accounts::by_email(tx, "frida@x.test")->operates);
        const auto written = audit::entries(tx, CommunityId{1}, "member", {}, 1);
        REQUIRE(written.size() == 1);
        CHECK(written[0].kind == "member.joined");
        CHECK(written[0].after == R"({"role":"owner"})");
    });
    CHECK(second.post(path, owner).status == 410);
    CHECK(accounts::first_owner_link(site.db()) == "");
    CHECK(first.get("/admin/communities").status == 200);
    CHECK(first.post("/admin/communities", {{"name", "Chess Club"}}).status == 303);
    CHECK(first.get("/me/communities").has("Chess Club"));
    const CommunityId chess =
        site.db().read([](db::Tx& tx) { return community::by_name(tx, "chess club"); })->id;
    CHECK(first.post("/me/communities/" + chess.text(), {}).has("/link/"));
}

TEST_CASE("only the owner of the installation makes communities") {
    House site;
    give_password(site, AccountId{16}, "wind and water");
    Browser gus(site);
    gus.host = "mill.test";
    gus.post("/sign-in", {{"email", "gus@mill.test"}, {"password", "wind and water"}});
    CHECK(gus.get("/admin/community").status == 200);  // he owns the Mill
    CHECK(gus.get("/admin/communities").status == 404);
    CHECK(gus.post("/admin/communities", {{"name", "Another"}}).status == 404);
}

TEST_CASE("new rules stop a member from writing until they are accepted") {
    House site;
    give_password(site, AccountId{14}, "bees and honey");
    Browser bo(site);
    bo.post("/sign-in", {{"email", "bo@square.test"}, {"password", "bees and honey"}});
    site.db().write([&](db::Tx& tx) {
        return community::publish_rules(tx, site.as("olga").viewer, "Be kinder.");
    });
    CHECK(bo.get("/rules").has("rules_version"));
    CHECK(bo.post("/rules", {{"rules_version", "1"}}).status == 409);
    CHECK(bo.post("/rules", {{"rules_version", "2"}}).status == 303);
    CHECK_FALSE(bo.get("/rules").has("rules_version"));
}

}  // namespace
}  // namespace torv::members
