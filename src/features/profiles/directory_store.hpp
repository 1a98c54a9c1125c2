#pragma once

#include <string>
#include <vector>

#include "features/profiles/directory.hpp"

/// SQL of the directory.
namespace torv::profiles::store {

struct Held {
    std::string mark;
    std::int64_t members = 0;
};
/// How many show each of these to members; those that nobody shows are left out.
std::vector<Held> held(db::Tx& tx, CommunityId community, const db::Texts& marks);

/// What a page holds.
struct Asked {
    std::string pattern;  ///< of LIKE, over search_key
    int role = -1;        ///< exactly this one; -1: any
    db::Texts marks;      ///< each of these
    std::string rarest;   ///< of them
    int limit = 40;
};
/// After whom it begins.
struct After {
    std::string key;          ///< by name
    std::int64_t number = 0;  ///< by newest
    MemberId id;
};
struct Line {
    MemberId id;
    std::string key;  ///< what the next page's cursor is made of
};
/// `all_`: goes through the members in their order. `few_`: through those who hold the rarest.
std::vector<Line> all_by_name(db::Tx& tx, CommunityId community, const Asked&, const After&);
std::vector<Line> few_by_name(db::Tx& tx, CommunityId community, const Asked&, const After&);
std::vector<Line> all_by_newest(db::Tx& tx, CommunityId community, const Asked&, const After&);
std::vector<Line> few_by_newest(db::Tx& tx, CommunityId community, const Asked&, const After&);

struct Told {
    MemberId id;
    Kind kind = Kind::Skills;
    std::string text;
};
/// Places and skills that these show to members, in the order of their fields.
std::vector<Told> told(db::Tx& tx, CommunityId community, const db::Ids& members);

/// Values of a kind, as somebody active writes them, held most often, first.
std::vector<std::string> offered(db::Tx& tx, CommunityId community, Kind kind, int limit);

}  // namespace torv::profiles::store
