#pragma once

#include <string>
#include <string_view>

namespace torv::web {

/// "Firefox, Linux" from a User-Agent; empty when it says nothing we know.
std::string device_name(std::string_view user_agent);

}  // namespace torv::web
