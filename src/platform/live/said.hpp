#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "platform/json/json.hpp"
#include "platform/live/live.hpp"

/// What a page says on its line. Strangers write it: what is not understood is passed over. Private
/// to live.
namespace torv::live {

inline constexpr std::size_t kWatchedMax = 100;  ///< members whose presence one page asks for

struct Said {
    enum class Does : std::uint8_t { Follow, Leave, Write, AskWho };
    Does does{};
    Stream stream;                  ///< of all but AskWho
    std::int64_t after = 0;         ///< of Follow: the last position the page has, not below 0
    std::vector<MemberId> members;  ///< of AskWho: sorted, each once, kWatchedMax at most
};
std::optional<Said> said_from(std::string_view text);

/// The ids in a list; what is no id is left out.
std::vector<MemberId> members_of(const json::Value& list);

}  // namespace torv::live
