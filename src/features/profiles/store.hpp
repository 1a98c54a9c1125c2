#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/profiles/profiles.hpp"

/// All SQL of what members tell of themselves.
namespace torv::profiles::store {

struct Row {
    Kind kind = Kind::Skills;
    std::string text;
    std::string mark;
    Shown shown = Shown::Members;
};
/// What is shown to `least` or to more, field by field in their order.
std::vector<Row> values(db::Tx& tx, CommunityId community, MemberId member, Shown least);

struct Choice {
    Kind kind = Kind::Skills;
    Shown shown = Shown::Members;
};
/// Who may see which field, as far as it was ever said.
std::vector<Choice> choices(db::Tx& tx, CommunityId community, MemberId member);
/// Says who may see a field; without a word it stays as it is. Holds it until the transaction ends.
void choose(db::Tx& tx, CommunityId community, MemberId member, Kind kind,
            std::optional<Shown> shown);

void drop(db::Tx& tx, CommunityId community, MemberId member, Kind kind);
void keep(db::Tx& tx, CommunityId community, MemberId member, const Row& row, int position);
/// One more, or one less, shows this value to members.
void count(db::Tx& tx, CommunityId community, const Row& row, int difference);

}  // namespace torv::profiles::store
