#include <algorithm>
#include <set>

#include "platform/base/log.hpp"
#include "platform/live/heart.hpp"

namespace torv::live {

namespace {
constexpr std::chrono::seconds kHideEvery{10};
}

/// Looks whether somebody has lost a right or a session. When something says so, and every two
/// seconds, should nothing have come through.
void Heart::sweep() {
    const bool woken = sweep_posted_.exchange(false);
    const auto now = std::chrono::steady_clock::now();
    const bool again = now >= next_hide_;
    if (again) next_hide_ = now + kHideEvery;
    try {
        services.db.read([&](db::Tx& tx) {
            for (auto& [id, room] : rooms) {
                if (room.readers.empty()) continue;
                const auto place = services.resolver.by_slug(tx, room.place.slug);
                if (place && place->access_version != room.place.access_version) {
                    room.place = *place;
                    recheck(tx, room);
                }
                end_sessions(tx, room);
                if (!woken && !again) continue;
                hide(tx, room);
                part(tx, room);
            }
        });
    } catch (const std::exception& error) {
        log::error("live.sweep_failed", {{"what", error.what()}});
    }
}

void Heart::sweep_soon() {
    if (!sweep_posted_.exchange(true)) post([this] { sweep(); });
}

void Heart::end_sessions(db::Tx& tx, Room& room) {
    std::set<SessionId> sessions;
    for (const auto& reader : room.readers) {
        const auto standing = reader->standing();
        if (standing->viewer.session) sessions.insert(standing->viewer.session);
        else if (!reader->credential().bearer.empty()) {
            const auto now =
                services.resolver.viewer(tx, room.place, {}, reader->credential().bearer);
            if (!now.signed_in()) reader->line->close(http::Close::SignedOut);
        }
    }
    if (sessions.empty() || !registry.ended_) return;
    const auto ended =
        registry.ended_(tx, std::vector<SessionId>(sessions.begin(), sessions.end()));
    if (ended.empty()) return;
    for (const auto& reader : room.readers)
        if (std::ranges::find(ended, reader->standing()->viewer.session) != ended.end())
            reader->line->close(http::Close::SignedOut);
}

/// Who has chosen to hide, or to be seen again, while their pages were open.
void Heart::hide(db::Tx& tx, Room& room) {
    if (!registry.hidden_) return;
    std::set<AccountId> accounts;
    for (const auto& reader : room.readers)
        if (const auto account = reader->standing()->viewer.account) accounts.insert(account);
    if (accounts.empty()) return;
    const auto hidden =
        registry.hidden_(tx, std::vector<AccountId>(accounts.begin(), accounts.end()));
    for (const auto& reader : room.readers) {
        const auto before = reader->standing();
        const bool hides = std::ranges::find(hidden, before->viewer.account) != hidden.end();
        if (!before->viewer.account || hides == before->viewer.hidden) continue;
        auto now = std::make_shared<Standing>(*before);
        now->viewer.hidden = hides;
        reader->set_standing(std::move(now));
        step_in_or_out(room, *reader);
    }
}

std::unordered_map<MemberId, std::vector<MemberId>> Heart::apart_from(
    db::Tx& tx, CommunityId community, const std::set<MemberId>& members) const {
    std::unordered_map<MemberId, std::vector<MemberId>> found;
    if (!registry.apart_ || members.empty()) return found;
    db::Ids ids;
    for (const MemberId member : members) ids.values.push_back(member.value);
    for (const auto& [one, other] : registry.apart_(tx, community, ids)) {
        found[one].push_back(other);
        found[other].push_back(one);
    }
    for (auto& [member, others] : found) {
        std::sort(others.begin(), others.end());
        others.erase(std::unique(others.begin(), others.end()), others.end());
    }
    return found;
}

/// Who has been set apart from whom, or not any more, while their pages were open.
void Heart::part(db::Tx& tx, Room& room) {
    std::set<MemberId> members;
    for (const auto& reader : room.readers)
        if (const auto standing = reader->standing(); standing->viewer.is_member())
            members.insert(standing->viewer.id);
    auto apart = apart_from(tx, room.place.id, members);
    for (const auto& reader : room.readers) {
        const auto before = reader->standing();
        if (!before->viewer.is_member() || apart[before->viewer.id] == before->apart) continue;
        auto now = std::make_shared<Standing>(*before);
        now->apart = apart[before->viewer.id];
        reader->set_standing(now);
        tell_apart(room, *reader, *before, *now);
    }
}

void Heart::recheck(db::Tx& tx, Room& room) {
    ++room.pulse->epoch;
    const std::vector<ReaderPtr> all(room.readers.begin(), room.readers.end());
    for (const auto& reader : all) recheck(tx, room, reader);
}

void Heart::recheck(db::Tx& tx, Room& room, const ReaderPtr& reader) {
    const auto& [session, bearer] = reader->credential();
    const auto before = reader->standing();
    auth::Viewer viewer;
    if (before->viewer.signed_in())
        viewer = services.resolver.viewer(tx, room.place, session, bearer);
    viewer.community = room.place.id;
    if (before->viewer.signed_in() && !viewer.signed_in())
        reader->line->close(http::Close::SignedOut);
    auto now = standing(tx, viewer);
    now->spaces = room.same_set(*now->spaces);
    reader->set_standing(now);
    step_in_or_out(room, *reader);
    tell_apart(room, *reader, *before, *now);
    std::vector<Stream> streams;
    for (const auto& one : reader->following) streams.push_back(one.stream);
    for (const Stream& stream : streams) {
        refollow(tx, room, reader, stream);
        // What somebody may see decides how their own things stand.
        if (const auto own = room.own.find(stream); own != room.own.end()) own->second = -1;
    }
    look_due_ = true;
}

void Heart::recheck_stream(db::Tx& tx, Room& room, const Stream& stream) {
    const auto found = room.streams.find(stream);
    if (found == room.streams.end()) return;
    std::vector<ReaderPtr> all;
    for (const auto& [key, group] : found->second)
        all.insert(all.end(), group.begin(), group.end());
    for (const auto& reader : all) refollow(tx, room, reader, stream);
}

/// Lets the reader follow as whom they are now, or not any more.
void Heart::refollow(db::Tx& tx, Room& room, const ReaderPtr& reader, const Stream& stream) {
    const auto audience = registry.open(tx, reader->standing()->viewer, stream);
    const auto has = std::ranges::find(reader->following, stream, &Reader::Following::stream);
    if (audience && has->key == reader->key(*audience)) return;
    room.remove(reader, stream);
    if (audience) room.add(reader, stream, reader->key(*audience));
    else reader->line->send(notice(*reader, stream, "off", room.at));
}

}  // namespace torv::live
