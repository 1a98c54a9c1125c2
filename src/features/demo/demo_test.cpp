#include "features/demo/demo.hpp"

#include <doctest/doctest.h>

#include <set>

#include "features/accounts/accounts.hpp"
#include "features/demo/talk.hpp"
#include "features/members/members.hpp"
#include "features/spaces/spaces.hpp"
#include "features/topics/topics.hpp"
#include "platform/db/testing.hpp"

using namespace torv;
using std::chrono::minutes;

namespace {

demo::Made made_in(db::Db& db) {
    const auto made = demo::make(db, "http://localhost:8080");
    REQUIRE_MESSAGE(made, (made ? "" : made.error().key + " " + made.error().field));
    return *made;
}

std::int64_t count(db::Db& db, std::string_view sql) {
    return db.read([&](db::Tx& tx) { return tx.one(sql)->get<std::int64_t>(0); });
}

}  // namespace

TEST_CASE("the town is made, and making it again changes nothing") {
    for (const auto dialect : db::testing::dialects()) {
        db::testing::Scratch scratch(dialect);
        auto& db = scratch.db();
        const auto first = made_in(db);
        CHECK(first.fresh);
        CHECK(first.people >= 40);
        CHECK(first.topics >= 60);
        CHECK(first.posts >= 500);
        const auto posts = count(db, "SELECT COUNT(*) FROM posts");
        const auto activity = count(db, "SELECT COUNT(*) FROM activity");
        CHECK(posts == first.posts);
        const auto second = made_in(db);
        CHECK_FALSE(second.fresh);
        CHECK(count(db, "SELECT COUNT(*) FROM posts") == posts);
        CHECK(count(db, "SELECT COUNT(*) FROM activity") == activity);
    }
}

TEST_CASE("one can sign in as the owner, a moderator and a member, and each sees what is theirs") {
    db::testing::Scratch scratch(db::Dialect::Sqlite);
    const auto made = made_in(scratch.db());
    REQUIRE(made.guides.size() == 3);
    CHECK(made.guides[0].role == "owner");
    CHECK(made.guides[1].role == "moderator");
    CHECK(made.guides[2].role == "member");
    scratch.db().read([&](db::Tx& tx) {
        const auto sees = [&](const demo::Guide& guide, std::string_view slug) {
            const auto member = members::of_account(tx, made.community, guide.account);
            REQUIRE(member);
            const auth::Viewer viewer{.community = made.community,
                                      .account = guide.account,
                                      .id = member->id,
                                      .role = member->role};
            return spaces::find(tx, viewer, slug).has_value();
        };
        CHECK(sees(made.guides[0], "board"));
        CHECK(sees(made.guides[1], "board"));
        CHECK_FALSE(sees(made.guides[2], "board"));
        CHECK_FALSE(sees(made.guides[2], "kitchen"));
        CHECK(sees(made.guides[2], "torvet"));
    });
}

TEST_CASE("something is said on the day the town is made, so that its people have notices") {
    db::testing::Scratch scratch(db::Dialect::Sqlite);
    made_in(scratch.db());
    const auto lived = [&](std::string_view kind) {
        return count(scratch.db(), "SELECT COUNT(*) FROM activity WHERE origin = 0 AND kind = '" +
                                       std::string(kind) + "'");
    };
    CHECK(lived("post.created") >= 4);
    CHECK(lived("reaction.added") >= 4);
}

TEST_CASE("nothing in the town happens in the future") {
    db::testing::Scratch scratch(db::Dialect::Sqlite);
    made_in(scratch.db());
    const auto latest = count(scratch.db(), "SELECT MAX(created_at) FROM posts");
    CHECK(latest <= scratch.db().clock().now().us);
}

TEST_CASE("talk is read as its README says") {
    const auto talks = demo::read_talk("x.talk",
                                       "== A title\n~ 3 19:05 pinned\n-- bo\nHello\n\nthere\n++ 👍 "
                                       "ada bo ; ❤️ cleo\n-- ada +2h >1 edited\nYes\n");
    REQUIRE(talks.size() == 1);
    CHECK(talks[0].title == "A title");
    CHECK(talks[0].days == 3);
    CHECK(talks[0].at == minutes(19 * 60 + 5));
    CHECK(talks[0].pinned);
    REQUIRE(talks[0].posts.size() == 2);
    CHECK(talks[0].posts[0].text == "Hello\n\nthere");
    CHECK(talks[0].posts[0].reactions.size() == 3);
    CHECK(talks[0].posts[1].after == minutes(120));
    CHECK(talks[0].posts[1].answers == 1);
    CHECK(talks[0].posts[1].edited);
}

TEST_CASE("what is wrong in a talk is told with its line") {
    const auto message = [](std::string_view text) -> std::string {
        try {
            demo::read_talk("x.talk", text);
        } catch (const std::runtime_error& error) {
            return error.what();
        }
        return "";
    };
    CHECK(message("== A\n~ 3 19:05\n-- bo >1\nHi\n").starts_with("x.talk:3: "));
    CHECK(message("== A\n~ 3\n").starts_with("x.talk:2: "));
    CHECK(message("Hi\n").starts_with("x.talk:1: "));
    CHECK(message("== A\n~ 3 19:05\n-- bo\n-- ada\nHi\n").starts_with("x.talk:4: "));
}
