#pragma once

#include <string_view>

namespace torv::accounts {

/// One of the 11,611 most common ones of eight characters and more, without regard to case.
/// Source: common_passwords.inc (zxcvbn 4.4.2).
bool is_common_password(std::string_view password);

}  // namespace torv::accounts
