#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "features/topics/topics.hpp"
#include "platform/auth/auth.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/db/db.hpp"

namespace torv::web {
class Routes;
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

void routes(web::Routes& routes);

}  // namespace torv::messages
