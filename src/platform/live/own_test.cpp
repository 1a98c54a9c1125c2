#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "platform/live/house_test.hpp"

using namespace torv;
using live::House;
using live::Page;

namespace {

std::atomic<std::int64_t> change = 0;
std::atomic<std::int64_t> looks = 0;
std::atomic<bool> bo_hides = false;
std::atomic<bool> bo_apart = false;  ///< from Cleo

live::Own::Changes changes(db::Tx&, CommunityId, const db::Ids& members) {
    ++looks;
    live::Own::Changes all;
    for (const auto member : members.values)
        if (change > 0) all.emplace_back(member, change);
    return all;
}

live::OwnState state(db::Tx&, const web::Context& ctx) {
    return {.fields = "\"of\":\"" + ctx.viewer.handle + "\"",
            .html = "<b>" + ctx.viewer.language + "</b>"};
}

/// Bo's account, when he hides.
std::vector<AccountId> hidden(db::Tx& tx, const std::vector<AccountId>&) {
    const auto bo = tx.one("SELECT account_id FROM members WHERE community_id = 1 AND id = 24");
    return bo_hides ? std::vector{bo->get<AccountId>(0)} : std::vector<AccountId>{};
}

std::vector<std::pair<MemberId, MemberId>> apart(db::Tx&, CommunityId, const db::Ids& members) {
    const bool asked = std::ranges::any_of(members.values, [](auto id) { return id >= 24; });
    if (!bo_apart || !asked) return {};
    return {{MemberId{24}, MemberId{25}}};
}

live::Registry slices() {
    change = 0;
    bo_hides = false;
    bo_apart = false;
    live::Registry registry;
    registry.own({.kind = "box", .channel = "box", .changes = changes, .state = state});
    registry.hidden(hidden);
    registry.apart(apart);
    return registry;
}

void grow(House& house, std::string_view channel = "box") {
    ++change;
    house.site.db().write([&](db::Tx& tx) { tx.wake(channel); });
}

constexpr auto kBo = "box:24";

}  // namespace

TEST_CASE("what is one's own is told to oneself alone, on all one's pages") {
    House house(slices());
    Page bo(house, "bo"), elsewhere(house, "bo"), cleo(house, "cleo"), guest(house, "");
    for (Page* other : {&cleo, &guest}) {
        other->follow(kBo, 0);
        CHECK(other->next()["do"].string_or("") == "off");
    }
    for (Page* page : {&bo, &elsewhere}) {
        page->follow(kBo, 0);
        CHECK(page->next()["do"].string_or("") == "on");
        const auto now = page->until("own");
        CHECK(now["change"].integer() == 0);
        CHECK(now["of"].string_or("") == "bo");
        CHECK(now["html"].string_or("") == "<b>en</b>");
    }
    grow(house);
    CHECK(elsewhere.until("own")["change"].integer() == 1);
    auto came = bo.until("own");
    while (came["change"].integer() == 0) came = bo.until("own");  // the second page asked, too
    CHECK(came["change"].integer() == 1);
    CHECK(cleo.silent());
}

TEST_CASE("a change whose wake got lost is found all the same, and nothing is told twice") {
    House house(slices());
    Page bo(house, "bo");
    bo.follow(kBo, 0);
    CHECK(bo.until("own")["change"].integer() == 0);
    const auto began = std::chrono::steady_clock::now();
    ++change;
    CHECK(bo.until("own")["change"].integer() == 1);
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(2));
    CHECK(bo.silent(std::chrono::milliseconds(1500)));
}

TEST_CASE("who follows no more is not looked for") {
    House house(slices());
    Page bo(house, "bo");
    bo.follow(kBo, 0);
    CHECK(bo.until("own")["change"].integer() == 0);
    bo.say(R"({"do":"off","stream":"box:24"})");
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    const auto before = looks.load();
    grow(house);
    CHECK(bo.silent());
    CHECK(looks == before);
}

TEST_CASE("who begins to hide while their pages are open is gone at once, and comes back") {
    House house(slices());
    Page bo(house, "bo"), cleo(house, "cleo");
    cleo.say(R"({"do":"who","members":["24"]})");
    CHECK(cleo.until("come")["members"].items().size() == 1);
    bo_hides = true;
    const auto began = std::chrono::steady_clock::now();
    house.site.db().write([](db::Tx& tx) { tx.wake(auth::kRightsChanged); });
    CHECK(cleo.until("gone")["members"].items().size() == 1);
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(3));
    bo_hides = false;
    house.site.db().write([](db::Tx& tx) { tx.wake(auth::kRightsChanged); });
    CHECK(cleo.until("come")["members"].items().size() == 1);
}

TEST_CASE("two who are set apart are not told that the other is here, from that moment on") {
    House house(slices());
    Page bo(house, "bo"), cleo(house, "cleo"), ada(house, "ada");
    const auto ask = [](Page& page, const char* who) {
        page.say(R"({"do":"who","members":[")" + std::string(who) + "\"]}");
        return page.until("come")["members"].items().size() == 1;
    };
    CHECK(ask(cleo, "24"));
    CHECK(ask(bo, "25"));
    CHECK(ask(ada, "24"));
    bo_apart = true;
    house.site.db().write([](db::Tx& tx) { tx.wake(auth::kRightsChanged); });
    for (Page* page : {&cleo, &bo}) CHECK(page->until("gone")["members"].items().size() == 1);
    CHECK(ada.silent());
    Page again(house, "cleo");
    again.say(R"({"do":"who","members":["24"]})");
    CHECK(again.silent());
    bo_apart = false;
    house.site.db().write([](db::Tx& tx) { tx.wake(auth::kRightsChanged); });
    for (Page* page : {&cleo, &bo, &again})
        CHECK(page->until("come")["members"].items().size() == 1);
    CHECK(ada.silent());
}
