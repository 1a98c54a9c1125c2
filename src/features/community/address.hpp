#pragma once

#include <string>
#include <string_view>

#include "platform/base/result.hpp"

/// The address of a community: "https://square.example", and the host that leads to it.
namespace torv::community {

/// What an owner typed, as "https://square.example" in lower case without a slash at the end. A
/// bare host gets https. Fault: Invalid "community.address_bad", field "address".
Result<std::string> parse_address(std::string_view typed);
/// "https://square.example:8443" → "square.example:8443"
std::string host_of(std::string_view address);
/// Where a community lives that chose no address: the default one at the installation's own, the
/// others below it ("http://garden.localhost:8080").
std::string given_address(std::string_view installation, std::string_view slug, bool is_default);

}  // namespace torv::community
