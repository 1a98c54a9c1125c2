#include "platform/auth/auth.hpp"

#include <doctest/doctest.h>

using namespace torv;
using auth::Access;
using auth::Role;

TEST_CASE("a role passes every door up to its own and none beyond") {
    auth::Viewer viewer{.account = AccountId{1}, .id = MemberId{2}, .role = Role::Moderator};
    CHECK(auth::allows(Access::Member, viewer));
    CHECK(auth::allows(Access::Moderator, viewer));
    CHECK_FALSE(auth::allows(Access::Admin, viewer));
    viewer.role = Role::Owner;
    CHECK(auth::allows(Access::Owner, viewer));
}

TEST_CASE("somebody who asked to join is not a member yet, whatever role was set") {
    const auth::Viewer viewer{
        .account = AccountId{1}, .id = MemberId{2}, .role = Role::Owner, .pending = true};
    CHECK(auth::allows(Access::Account, viewer));
    CHECK_FALSE(auth::allows(Access::Member, viewer));
    CHECK_FALSE(auth::allows(Access::Owner, viewer));
}

TEST_CASE("role names go both ways") {
    for (const Role role : {Role::Guest, Role::Member, Role::Moderator, Role::Admin, Role::Owner})
        CHECK(auth::role_from(auth::role_name(role)) == role);
    CHECK_FALSE(auth::role_from("king"));
}
