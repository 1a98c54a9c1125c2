#include <doctest/doctest.h>

#include "features/lifts/lifts.hpp"
#include "platform/testing/site.hpp"

using namespace torv;
using testing::Site;

TEST_CASE("a lift is kept with its posts, found by its places, and gone from them when undone") {
    Site site(std::initializer_list<Site::Setup>{});
    const CommunityId square{1};
    const auto id = site.db().write([&](db::Tx& tx) {
        tx.run(
            "INSERT INTO topics (id, community_id, space_id, author_id, kind, title, created_at, "
            "last_post_at) VALUES (801, 1, 35, 24, 1, '', 5, 5), (802, 1, 35, 24, 0, 'x', 5, 5)");
        tx.run(
            "INSERT INTO posts (id, community_id, topic_id, author_id, body_md, body_html, "
            "renderer, created_at) VALUES (811, 1, 802, 24, '', '', 1, 10), (812, 1, 802, 24, "
            "'', '', 1, 11)");
        return lifts::keep(tx, square,
                           {.from = TopicId{801},
                            .to = TopicId{802},
                            .by = MemberId{24},
                            .at = {20},
                            .count = 2,
                            .first_at = {10},
                            .first = PostId{811}},
                           {PostId{811}, PostId{812}});
    });
    const auto found = [&](std::int64_t since, std::int64_t until) {
        return site.db()
            .read([&](db::Tx& tx) {
                return lifts::out_of(tx, square, TopicId{801}, {since}, {until});
            })
            .size();
    };
    CHECK(found(10, 11) == 1);
    CHECK(found(0, 10) == 0);
    CHECK(found(11, 99) == 0);
    site.db().read([&](db::Tx& tx) {
        CHECK(lifts::posts(tx, square, id) == std::vector{PostId{811}, PostId{812}});
        CHECK(lifts::into(tx, square, TopicId{802}).size() == 1);
        CHECK(lifts::find(tx, square, id)->count == 2);
        CHECK(!lifts::find(tx, CommunityId{2}, id));
    });
    site.db().write([&](db::Tx& tx) { lifts::undo(tx, square, id, MemberId{23}); });
    CHECK(found(0, 99) == 0);
    site.db().read([&](db::Tx& tx) { CHECK(lifts::into(tx, square, TopicId{802}).empty()); });
    site.db().write([&](db::Tx& tx) { CHECK(lifts::locked(tx, square, id)->undone_at); });
}
