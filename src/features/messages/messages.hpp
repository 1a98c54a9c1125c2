#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "features/topics/topics.hpp"
#include "platform/auth/auth.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/db/db.hpp"

namespace torv::web {
class Context;
class Routes;
}  // namespace torv::web
namespace torv::html {
class Out;
}
namespace torv::live {
class Registry;
}

/// Direct and group messages: beginning them, their lists and pages, requests, and whom a member
/// has blocked. Who may read and write is in features/conversations.
namespace torv::messages {

inline constexpr int kOnPage = 30;
/// Conversations that somebody may begin in a day; fewer in their first week.
inline constexpr int kBegunADay = 30;
inline constexpr int kBegunADayNew = 5;

/// Says the first thing to these members: in the conversation there is, when it is one member, else
/// in a new one. Faults: Invalid (field "to") "messages.to_nobody", "messages.to_many",
/// "messages.unknown"; Forbidden as conversations::welcome; TooMany "messages.too_many_new".
Result<TopicId> begin(db::Tx& tx, const auth::Viewer& viewer, const std::vector<MemberId>& to,
                      std::string_view title, const topics::Prepared& text);

/// As in conversations; what waited there is no news any more.
Done decline(db::Tx& tx, const auth::Viewer& viewer, TopicId topic);
Done leave(db::Tx& tx, const auth::Viewer& viewer, TopicId topic);

/// What these conversations are called for the viewer, who may read them; those among the 300 that
/// were last written in. Five queries.
std::unordered_map<TopicId, std::string> names(db::Tx& tx, const web::Context& ctx,
                                               const std::vector<TopicId>& topics);
/// The mark at "Messages", when something is new there. Requests are a quiet line on the page
/// itself.
void dot(html::Out& out, const web::Context& ctx, bool fresh);

/// The stream "messages:24": what waits for its member. And who has blocked somebody is not told
/// that they are here or write, nor they of them.
void live(live::Registry& registry);

void routes(web::Routes& routes);

}  // namespace torv::messages
