#include "features/members/members.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "features/accounts/accounts.hpp"
#include "features/community/community.hpp"
#include "features/members/keys.hpp"
#include "features/members/store.hpp"
#include "features/profiles/profiles.hpp"
#include "platform/testing/site.hpp"

namespace torv::members {
namespace {

using testing::Site;

constexpr CommunityId kSquare{1};
constexpr CommunityId kMill{2};
constexpr MemberId kOlga{21}, kDan{22}, kAda{23}, kBo{24}, kCleo{25};

Member of(Site& site, MemberId id) {
    return site.db().read([&](db::Tx& tx) { return find(tx, kSquare, id); }).value();
}

AccountId new_account(Site& site, const char* email) {
    return site.db()
        .write([&](db::Tx& tx) { return accounts::create(tx, {.email = email, .name = "New"}); })
        .value();
}

std::int64_t counted(Site& site) {
    return site.db().read([](db::Tx& tx) { return community::find(tx, kSquare)->member_count; });
}

TEST_CASE("handles come from names, are unlike each other, and are not reserved words") {
    Site site{routes, profiles::routes};
    const auto join = [&](const char* name, const char* wished) {
        static int n = 0;
        const AccountId account =
            new_account(site, ("h" + std::to_string(++n) + "@x.test").c_str());
        const auto id = site.db().write([&](db::Tx& tx) {
            return create_member(tx, kSquare, {.account = account, .name = name, .handle = wished});
        });
        return of(site, id.value()).handle;
    };
    CHECK(join("Maja Juhl", "") == "maja");
    CHECK(join("Maja Juhl", "") == "maja-juhl");
    CHECK(join("Maja Juhl", "") == "maja2");
    CHECK(join("Ørsted", "") == "oersted");
    CHECK(join("Everyone", "everyone") == "member2");
    CHECK(join("Bo", "BO ") == "bo2");
    CHECK(join("محمد", "") == "member3");
    CHECK(join("Wim", "the_wim") == "the_wim");
    for (const char* bad : {"a", "-ab", "A b", "å", "x/y", "", "_ab"}) CHECK_FALSE(is_handle(bad));
}

TEST_CASE("a member who changes the handle is still found by the old one") {
    Site site{routes, profiles::routes};
    auto& bo = site.as("bo");
    const auto save = [&](const char* handle) {
        return bo
            .post("/me/profile",
                  {{"name", "Bo B"}, {"handle", handle}, {"bio", "I *like* bees"}, {"role", "4"}})
            .status;
    };
    CHECK(save("bobo") == 303);
    CHECK(bo.get("/m/bo").location() == "/m/bobo");
    CHECK(bo.get("/m/bobo").has("<em>like</em>"));
    CHECK(of(site, kBo).role == Role::Member);
    CHECK(save("ada") == 409);
    CHECK(save("everyone") == 409);
    CHECK(save("x y") == 422);
    CHECK(site.as("ada").post("/me/profile", {{"name", "Ada"}, {"handle", "bo"}}).status == 409);
    CHECK(save("bo") == 303);  // one's own old one may be taken back
    site.db().read([](db::Tx& tx) {
        const auto found = by_handles(tx, kSquare, {"bobo", "ada", "nobody"});
        CHECK(found.size() == 2);
        CHECK(found.at("bobo").id == kBo);
        CHECK(found.at("bobo").handle == "bo");
    });
    CHECK(site.announced("member.changed") == 2);
}

TEST_CASE("a picture from elsewhere is refused") {
    Site site{routes, profiles::routes};
    const auto save = [&](const char* avatar) {
        return site.as("bo")
            .post("/me/profile", {{"name", "Bo"}, {"handle", "bo"}, {"avatar", avatar}})
            .status;
    };
    CHECK(save("/files/7/bo.webp") == 303);
    CHECK(save("https://tracker.example/x.gif") == 422);
    CHECK(of(site, kBo).avatar == "/files/7/bo.webp");
}

TEST_CASE("roles: nobody rises above their giver, equals are left alone, one owner stays") {
    Site site{routes, profiles::routes};
    const auto give = [&](const char* who, MemberId whom, const char* role) {
        return site.as(who)
            .post("/admin/members/" + whom.text() + "/role", {{"role", role}})
            .status;
    };
    CHECK(give("ada", kBo, "moderator") == 404);
    CHECK(give("dan", kBo, "moderator") == 303);
    CHECK(of(site, kBo).role == Role::Moderator);
    CHECK(give("dan", kBo, "owner") == 403);
    CHECK(give("dan", kDan, "owner") == 403);
    CHECK(give("dan", kOlga, "member") == 403);
    CHECK(give("dan", kBo, "god") == 422);
    CHECK(give("dan", kBo, "guest") == 422);
    CHECK(give("dan", MemberId{26}, "member") == 404);  // Gus is in the Mill
    CHECK(give("olga", kOlga, "member") == 409);
    CHECK(give("olga", kBo, "admin") == 303);
    CHECK(give("dan", kBo, "member") == 403);  // an equal
    CHECK(give("olga", kDan, "owner") == 303);
    CHECK(give("olga", kOlga, "member") == 303);  // there is another owner now
    CHECK(site.announced("member.role_changed") == 4);
    CHECK(site.db().read([](db::Tx& tx) { return owners(tx, kSquare); }) ==
          std::vector<MemberId>{kDan});
}

TEST_CASE("leaving keeps what one wrote, and one may come back as a plain member") {
    Site site{routes, profiles::routes};
    CHECK(site.as("olga").post("/me/leave").status == 409);
    const auto before = counted(site);
    CHECK(site.as("ada").post("/me/leave").status == 303);
    CHECK(of(site, kAda).state == State::Left);
    CHECK(counted(site) == before - 1);
    CHECK(site.as("bo").get("/m/ada").has("No longer a member"));
    CHECK_FALSE(site.as("bo").get("/members").has("Ada Lind"));
    const auto back = site.db().write([](db::Tx& tx) {
        return create_member(tx, kSquare, {.account = AccountId{13}, .name = "Ada Lind"});
    });
    CHECK(back.value() == kAda);
    CHECK(of(site, kAda).role == Role::Member);
    CHECK(counted(site) == before);
    CHECK(site.announced("member.left") == 1);
    CHECK(site.announced("member.joined") == 1);
}

TEST_CASE("admins remove members, but not each other, and not themselves") {
    Site site{routes, profiles::routes};
    const auto remove_by = [&](const char* who, MemberId whom) {
        return site.as(who).del("/admin/members/" + whom.text()).status;
    };
    CHECK(remove_by("bo", kCleo) == 404);
    CHECK(remove_by("dan", kCleo) == 303);
    CHECK(remove_by("dan", kCleo) == 303);  // twice is once
    CHECK(remove_by("dan", kOlga) == 403);
    CHECK(remove_by("dan", kDan) == 403);
    CHECK(of(site, kCleo).state == State::Left);
    CHECK(site.announced("member.removed") == 1);
}

TEST_CASE("who asks to come in waits, is seen by admins only, and is let in or not") {
    Site site{routes, profiles::routes};
    const auto ask = [&](const char* email, const char* name) {
        const AccountId account = new_account(site, email);
        return site.db()
            .write([&](db::Tx& tx) {
                return create_member(tx, kSquare,
                                     {.account = account,
                                      .name = name,
                                      .state = State::Pending,
                                      .reason = "I have <b>bees</b>"});
            })
            .value();
    };
    const auto before = counted(site);
    const MemberId ina = ask("ina@x.test", "Ina");
    const MemberId uwe = ask("uwe@x.test", "Uwe");
    CHECK(counted(site) == before);
    CHECK(site.announced("member.joined") == 0);
    CHECK(site.as("dan").get("/admin/members").has("I have &lt;b&gt;bees"));
    CHECK(site.as("dan").get("/m/ina").status == 200);
    CHECK(site.as("bo").get("/m/ina").status == 404);
    CHECK(site.as("bo").api("GET", "/api/v1/members/" + ina.text()).status == 404);
    CHECK_FALSE(site.as("bo").get("/members").has("Ina"));
    CHECK(site.as("ada").post("/admin/members/" + ina.text() + "/approve").status == 404);
    CHECK(site.as("dan").post("/admin/members/" + ina.text() + "/approve").status == 303);
    CHECK(site.as("dan").post("/admin/members/" + ina.text() + "/approve").status == 303);
    CHECK(site.as("dan").post("/admin/members/" + uwe.text() + "/decline").status == 303);
    CHECK(site.as("dan").post("/admin/members/" + uwe.text() + "/approve").status == 409);
    CHECK(counted(site) == before + 1);
    CHECK(site.announced("member.joined") == 1);
    CHECK(site.announced("member.declined") == 1);
}

TEST_CASE("the directory finds by beginnings of words, in order, page by page") {
    Site site{routes, profiles::routes};
    site.db().write([](db::Tx& tx) {
        for (int i = 0; i < 50; ++i) {
            const std::string n = std::to_string(100 + i);
            const auto account =
                accounts::create(tx, {.email = "p" + n + "@x.test", .name = "P"}).value();
            create_member(tx, kSquare, {.account = account, .name = "Pia " + n}).value();
        }
    });
    const auto page = [&](ListQuery query) {
        return site.db().read([&](db::Tx& tx) { return list(tx, kSquare, query); });
    };
    std::vector<std::string> names;
    for (ListQuery query{.search = "pia", .limit = 20};;) {
        const auto part = page(query).value();
        for (const Member& m : part.items) names.push_back(m.name);
        if (part.next.empty()) break;
        query.after = part.next;
    }
    CHECK(names.size() == 50);
    CHECK(std::ranges::is_sorted(names));
    CHECK(page({.search = "BERG"}).value().items.size() == 1);  // Bo Bergström
    CHECK(page({.search = "ia 1"}).value().items.empty());      // not in the middle of a word
    CHECK(page({.search = "100%"}).value().items.empty());
    CHECK(page({.search = "%"}).value().items.empty());
    CHECK(page({.search = "PIA 149"}).value().items.size() == 1);
    CHECK(page({.order = Order::Newest, .limit = 1}).value().items[0].name == "Pia 149");
    CHECK(page({.role = Role::Owner}).value().items.size() == 1);
    CHECK(page({.after = "nonsense"}).error().fault == Fault::Malformed);
    CHECK(page({.order = Order::Newest, .after = "x~1"}).error().fault == Fault::Malformed);
    const auto found = site.as("bo").get("/members?q=pia", {{"Accept-Encoding", "gzip"}});
    CHECK(found.has("rel=\"next\""));
    CHECK(found.header("Content-Encoding").empty());  // its length would tell what fits the search
    CHECK(site.guest().get("/members").status == 303);
    CHECK(site.as("bo").get("/members?after=%00").status >= 400);
}

TEST_CASE("suggestions for mentions are JSON, for members") {
    Site site{routes, profiles::routes};
    const auto answer = site.as("bo").get("/members/suggest?q=ol");
    CHECK(answer.status == 200);
    const auto json = answer.json();
    REQUIRE(json["items"].items().size() == 1);
    const auto& olga = json["items"].items()[0];
    CHECK(olga["handle"].string() == "olga");
    CHECK(olga["initials"].string() == "OL");
    CHECK(olga["hue"].integer().has_value());
    CHECK(site.guest().get("/members/suggest?q=ol").status == 303);
}

TEST_CASE("the API tells of members what the pages tell") {
    Site site{routes, profiles::routes};
    auto& bo = site.as("bo");
    const auto me = bo.api("GET", "/api/v1/me").json();
    CHECK(me["id"].string() == "24");
    CHECK(me["role"].string() == "member");
    CHECK(me["joined_at"].string() == "2025-10-09T08:53:20Z");
    CHECK_FALSE(me["email"].string());
    const auto page = bo.api("GET", "/api/v1/members?limit=2");
    CHECK(page.json()["items"].items().size() == 2);
    CHECK(page.header("Link").find("rel=\"next\"") != std::string::npos);
    CHECK(bo.api("GET", "/api/v1/members/26").status == 404);  // of another community
    CHECK(bo.api("GET", "/api/v1/members/x").status == 404);
    CHECK(bo.api("GET", "/api/v1/members?role=god").status == 422);
    CHECK(site.guest().get("/api/v1/members").status == 401);
}

TEST_CASE("an imported author is one placeholder, however often the import runs") {
    Site site{routes, profiles::routes};
    const auto import = [&] {
        return site.db().write([](db::Tx& tx) {
            return create_placeholder(tx, kSquare,
                                      {.source = "slack:T1",
                                       .source_key = "U7",
                                       .name = "Ina Imported",
                                       .handle = "ina",
                                       .joined_at = Instant{1500000000000000}});
        });
    };
    const MemberId ina = import();
    CHECK(import() == ina);
    const auto unseen = site.db().write([](db::Tx& tx) {
        return create_placeholder(
            tx, kSquare, {.source = "slack:T1", .source_key = "U8", .name = "\u202E\u200B"});
    });
    CHECK(of(site, unseen).name == "U8");
    CHECK(of(site, ina).state == State::Placeholder);
    CHECK(of(site, ina).handle == "ina");
    CHECK(counted(site) == 5);
    CHECK(site.announced("member.joined") == 0);
    CHECK(site.as("bo").get("/m/ina").has("Wrote here before"));

    const AccountId account = new_account(site, "ina@x.test");
    const auto claim = [&](AccountId who) {
        return site.db().write(
            [&](db::Tx& tx) { return claim_placeholder(tx, kSquare, ina, who, "Ina Ibsen", 1); });
    };
    CHECK(claim(AccountId{14}).error().key == "members.already_member");  // Bo is Bo
    CHECK(claim(account).has_value());
    CHECK(claim(account).error().fault == Fault::Conflict);
    CHECK(of(site, ina).state == State::Active);
    CHECK(of(site, ina).name == "Ina Ibsen");
    CHECK(counted(site) == 6);
    CHECK(import() == ina);
    CHECK(of(site, ina).name == "Ina Ibsen");
}

TEST_CASE("guests see profiles only where they may read") {
    Site site{routes, profiles::routes};
    CHECK(site.guest().get("/m/bo").status == 200);
    CHECK(site.guest().get("/m/nobody").status == 404);
    site.as("gus").viewer = {};
    CHECK(site.as("gus").get("/m/gus").status == 404);  // the Mill is closed to guests
}

TEST_CASE("names of a page of authors are one query") {
    Site site{routes, profiles::routes};
    site.db().read([](db::Tx& tx) {
        const Faces faces = names(tx, kSquare, {kBo, kAda, kBo, MemberId{26}, MemberId{}});
        CHECK(tx.statements() == 1);
        CHECK(faces[kBo].name == "Bo Bergström");
        CHECK(faces[MemberId{26}].name.empty());  // of another community
        CHECK(names(tx, kSquare, {})[kBo].name.empty());
        CHECK(tx.statements() == 1);
    });
}

TEST_CASE("rules are accepted in the version that was shown") {
    Site site{routes, profiles::routes};
    const auto accept = [&](std::int64_t version) {
        return site.db().write(
            [&](db::Tx& tx) { return accept_rules(tx, site.as("bo").viewer, version); });
    };
    site.db().write([&](db::Tx& tx) {
        return community::publish_rules(tx, site.as("olga").viewer, "Be very kind.");
    });
    CHECK(accept(1).error().key == "members.rules_newer");
    CHECK(accept(2).has_value());
    CHECK(of(site, kBo).rules_version == 2);
    CHECK(site.announced("rules.accepted") == 1);
    CHECK_FALSE(site.db().read([](db::Tx& tx) { return of_account(tx, kMill, AccountId{14}); }));
}

}  // namespace
}  // namespace torv::members
