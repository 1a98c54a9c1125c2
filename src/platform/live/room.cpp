#include "platform/live/room.hpp"

#include <algorithm>

namespace torv::live {

namespace {
constexpr std::size_t kRecentMax = 500;
}

void Room::add(const ReaderPtr& reader, const Stream& stream, Key key) {
    streams[stream][key].push_back(reader);
    reader->following.push_back({stream, key});
}

void Room::remove(const ReaderPtr& reader, const Stream& stream) {
    const auto has = std::ranges::find(reader->following, stream, &Reader::Following::stream);
    if (has == reader->following.end()) return;
    const auto found = streams.find(stream);
    auto& group = found->second[has->key];
    std::swap(*std::ranges::find(group, reader), group.back());
    group.pop_back();
    if (group.empty()) found->second.erase(has->key);
    if (found->second.empty()) streams.erase(found);
    reader->following.erase(has);
}

bool Room::follows(const Reader& reader, const Stream& stream) const {
    return std::ranges::find(reader.following, stream, &Reader::Following::stream) !=
           reader.following.end();
}

void Room::forget_stale(const activity::Activity& row) {
    const bool of_post = row.subject_kind == "post";
    for (Entry& entry : recent) {
        const bool same =
            entry.row.subject_kind == row.subject_kind && entry.row.subject_id == row.subject_id;
        if (same || !of_post) entry.made.clear();
    }
}

void Room::keep(Entry entry) {
    recent.push_back(std::move(entry));
    if (recent.size() <= kRecentMax) return;
    since = recent.front().row.position;
    recent.pop_front();
}

SpaceSet Room::same_set(std::vector<SpaceId> spaces) {
    std::sort(spaces.begin(), spaces.end());
    auto& known = space_sets[spaces];
    auto set = known.lock();
    if (!set) known = set = std::make_shared<const std::vector<SpaceId>>(std::move(spaces));
    if (space_sets.size() > 1000)
        std::erase_if(space_sets, [](const auto& entry) { return entry.second.expired(); });
    return set;
}

}  // namespace torv::live
