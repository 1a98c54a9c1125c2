#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "platform/auth/auth.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"
#include "platform/html/html.hpp"

namespace torv::web {
class Context;
}

/// Emoji under posts: who gave which. Counts stand on the post; whether the post may be seen is
/// asked in features/topics, which calls this.
namespace torv::reactions {

inline constexpr std::size_t kOnPostMax = 20;   ///< different emoji under one post
inline constexpr std::size_t kByMemberMax = 8;  ///< of one member under one post

/// The few that are offered with one press, in their order.
const std::vector<std::string_view>& offered();

/// Emoji and how many gave it, in the order in which they first came.
using Counts = std::vector<std::pair<std::string, std::int64_t>>;
Counts counts_from(std::string_view json);
std::string counts_json(const Counts& counts);  ///< "" when there are none
std::int64_t sum_of(const Counts& counts);

/// What the viewer gave, by post. One query; none for guests.
using Own = std::unordered_map<PostId, std::vector<std::string>>;
Own own(db::Tx& tx, const auth::Viewer& viewer, const std::vector<PostId>& posts);

/// Is this emoji among them, however it is written?
bool holds(const std::vector<std::string>& given, std::string_view emoji);

/// Adds one and brings `counts` up to date; false: was there already. Faults: Invalid
/// "reactions.not_emoji", "reactions.too_many".
Result<bool> add(db::Tx& tx, CommunityId community, PostId post, MemberId member,
                 std::string_view emoji, Instant at, Counts& counts);
/// Takes one back; false: was not there.
bool remove(db::Tx& tx, CommunityId community, PostId post, MemberId member, std::string_view emoji,
            Counts& counts);

/// Who gave what under a post: emoji and member, oldest first; at most 200.
struct Given {
    std::string emoji;
    MemberId member;
    Instant at;
};
std::vector<Given> given(db::Tx& tx, CommunityId community, PostId post);

/// The row of reactions under a post. Its buttons belong to the form of `shared`, and "add one"
/// leads to a page of `choices` where there is no script.
enum class Press { Allowed, ShownOnly };
void bar(html::Out& out, const web::Context& ctx, PostId post, const Counts& counts,
         const std::vector<std::string>* mine, Press press);
/// Once on a page with rows that may be pressed: their form, and the menu of emoji. Repeated under
/// each post they were half of a long page.
void shared(html::Out& out, const web::Context& ctx);
/// The emoji that are offered, as a form for one post.
void choices(html::Out& out, const web::Context& ctx, PostId post);

}  // namespace torv::reactions
