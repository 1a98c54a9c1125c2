#include "features/profiles/directory.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "features/accounts/accounts.hpp"
#include "platform/testing/site.hpp"

namespace torv::profiles {
namespace {

using members::Order;
using testing::Fields;
using testing::Site;

constexpr CommunityId kSquare{1};

struct House {
    Site site{members::routes, routes};

    void tell(const char* who, const Fields& form) {
        REQUIRE(site.as(who).post("/me/about", form).status == 303);
    }
    std::vector<std::string> names(Wanted wanted) {
        std::vector<std::string> list;
        site.db().read([&](db::Tx& tx) {
            const auto page = find(tx, kSquare, wanted).value();
            for (const auto& member : page.items) list.push_back(member.handle);
        });
        return list;
    }
    std::vector<std::string> holders(Kind kind, const char* value) {
        return names({.role = {}, .holds = {{kind, value}}});
    }
    /// New members who can bake, every second also sews.
    void settle(int many) {
        site.db().write([&](db::Tx& tx) {
            for (int i = 0; i < many; ++i) {
                const std::string n = std::to_string(100 + i);
                const auto account =
                    accounts::create(tx, {.email = "p" + n + "@x.test", .name = "P"}).value();
                const auto id =
                    members::create_member(tx, kSquare, {.account = account, .name = "Pia " + n})
                        .value();
                const auth::Viewer pia{.community = kSquare, .id = id, .role = auth::Role::Member};
                change(tx, pia,
                       {{.kind = Kind::Skills,
                         .typed = i % 2 ? "Baking" : "baking, sewing",
                         .shown = {}}})
                    .value();
            }
        });
    }
    std::vector<std::string> all_pages(Wanted wanted) {
        std::vector<std::string> list;
        while (true) {
            const auto page =
                site.db().read([&](db::Tx& tx) { return find(tx, kSquare, wanted); }).value();
            for (const auto& member : page.items) list.push_back(member.name);
            if (page.next.empty()) return list;
            wanted.after = page.next;
        }
    }
};

TEST_CASE("people are found by what they show, together with their names and roles") {
    House house;
    house.tell("bo", {{"skills", "Sourdough, sewing"}, {"place", "Århus"}, {"languages", "dansk"}});
    house.tell("cleo", {{"skills", "sourdough"}, {"languages", "Danish, French"}});
    house.tell("ada", {{"skills", "SEWING"}, {"place", "aarhus"}});
    using Names = std::vector<std::string>;
    CHECK(house.holders(Kind::Skills, "SOURdough") == Names{"bo", "cleo"});
    CHECK(house.holders(Kind::Interests, "sourdough").empty());
    CHECK(house.holders(Kind::Languages, "Deens") == Names{"bo", "cleo"});
    CHECK(house.holders(Kind::Place, "Aarhus") == Names{"ada", "bo"});
    CHECK(house.names({.role = {}, .holds = {{Kind::Skills, "sewing"}, {Kind::Place, "Århus"}}}) ==
          Names{"ada", "bo"});
    CHECK(house.names(
              {.role = {}, .holds = {{Kind::Skills, "sewing"}, {Kind::Skills, "sourdough"}}}) ==
          Names{"bo"});
    CHECK(house.names({.search = "berg", .role = {}, .holds = {{Kind::Skills, "sourdough"}}}) ==
          Names{"bo"});
    CHECK(house.names({.role = auth::Role::Moderator, .holds = {{Kind::Skills, "sewing"}}}) ==
          Names{"ada"});
    const auto page = house.site.as("olga").get("/members?skill=sourdough&place=aarhus&q=&role=");
    CHECK(page.has("Bo Bergstr"));
    CHECK_FALSE(page.has("Cleo"));
    CHECK(house.site.as("olga").get("/members?skill=flying").has("Show everybody"));
    const auto api = house.site.as("olga").api("GET", "/api/v1/members?skill=sourdough&q=cl");
    REQUIRE(api.json()["items"].items().size() == 1);
    CHECK(api.json()["items"].items()[0]["handle"].string() == "cleo");
}

TEST_CASE("a hidden field changes nothing that others see: lists, offers, order, cards") {
    House house;
    house.tell("cleo", {{"skills", "Rye, sourdough"}});
    auto& ada = house.site.as("ada");
    const char* kPages[] = {"/members",
                            "/members?skill=sourdough",
                            "/members?skill=rye",
                            "/members?place=ribe",
                            "/members?seek=garden",
                            "/members?sort=newest"};
    std::vector<std::string> before, after;
    for (const char* path : kPages) before.push_back(ada.get(path).body);
    house.tell("bo", {{"skills", "Sourdough, locksmith"},
                      {"skills_shown", "me"},
                      {"place", "Ribe"},
                      {"place_shown", "me"},
                      {"seeks", "garden"},
                      {"seeks_shown", "me"}});
    for (const char* path : kPages) after.push_back(ada.get(path).body);
    CHECK(before == after);
    CHECK(house.holders(Kind::Skills, "locksmith").empty());
    house.tell("bo", {{"skills", "Sourdough, locksmith"}, {"skills_shown", "members"}});
    CHECK(ada.get("/members").body != before[0]);
    CHECK(house.holders(Kind::Skills, "locksmith") == std::vector<std::string>{"bo"});
    house.tell("bo", {{"skills", "Sourdough, locksmith"}, {"skills_shown", "me"}});
    after.clear();
    for (const char* path : kPages) after.push_back(ada.get(path).body);
    CHECK(before == after);  // and nothing is left behind
    CHECK_FALSE(house.site.as("bo").get("/members").has("locksmith"));
}

TEST_CASE("a filtered list goes on page by page, by name and by newest") {
    House house;
    house.settle(50);
    Wanted wanted{.role = {}, .holds = {{Kind::Skills, "sewing"}}, .limit = 10};
    const auto by_name = house.all_pages(wanted);
    CHECK(by_name.size() == 25);
    CHECK(std::ranges::is_sorted(by_name));
    wanted.order = Order::Newest;
    const auto newest = house.all_pages(wanted);
    CHECK(newest.size() == 25);
    CHECK(newest.front() == "Pia 148");
    CHECK(house.all_pages({.search = "pia", .role = {}, .holds = {}, .limit = 20}).size() == 50);
    CHECK(house.all_pages({.order = Order::Newest, .role = {}, .holds = {}, .limit = 20}).size() ==
          55);
    const auto broken = [&](Order order, const char* after) {
        return house.site.db()
            .read([&](db::Tx& tx) {
                return find(tx, kSquare, {.order = order, .role = {}, .holds = {}, .after = after});
            })
            .error()
            .fault;
    };
    CHECK(broken(Order::Name, "nonsense") == Fault::Malformed);
    CHECK(broken(Order::Newest, "x~1") == Fault::Malformed);
    const auto found =
        house.site.as("bo").get("/members?skill=baking&q=pia", {{"Accept-Encoding", "gzip"}});
    CHECK(found.has("rel=\"next\""));
    CHECK(found.header("Content-Encoding").empty());  // its length would tell what fits the search
}

TEST_CASE("what is offered is what active members show, most held first") {
    House house;
    house.tell("bo", {{"interests", "Bees, boats"}});
    house.tell("cleo", {{"interests", "boats"}});
    house.tell("ada", {{"interests", "Locks"}, {"interests_shown", "me"}});
    const auto now = [&] {
        return house.site.db().read(
            [&](db::Tx& tx) { return offered(tx, kSquare, Kind::Interests); });
    };
    CHECK(now().size() == 2);
    CHECK(now()[0] == "boats");
    house.site.as("bo").post("/me/leave");
    CHECK(now() == std::vector<std::string>{"boats"});
    house.tell("cleo", {{"interests", ""}});
    CHECK(now().empty());
}

TEST_CASE("a page of the directory is few queries, however much is filtered") {
    House house;
    house.settle(3);
    house.site.db().read([](db::Tx& tx) {
        const auto page =
            find(tx, kSquare,
                 {.role = {}, .holds = {{Kind::Skills, "baking"}, {Kind::Skills, "sewing"}}})
                .value();
        CHECK(page.items.size() == 2);
        CHECK(tx.statements() == 3);
        CHECK(told(tx, kSquare, page.items).size() == 2);
        CHECK(tx.statements() == 4);
    });
}

TEST_CASE("another community's people and values are not there") {
    House house;
    house.tell("bo", {{"skills", "Sourdough"}});
    house.site.db().write([](db::Tx& tx) {
        const auth::Viewer gus{
            .community = CommunityId{2}, .id = MemberId{26}, .role = auth::Role::Owner};
        change(tx, gus, {{.kind = Kind::Skills, .typed = "Sourdough, milling", .shown = {}}})
            .value();
    });
    CHECK(house.holders(Kind::Skills, "sourdough") == std::vector<std::string>{"bo"});
    CHECK(house.holders(Kind::Skills, "milling").empty());
}

}  // namespace
}  // namespace torv::profiles
