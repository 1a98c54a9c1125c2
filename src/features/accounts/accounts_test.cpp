#include "features/accounts/accounts.hpp"

#include <doctest/doctest.h>

#include "features/accounts/guard.hpp"
#include "features/accounts/passwords.hpp"
#include "features/accounts/store.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/testing/site.hpp"
#include "platform/web/device.hpp"

namespace torv::accounts {
namespace {

using testing::Site;

constexpr AccountId kBo{14};

TEST_CASE("e-mail addresses are one form, and look-alike letters are refused") {
    CHECK(parse_email("  Maja@Example.ORG ").value() == "maja@example.org");
    for (const char* bad : {"", "maja", "maja@", "@example.org", "a b@example.org",
                            "maja@exämple.org", "maja@example.org\r\nBcc: x@example.org", "a@b@c"})
        CHECK_FALSE(parse_email(bad));
}

TEST_CASE("names may be any people's, but not commands to a terminal") {
    CHECK(parse_name("  Åse  ").value() == "Åse");
    CHECK(parse_name("محمد").has_value());
    CHECK_FALSE(parse_name(" "));
    CHECK_FALSE(parse_name("Maja\nJuhl"));
    CHECK_FALSE(parse_name("\u200B\u202E"));
    CHECK(parse_name("\u202EBo\u2066").value() == "Bo");
    CHECK_FALSE(parse_name(std::string(81, 'x')));
}

TEST_CASE("a password is long enough, not endless, and not everybody's") {
    CHECK(parse_password("correct horse battery").has_value());
    CHECK(parse_password("short").error().key == "accounts.password_short");
    CHECK(parse_password("åååå").error().key == "accounts.password_short");  // letters, not bytes
    CHECK(parse_password(std::string(201, 'x')).error().key == "accounts.password_long");
    for (const char* common : {"password", "PASSWORD", "12345678", "iloveyou", "qwertyuiop"})
        CHECK(parse_password(common).error().key == "accounts.password_common");
    CHECK_FALSE(is_common_password(""));
    CHECK_FALSE(is_common_password("R\"words("));
}

TEST_CASE("a device is called what people call it") {
    CHECK(web::device_name(
              "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0") ==
          "Firefox, Linux");
    CHECK(web::device_name(
              "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 "
              "Edg/140.0") == "Edge, Windows");
    CHECK(web::device_name("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 "
                           "Safari/604.1") == "Safari, iPhone");
    CHECK(web::device_name("curl/8") == "");
}

TEST_CASE("a session ends after a month without use, and after half a year in any case") {
    Site site{routes};
    auto& db = site.db();
    const std::string token = db.write([](db::Tx& tx) { return start_session(tx, kBo, Device{}); });
    const auto owner = [&] {
        return db.read([&](db::Tx& tx) { return session_owner(tx, token).has_value(); });
    };
    CHECK(token.size() == 43);  // 256 bits
    CHECK(owner());
    CHECK_FALSE(db.read([&](db::Tx& tx) { return session_owner(tx, token + "x").has_value(); }));
    CHECK_FALSE(db.read([&](db::Tx& tx) { return session_owner(tx, "").has_value(); }));
    CHECK(db.read([&](db::Tx& tx) {
        return tx.one("SELECT token_hash FROM sessions WHERE account_id = 14")->get<std::string>(0);
    }) != token);

    for (int day = 0; day < 170; day += 10) {
        site.clock().advance(std::chrono::hours(24 * 10));
        db.write([&](db::Tx& tx) { tx.run("UPDATE sessions SET seen_at = $1", tx.now()); });
        CHECK(owner());
    }
    site.clock().advance(std::chrono::hours(24 * 11));
    CHECK_FALSE(owner());

    const std::string idle = db.write([](db::Tx& tx) { return start_session(tx, kBo, Device{}); });
    site.clock().advance(std::chrono::hours(24 * 31));
    CHECK_FALSE(db.read([&](db::Tx& tx) { return session_owner(tx, idle).has_value(); }));
}

TEST_CASE("a sign-in link works once, within a quarter of an hour") {
    Site site{routes};
    const auto make = [&] {
        return site.db()
            .write([](db::Tx& tx) { return make_sign_in_link(tx, kBo); })
            .substr(std::string_view("/link/").size());
    };
    const auto use = [&](const std::string& token) {
        return site.db().write([&](db::Tx& tx) { return use_link(tx, token); });
    };
    const std::string token = make();
    CHECK(site.db().read([&](db::Tx& tx) { return peek_link(tx, token).has_value(); }));
    CHECK(use(token).value().account == kBo);
    CHECK(use(token).error().key == "accounts.link_used");
    CHECK(use("nonsense").error().key == "accounts.link_used");
    const std::string late = make();
    site.clock().advance(std::chrono::minutes(16));
    CHECK(use(late).error().fault == Fault::Gone);
}

TEST_CASE("guessing gets slower, waiting helps, and nobody is locked out for good") {
    Site site{routes};
    auto& db = site.db();
    const auto from = [](const char* address, const char* known = "") {
        return guard::subjects("secret", "bo@square.test", address, known);
    };
    const auto may = [&](const guard::Subjects& who) {
        return db.read([&](db::Tx& tx) { return guard::may_try(tx, who).has_value(); });
    };
    const auto fail_once = [&](const guard::Subjects& who) {
        db.write([&](db::Tx& tx) { guard::failed(tx, who); });
    };
    for (int i = 0; i < 5; ++i) {
        CHECK(may(from("10.0.0.1")));
        fail_once(from("10.0.0.1"));
    }
    CHECK_FALSE(may(from("10.0.0.1")));
    CHECK(may(from("10.0.0.2")));  // somebody elsewhere is not held up
    site.clock().advance(std::chrono::seconds(2));
    CHECK(may(from("10.0.0.1")));
    for (int i = 0; i < 30; ++i) fail_once(from("10.0.0.1"));
    site.clock().advance(std::chrono::minutes(14));
    CHECK_FALSE(may(from("10.0.0.1")));
    site.clock().advance(std::chrono::minutes(2));
    CHECK(may(from("10.0.0.1")));

    // Many addresses guess at one account: a short pause for all but the owner's own device.
    for (int i = 0; i < 30; ++i) fail_once(from(("10.1.0." + std::to_string(i)).c_str()));
    CHECK_FALSE(may(from("10.9.9.9")));
    CHECK(may(from("10.9.9.9", guard::known_mark("secret", "bo@square.test").c_str())));
    CHECK_FALSE(may(from("10.9.9.9", guard::known_mark("secret", "ada@square.test").c_str())));
    site.clock().advance(std::chrono::seconds(61));
    CHECK(may(from("10.9.9.9")));

    db.write([&](db::Tx& tx) { guard::succeeded(tx, from("10.9.9.9")); });
    CHECK(may(from("10.8.8.8")));
}

TEST_CASE("settings are kept, and only what there is can be chosen") {
    Site site{routes};
    auto& bo = site.as("bo");
    CHECK(site.guest().get("/me").status == 303);
    CHECK(bo.get("/me").status == 200);
    const auto save = [&](const char* language, const char* zone, const char* scheme) {
        return bo
            .post("/me", {{"language", language},
                          {"zone", zone},
                          {"scheme", scheme},
                          {"operates", "1"},
                          {"email", "evil@example.org"}})
            .status;
    };
    CHECK(save("da", "Europe/Copenhagen", "dark") == 303);
    CHECK(save("xx", "Europe/Copenhagen", "dark") == 422);
    CHECK(save("da", "Europe/Atlantis", "dark") == 422);
    CHECK(save("da", "Europe/Copenhagen", "pink") == 422);
    const Account bo_now = site.db().read([](db::Tx& tx) { return find(tx, kBo); }).value();
    CHECK(bo_now.language == "da");
    CHECK(bo_now.zone == "Europe/Copenhagen");
    CHECK(bo_now.scheme == "dark");
    CHECK_FALSE(bo_now.operates);  // what the form does not have cannot be set by it
    CHECK(bo_now.email == "bo@square.test");
}

TEST_CASE("a new password needs the old one, signs others out and tells the owner by mail") {
    Site site{routes};
    auto& bo = site.as("bo");
    const std::string other = site.db().write([](db::Tx& tx) {
        store::set_password(tx, kBo, crypto::password_hash("old enough once"));
        store::insert_session(tx, {.id = SessionId{44}, .account = kBo}, "hash");
        return start_session(tx, kBo, Device{});
    });
    const auto change = [&](const char* current, const char* wanted) {
        return bo.post("/me/password", {{"current_password", current}, {"password", wanted}})
            .status;
    };
    CHECK(change("wrong password", "a new long one") == 422);
    CHECK(change("old enough once", "password") == 422);
    CHECK(change("old enough once", "a new long one") == 303);
    CHECK(change("old enough once", "another new one") == 422);
    site.db().read([&](db::Tx& tx) {
        CHECK_FALSE(session_owner(tx, other));
        CHECK(store::session(tx, kBo, SessionId{44}));
        CHECK(tx.one("SELECT COUNT(*) FROM mails WHERE community_id = 1")->get<int>(0) == 1);
    });
}

TEST_CASE("a new address counts when it was confirmed, and whether it is taken is not told") {
    Site site{routes};
    auto& bo = site.as("bo");
    const auto ask = [&](const char* email) {
        return bo.post("/me/email", {{"email", email}, {"current", "old enough once"}});
    };
    site.db().write(
        [](db::Tx& tx) { store::set_password(tx, kBo, crypto::password_hash("old enough once")); });
    const auto fresh = ask("bo@new.test");
    const auto taken = ask("ada@square.test");
    CHECK(fresh.status == 303);
    CHECK(taken.status == fresh.status);
    CHECK(taken.location() == fresh.location());
    CHECK(bo.post("/me/email", {{"email", "bo@new.test"}, {"current", "guess"}}).status == 422);
    CHECK(ask("not an address").status == 422);
    CHECK(site.db().read([](db::Tx& tx) { return find(tx, kBo)->email; }) == "bo@square.test");
}

TEST_CASE("tokens are shown once, listed, withdrawn, and cannot make others") {
    Site site{routes};
    auto& bo = site.as("bo");
    const auto made = bo.post("/me/tokens", {{"name", "calendar"}, {"scope", "write"}});
    CHECK(made.status == 200);
    const std::size_t at = made.body.find("torv_");
    REQUIRE(at != std::string::npos);
    const std::string token = made.body.substr(at, 48);
    const auto owner = [&] {
        return site.db().read([&](db::Tx& tx) { return token_owner(tx, token); });
    };
    REQUIRE(owner());
    CHECK(owner()->account.id == kBo);
    CHECK(owner()->scope == auth::Scope::Write);
    const auto list = bo.get("/me/tokens");
    CHECK(list.has("calendar"));
    CHECK_FALSE(list.has(token));
    CHECK(bo.post("/me/tokens", {{"name", "x"}, {"scope", "god"}}).status == 422);
    CHECK(bo.post("/me/tokens", {{"name", ""}, {"scope", "read"}}).status == 422);

    const std::string id = site.db().read([](db::Tx& tx) {
        return tx.one("SELECT id FROM api_tokens WHERE account_id = 14")->get<TokenId>(0).text();
    });
    CHECK(site.as("ada").del("/me/tokens/" + id).status == 404);
    CHECK(owner());
    CHECK(bo.del("/me/tokens/" + id).status == 303);
    CHECK_FALSE(owner());
    bo.viewer.session = {};  // as a bearer token comes
    CHECK(bo.post("/me/tokens", {{"name", "more"}, {"scope", "admin"}}).status == 403);
    CHECK(bo.post("/me/password", {{"password", "a new long one"}}).status == 403);
}

TEST_CASE("sessions are listed and ended, but only one's own") {
    Site site{routes};
    auto& bo = site.as("bo");
    const auto start = [&](AccountId account) {
        return site.db().write([&](db::Tx& tx) {
            start_session(tx, account, {.user_agent = "Firefox/140 Linux", .address = "10.0.0.7"});
            return tx
                .one("SELECT id FROM sessions WHERE account_id = $1 ORDER BY id DESC LIMIT 1",
                     account)
                ->get<SessionId>(0)
                .text();
        });
    };
    const std::string mine = start(kBo);
    const std::string adas = start(AccountId{13});
    CHECK(bo.get("/me/sessions").has("Firefox, Linux"));
    CHECK(bo.del("/me/sessions/" + adas).status == 404);
    CHECK(bo.del("/me/sessions/" + mine).status == 303);
    CHECK(bo.del("/me/sessions/" + mine).status == 404);
    start(kBo);
    CHECK(bo.del("/me/sessions").status == 303);
    CHECK_FALSE(bo.get("/me/sessions").has("Firefox, Linux"));
    CHECK(site.as("ada").get("/me/sessions").has("Firefox, Linux"));
}

TEST_CASE("the first owner's link is there until there is an owner") {
    Site site{routes};
    CHECK(first_owner_link(site.db()) == "");  // Olga is here
    site.db().write([](db::Tx& tx) { tx.run("UPDATE accounts SET operates = 0"); });
    const std::string first = first_owner_link(site.db());
    const std::string second = first_owner_link(site.db());
    const auto good = [&](const std::string& link) {
        return site.db().read(
            [&](db::Tx& tx) { return peek_link(tx, link.substr(6)).has_value(); });
    };
    CHECK_FALSE(good(first));  // the newest one counts
    site.clock().advance(std::chrono::hours(24 * 365));
    CHECK(good(second));
}

}  // namespace
}  // namespace torv::accounts
