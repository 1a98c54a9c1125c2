#include <algorithm>

#include <doctest/doctest.h>

#include "features/notifications/house_test.hpp"
#include "features/notifications/mailing.hpp"
#include "platform/mail/mail.hpp"

using namespace torv;
using torv::notifications::testing::House;

namespace {

constexpr std::string_view kSecret = "secret of the tests";

/// Letters of the Square, with what is in them.
struct Desk : House {
    Desk() {
        site.clock().set(Instant{1795262400000000});  // 2026-11-21T12:00:00Z
    }
    /// The round of a minute, some time later; gives how many letters it wrote.
    int round(std::chrono::minutes later) {
        site.settle();
        site.clock().advance(later);
        return notifications::send_letters(site.db(), site.services().catalogue, kSecret);
    }
    std::vector<mail::Mail> letters() {
        return site.db().read(
            [](db::Tx& tx) { return mail::outbox(tx, CommunityId{1}, mail::MailId{}, 100); });
    }
    void choose(std::string_view who, const std::string& document) {
        REQUIRE(as(who).api("PUT", "/api/v1/notices/settings", document).status == 200);
    }
};

}  // namespace

TEST_CASE("a reply goes by mail when it was not seen on the page, and never twice") {
    Desk desk;
    const auto topic = desk.begin("bo", "lounge", "Picnic");
    desk.answer("cleo", topic, "With bread!", desk.opening(topic));
    CHECK(desk.round(std::chrono::minutes(1)) == 0);  // perhaps it is read here
    CHECK(desk.round(std::chrono::minutes(2)) == 1);
    CHECK(desk.round(std::chrono::hours(2)) == 0);
    const auto letters = desk.letters();
    REQUIRE(letters.size() == 1);
    CHECK(letters[0].to == "bo@square.test");
    CHECK(letters[0].subject == "Cleo Dubois replied to you in “Picnic”");
    CHECK(letters[0].text.find("http://square.test/p/") != std::string::npos);
    CHECK(letters[0].text.find("With bread!") != std::string::npos);
    CHECK(letters[0].text.find("http://square.test/notices/off/24.") != std::string::npos);

    desk.site.activity().reset("notices");
    CHECK(desk.round(std::chrono::hours(2)) == 0);
    CHECK(desk.letters().size() == 1);
}

TEST_CASE("what was read here, deleted, or may not be read any more does not go") {
    Desk desk;
    const auto topic = desk.begin("bo", "lounge", "Picnic");
    const auto post = desk.answer("cleo", topic, "One", desk.opening(topic));
    desk.as("bo").post(topic + "/read", {{"post", post.substr(3)}});
    CHECK(desk.round(std::chrono::minutes(5)) == 0);

    const auto other = desk.answer("cleo", topic, "Two", desk.opening(topic));
    desk.as("cleo").del(other);
    CHECK(desk.round(std::chrono::minutes(5)) == 0);

    desk.answer("cleo", topic, "Three", desk.opening(topic));
    desk.site.db().write([](db::Tx& tx) {
        tx.run("UPDATE spaces SET visibility = 3 WHERE community_id = 1 AND id = 31");
    });
    CHECK(desk.round(std::chrono::minutes(5)) == 0);
    desk.site.db().write([](db::Tx& tx) {
        tx.run("UPDATE spaces SET visibility = 0 WHERE community_id = 1 AND id = 31");
        tx.run("UPDATE members SET state = 2 WHERE community_id = 1 AND id = 24");
    });
    desk.answer("cleo", topic, "Four", desk.opening(topic));
    CHECK(desk.round(std::chrono::minutes(5)) == 0);
    CHECK(desk.letters().empty());
}

TEST_CASE("talk goes once a day in one letter, in the language of who gets it") {
    Desk desk;
    desk.site.db().write([](db::Tx& tx) {
        tx.run("UPDATE accounts SET language = 'da', zone = 'Europe/Copenhagen' WHERE id = 14");
    });
    const auto topic = desk.begin("bo", "lounge", "Picnic");
    desk.answer("cleo", topic, "One");
    desk.answer("ada", topic, "Two");
    CHECK(desk.round(std::chrono::minutes(3)) == 2);  // Cleo hears of Ada's answer, too
    const auto to_bo = [&] {
        std::vector<mail::Mail> all = desk.letters();
        std::erase_if(all, [](const auto& one) { return one.to != "bo@square.test"; });
        return all.size();
    };
    REQUIRE(to_bo() == 1);
    const auto letters = desk.letters();
    const auto danish = std::ranges::find(letters, "bo@square.test", &mail::Mail::to);
    CHECK(danish->subject == "Ada Lind og Cleo Dubois skrev 2 svar i »Picnic«");

    desk.answer("ada", topic, "Three");
    desk.round(std::chrono::hours(6));
    CHECK(to_bo() == 1);
    desk.round(std::chrono::hours(14));
    CHECK(to_bo() == 2);
}

TEST_CASE("quiet hours and a full week hold back, which is told, and nothing is lost") {
    Desk desk;
    desk.choose("bo", R"({"weekly_limit":1,"quiet_from":"13:00","quiet_to":"14:00"})");
    const auto topic = desk.begin("bo", "lounge", "Picnic");
    desk.answer("cleo", topic, "One", desk.opening(topic));
    CHECK(desk.round(std::chrono::minutes(70)) == 0);  // ten past one: quiet
    CHECK(desk.round(std::chrono::minutes(50)) == 1);
    desk.answer("cleo", topic, "Two", desk.opening(topic));
    CHECK(desk.round(std::chrono::minutes(5)) == 0);
    const auto page = desk.notices("bo");
    CHECK(page.has("Your mails of this week are used up: 1 notice waits here."));
    CHECK(desk.as("bo").get("/me/notices").has("1 mail in the last seven days"));
    CHECK(desk.round(std::chrono::hours(24 * 6)) == 0);
    CHECK(desk.round(std::chrono::hours(24)) == 1);
    CHECK_FALSE(desk.notices("bo").has("are used up"));
}

TEST_CASE("whoever holds the link at the end of a letter ends the letters, and does nothing else") {
    Desk desk;
    const auto path = notifications::unsubscribe_path(kSecret, CommunityId{1}, MemberId{24});
    auto& nobody = desk.site.guest();
    CHECK(nobody.get(path).has("Stop these mails"));
    // RFC 8058: no cookie, no token, nothing but this.
    const auto done =
        nobody.send({.method = "POST",
                     .target = path,
                     .headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                                 {"Origin", "https://mail.example"}},
                     .body = "List-Unsubscribe=One-Click"});
    CHECK(done.status == 200);
    CHECK(desk.as("bo").api("GET", "/api/v1/notices/settings").json()["reply"].string_or("") ==
          "never");
    const auto topic = desk.begin("bo", "lounge", "Picnic");
    desk.answer("cleo", topic, "One", desk.opening(topic));
    CHECK(desk.round(std::chrono::minutes(5)) == 0);
    CHECK(desk.unread("bo") == 1);

    const auto wrong = path.substr(0, path.size() - 1) + (path.back() == 'x' ? 'y' : 'x');
    CHECK(nobody.get(wrong).status == 404);
    const auto others = "/notices/off/25." + path.substr(path.find('.') + 1);
    CHECK(nobody.post(others).status == 404);
    CHECK(desk.as("cleo").api("GET", "/api/v1/notices/settings").json()["reply"].string_or("") ==
          "now");
}

TEST_CASE("what a member chooses is kept, checked, and theirs alone") {
    Desk desk;
    auto& bo = desk.as("bo");
    const auto saved = bo.post("/me/notices", {{"mention", "daily"},
                                               {"reply", "never"},
                                               {"quiet_from", "21:30"},
                                               {"quiet_to", "06:45"},
                                               {"weekly_limit", "3"}});
    CHECK(saved.status == 303);
    const auto now = bo.api("GET", "/api/v1/notices/settings").json();
    CHECK(now["mention"].string_or("") == "daily");
    CHECK(now["reply"].string_or("") == "never");
    CHECK(now["answer"].string_or("") == "daily");
    CHECK(now["quiet_from"].string_or("") == "21:30");
    CHECK(now["weekly_limit"].integer() == 3);
    CHECK(bo.post("/me/notices", {{"weekly_limit", "1000"}}).status == 422);
    CHECK(bo.post("/me/notices", {{"quiet_from", "25:00"}, {"weekly_limit", "3"}}).status == 422);
    CHECK(bo.post("/me/notices", {{"reply", "loud"}, {"weekly_limit", "3"}}).status == 422);
    CHECK(bo.api("PUT", "/api/v1/notices/settings", R"({"quiet_from":"","quiet_to":""})").status ==
          200);
    CHECK(bo.get("/me/notices").has("value=\"never\" selected"));
    CHECK(desk.as("ada").api("GET", "/api/v1/notices/settings").json()["reply"].string_or("") ==
          "now");

    bo.post("/s/lounge/level", {{"level", "muted"}});
    CHECK(bo.get("/me/notices").has("As usual again"));
    bo.post("/s/lounge/level", {{"level", "normal"}, {"return_to", "/me/notices"}});
    CHECK_FALSE(bo.get("/me/notices").has("As usual again"));
}
