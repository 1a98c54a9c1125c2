#include <algorithm>

#include "platform/live/heart.hpp"
#include "platform/live/said.hpp"

/// What is told and never kept: who writes just now, who is here. Other nodes hear it on the bus.
namespace torv::live {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::string_view kWriting = "writing";
constexpr std::string_view kPresence = "presence";
constexpr auto kWritingEvery = 2s;
constexpr auto kSayAgainEvery = 20s;  ///< who is here, for nodes that did not hear it
constexpr auto kBelievedFor = 50s;
constexpr std::size_t kAtOnce = 250;  ///< ids in one shout, which has 7,000 bytes

/// Shows that they are here, and when they write.
bool shows(const auth::Viewer& viewer) { return viewer.is_member() && !viewer.hidden; }

json::Writer& list(json::Writer& json, std::string_view name, std::span<const MemberId> members) {
    json.key(name).array();
    for (const MemberId member : members) json.value(member);
    return json.end();
}

http::Message presence_notice(std::string_view does, std::span<const MemberId> members) {
    json::Writer json;
    json.object().field("stream", "presence").field("do", does);
    list(json, "members", members).end();
    return std::make_shared<const std::string>(json.take());
}

}  // namespace

void Heart::listen() {
    heard_writing_ = services.db.hear(kWriting, [this](std::string_view text) {
        post([this, said = std::string(text)] { hear_writing(said); });
    });
    heard_presence_ = services.db.hear(kPresence, [this](std::string_view text) {
        post([this, said = std::string(text)] { hear_presence(said); });
    });
}

// ── who writes ──

void Heart::writing(const ReaderPtr& reader, const Stream& stream) {
    Room* room = room_of(*reader);
    if (!room || Clock::now() < reader->may_write_at) return;
    const auto follows = std::ranges::find(reader->following, stream, &Reader::Following::stream);
    const auto standing = reader->standing();
    if (follows == reader->following.end() || follows->key.audience < Audience::Writer ||
        !shows(standing->viewer))
        return;
    reader->may_write_at = Clock::now() + kWritingEvery;
    const auto& viewer = standing->viewer;
    tell_writing(*room, stream, viewer.id, viewer.name);
    json::Writer json;
    json.object()
        .field("community", viewer.community)
        .field("stream", stream.text())
        .field("by", viewer.id)
        .field("name", viewer.name)
        .end();
    services.db.shout(kWriting, json.text());
}

void Heart::tell_writing(Room& room, const Stream& stream, MemberId by, std::string_view name) {
    const auto found = room.streams.find(stream);
    if (found == room.streams.end()) return;
    json::Writer json;
    json.object().field("stream", stream.text()).field("do", "writing").field("by", by);
    json.field("name", name).end();
    const auto message = std::make_shared<const std::string>(json.take());
    std::vector<std::shared_ptr<http::Line>> lines;
    for (const auto& [key, group] : found->second) {
        if (key.audience == Audience::Guest || key.events) continue;
        for (const auto& reader : group) {
            const auto standing = reader->standing();
            if (standing->viewer.id != by && !standing->is_apart(by)) lines.push_back(reader->line);
        }
    }
    http::send_all(lines, message);
    told_count += lines.size();
}

void Heart::hear_writing(const std::string& text) {
    const auto said = json::parse(text).value_or(json::Value{});
    const auto community = CommunityId::parse(said["community"].string_or(""));
    const auto stream = Stream::parse(said["stream"].string_or(""));
    const auto by = MemberId::parse(said["by"].string_or(""));
    const auto room = community ? rooms.find(*community) : rooms.end();
    if (room != rooms.end() && stream && by)
        tell_writing(room->second, *stream, *by, said["name"].string_or(""));
}

// ── who is here ──

void Heart::watch(const ReaderPtr& reader, Presence::Members members) {
    Room* room = room_of(*reader);
    const auto standing = reader->standing();
    if (!room || !standing->viewer.is_member()) return;
    room->presence.watch(reader, members);
    std::erase_if(members, [&](MemberId one) {
        return !room->presence.is_here(one) || standing->is_apart(one);
    });
    if (!members.empty()) reader->line->send(presence_notice("come", members));
}

/// Of those whom the reader asked about and who are here: who is not to be seen any more, and who
/// is again.
void Heart::tell_apart(Room& room, Reader& reader, const Standing& before, const Standing& now) {
    Presence::Members gone, come;
    for (const MemberId one : reader.watching)
        if (room.presence.is_here(one) && before.is_apart(one) != now.is_apart(one))
            (now.is_apart(one) ? gone : come).push_back(one);
    if (!gone.empty()) reader.line->send(presence_notice("gone", gone));
    if (!come.empty()) reader.line->send(presence_notice("come", come));
}

/// As whom the reader counts may change while the line is open: who hides is gone at once.
void Heart::step_in_or_out(Room& room, Reader& reader) {
    const auto standing = reader.standing();
    const bool counts = shows(standing->viewer) && !reader.events();
    const MemberId now = counts ? standing->viewer.id : MemberId{};
    if (now == reader.here) return;
    if (reader.here) room.presence.hidden(reader.here);
    if (now) room.presence.opened(now);
    reader.here = now;
}

void Heart::step_out(Room& room, const ReaderPtr& reader) {
    room.presence.forget(reader);
    if (reader->here) room.presence.ended(reader->here, Clock::now());
    reader->here = {};
}

/// Tells those who want to know, and the other nodes, who has come and gone.
void Heart::tell_presence() {
    const auto now = Clock::now();
    const bool again = now >= say_again_at_;
    if (again) say_again_at_ = now + kSayAgainEvery;
    for (auto& [id, room] : rooms) {
        const auto change = room.presence.changes(now);
        const auto tell = [&](std::string_view does, const Presence::Members& members) {
            for (const MemberId member : members)
                for (const auto& watcher : room.presence.watchers_of(member))
                    if (!watcher->standing()->is_apart(member))
                        watcher->line->send(presence_notice(does, std::span(&member, 1)));
        };
        tell("come", change.come);
        tell("gone", change.gone);
        // Each node speaks for its own lines only: an echo would never die.
        shout_presence(id, again ? room.presence.here() : change.come_here, change.gone_here);
    }
}

void Heart::shout_presence(CommunityId community, const Presence::Members& here,
                           const Presence::Members& gone) {
    const auto piece = [](const Presence::Members& all, std::size_t from) {
        const std::size_t begin = std::min(from, all.size());
        return std::span(all).subspan(begin, std::min(kAtOnce, all.size() - begin));
    };
    for (std::size_t at = 0; at < std::max(here.size(), gone.size()); at += kAtOnce) {
        json::Writer json;
        json.object().field("node", node_).field("community", community);
        list(json, "here", piece(here, at));
        list(json, "gone", piece(gone, at)).end();
        services.db.shout(kPresence, json.text());
    }
}

void Heart::hear_presence(const std::string& text) {
    const auto said = json::parse(text).value_or(json::Value{});
    const auto community = CommunityId::parse(said["community"].string_or(""));
    const auto room = community ? rooms.find(*community) : rooms.end();
    if (room == rooms.end()) return;
    room->second.presence.heard(said["node"].string_or(""), members_of(said["here"]),
                                members_of(said["gone"]), Clock::now() + kBelievedFor);
}

}  // namespace torv::live
