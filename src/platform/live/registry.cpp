#include <algorithm>

#include "platform/live/live.hpp"

namespace torv::live {

std::optional<Audience> Registry::open(db::Tx& tx, const auth::Viewer& viewer,
                                       const Stream& stream) const {
    if (stream.kind == kCommunity && stream.id == 0)
        return viewer.is_member() ? Audience::Reader : Audience::Guest;
    if (is_own(stream)) {
        if (!viewer.is_member() || viewer.id.value != stream.id) return std::nullopt;
        return Audience::Reader;
    }
    const auto found = std::ranges::find(doors_, stream.kind, &Kind::name);
    if (found == doors_.end()) return std::nullopt;
    return found->door(tx, viewer, stream.id);
}

bool Registry::is_own(const Stream& stream) const {
    return std::ranges::find(owns_, stream.kind, &Own::kind) != owns_.end();
}

std::vector<News> Registry::news_of(db::Tx& tx, const activity::Activity& row) const {
    std::vector<News> all;
    for (const Teller& teller : tells_)
        if (row.kind.starts_with(teller.kinds))
            for (News& one : teller.tell(tx, row)) all.push_back(std::move(one));
    return all;
}

}  // namespace torv::live
