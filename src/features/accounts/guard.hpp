#pragma once

#include <string>
#include <string_view>

#include "features/accounts/accounts.hpp"

/// Slows down whoever guesses passwords, and never locks anybody out for good. QUALITY S11.
namespace torv::accounts::guard {

/// Who tries, as keyed hashes, so that the table tells neither addresses nor e-mails.
struct Subjects {
    std::string account_here;  ///< this account from this address (or this known device)
    std::string account;       ///< this account from anywhere; empty for a known device
    std::string address;       ///< anything from this address
};
/// `known_device` is the cookie that a sign-in left in this browser.
Subjects subjects(std::string_view secret, std::string_view email, std::string_view address,
                  std::string_view known_device);
/// Fault: TooMany "accounts.wait" with {seconds}.
Done may_try(db::Tx&, const Subjects&);
void failed(db::Tx&, const Subjects&);
void succeeded(db::Tx&, const Subjects&);

/// The cookie that marks a browser which has signed in to this account.
inline constexpr std::string_view kKnownCookie = "known";
std::string known_mark(std::string_view secret, std::string_view email);

/// At most five links an hour to one address. True while there is one left; counts this one.
bool may_send_link(db::Tx&, std::string_view secret, std::string_view email);

}  // namespace torv::accounts::guard
