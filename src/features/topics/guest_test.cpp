#include <doctest/doctest.h>

#include "features/curation/curation.hpp"
#include "features/topics/helpers_test.hpp"

using namespace torv;
using testing::Site;
using topics::testing::last_post;
using topics::testing::start_topic;
using topics::testing::viewer;

namespace {

TopicId id_of(const std::string& topic) { return TopicId::parse(topic.substr(3)).value(); }

SpaceId space_named(Site& site, std::string_view slug) {
    return site.db().read([&](db::Tx& tx) {
        return tx.one("SELECT id FROM spaces WHERE community_id = 1 AND slug = $1", slug)
            ->get<SpaceId>(0);
    });
}

/// Asks for both pages twice, so that they come from what is kept for guests.
bool guest_sees(Site& site, const std::string& topic) {
    auto& guest = site.guest();
    const bool page = guest.get(topic).status == 200;
    const bool listed = guest.get("/s/lounge").has("Picnic");
    CHECK((guest.get(topic).status == 200) == page);
    CHECK(guest.get("/s/lounge").has("Picnic") == listed);
    CHECK(page == listed);
    return page;
}

}  // namespace

TEST_CASE("a guest is shown nothing that was deleted, moved or closed a moment ago") {
    Site site{topics::routes};
    const std::string topic = start_topic(site, "bo", "lounge");
    const TopicId id = id_of(topic);
    const auto ada = viewer(site, "ada");
    const auto change = [&](auto what) { return site.db().write(what).has_value(); };
    CHECK(guest_sees(site, topic));
    REQUIRE(change([&](db::Tx& tx) { return curation::remove_topic(tx, ada, id); }));
    CHECK_FALSE(guest_sees(site, topic));
    REQUIRE(change([&](db::Tx& tx) { return curation::restore_topic(tx, ada, id); }));
    CHECK(guest_sees(site, topic));
    const SpaceId garden = space_named(site, "garden");
    REQUIRE(change([&](db::Tx& tx) { return curation::move(tx, ada, id, garden); }));
    CHECK_FALSE(guest_sees(site, topic));
    const SpaceId lounge = space_named(site, "lounge");
    REQUIRE(change([&](db::Tx& tx) { return curation::move(tx, ada, id, lounge); }));
    CHECK(guest_sees(site, topic));
    site.db().write(
        [](db::Tx& tx) { tx.run("UPDATE communities SET guests_may_read = 0 WHERE id = 1"); });
    CHECK_FALSE(guest_sees(site, topic));
}

TEST_CASE("a guest is shown an edit, a reply and a deletion at once") {
    Site site{topics::routes};
    const std::string topic = start_topic(site, "bo", "lounge", "First words");
    auto& guest = site.guest();
    CHECK(guest.get(topic).has("First words"));
    const std::string post = "/p/" + last_post(site);
    auto& bo = site.as("bo");
    REQUIRE(bo.post(post, {{"_method", "PATCH"}, {"body", "Other words"}, {"edits", "0"}}).status ==
            303);
    CHECK_FALSE(guest.get(topic).has("First words"));
    CHECK(guest.get(topic).has("Other words"));
    topics::testing::reply(site, "ada", topic, "An answer");
    CHECK(guest.get(topic).has("An answer"));
    REQUIRE(site.as("ada").del("/p/" + last_post(site)).status == 303);
    CHECK_FALSE(guest.get(topic).has("An answer"));
}

TEST_CASE("what a member sees is never what a guest is shown, nor the other way round") {
    Site site{topics::routes};
    const std::string topic = start_topic(site, "bo", "lounge");
    auto& bo = site.as("bo");
    CHECK(bo.get(topic).has("delete-post"));
    CHECK_FALSE(site.guest().get(topic).has("delete-post"));
    CHECK(bo.get(topic).has("delete-post"));
    const std::string kitchen = start_topic(site, "cleo", "kitchen");
    CHECK(site.as("cleo").get(kitchen).status == 200);
    CHECK(site.guest().get(kitchen).status == 404);
}

TEST_CASE("pages of spaces and topics need few statements") {
    Site site{topics::routes};
    for (int i = 0; i < 8; ++i) topics::testing::quick_topic(site, "Topic " + std::to_string(i));
    const auto space = [&](const char* who) {
        return site.db().read([&](db::Tx& tx) {
            const auto page = topics::pages::space(tx, viewer(site, who), "lounge",
                                                   topics::store::Sort::Active, "");
            REQUIRE(page);
            CHECK(page->topics.size() == 8);
            return tx.statements();
        });
    };
    CHECK(space("bo") <= 8);
    CHECK(space("") <= 6);
}

TEST_CASE("without script one reacts from a page of choices") {
    Site site{topics::routes};
    const std::string topic = start_topic(site, "bo", "lounge");
    const std::string post = "/p/" + last_post(site);
    auto& ada = site.as("ada");
    const auto page = ada.get(topic);
    CHECK(page.has("href=\"" + post + "/react\""));
    CHECK_FALSE(site.guest().get(topic).has(post + "/react"));
    const auto choices = ada.get(post + "/react");
    CHECK(choices.status == 200);
    CHECK(choices.has("action=\"" + post + "/reactions\""));
    CHECK(choices.has("value=\"🎉\""));
    CHECK(site.guest().get(post + "/react").location().starts_with("/sign-in"));
    CHECK(ada.post(post + "/reactions", {{"emoji", "🎉"}}).status == 303);
    CHECK(ada.get(topic).has("formaction=\"" + post + "/reactions\""));
    CHECK(ada.get(topic).has("aria-pressed=\"true\""));

    start_topic(site, "cleo", "kitchen");
    CHECK(site.as("bo").get("/p/" + last_post(site) + "/react").status == 404);
}

TEST_CASE("who reacts and edits without end is asked to wait, and keeps the text") {
    Site site{topics::routes};
    start_topic(site, "bo", "lounge");
    const std::string post = "/p/" + last_post(site);
    auto& bo = site.as("bo");
    int taken = 0;
    while (taken < 1000 && bo.put(post + "/reactions/%F0%9F%91%8D").status == 303) ++taken;
    CHECK(taken == 120);
    const auto edit = bo.post(post, {{"_method", "PATCH"}, {"body", "Other"}, {"edits", "0"}});
    CHECK(edit.status == 429);
    CHECK(edit.has("Other"));
    CHECK(bo.api("PATCH", "/api/v1/posts/" + post.substr(3), R"({"body":"x"})").status == 429);
    site.clock().advance(std::chrono::seconds(61));
    CHECK(bo.put(post + "/reactions/%F0%9F%91%8D").status == 303);
}
