#include "app/rights_targets_test.hpp"
#include "features/circles/circles.hpp"

namespace torv::app::rights {

namespace {

constexpr CommunityId kSquare{1};

template <class Fn>
auto written(House& house, Fn fn) {
    return house.site.db().write(fn);
}

/// A circle that the owner makes.
circles::Circle made(House& house, circles::NewCircle wanted) {
    const auto owner = house.viewer("owner");
    wanted.name = "circle " + std::to_string(house.fresh()) + "x";
    return written(house,
                   [&](db::Tx& tx) {
                       // A community has so many and no more; the older ones have been tried.
                       tx.run(
                           "UPDATE circles SET removed_at = 1 WHERE community_id = 1 AND id NOT IN "
                           "(SELECT id FROM circles WHERE community_id = 1 ORDER BY id DESC "
                           "LIMIT 100)");
                       const auto id = circles::create(tx, owner, wanted).value();
                       return circles::find(tx, owner, id);
                   })
        .value();
}

}  // namespace

Values a_door(House& house, const Where& where) {
    const auto opens = made(house, {}), other = made(house, {});
    written(house, [&](db::Tx& tx) { circles::open_space(tx, kSquare, opens.id, where.space); });
    Values values = a_space(house, where);
    values["circle"] = opens.id.text();
    values["new_circle"] = other.id.text();
    return values;
}

Values a_circle(House& house, const Where& where) {
    Values values = a_member(house, where);
    values["circle"] = made(house, {.entry = circles::Entry::Request}).slug;
    return values;
}

Values an_open_circle(House& house, const Where&) {
    return {{"circle", made(house, {.entry = circles::Entry::Open}).slug}};
}

Values a_hidden_circle(House& house, const Where&) {
    const auto circle = made(house, {.visibility = circles::Visibility::Own});
    const auto owner = house.viewer("owner"), author = house.viewer("author");
    written(house, [&](db::Tx& tx) {
        return circles::put_in(tx, owner, circle.id, author.id);
    }).value();
    return {{"circle", circle.id.text()}};
}

Values a_circle_seat(House& house, const Where& where) {
    const auto circle = made(house, {.entry = circles::Entry::Request});
    Values values = a_member(house, where);
    const auto owner = house.viewer("owner");
    const auto member = MemberId::parse(values.at("member")).value();
    written(house, [&](db::Tx& tx) {
        return circles::put_in(tx, owner, circle.id, member);
    }).value();
    values["circle"] = circle.id.text();
    return values;
}

Values a_ruled_circle(House& house, const Where&) {
    const auto circle = made(house, {});
    const auto owner = house.viewer("owner");
    const circles::Rule rule{.metric = circles::Metric::Posts, .amount = 9, .days = 30};
    written(house, [&](db::Tx& tx) {
        return circles::set_rule(tx, owner, circle.id, rule);
    }).value();
    return {{"circle", circle.id.text()}};
}

Values a_circle_request(House& house, const Where& where) {
    const auto circle = made(house, {.entry = circles::Entry::Request});
    Values values = a_member(house, where);
    auto asker = house.viewer("author");
    asker.id = MemberId::parse(values.at("member")).value();
    written(house, [&](db::Tx& tx) { return circles::ask(tx, asker, circle.id, "Bread"); }).value();
    values["circle"] = circle.id.text();
    return values;
}

}  // namespace torv::app::rights
