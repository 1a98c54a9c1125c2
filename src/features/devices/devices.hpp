#pragma once

#include <string_view>

#include "platform/db/db.hpp"
#include "platform/fetch/fetch.hpp"
#include "platform/push/push.hpp"

namespace torv::activity {
class Runner;
}
namespace torv::jobs {
class Runner;
}
namespace torv::i18n {
class Catalogue;
}
namespace torv::web {
class Routes;
}

/// Phones and computers that are told when no page is open.
namespace torv::devices {

using DeviceId = Id<struct DeviceTag>;

/// The installation's keys, made at first use; every node has the same.
push::Keys keys(db::Db& db);
/// Where the operator of the installation is reached, as push services ask: its https address, else
/// the sender of its mails, else its address as it is.
std::string contact(std::string_view address, std::string_view mail_from);

/// Notes whose turn it is.
void follow(activity::Runner& activity, jobs::Runner& jobs);
/// Puts what is to be told now into the outbox, in small writes; for a chore of every few seconds.
/// Gives how many messages.
int take_turns(db::Db& db, const i18n::Catalogue& catalogue);

/// Sends what is in the outbox. All are borrowed for as long as the runner lives.
struct Post {
    const i18n::Catalogue& catalogue;
    push::Sender sender;
    fetch::Inside inside;
};
void send_by(jobs::Runner& jobs, Post post);
/// Forgets devices whose session has run out, and messages that nobody sends any more; a chore of
/// each day.
void sweep(db::Db& db);

void routes(web::Routes& routes);

}  // namespace torv::devices
