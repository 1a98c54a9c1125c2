#include <doctest/doctest.h>

#include "features/search/search.hpp"
#include "features/topics/topics.hpp"
#include "platform/activity/activity.hpp"
#include "platform/base/text.hpp"
#include "platform/testing/site.hpp"

using namespace torv;
using testing::Site;

namespace {

struct Square {
    Square() : site({topics::routes, search::routes}) { search::follow(site.activity()); }

    void begin(std::string_view who, const std::string& space, const std::string& title,
               const std::string& body = "What do you think?") {
        site.clock().advance(std::chrono::seconds(10));
        REQUIRE(site.as(who)
                    .post("/s/" + space + "/topics", {{"title", title}, {"body", body}})
                    .status == 303);
    }
    testing::Answer like(std::string_view who, const std::string& title) {
        site.settle();
        return site.as(who).get("/search/similar?title=" + percent_encode(title));
    }
    Site site;
};

/// Gardens and weather, among which the others stand.
void fill(Square& square) {
    for (const auto* plant : {"roses", "pears", "beans", "nettles", "leeks", "herbs", "figs"}) {
        square.begin("bo", "garden", "When do you plant " + std::string(plant));
        square.begin("bo", "garden", "Where do the best " + std::string(plant) + " grow");
    }
}

std::size_t place(const testing::Answer& page, std::string_view words) {
    return page.body.find(words);
}

}  // namespace

TEST_CASE("while a title is written, topics like it are shown, the likest first") {
    Square square;
    fill(square);
    square.begin("ada", "lounge", "How do I clean an espresso machine?");
    square.begin("ada", "lounge", "Which espresso machine lasts longest?");
    square.begin("ada", "lounge", "Weather on Saturday");
    const auto found = square.like("bo", "Cleaning the espresso machine");
    CHECK(found.has("How do I clean an espresso machine?"));
    CHECK(found.has("Which espresso machine lasts longest?"));
    CHECK(place(found, "How do I clean") < place(found, "lasts longest"));
    CHECK_FALSE(found.has("Weather on Saturday"));
    CHECK_FALSE(found.has("plant"));
    // In the opening post too, after those that have it in the title.
    square.begin("ada", "lounge", "Kitchen duty", "Somebody has to clean the espresso machine.");
    const auto more = square.like("bo", "Cleaning the espresso machine");
    CHECK(place(more, "How do I clean") < place(more, "Kitchen duty"));
}

TEST_CASE("one shared word is no likeness, and nothing is said of nothing") {
    Square square;
    fill(square);
    CHECK_FALSE(square.like("bo", "When does the bus leave for town?").has("<section"));
    CHECK_FALSE(square.like("bo", "xyzzy plugh").has("<section"));
    CHECK_FALSE(square.like("bo", "").has("<section"));
    CHECK_FALSE(square.like("bo", "\" OR * ' ; --").has("<section"));
}

TEST_CASE("nothing is shown that the writer may not read, nor what is gone") {
    Square square;
    square.begin("cleo", "kitchen", "Secret saffron recipe of grandmother");
    square.begin("ada", "garden", "Saffron recipe for everybody");
    const auto bo = square.like("bo", "A saffron recipe");
    CHECK_FALSE(bo.has("Secret"));
    CHECK(bo.has("Saffron recipe for everybody"));
    CHECK(square.like("cleo", "A saffron recipe").has("Secret saffron recipe"));
    CHECK(square.site.as("").get("/search/similar?title=saffron").status != 200);
    const auto empty = square.like("bo", "grandmother secret").body;
    CHECK(empty == square.like("bo", "sawdust sandpaper").body);

    const auto opening = square.site.db().read([](db::Tx& tx) {
        return tx
            .one("SELECT first_post_id FROM topics WHERE community_id = 1 AND title LIKE '%every%'")
            ->get<PostId>(0)
            .text();
    });
    REQUIRE(square.site.as("ada").del("/p/" + opening).status == 303);
    CHECK_FALSE(square.like("bo", "A saffron recipe").has("everybody"));
}

TEST_CASE("a title is understood in the languages people write") {
    Square square;
    fill(square);
    square.begin("ada", "lounge", "Hvordan vasker jeg mine cykler på Ærø?");
    CHECK(square.like("bo", "At vaske en cykel på Aeroe").has("Hvordan vasker"));
}
