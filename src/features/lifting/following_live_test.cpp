#include <doctest/doctest.h>

#include "features/curation/curation.hpp"
#include "features/lifting/lifting.hpp"
#include "platform/live/house_test.hpp"

using namespace torv;
using live::Page;

namespace {

live::Registry slices() {
    live::Registry registry;
    topics::live(registry);
    lifting::live(registry);
    return registry;
}

}  // namespace

TEST_CASE("who looks at a thread that goes where they may not read hears nothing more of it") {
    live::House house(slices(), {topics::routes, curation::routes, lifting::routes});
    auto& site = house.site;
    const auto said = site.as("bo").post("/s/porch/posts", {{"body", "Who bakes bread?"}});
    const std::string message = said.location().substr(said.location().find("#p-") + 3);
    auth::Viewer ada = site.as("ada").viewer;
    ada.community = CommunityId{1};
    const PostId id = PostId::parse(message).value();
    const auto answer = [&] {
        site.clock().advance(std::chrono::seconds(1));
        const auto text = site.db().read(
            [](db::Tx& tx) { return topics::prepare(tx, CommunityId{1}, "Below it").value(); });
        REQUIRE(
            site.db().write([&](db::Tx& tx) { return topics::answer_below(tx, ada, id, text); }));
    };
    answer();
    const auto topic = site.db().write([&](db::Tx& tx) {
        const auto post = topics::visible_post(tx, ada, id).value();
        const auto lift = lifting::lift(tx, ada, post.topic.id, {id},
                                        {.topic = {}, .space = SpaceId{32}, .title = "Bread"});
        return lifts::find(tx, CommunityId{1}, lift.value())->to;
    });
    Page bo(house, "bo"), ada_page(house, "ada");
    const std::string thread = "thread:" + message;
    for (Page* page : {&bo, &ada_page}) {
        page->follow(thread, house.position());
        CHECK(page->until("on")["stream"].string_or("") == thread);
    }
    answer();
    CHECK(bo.until("said")["stream"].string_or("") == thread);

    site.db().write([](db::Tx& tx) {
        tx.run("UPDATE spaces SET visibility = 2 WHERE community_id = 1 AND id = 31");
        tx.run(
            "INSERT INTO space_members (community_id, space_id, member_id, role, created_at) "
            "VALUES (1, 31, 23, 2, 1)");
        tx.run("UPDATE communities SET access_version = access_version + 1 WHERE id = 1");
    });
    const auto moved = site.as("ada").put("/t/" + topic.text() + "/space", {{"space", "31"}});
    CHECK(moved.status == 303);
    CHECK(bo.until("off")["stream"].string_or("") == thread);
    CHECK(ada_page.until("changed")["stream"].string_or("") == thread);
    answer();
    CHECK(ada_page.until("said")["stream"].string_or("") == thread);
    CHECK(bo.silent());
}
