#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/mail/mail.hpp"

namespace torv::mail::store {

void insert(db::Tx& tx, CommunityId community, MailId id, const Message& message);
/// A mail that waits.
std::optional<Message> waiting(db::Tx& tx, CommunityId community, MailId id);
/// Sent mails lose their text.
void set_state(db::Tx& tx, CommunityId community, MailId id, State state, std::string_view error);
std::vector<Mail> newest(db::Tx& tx, CommunityId community, MailId before, int limit);
std::int64_t remove_before(db::Tx& tx, CommunityId community, Instant moment);

}  // namespace torv::mail::store
