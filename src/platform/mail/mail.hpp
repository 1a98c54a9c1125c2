#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"
#include "platform/jobs/jobs.hpp"

/// Mail goes into an outbox in the transaction that causes it, and out of it by a job. Without
/// a mail server it stays there, for the owner's eyes.
namespace torv::mail {

using MailId = Id<struct MailTag>;

struct Header {
    std::string name;
    std::string value;
};

struct Message {
    std::string to;               ///< one address: "maja@example.org"
    std::string subject;          ///< UTF-8, one line
    std::string text;             ///< UTF-8
    std::string html;             ///< may be empty
    std::vector<Header> headers;  ///< ASCII, one line each: List-Unsubscribe and the like
};

/// What could go in an address line: one `@`, no spaces, no control characters, at most 254 bytes.
bool is_address(std::string_view text);

/// Puts a mail into the outbox. Faults: Invalid "mail.bad_address" (field "email"), Invalid
/// "mail.bad_header" for a line end or other control character in the subject or a header.
Result<MailId> enqueue(db::Tx& tx, CommunityId community, const Message& message);

enum class State {
    Waiting = 0,
    Sent = 1,
    Failed = 2,  ///< refused for good; what is refused for now stays waiting
    Shown = 3,   ///< there was no mail server
};

/// A mail in the outbox.
struct Mail {
    MailId id;
    State state = State::Waiting;
    std::string to, subject, text;  ///< text is emptied when the mail was sent
    Instant created_at;
    Instant sent_at;         ///< 0: not
    std::string last_error;  ///< the server's words
};

/// Newest first, older than `before` when it is not 0.
std::vector<Mail> outbox(db::Tx& tx, CommunityId community, MailId before, int limit);

struct Server {
    std::string url;   ///< "smtp://user:password@mail.example.org:587", "smtps://…"; empty: none
    std::string from;  ///< "Torv <torv@example.org>"
};

/// Sends from now on what is enqueued, and tries again what a server refuses for now. Without a
/// server mails are marked as shown.
void send_by(jobs::Runner& runner, Server server);
/// Removes mails older than a month. Gives their number.
std::int64_t prune(db::Tx& tx, CommunityId community);

}  // namespace torv::mail
