#include <doctest/doctest.h>

#include "features/notifications/house_test.hpp"

using namespace torv;
using torv::notifications::testing::House;

namespace {

/// Every notice that is shown, and every level, as text.
std::string all_of(House& house) {
    std::string text;
    house.site.db().read([&](db::Tx& tx) {
        auto add = [&](const db::Row& row) {
            for (int i = 0; i < row.columns(); ++i)
                text += row.null(i) ? std::string("-") : row.get<std::string>(i), text += ' ';
            text += '\n';
        };
        tx.each(add,
                "SELECT member_id, position, kind, why, place, actor_id, space_id, topic_id, "
                "post_id, detail, happened_at, read_at FROM notices "
                "WHERE community_id = 1 AND gone = 0 ORDER BY member_id, position");
        tx.each(add,
                "SELECT member_id, place, place_id, level, own, since, until FROM notice_levels "
                "WHERE community_id = 1 ORDER BY member_id, place, place_id, since");
    });
    return text;
}

/// Something of everything, with changes of mind in between.
void live_through(House& house) {
    const auto topic = house.begin("bo", "lounge", "Picnic", "With @ada");
    house.answer("cleo", topic, "One");
    house.site.clock().advance(std::chrono::seconds(1));
    house.as("bo").post("/notices/read");
    house.site.clock().advance(std::chrono::seconds(1));
    house.as("bo").post(topic + "/level", {{"level", "muted"}});
    house.answer("cleo", topic, "Two");
    house.site.clock().advance(std::chrono::seconds(1));
    house.as("bo").post(topic + "/level", {{"level", "watching"}});
    const auto last = house.answer("ada", topic, "Three", house.opening(topic));
    house.react("cleo", "/p/" + house.opening(topic), "👍");
    house.react("ada", "/p/" + house.opening(topic), "🎉");
    house.take_back("ada", "/p/" + house.opening(topic), "🎉");
    house.as("dan").del(last);
    house.as("dan").put(topic + "/lock");
    house.as("olga").post("/s/garden/level", {{"level", "watching"}});
    house.site.clock().advance(std::chrono::seconds(1));
    house.as("ada").post("/tags/nettles/level", {{"level", "watching"}});
    house.site.clock().advance(std::chrono::seconds(1));
    const auto moved = house.begin("cleo", "garden", "Weeds", "#Nettles everywhere");
    house.as("dan").put(moved + "/space", {{"space", "31"}});
    house.site.settle();
}

}  // namespace

TEST_CASE("derived again from the first activity, the notices are the same") {
    House house;
    live_through(house);
    const auto before = all_of(house);
    REQUIRE(before.size() > 300);
    const auto page = house.notices("bo").body;

    house.site.activity().reset("notices");
    CHECK(house.unread("bo") == 0);  // nothing is shown until it is derived
    house.site.settle();
    CHECK(all_of(house) == before);

    // And once more over what is there: what is derived twice is the same.
    house.site.db().write([](db::Tx& tx) {
        tx.run("UPDATE activity_cursors SET position = 0 WHERE consumer = 'notices'");
    });
    house.site.settle();
    CHECK(all_of(house) == before);
}

TEST_CASE("imported activity tells nobody and follows nothing") {
    House house;
    const auto text = house.site.db().read(
        [](db::Tx& tx) { return topics::prepare(tx, CommunityId{1}, "Ask @ada").value(); });
    house.site.db().write([&](db::Tx& tx) {
        const auto topic = topics::import_topic(tx, CommunityId{1},
                                                {.space = SpaceId{31},
                                                 .author = MemberId{24},
                                                 .title = "Old times",
                                                 .happened_at = tx.now(),
                                                 .source = "slack:1"});
        topics::import_post(tx, CommunityId{1},
                            {.topic = topic.id,
                             .space = SpaceId{31},
                             .author = MemberId{24},
                             .happened_at = tx.now(),
                             .source = "slack:2"},
                            text);
        topics::finish_import(tx, CommunityId{1}, {topic.id});
        return topic.id;
    });
    house.site.settle();
    CHECK(house.unread("ada") == 0);
    CHECK(house.unread("bo") == 0);

    // Who began it there hears of the answers of today.
    const auto topic = house.site.db().read([](db::Tx& tx) {
        return tx.one("SELECT id FROM topics WHERE community_id = 1 AND source = 'slack:1'")
            ->get<TopicId>(0)
            .text();
    });
    house.answer("cleo", "/t/" + topic, "I remember!");
    CHECK(house.newest("bo")["why"].string_or("") == "your_topic");
}

TEST_CASE("a job tells the many, in small writes, and those who were told before but once") {
    House house;
    house.site.db().write([](db::Tx& tx) {
        for (int i = 0; i < 450; ++i) {
            const std::int64_t id = 10000 + i;
            const auto name = "crowd" + std::to_string(i);
            tx.run(
                "INSERT INTO members (id, community_id, handle, name, name_key, search_key, role, "
                "state, joined_at) VALUES ($1, 1, $2, $2, $2, $2, 1, 0, 1760000000000000)",
                id, name);
            tx.run(
                "INSERT INTO notice_levels (community_id, member_id, place, place_id, level, own, "
                "since) VALUES (1, $1, 0, 31, 2, 1, 1760000000000000)",
                id);
        }
    });
    house.as("cleo").post("/s/lounge/level", {{"level", "watching"}});
    house.begin("bo", "lounge", "Town meeting", "With @ada");
    const auto told = [&] {
        return house.site.db().read([](db::Tx& tx) {
            return tx.one("SELECT count(*) FROM notices WHERE community_id = 1 AND gone = 0")
                ->get<int>(0);
        });
    };
    CHECK(told() == 452);
    CHECK(house.newest("cleo")["kind"].string_or("") == "topic");
    CHECK(house.newest("ada")["kind"].string_or("") == "mention");
}
