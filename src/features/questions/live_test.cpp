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

TEST_CASE("that an answer was accepted shows on open pages, and who asked may say so there") {
    Square square;
    const auto question = square.site.as("bo").post(
        "/s/garden/topics", {{"title", "How do I prune a pear?"}, {"body", "I wonder."}});
    const std::string topic = question.location().substr(3, question.location().find('/', 3) - 3);
    const auto answer = [&](std::string_view who, const std::string& words) {
        return square.site.as(who).post("/t/" + topic + "/posts", {{"body", words}}).location();
    };
    Page bo(square, "bo"), ada(square, "ada"), guest(square, ""), list(square, "");
    for (Page* page : {&bo, &ada, &guest}) square.follow(*page, "topic:" + topic);
    const auto first = answer("cleo", "In summer."), second = answer("cleo", "In winter.");
    const std::string button = "form=\"accept\" formaction=\"" + first + "/accepted\"";
    CHECK(has(bo.next(), button + " data-for=\"24\""));
    const auto to_ada = ada.next();
    CHECK(has(to_ada, button));
    CHECK(!has(to_ada, "data-for"));
    CHECK(!has(guest.next(), "<button"));
    for (Page* page : {&bo, &ada, &guest}) CHECK(page->next()["do"].string_or("") == "said");
    square.follow(list, "space:32");

    for (const auto& helped : {first, second}) {
        REQUIRE(square.site.as("bo").put(helped + "/accepted").status == 303);
        for (Page* page : {&bo, &ada, &guest}) CHECK(page->next()["do"].string_or("") == "changed");
        CHECK(has(list.next(), "Answered"));
    }
    REQUIRE(square.site.as("cleo").del(second).status == 303);
    CHECK(guest.next()["do"].string_or("") == "post");
    CHECK(guest.next()["do"].string_or("") == "changed");
}
