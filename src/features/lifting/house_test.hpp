#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/curation/curation.hpp"
#include "features/lifting/lifting.hpp"
#include "features/notifications/notifications.hpp"
#include "features/search/search.hpp"
#include "features/spaces/spaces.hpp"
#include "features/topics/topics.hpp"
#include "platform/testing/site.hpp"

/// The Square with a talk on its porch, and short ways to lift what was said.
namespace torv::lifting::testing {

using torv::testing::Answer;
using torv::testing::Site;

struct House {
    House()
        : site({topics::routes, curation::routes, lifting::routes, notifications::routes,
                spaces::routes, search::routes}) {
        notifications::follow(site.activity(), site.jobs());
        search::follow(site.activity());
    }

    torv::testing::Person& as(std::string_view who) { return site.as(who); }

    /// Says something in a chat, a second after what was there; the id of the message.
    std::string say(std::string_view who, std::string_view text, std::string_view reply_to = {},
                    std::string_view chat = "porch") {
        site.clock().advance(std::chrono::seconds(1));
        const auto said =
            as(who).post("/s/" + std::string(chat) + "/posts",
                         {{"body", std::string(text)}, {"reply_to", std::string(reply_to)}});
        return said.location().substr(said.location().find("#p-") + 3);
    }
    std::string start(std::string_view who, std::string_view space, std::string_view title) {
        site.clock().advance(std::chrono::seconds(1));
        const auto made = as(who).post("/s/" + std::string(space) + "/topics",
                                       {{"title", std::string(title)}, {"body", "Opening"}});
        return address(made.location());
    }
    /// "/t/7" of "/t/7/picnic".
    static std::string address(std::string_view location) {
        return std::string(location.substr(0, location.find('/', 3)));
    }

    std::string stream(std::string_view chat = "porch") {
        return site.db().read([&](db::Tx& tx) {
            return tx
                .one(
                    "SELECT t.id FROM topics t JOIN spaces s ON s.community_id = t.community_id "
                    "AND s.id = t.space_id WHERE t.community_id = 1 AND t.kind = 1 AND s.slug = "
                    "$1",
                    chat)
                ->get<TopicId>(0)
                .text();
        });
    }

    Answer lift(std::string_view who, const std::vector<std::string>& posts, std::string_view to,
                std::string_view title = "Bread") {
        site.clock().advance(std::chrono::seconds(1));
        torv::testing::Fields form{{"title", std::string(title)}, {"to", std::string(to)}};
        for (const auto& post : posts) form.emplace_back("posts", post);
        return as(who).post("/t/" + stream() + "/lift", form);
    }
    /// The newest lift.
    std::string newest() {
        return site.db().read([](db::Tx& tx) {
            return tx.one("SELECT max(id) FROM lifts WHERE community_id = 1")
                ->get<LiftId>(0)
                .text();
        });
    }
    /// The topic that the newest lift went to.
    std::string target() {
        return site.db().read([](db::Tx& tx) {
            return tx
                .one("SELECT to_id FROM lifts WHERE community_id = 1 ORDER BY id DESC LIMIT 1")
                ->get<TopicId>(0)
                .text();
        });
    }
    Answer undo(std::string_view who) { return as(who).del("/lifts/" + newest()); }

    json::Value topic(std::string_view who, const std::string& address) {
        return as(who).get("/api/v1/topics/" + address.substr(3)).json();
    }
    /// Bodies of a topic's posts, in their order.
    std::string bodies(std::string_view who, const std::string& topic_id) {
        std::string all;
        const auto page = as(who).get("/api/v1/topics/" + topic_id + "/posts").json();
        for (const auto& post : page["items"].items())
            all += post["body"].string_or("(gone)") + "|";
        return all;
    }
    /// All that is kept about posts and topics, but for when it was.
    std::string everything() {
        std::string text;
        auto add = [&](const db::Row& row) {
            for (int i = 0; i < row.columns(); ++i)
                text += (row.null(i) ? std::string("-") : row.get<std::string>(i)) + " ";
            text += "\n";
        };
        site.db().read([&](db::Tx& tx) {
            tx.each(add,
                    "SELECT id, topic_id, author_id, reply_to, body_md, body_html, reactions, "
                    "created_at, edited_at, edits, deleted_at FROM posts WHERE community_id = 1 "
                    "ORDER BY id");
            tx.each(add,
                    "SELECT id, space_id, title, excerpt, first_post_id, last_post_id, "
                    "last_post_at, last_poster_id, reply_count, lifts FROM topics "
                    "WHERE community_id = 1 AND deleted_at IS NULL ORDER BY id");
            tx.each(add, "SELECT id, topic_count FROM spaces WHERE community_id = 1 ORDER BY id");
            tx.each(add,
                    "SELECT member_id, topic_id, post_at, replies FROM topic_reads WHERE "
                    "community_id = 1 ORDER BY member_id, topic_id");
        });
        return text;
    }

    Site site;
};

}  // namespace torv::lifting::testing
