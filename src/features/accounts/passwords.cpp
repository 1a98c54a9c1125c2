#include "features/accounts/passwords.hpp"

#include <algorithm>
#include <vector>

#include "platform/base/text.hpp"

namespace torv::accounts {
namespace {

constexpr std::string_view kCommon =
#include "features/accounts/common_passwords.inc"
    ;

const std::vector<std::string_view>& common() {
    // The file is in byte order, so that the list can be searched by halves.
    static const std::vector<std::string_view> list =
        split(kCommon.substr(1, kCommon.size() - 2), '\n');
    return list;
}

}  // namespace

bool is_common_password(std::string_view password) {
    return std::ranges::binary_search(common(), std::string_view(ascii_lower(password)));
}

}  // namespace torv::accounts
