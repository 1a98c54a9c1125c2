#pragma once

#include <string>
#include <vector>

#include "features/accounts/accounts.hpp"
#include "features/notifications/inbox.hpp"
#include "features/notifications/mail_store.hpp"
#include "platform/i18n/i18n.hpp"

/// Notices by mail: whom, when, and the letter itself.
namespace torv::notifications {

/// A member as letters see them.
struct Addressee {
    auth::Viewer viewer;
    std::string email;
    std::string zone;
    const i18n::Words& t;
};

/// The moment as the clock of that zone shows it.
Local local_time(Instant at, std::string_view zone);
/// Where the member lives, as far as they or the language of the community say.
std::string zone_of(const accounts::Account& account, std::string_view language);

/// What would go by mail now: unread, not told in a mail before, at most two weeks old.
std::vector<Line> unmailed(const Page& page, const store::Waiting& waiting,
                           const Settings& settings, Instant now);

/// What a letter says; `address` is the community's: "https://square.example".
struct Letter {
    std::string subject;
    std::string text;
    std::string html;
};
Letter letter(const Addressee& to, std::string_view community, std::string_view address,
              std::string_view unsubscribe, const Page& page, const std::vector<Line>& lines);

/// The member of the key at the end of an unsubscribe_path. Fault: NotFound.
Result<MemberId> member_of_key(std::string_view secret, CommunityId community,
                               std::string_view key);

}  // namespace torv::notifications
