#include "features/conversations/conversations.hpp"

#include <doctest/doctest.h>

#include "features/blocks/blocks.hpp"
#include "features/members/members.hpp"
#include "platform/testing/site.hpp"

using namespace torv;
using conversations::State;
using conversations::Who;
using testing::Site;

namespace {

constexpr MemberId kAda{23}, kBo{24}, kCleo{25};

auth::Viewer viewer(Site& site, std::string_view who) {
    auth::Viewer someone = site.as(who).viewer;
    someone.community = CommunityId{1};
    return someone;
}

Result<State> welcome(Site& site, std::string_view who, MemberId other) {
    return site.db().read([&](db::Tx& tx) {
        const auto faces = members::names(tx, CommunityId{1}, {other});
        return conversations::welcome(tx, viewer(site, who), faces[other]);
    });
}

std::string refused(const Result<State>& state) { return state ? "" : state.error().key; }

void set_who(Site& site, std::string_view member, Who who) {
    site.db().write([&](db::Tx& tx) { conversations::set_who(tx, viewer(site, member), who); });
}

}  // namespace

TEST_CASE("strangers ask, leaders are let in, and a member says who may write") {
    Site site({});
    CHECK(welcome(site, "bo", kCleo) == State::Asked);
    CHECK(welcome(site, "ada", kCleo) == State::In);
    set_who(site, "cleo", Who::Known);
    CHECK(refused(welcome(site, "bo", kCleo)) == "conversations.not_taken");
    CHECK(welcome(site, "ada", kCleo) == State::In);
    set_who(site, "cleo", Who::Leaders);
    CHECK(refused(welcome(site, "bo", kCleo)) == "conversations.not_taken");
    CHECK(welcome(site, "ada", kCleo) == State::In);
}

TEST_CASE("whoever is blocked hears the same as of somebody who takes no messages") {
    Site site({});
    site.db().write([&](db::Tx& tx) { (void)blocks::block(tx, viewer(site, "cleo"), kBo); });
    CHECK(refused(welcome(site, "bo", kCleo)) == "conversations.not_taken");
    CHECK(refused(welcome(site, "cleo", kBo)) == "conversations.you_block");
    CHECK(welcome(site, "bo", kAda) == State::Asked);
    site.db().write([&](db::Tx& tx) { blocks::unblock(tx, viewer(site, "cleo"), kBo); });
    site.clock().advance(std::chrono::seconds(1));
    CHECK(welcome(site, "bo", kCleo) == State::Asked);
}

TEST_CASE("blocking oneself is refused, blocking twice is one block") {
    Site site({});
    const auto block = [&](MemberId whom) {
        return site.db().write(
            [&](db::Tx& tx) { return blocks::block(tx, viewer(site, "bo"), whom); });
    };
    CHECK(!block(kBo));
    CHECK(block(kCleo));
    CHECK(block(kCleo));
    const auto list =
        site.db().read([&](db::Tx& tx) { return blocks::list(tx, viewer(site, "bo")); });
    CHECK(list.size() == 1);
    const auto around =
        site.db().read([&](db::Tx& tx) { return blocks::around(tx, viewer(site, "cleo")); });
    CHECK(around.hidden_from(kBo));
    CHECK(!around.hides(kBo));
}
