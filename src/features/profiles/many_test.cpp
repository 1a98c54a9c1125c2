// How long the directory takes among 100,000 members:
//     build/test/tests/features-profiles-test -ns -tc='how long*'
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>

#include "features/profiles/alike.hpp"
#include "features/profiles/directory.hpp"
#include "platform/testing/site.hpp"

namespace torv::profiles {
namespace {

using testing::Site;

constexpr CommunityId kSquare{1};

void settle(db::Tx& tx) {
    tx.run(R"sql(
        INSERT INTO members (id, community_id, handle, name, name_key, search_key, role, state, bio, joined_at)
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
        SELECT 1000000 + i, 1, 'm' || i, 'Name ' || i, CAST(1000000 + (i * 7919) % 100003 AS TEXT),
               ' name' || i || ' of' || (i % 1000) || ' @m' || i || ' m' || i,
               CASE WHEN i % 20000 = 0 THEN 4 WHEN i % 5000 = 0 THEN 2 ELSE 1 END, 0,
               'A hundred letters or so of what somebody says of themselves, so that rows are as wide as they are.',
               1600000000000000 + CAST(i AS BIGINT) * 1000000
          FROM n
    )sql");
    tx.run(R"sql(
        INSERT INTO profile_values (community_id, member_id, mark, kind, position, value, shown_to)
        SELECT 1, m.id, v.kind || ':' || v.word || (m.id % v.many), v.kind, v.position,
               v.word || (m.id % v.many), CASE WHEN m.id % 10 = 9 THEN 0 ELSE 1 END
          FROM members m CROSS JOIN (
               SELECT 1 AS kind, 'common' AS word, 20 AS many, 0 AS position
               UNION ALL SELECT 1, 'rare', 3001, 1 UNION ALL SELECT 2, 'liked', 7, 0
               UNION ALL SELECT 2, 'odd', 997, 1 UNION ALL SELECT 3, 'speech', 2, 0
               UNION ALL SELECT 4, 'town', 50, 0 UNION ALL SELECT 5, 'thing', 501, 0
               UNION ALL SELECT 6, 'thing', 499, 0) v
         WHERE m.id > 1000000
    )sql");
    tx.run(R"sql(
        INSERT INTO profile_counts (community_id, mark, kind, members)
        SELECT 1, mark, kind, COUNT(*) FROM profile_values WHERE shown_to >= 1 GROUP BY mark, kind
    )sql");
}

std::string times_of(Site& site, const std::function<void(db::Tx&)>& ask) {
    std::vector<double> times;
    for (int i = 0; i < 40; ++i) {
        const auto start = std::chrono::steady_clock::now();
        site.db().read([&](db::Tx& tx) { ask(tx); });
        times.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
                .count());
    }
    std::ranges::sort(times);
    return std::to_string(times[20]) + " ms, 95 of 100 within " + std::to_string(times[37]) + " ms";
}

TEST_CASE("how long the directory takes among 100,000 members" * doctest::skip()) {
    Site site{members::routes};
    site.db().write(settle);
    if (site.db().dialect() == db::Dialect::Postgres) site.db().tend();
    const auto listed = [&](const char* what, Wanted wanted) {
        const std::string times = times_of(site, [&](db::Tx& tx) {
            const auto page = find(tx, kSquare, wanted).value();
            told(tx, kSquare, page.items);
        });
        MESSAGE((std::string(what) + ": " + times));
    };
    using Holds = std::vector<std::pair<Kind, std::string>>;
    const auto with = [](Holds holds) { return Wanted{.role = {}, .holds = std::move(holds)}; };
    listed("everybody", with({}));
    listed("the newest", {.order = members::Order::Newest, .role = {}, .holds = {}});
    listed("of 5,000", with({{Kind::Skills, "common3"}}));
    listed("of 30", with({{Kind::Skills, "rare77"}}));
    listed("of 50,000", with({{Kind::Languages, "speech0"}}));
    listed("town and language", with({{Kind::Place, "town4"}, {Kind::Languages, "speech0"}}));
    listed("three that many have", with({{Kind::Interests, "liked1"},
                                         {Kind::Languages, "speech0"},
                                         {Kind::Skills, "common4"}}));
    listed("two that nobody has together",
           with({{Kind::Skills, "common3"}, {Kind::Skills, "common4"}}));
    listed("one name", {.search = "name99999", .role = {}, .holds = {}});
    listed("owners", {.role = auth::Role::Owner, .holds = {}});
    const auth::Viewer viewer{
        .community = kSquare, .id = MemberId{1000500}, .role = auth::Role::Member};
    MESSAGE(("alike: " + times_of(site, [&](db::Tx& tx) { alike(tx, viewer, 100'000, 6); })));
    const auto offers = [](db::Tx& tx) {
        for (const Kind kind : kKinds) offered(tx, kSquare, kind);
    };
    MESSAGE(("offered: " + times_of(site, offers)));
}

}  // namespace
}  // namespace torv::profiles
