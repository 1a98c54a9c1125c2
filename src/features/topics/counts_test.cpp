#include <doctest/doctest.h>

#include <algorithm>
#include <barrier>
#include <thread>

#include "features/curation/curation.hpp"
#include "features/topics/helpers_test.hpp"
#include "features/topics/store.hpp"

using namespace torv;
using topics::testing::quick_topic;
using topics::testing::reply;
using topics::testing::Site;
using topics::testing::viewer;

namespace {

constexpr CommunityId kSquare{1};

TopicId id_of(std::string_view address) { return TopicId::parse(address.substr(3)).value(); }

std::int64_t replies(Site& site, std::string_view address) {
    const auto answer = site.as("cleo").get("/api/v1/topics/" + std::string(address.substr(3)));
    return answer.json()["reply_count"].integer().value_or(-1);
}

/// What the lists go by.
std::int64_t on_the_row(Site& site, TopicId topic) {
    return site.db().read([&](db::Tx& tx) {
        return tx.one("SELECT reply_count FROM topics WHERE community_id = 1 AND id = $1", topic)
            ->get<std::int64_t>(0);
    });
}

/// What `torv check` says about it.
std::int64_t wrong_counts(Site& site, std::string_view address) {
    return std::ranges::count_if(topics::check(site.db()), [&](const std::string& line) {
        return line.find(id_of(address).text()) != std::string::npos;
    });
}

/// Answers as somebody who found the row of the topic held by another writer.
PostId reply_in_a_crowd(Site& site, std::string_view who, std::string_view address) {
    const auto before = on_the_row(site, id_of(address));
    const PostId post = reply(site, who, address, "Me too");
    site.db().write([&](db::Tx& tx) {
        tx.run("UPDATE topics SET reply_count = $2 WHERE community_id = 1 AND id = $1",
               id_of(address), before);
        topics::store::note_reply(tx, kSquare, id_of(address), post);
    });
    return post;
}

}  // namespace

TEST_CASE(
    "a reply that is only noted counts on the topic's page at once, and in lists when folded") {
    Site site{topics::routes};
    const std::string topic = quick_topic(site, "Picnic");
    reply(site, "ada", topic, "Saturday?");
    const PostId last = reply_in_a_crowd(site, "bo", topic);
    CHECK(replies(site, topic) == 2);
    CHECK(on_the_row(site, id_of(topic)) == 1);

    CHECK(topics::fold_replies(site.db()) == 1);
    CHECK(on_the_row(site, id_of(topic)) == 2);
    CHECK(replies(site, topic) == 2);
    CHECK(topics::fold_replies(site.db()) == 0);
    const auto list = site.as("cleo").get("/api/v1/spaces/31/topics").json();
    CHECK(list["items"].items().at(0)["last_post"].string_or("") == last.text());
}

TEST_CASE("deleting, restoring and splitting count right while replies are only noted") {
    Site site{topics::routes};
    const std::string topic = quick_topic(site, "Picnic");
    const PostId kept = reply_in_a_crowd(site, "bo", topic);
    const PostId gone = reply_in_a_crowd(site, "bo", topic);
    const std::string post = "/api/v1/posts/" + gone.text();
    CHECK(site.as("bo").del("/p/" + gone.text()).status == 303);
    CHECK(replies(site, topic) == 1);
    topics::fold_replies(site.db());
    CHECK(replies(site, topic) == 1);
    CHECK(site.as("bo").api("POST", post + "/restore").status == 200);
    CHECK(replies(site, topic) == 2);

    const PostId moved = reply_in_a_crowd(site, "ada", topic);
    const auto other = site.db().write([&](db::Tx& tx) {
        return curation::split(tx, viewer(site, "ada"), id_of(topic), {kept, moved}, "Bread",
                               SpaceId{31});
    });
    REQUIRE(other);
    const std::string split = "/t/" + other->text();
    CHECK(replies(site, topic) == 1);
    CHECK(replies(site, split) == 1);
    topics::fold_replies(site.db());
    CHECK(replies(site, topic) == 1);
    CHECK(replies(site, split) == 1);
    CHECK(wrong_counts(site, topic) == 0);
    CHECK(wrong_counts(site, split) == 0);
}

TEST_CASE("a reply that was only noted and begins a topic of its own is no reply there") {
    Site site{topics::routes};
    const std::string topic = quick_topic(site, "Picnic");
    const PostId noted = reply_in_a_crowd(site, "bo", topic);
    const auto other = site.db().write([&](db::Tx& tx) {
        return curation::split(tx, viewer(site, "ada"), id_of(topic), {noted}, "Bread",
                               SpaceId{31});
    });
    REQUIRE(other);
    const std::string split = "/t/" + other->text();
    CHECK(replies(site, split) == 0);
    topics::fold_replies(site.db());
    CHECK(replies(site, split) == 0);
    CHECK(replies(site, topic) == 0);
    CHECK(wrong_counts(site, split) == 0);
    CHECK(wrong_counts(site, topic) == 0);
}

TEST_CASE("a topic whose posts are all deleted has no replies left, and gets them back") {
    Site site{topics::routes};
    const std::string topic = quick_topic(site, "Picnic");
    const auto opening = site.db().read([&](db::Tx& tx) {
        return topics::store::newest_post(tx, kSquare, id_of(topic)).value().post;
    });
    const PostId answer = reply(site, "bo", topic, "Saturday?");
    auto& ada = site.as("ada");
    CHECK(ada.del("/p/" + opening.text()).status == 303);
    CHECK(ada.del("/p/" + answer.text()).status == 303);
    CHECK(on_the_row(site, id_of(topic)) == 0);
    CHECK(wrong_counts(site, topic) == 0);
    CHECK(ada.api("POST", "/api/v1/posts/" + answer.text() + "/restore").status == 200);
    CHECK(on_the_row(site, id_of(topic)) == 1);
    CHECK(wrong_counts(site, topic) == 0);
}

TEST_CASE("a topic that counts its replies wrong is noticed") {
    Site site{topics::routes};
    const std::string topic = quick_topic(site, "Picnic");
    reply_in_a_crowd(site, "bo", topic);
    CHECK(wrong_counts(site, topic) == 0);
    site.db().write([&](db::Tx& tx) {
        tx.run("UPDATE topics SET reply_count = 7 WHERE community_id = 1 AND id = $1",
               id_of(topic));
    });
    CHECK(wrong_counts(site, topic) == 1);
}

TEST_CASE("who finds the topic held by another writer does not wait, and no reply is lost") {
    Site site{topics::routes};
    const std::string topic = quick_topic(site, "Picnic");
    if (site.db().dialect() == db::Dialect::Sqlite) return;  // one writer commits for all
    const auto text =
        site.db().read([](db::Tx& tx) { return topics::prepare(tx, kSquare, "Me too"); });
    std::barrier held(2), answered(2);
    std::jthread holder([&] {
        site.db().write([&](db::Tx& tx) {
            topics::reply(tx, viewer(site, "ada"), id_of(topic), *text).value();
            held.arrive_and_wait();
            answered.arrive_and_wait();  // the other has committed first: the commits cross
        });
    });
    held.arrive_and_wait();
    reply(site, "bo", topic, "And I");
    CHECK(replies(site, topic) == 1);
    answered.arrive_and_wait();
    holder.join();
    CHECK(replies(site, topic) == 2);
    CHECK(on_the_row(site, id_of(topic)) == 1);
    topics::fold_replies(site.db());
    CHECK(on_the_row(site, id_of(topic)) == 2);
}

TEST_CASE("many who write into one topic at once are all counted") {
    constexpr int kWriters = 8, kEach = 10;
    Site site{topics::routes};
    const std::string topic = quick_topic(site, "Picnic");
    const auto text =
        site.db().read([](db::Tx& tx) { return topics::prepare(tx, kSquare, "Me too"); });
    const auto bo = viewer(site, "bo");
    {
        std::vector<std::jthread> writers;
        for (int i = 0; i < kWriters; ++i)
            writers.emplace_back([&] {
                for (int n = 0; n < kEach; ++n)
                    site.db().write(
                        [&](db::Tx& tx) { return topics::reply(tx, bo, id_of(topic), *text); });
            });
        topics::fold_replies(site.db());
    }
    CHECK(replies(site, topic) == kWriters * kEach);
    topics::fold_replies(site.db());
    CHECK(on_the_row(site, id_of(topic)) == kWriters * kEach);
}
