#include <algorithm>

#include "platform/base/text.hpp"
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

std::optional<Audience> Registry::open(db::Tx& tx, const auth::Viewer& viewer,
                                       const Stream& stream) const {
    if (stream.kind == kCommunity && stream.id == 0)
        return viewer.is_member() ? Audience::Reader : Audience::Guest;
    const auto found = std::ranges::find(doors_, stream.kind, &Kind::name);
    if (found == doors_.end() || stream.id == 0) return std::nullopt;
    return found->door(tx, viewer, stream.id);
}

std::vector<News> Registry::news_of(db::Tx& tx, const activity::Activity& row) const {
    std::vector<News> all;
    for (const Teller& teller : tells_)
        if (row.kind.starts_with(teller.kinds))
            for (News& one : teller.tell(tx, row)) all.push_back(std::move(one));
    return all;
}

}  // namespace torv::live
