#include "features/audit/audit.hpp"

#include <doctest/doctest.h>

#include "app/rights_targets_test.hpp"

/// What must leave an entry, through the pages that do it.
namespace torv::app::rights {
namespace {

constexpr CommunityId kSquare{1};

/// The kinds of what was written since, oldest first.
class Written {
public:
    explicit Written(House& house) : house_(house) { since(); }
    std::string since() {
        std::string kinds;
        const auto entries = house_.site.db().read(
            [](db::Tx& tx) { return audit::entries(tx, kSquare, "", {}, 1000); });
        for (auto it = entries.rbegin(); it != entries.rend(); ++it)
            if (it->id.value > seen_) kinds += (kinds.empty() ? "" : " ") + it->kind;
        if (!entries.empty()) seen_ = entries.front().id.value;
        return kinds;
    }

private:
    House& house_;
    std::int64_t seen_ = 0;
};

std::string fill(std::string_view pattern, const Values& values) {
    std::string text(pattern);
    for (const auto& [name, value] : values)
        if (const auto at = text.find("{" + name + "}"); at != text.npos)
            text.replace(at, name.size() + 2, value);
    return text;
}

}  // namespace

TEST_CASE("what decides over people and their rights is written down, by ids alone") {
    House house;
    Written written(house);
    const auto as = [&](std::string_view who, std::string_view method, std::string_view target,
                        std::string_view body, const Values& values) {
        const auto answer = house.send(house.actor(who), {.method = std::string(method),
                                                          .target = fill(target, values),
                                                          .body = fill(body, values)});
        CHECK_MESSAGE(answer.status < 500, target);
        return written.since();
    };
    const auto made = [&](Make make) {
        Values values = make(house, house.closed);
        written.since();
        return values;
    };
    const Values sally = made(a_sign_in), bob = made(a_member), pia = made(a_pending);
    CHECK(as("guest", "POST", "/sign-in", "email={email}&password=wrong", sally) ==
          "sign_in.failed");
    CHECK(as("guest", "POST", "/sign-in", "email=nobody@x.test&password=wrong", {}) == "");
    CHECK(as("guest", "POST", "/sign-in", "email={email}&password={password}", sally) ==
          "sign_in.succeeded");
    CHECK(as("author", "POST", "/link/{token}", "", made(a_link)) == "sign_in.succeeded");
    house.restore(house.actor("author"));
    CHECK(as("author", "POST", "/me/tokens", "name=Phone&scope=read", {}) == "token.made");
    CHECK(as("author", "DELETE", "/me/tokens/{token}", "", made(a_token)) == "token.revoked");
    CHECK(as("member", "DELETE", "/me/tokens/{token}", "", made(a_token)) == "");
    CHECK(as("author", "DELETE", "/me/sessions/{session}", "", made(a_session)) == "session.ended");
    CHECK(as("owner", "POST", "/admin/members/{member}/role", "role=moderator", bob) ==
          "member.role_changed");
    CHECK(as("owner", "POST", "/admin/members/{member}/approve", "", pia) == "member.approved");
    CHECK(as("owner", "DELETE", "/admin/members/{member}", "", pia) == "member.removed");
    CHECK(as("owner", "POST", "/invitations", "uses=1&days=7", {}) == "invitation.made");
    CHECK(as("owner", "POST", "/admin/rules", "body=Be very kind.", {}) == "rules.changed");
    CHECK(as("owner", "POST", "/admin/community", "name=Sq&language=en&sign_up=approval", {}) ==
          "community.changed");
    CHECK(as("space mod", "PUT", "/t/{topic}/lock", "", made(a_topic)) == "");  // the rules are new
    house.site.db().write(
        [](db::Tx& tx) { tx.run("UPDATE members SET rules_version = 2 WHERE community_id = 1"); });
    CHECK(as("space mod", "PUT", "/t/{topic}/lock", "", made(a_topic)) == "topic.locked");
    CHECK(as("space mod", "POST", "/s/{slug}/members", "handle={handle}&role=member",
             made(a_stranger)) == "space.member_added");

    audit::seal(house.site.db());
    CHECK(audit::check(house.site.db()).empty());
    const auto settings = house.site.db().read(
        [](db::Tx& tx) { return audit::entries(tx, kSquare, "community", {}, 1); });
    CHECK(settings.front().before ==
          R"({"sign_up":"open","guests_may_read":true,"members_invite":true})");
}

}  // namespace torv::app::rights
