#pragma once

#include <optional>
#include <string>

#include "features/devices/store.hpp"
#include "features/notifications/notifications.hpp"

/// What a device is told.
namespace torv::devices {

/// The text of a message, or nothing when there is nothing to tell any more. `tag` is that of a
/// bundle; "" tells of several.
std::optional<std::string> text_of(const notifications::Reader& to,
                                   const notifications::UnreadPage& page, std::string_view tag,
                                   std::string_view community);
push::Urgency urgency_of(std::string_view tag);

}  // namespace torv::devices
