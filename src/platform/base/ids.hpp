#pragma once

#include <charconv>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace torv {

/// A 63-bit id of one kind of thing. 0 means "none". Ids are time-ordered and unique over the nodes
/// of an installation; see IdMaker. In JSON and URLs they are decimal strings.
template <class Tag>
struct Id {
    std::int64_t value = 0;

    auto operator<=>(const Id&) const = default;
    explicit operator bool() const { return value != 0; }
    std::string text() const { return std::to_string(value); }

    /// Reads a positive decimal number without sign or leading zero, else nothing.
    static std::optional<Id> parse(std::string_view text) {
        Id id;
        if (text.empty() || text[0] < '1' || text[0] > '9') return std::nullopt;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id.value);
        if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
        return id;
    }
};

using CommunityId = Id<struct CommunityTag>;
using AccountId = Id<struct AccountTag>;
using MemberId = Id<struct MemberTag>;
using SpaceId = Id<struct SpaceTag>;
using TopicId = Id<struct TopicTag>;
using PostId = Id<struct PostTag>;
using UploadId = Id<struct UploadTag>;
using SessionId = Id<struct SessionTag>;

/// Makes ids: 41 bits of milliseconds since 2026-01-01 UTC, 10 bits of node number, 12 bits of
/// counter. Thread-safe. When the clock goes back it keeps counting from where it was. Source:
/// ARCHITECTURE 3.
std::int64_t make_id(std::int64_t now_us, int node);

}  // namespace torv

template <class Tag>
struct std::hash<torv::Id<Tag>> {
    std::size_t operator()(torv::Id<Tag> id) const noexcept {
        return std::hash<std::int64_t>{}(id.value);
    }
};
