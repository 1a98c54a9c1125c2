#include "features/reactions/reactions.hpp"

#include <algorithm>

#include "features/reactions/store.hpp"
#include "platform/base/emoji.hpp"
#include "platform/json/json.hpp"

namespace torv::reactions {

const std::vector<std::string_view>& offered() {
    static const std::vector<std::string_view> few{"👍", "❤️", "😄", "🎉", "🙏", "👀"};
    return few;
}

Counts counts_from(std::string_view json) {
    Counts counts;
    if (json.empty()) return counts;
    const auto parsed = json::parse(json);
    if (!parsed) return counts;
    for (const auto& [emoji, count] : parsed->members())
        counts.emplace_back(emoji, count.integer().value_or(0));
    return counts;
}

std::int64_t sum_of(const Counts& counts) {
    std::int64_t sum = 0;
    for (const auto& [emoji, count] : counts) sum += count;
    return sum;
}

std::string counts_json(const Counts& counts) {
    if (counts.empty()) return {};
    json::Writer json;
    json.object();
    for (const auto& [emoji, count] : counts) json.field(emoji, count);
    json.end();
    return json.take();
}

Own own(db::Tx& tx, const auth::Viewer& viewer, const std::vector<PostId>& posts) {
    if (!viewer.is_member() || posts.empty()) return {};
    return store::own(tx, viewer.community, viewer.id, posts);
}

bool holds(const std::vector<std::string>& given, std::string_view emoji) {
    return is_emoji(emoji) && std::ranges::find(given, normal_emoji(emoji)) != given.end();
}

Result<bool> add(db::Tx& tx, CommunityId community, PostId post, MemberId member,
                 std::string_view typed, Instant at, Counts& counts) {
    if (!is_emoji(typed)) return fail(Fault::Invalid, "reactions.not_emoji", "emoji");
    const std::string emoji = normal_emoji(typed);
    const auto known = std::ranges::find(counts, emoji, &Counts::value_type::first);
    if (known == counts.end() && counts.size() >= kOnPostMax)
        return fail(Fault::Invalid, "reactions.too_many", "emoji");
    const auto mine = store::of_member(tx, community, post, member);
    if (std::ranges::find(mine, emoji) != mine.end()) return false;
    if (mine.size() >= kByMemberMax) return fail(Fault::Invalid, "reactions.too_many", "emoji");

    if (!store::insert(tx, community, post, member, emoji, at)) return false;
    if (known == counts.end()) counts.emplace_back(emoji, 1);
    else ++known->second;
    return true;
}

bool remove(db::Tx& tx, CommunityId community, PostId post, MemberId member, std::string_view typed,
            Counts& counts) {
    const std::string emoji = normal_emoji(typed);
    if (!store::remove(tx, community, post, member, emoji)) return false;
    const auto known = std::ranges::find(counts, emoji, &Counts::value_type::first);
    if (known != counts.end() && --known->second <= 0) counts.erase(known);
    return true;
}

std::vector<Given> given(db::Tx& tx, CommunityId community, PostId post) {
    return store::given(tx, community, post);
}

}  // namespace torv::reactions
