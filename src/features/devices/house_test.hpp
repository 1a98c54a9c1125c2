#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/devices/devices.hpp"
#include "features/notifications/notifications.hpp"
#include "features/topics/topics.hpp"
#include "platform/activity/activity.hpp"
#include "platform/base/text.hpp"
#include "platform/config/config.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/fetch/testing.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/testing/site.hpp"

/// The Square, a push service on loopback, and browsers that are told.
namespace torv::devices::testing {

using torv::testing::Site;

/// Keys of the browser of RFC 8291, appendix A.
inline constexpr std::string_view kKey =
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
inline constexpr std::string_view kAuth = "BTBZMqHH6r4Tts7J_aSIgg";

struct House {
    House() : site({topics::routes, notifications::routes, devices::routes}) {
        site.clock().set(Instant{1795262400000000});  // 2026-11-21T12:00:00Z
        const_cast<config::Config&>(site.services().config).call_inside = {service.host()};
        notifications::follow(site.activity(), site.jobs());
        devices::follow(site.activity(), site.jobs());
        devices::send_by(site.jobs(), {.catalogue = site.services().catalogue,
                                       .sender = {.keys = devices::keys(site.db()),
                                                  .contact = "https://square.test"},
                                       .inside = {service.host()}});
        site.db().write([](db::Tx& tx) {
            for (int i = 1; i <= 5; ++i)
                tx.run(
                    "INSERT INTO sessions (id, account_id, token_hash, device, address, "
                    "created_at, seen_at, confirmed_at) VALUES ($1, $2, $3, '', '', $4, $4, $4)",
                    SessionId{40 + i}, AccountId{10 + i}, crypto::token_hash(std::to_string(i)),
                    tx.now());
        });
    }

    torv::testing::Person& as(std::string_view who) { return site.as(who); }

    std::string offer(std::string_view browser) {
        return R"({"endpoint":")" + service.url("/" + std::string(browser)) + R"(","p256dh":")" +
               std::string(kKey) + R"(","auth":")" + std::string(kAuth) + R"("})";
    }
    /// This person's browser is told from now on.
    void turn_on(std::string_view who, std::string_view browser) {
        REQUIRE(as(who).api("PUT", "/api/v1/devices", offer(browser)).status == 200);
    }
    std::string begin(std::string_view who, std::string_view space, std::string_view title) {
        site.clock().advance(std::chrono::seconds(1));
        const auto made = as(who).post("/s/" + std::string(space) + "/topics",
                                       {{"title", std::string(title)}, {"body", "Shall we?"}});
        REQUIRE(made.status == 303);
        site.settle();
        return made.location().substr(0, made.location().find('/', 3));
    }
    std::string answer(std::string_view who, const std::string& topic, std::string_view body,
                       std::string_view to = {}) {
        site.clock().advance(std::chrono::seconds(1));
        const auto made = as(who).post(
            topic + "/posts", {{"body", std::string(body)}, {"reply_to", std::string(to)}});
        REQUIRE(made.status == 303);
        site.settle();
        return made.location();
    }
    /// The first post of a topic.
    std::string opening(const std::string& topic) {
        return site.db().read([&](db::Tx& tx) {
            return tx
                .one("SELECT first_post_id FROM topics WHERE community_id = 1 AND id = $1",
                     TopicId::parse(topic.substr(3)).value())
                ->get<PostId>(0)
                .text();
        });
    }
    /// The round of a few seconds, some time later; gives how many messages it put out. They are
    /// not sent yet.
    int turns(std::chrono::seconds later = std::chrono::seconds(30)) {
        site.settle();
        site.clock().advance(later);
        return devices::take_turns(site.db(), site.services().catalogue);
    }
    /// The same, and sends them; gives how many requests the service got.
    std::size_t round(std::chrono::seconds later = std::chrono::seconds(30)) {
        const auto before = service.received().size();
        turns(later);
        site.settle();
        return service.received().size() - before;
    }
    void answers(const std::string& status, const std::string& headers = "") {
        service.answer("HTTP/1.1 " + status + "\r\n" + headers +
                       "Content-Length: 0\r\nConnection: close\r\n\r\n");
    }
    std::size_t devices_of(std::string_view who) {
        return as(who).api("GET", "/api/v1/devices").json()["items"].items().size();
    }
    std::int64_t waiting_messages() {
        return site.db().read([](db::Tx& tx) {
            return tx.one("SELECT count(*) FROM device_messages WHERE community_id = 1")
                ->get<std::int64_t>(0);
        });
    }
    void run(std::string_view sql) {
        site.db().write([&](db::Tx& tx) { tx.run(sql); });
    }

    fetch::testing::Counterpart service;
    Site site;
};

}  // namespace torv::devices::testing
