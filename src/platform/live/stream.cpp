#include "platform/live/live.hpp"

namespace torv::live {

std::string Stream::text() const { return id == 0 ? kind : kind + ":" + std::to_string(id); }

std::optional<Stream> Stream::parse(std::string_view text) {
    const auto colon = text.find(':');
    const auto kind = text.substr(0, colon);
    if (kind.empty() || kind.size() > 20) return std::nullopt;
    if (colon == text.npos) return Stream{.kind = std::string(kind)};
    const auto id = Id<struct StreamTag>::parse(text.substr(colon + 1));
    if (!id) return std::nullopt;
    return Stream{.kind = std::string(kind), .id = id->value};
}

}  // namespace torv::live
