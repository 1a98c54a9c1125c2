#pragma once

#include "features/circles/store.hpp"
#include "platform/json/json.hpp"
#include "platform/web/web.hpp"

/// What rules, pages and the API of this slice share.
namespace torv::circles {

inline constexpr int kMost = 200;  ///< circles of a community
inline constexpr std::size_t kNameMax = 60;
inline constexpr std::size_t kDescriptionMax = 500;
inline constexpr std::size_t kQuestionMax = 200;
inline constexpr std::size_t kAnswerMax = 500;
inline constexpr int kAmountMost = 10'000;
inline constexpr int kDaysMost = 3'650;
inline constexpr std::size_t kPreviewed = 50;  ///< people named in a preview

store::Eyes eyes_of(const auth::Viewer& viewer);
/// A circle that the viewer may see and whose people they may change. Faults: NotFound, Forbidden.
Result<Circle> for_keeper(db::Tx& tx, const auth::Viewer& viewer, CircleId id);
/// Says that who may see what has changed, when the circle opens a space.
void note_access(db::Tx& tx, CommunityId community, const Circle& circle);

/// The circle that a page is about, by its slug; by its id too, as notices know it.
Result<Circle> named_in_path(db::Tx& tx, const web::Context& ctx);
/// A page of the people of a circle.
struct Slice {
    std::vector<store::Person> people;
    std::string next;  ///< cursor; empty: that was all
};
Result<Slice> one_page(db::Tx& tx, const auth::Viewer& viewer, CircleId id,
                       std::string_view cursor);

/// Who has left the community is in none of its circles any more.
void tidy(db::Db& db, CommunityId community);
/// "rule": what it asks, or null.
void write_rule(json::Writer& json, const Circle& circle);

void rule_routes(web::Routes& routes);
void api_routes(web::Routes& routes);
void form_routes(web::Routes& routes);

}  // namespace torv::circles
