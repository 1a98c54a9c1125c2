#pragma once

#include <string>
#include <string_view>

#include "features/accounts/accounts.hpp"

namespace torv::accounts {

/// Shows that the new address is the account's own: single use, 24 hours. Replaces an earlier one.
std::string make_email_link(db::Tx&, AccountId, std::string_view email);
/// Links that were asked for before a password or address changed lead nowhere afterwards.
void forget_links(db::Tx&, AccountId);

}  // namespace torv::accounts
