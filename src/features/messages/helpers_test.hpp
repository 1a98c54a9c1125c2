#pragma once

#include <string>
#include <string_view>

#include "features/curation/curation.hpp"
#include "features/messages/messages.hpp"
#include "features/notifications/notifications.hpp"
#include "features/topics/topics.hpp"
#include "platform/testing/site.hpp"

/// Short ways for the tests of this slice.
namespace torv::messages::testing {

using torv::testing::Answer;
using torv::testing::Site;

struct House {
    House() : site({topics::routes, curation::routes, notifications::routes, messages::routes}) {
        notifications::follow(site.activity(), site.jobs());
    }

    torv::testing::Person& as(std::string_view who) { return site.as(who); }

    /// Writes to somebody; the answer.
    Answer write(std::string_view who, const std::string& to, const std::string& body) {
        site.clock().advance(std::chrono::seconds(1));
        return as(who).post("/messages", {{"to", to}, {"body", body}});
    }
    /// The same, when it has to go well: "/messages/7".
    std::string begin(std::string_view who, const std::string& to,
                      const std::string& body = "Are you there?") {
        const auto made = write(who, to, body);
        REQUIRE(made.status == 303);
        return made.location();
    }
    Answer say(std::string_view who, const std::string& conversation, const std::string& body) {
        site.clock().advance(std::chrono::seconds(1));
        return as(who).post(conversation + "/posts", {{"body", body}});
    }
    std::string last_post() {
        return site.db().read([](db::Tx& tx) {
            return tx.one("SELECT max(id) FROM posts WHERE community_id = 1")
                ->get<PostId>(0)
                .text();
        });
    }

    Site site;
};

}  // namespace torv::messages::testing
