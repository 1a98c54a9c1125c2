#include "app/rights_targets_test.hpp"
#include "features/bookmarks/bookmarks.hpp"
#include "features/scheduling/scheduling.hpp"
#include "features/topics/topics.hpp"

/// Targets that a member keeps for themselves.
namespace torv::app::rights {

Values a_bookmark(House& house, const Where& where) {
    const auto made = a_post(house, where);
    const auto post = PostId::parse(made.at("post")).value();
    const auto author = house.viewer("author");
    house.site.db()
        .write([&](db::Tx& tx) { return bookmarks::put(tx, author, post, "", {}); })
        .value();
    return made;
}

Values a_scheduled(House& house, const Where& where) {
    Values made = a_topic(house, where);
    const auto author = house.viewer("author");
    const scheduling::Plan plan{.topic = TopicId::parse(made.at("topic")).value(),
                                .body = "I bring bread.",
                                .at = "2027-02-01T08:00",
                                .zone = "Europe/Copenhagen"};
    const auto id =
        house.site.db().write([&](db::Tx& tx) { return scheduling::put(tx, author, plan); });
    made["scheduled"] = id.value().text();
    return made;
}

}  // namespace torv::app::rights
