#pragma once

#include <string>
#include <string_view>

#include "platform/mail/mail.hpp"

namespace torv::mail {

enum class Verdict { Accepted, NotNow, Never };

struct Reply {
    Verdict verdict = Verdict::NotNow;
    std::string words;  ///< the server's, or what went wrong on the way to it
};

/// Hands one mail to the server. Takes up to 60 seconds.
Reply send(const Server& server, const Message& message, MailId id, Instant now);

/// A header's text: as it is when ASCII, else as encoded words (RFC 2047).
std::string header_text(std::string_view text);
/// "torv@example.org" of "Torv <torv@example.org>".
std::string_view bare_address(std::string_view from);

}  // namespace torv::mail
