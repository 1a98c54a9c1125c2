#include "platform/live/live.hpp"

#include <doctest/doctest.h>

#include <thread>

#include "features/questions/questions.hpp"
#include "platform/live/house_test.hpp"

using namespace torv;
using live::House;
using live::Page;

namespace {

live::Registry slices() {
    live::Registry registry;
    spaces::live(registry);
    topics::live(registry);
    return registry;
}

/// The Garden is for questions, and open.
struct Square : House {
    Square() : House(slices(), {topics::routes, questions::routes}) {
        site.db().write([](db::Tx& tx) {
            tx.run("UPDATE spaces SET kind = 1, visibility = 0 WHERE community_id = 1 AND id = 32");
        });
    }
    void follow(Page& page, const std::string& stream) {
        settle();
        page.follow(stream, position());
        CHECK(page.next()["do"].string_or("") == "on");
    }
    /// Everything that was written has its position.
    void settle() {
        while (true) {
            const auto rows = site.db().read([](db::Tx& tx) {
                return tx.one("SELECT COUNT(*) FROM activity WHERE community_id = 1")
                    ->get<std::int64_t>(0);
            });
            if (position() >= rows) return hub.settle();
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }
};

bool has(const json::Value& news, std::string_view text) {
    return news["html"].string_or("").find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("that an answer was accepted shows on open pages, to each with what they may do") {
    Square square;
    const auto question = square.site.as("bo").post(
        "/s/garden/topics", {{"title", "How do I prune a pear?"}, {"body", "I wonder."}});
    const std::string topic = question.location().substr(3, question.location().find('/', 3) - 3);
    const auto answer = [&](std::string_view who, const std::string& words) {
        return square.site.as(who).post("/t/" + topic + "/posts", {{"body", words}}).location();
    };
    const auto first = answer("cleo", "In summer."), second = answer("cleo", "In winter.");
    Page cleo(square, "cleo"), ada(square, "ada"), guest(square, ""), list(square, "");
    for (Page* page : {&cleo, &ada, &guest}) square.follow(*page, "topic:" + topic);
    square.follow(list, "space:32");

    REQUIRE(square.site.as("bo").put(first + "/accepted").status == 303);
    CHECK(cleo.next()["do"].string_or("") == "changed");
    const auto to_cleo = cleo.next();
    CHECK(to_cleo["post"].string_or("") == first.substr(3));
    CHECK(has(to_cleo, "post--accepted"));
    CHECK(has(to_cleo, "form=\"unaccept\" formaction=\"" + first + "/accepted\" data-for=\"24\""));
    CHECK(ada.next()["do"].string_or("") == "changed");
    const auto to_ada = ada.next();
    CHECK(has(to_ada, "form=\"unaccept\""));
    CHECK(!has(to_ada, "data-for"));
    guest.next();
    const auto to_guest = guest.next();
    CHECK(has(to_guest, "Accepted answer"));
    CHECK(!has(to_guest, "<button"));
    CHECK(has(list.next(), "Answered"));

    // What was accepted before comes along.
    REQUIRE(square.site.as("bo").put(second + "/accepted").status == 303);
    cleo.next();
    const auto before = cleo.next(), now = cleo.next();
    CHECK(before["post"].string_or("") == first.substr(3));
    CHECK(!has(before, "post--accepted"));
    CHECK(now["post"].string_or("") == second.substr(3));
    CHECK(has(now, "post--accepted"));
}
