#pragma once

#include <string>
#include <string_view>

#include "features/curation/curation.hpp"
#include "features/notifications/notifications.hpp"
#include "features/topics/topics.hpp"
#include "platform/activity/activity.hpp"
#include "platform/base/text.hpp"
#include "platform/testing/site.hpp"

/// The Square with topics and notices, and short ways to talk in it.
namespace torv::notifications::testing {

using torv::testing::Answer;
using torv::testing::Site;

struct House {
    House() : site({topics::routes, curation::routes, notifications::routes}) {
        notifications::follow(site.activity(), site.jobs());
    }

    torv::testing::Person& as(std::string_view who) { return site.as(who); }

    /// Begins a topic; its address "/t/7".
    std::string begin(std::string_view who, std::string_view space, std::string_view title,
                      std::string_view body = "Shall we?") {
        site.clock().advance(std::chrono::seconds(1));
        const auto made =
            as(who).post("/s/" + std::string(space) + "/topics",
                         {{"title", std::string(title)}, {"body", std::string(body)}});
        REQUIRE(made.status == 303);
        site.settle();
        return made.location().substr(0, made.location().find('/', 3));
    }

    /// Answers; the address of the post "/p/9".
    std::string answer(std::string_view who, const std::string& topic, std::string_view body,
                       std::string_view to = {}) {
        site.clock().advance(std::chrono::seconds(1));
        const auto made = as(who).post(
            topic + "/posts", {{"body", std::string(body)}, {"reply_to", std::string(to)}});
        REQUIRE(made.status == 303);
        site.settle();
        return made.location();
    }

    void react(std::string_view who, const std::string& post, const std::string& emoji) {
        site.clock().advance(std::chrono::seconds(1));
        REQUIRE(as(who).put(post + "/reactions/" + percent_encode(emoji)).status < 400);
        site.settle();
    }
    void take_back(std::string_view who, const std::string& post, const std::string& emoji) {
        REQUIRE(as(who).del(post + "/reactions/" + percent_encode(emoji)).status < 400);
        site.settle();
    }

    Answer notices(std::string_view who) { return as(who).get("/notices"); }
    std::int64_t unread(std::string_view who) {
        return as(who).api("GET", "/api/v1/notices/count").json()["unread"].integer().value_or(-1);
    }
    /// The newest bundle as the API gives it.
    json::Value newest(std::string_view who) {
        const auto all = as(who).api("GET", "/api/v1/notices").json();
        const auto& items = all["items"].items();
        return items.empty() ? json::Value{} : items.front();
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

    Site site;
};

}  // namespace torv::notifications::testing
