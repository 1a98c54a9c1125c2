#include "features/profiles/directory.hpp"

#include <algorithm>

#include "features/profiles/directory_store.hpp"
#include "features/profiles/values.hpp"
#include "platform/base/text.hpp"

namespace torv::profiles {

namespace {

constexpr int kOffered = 30;
constexpr int kMostOfPage = 100;
constexpr int kSkillsOnCard = 4;
/// So many are fetched and sorted rather than met while going through everybody: of those who hold
/// one value, and of those who hold the rarest of several, which are seldom met together.
constexpr std::int64_t kFewOfOne = 2'000, kFewOfSeveral = 12'000;

constexpr std::array<std::string_view, 6> kFilterNames{"skill", "interest", "language",
                                                       "place", "offer",    "seek"};

/// "key~id", where the key sorts.
Result<store::After> after_of(std::string_view cursor, members::Order order) {
    store::After after{.key = {}, .number = INT64_MAX, .id = MemberId{INT64_MAX}};
    if (order == members::Order::Name) after.id = MemberId{};
    if (cursor.empty()) return after;
    const auto bad = [] { return fail(Fault::Malformed, "web.bad_cursor", "cursor"); };
    const std::size_t split_at = cursor.rfind('~');
    if (split_at == cursor.npos || !is_utf8(cursor)) return bad();
    const auto id = MemberId::parse(cursor.substr(split_at + 1));
    if (!id) return bad();
    after.id = *id;
    after.key = std::string(cursor.substr(0, split_at));
    if (order == members::Order::Name) return after;
    const auto number = parse_int<std::int64_t>(after.key);
    if (!number) return bad();
    after.number = *number;
    return after;
}

std::vector<store::Line> lines_of(db::Tx& tx, CommunityId community, const store::Asked& asked,
                                  const store::After& after, members::Order order, bool few) {
    if (order == members::Order::Name)
        return few ? store::few_by_name(tx, community, asked, after)
                   : store::all_by_name(tx, community, asked, after);
    return few ? store::few_by_newest(tx, community, asked, after)
               : store::all_by_newest(tx, community, asked, after);
}

/// The rarest of the marks and how many hold it; 0 when nobody holds one of them.
store::Held rarest(db::Tx& tx, CommunityId community, const db::Texts& marks) {
    const auto held = store::held(tx, community, marks);
    if (held.size() < marks.values.size()) return {};
    return *std::ranges::min_element(held, {}, &store::Held::members);
}

}  // namespace

Result<members::Page> find(db::Tx& tx, CommunityId community, const Wanted& wanted) {
    const store::After after = TRY(after_of(wanted.after, wanted.order));
    const int limit = std::clamp(wanted.limit, 1, kMostOfPage);
    store::Asked asked{.pattern = members::pattern_of(wanted.search),
                       .role = wanted.role ? static_cast<int>(*wanted.role) : -1,
                       .marks = {},
                       .rarest = {},
                       .limit = limit + 1};
    auto& marks = asked.marks.values;
    for (const auto& [kind, value] : wanted.holds) marks.push_back(mark_of(kind, value));
    std::ranges::sort(marks);
    marks.erase(std::ranges::unique(marks).begin(), marks.end());
    bool few = false;
    if (!marks.empty()) {
        const auto rare = rarest(tx, community, asked.marks);
        if (rare.members == 0) return members::Page{};
        asked.rarest = rare.mark;
        few = rare.members <= (marks.size() == 1 ? kFewOfOne : kFewOfSeveral);
    }
    auto lines = lines_of(tx, community, asked, after, wanted.order, few);
    members::Page page;
    if (lines.size() > static_cast<std::size_t>(limit)) {
        lines.pop_back();
        page.next = lines.back().key + "~" + lines.back().id.text();
    }
    std::vector<MemberId> ids;
    for (const auto& line : lines) ids.push_back(line.id);
    page.items = members::these(tx, community, ids);
    return page;
}

std::unordered_map<MemberId, std::string> told(db::Tx& tx, CommunityId community,
                                               const std::vector<members::Member>& page) {
    db::Ids ids;
    for (const auto& member : page) ids.values.push_back(member.id.value);
    std::unordered_map<MemberId, std::string> lines;
    if (ids.values.empty()) return lines;
    Kind last = Kind::Place;
    std::unordered_map<MemberId, int> skills;
    for (const auto& one : store::told(tx, community, ids)) {
        if (one.kind == Kind::Skills && ++skills[one.id] > kSkillsOnCard) continue;
        std::string& line = lines[one.id];
        if (!line.empty()) line += last == Kind::Place ? " · " : ", ";
        line += one.text;
        last = one.kind;
    }
    return lines;
}

std::vector<std::string> offered(db::Tx& tx, CommunityId community, Kind kind) {
    return store::offered(tx, community, kind, kOffered);
}

std::string_view filter_name(Kind kind) { return kFilterNames[static_cast<std::size_t>(kind) - 1]; }

std::string holders_path(Kind kind, std::string_view value) {
    return "/members?" + std::string(filter_name(kind)) + "=" + percent_encode(value);
}

}  // namespace torv::profiles
