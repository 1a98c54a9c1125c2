#include "platform/live/presence.hpp"

#include <algorithm>
#include <utility>

#include "platform/live/reader.hpp"

namespace torv::live {

namespace {
constexpr std::chrono::seconds kGoneAfter{8};
}

void Presence::opened(MemberId member) { ++lines_[member].open; }

void Presence::ended(MemberId member, Clock::time_point now) {
    Lines& lines = lines_[member];
    lines.open = std::max(0, lines.open - 1);
    lines.until = now + kGoneAfter;
}

void Presence::hidden(MemberId member) {
    Lines& lines = lines_[member];
    lines.open = std::max(0, lines.open - 1);
    lines.until = {};
}

void Presence::heard(const std::string& node, const Members& here, const Members& gone,
                     Clock::time_point until) {
    auto& there = elsewhere_[node];
    for (const MemberId member : here) there[member] = until;
    for (const MemberId member : gone) there.erase(member);
}

Presence::Change Presence::changes(Clock::time_point now) {
    Change change;
    for (auto& [member, still] : known_) still = false;
    const auto see = [&](MemberId member) {
        const auto [found, fresh] = known_.insert_or_assign(member, true);
        if (fresh) change.come.push_back(member);
    };
    std::erase_if(lines_, [&](const auto& entry) {
        const bool gone = entry.second.open == 0 && entry.second.until <= now;
        if (gone) change.gone_here.push_back(entry.first);
        return gone;
    });
    for (auto& [member, lines] : lines_) {
        see(member);
        if (!std::exchange(lines.told, true)) change.come_here.push_back(member);
    }
    for (auto& [node, members] : elsewhere_) {
        std::erase_if(members, [&](const auto& entry) { return entry.second <= now; });
        for (const auto& [member, until] : members) see(member);
    }
    std::erase_if(known_, [&](const auto& entry) {
        if (!entry.second) change.gone.push_back(entry.first);
        return !entry.second;
    });
    return change;
}

Presence::Members Presence::here() const {
    Members members;
    for (const auto& [member, lines] : lines_) members.push_back(member);
    return members;
}

void Presence::watch(const std::shared_ptr<Reader>& watcher, const Members& members) {
    forget(watcher);
    watcher->watching = members;
    for (const MemberId member : members) watchers_[member].push_back(watcher);
}

void Presence::forget(const std::shared_ptr<Reader>& watcher) {
    for (const MemberId member : watcher->watching) {
        const auto found = watchers_.find(member);
        std::erase(found->second, watcher);
        if (found->second.empty()) watchers_.erase(found);
    }
    watcher->watching.clear();
}

const std::vector<std::shared_ptr<Reader>>& Presence::watchers_of(MemberId member) const {
    static const std::vector<std::shared_ptr<Reader>> none;
    const auto found = watchers_.find(member);
    return found == watchers_.end() ? none : found->second;
}

}  // namespace torv::live
