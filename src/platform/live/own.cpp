#include <algorithm>
#include <unordered_map>

#include "platform/base/log.hpp"
#include "platform/live/heart.hpp"

/// Streams of what belongs to one member alone. Not in the record, so there is nothing to replay:
/// how things stand is told to whoever begins to follow, and when the count of changes has grown.
namespace torv::live {

namespace {

constexpr std::size_t kAtOnce = 200;  ///< others wait on this thread
constexpr std::int64_t kNone = -1;

}  // namespace

void Heart::follow_own(Room& room, const ReaderPtr& reader, const Stream& stream) {
    reader->line->send(notice(*reader, stream, "on", room.at));
    room.own[stream] = kNone;
    look_due_ = true;
}

void Heart::look_soon() {
    if (look_posted_.exchange(true)) return;
    post([this] {
        look_posted_ = false;
        look_due_ = true;
    });
}

/// Looking takes a quarter of the thread's time at most, however often things change.
void Heart::look_if_due() {
    const auto began = std::chrono::steady_clock::now();
    if (!look_due_ || began < look_again_at_) return;
    look_due_ = false;
    std::size_t left = kAtOnce;
    try {
        services.db.read([&](db::Tx& tx) {
            for (auto& [id, room] : rooms)
                for (const Own& own : registry.owns_)
                    if (left > 0) left -= look(tx, room, own, left);
        });
    } catch (const std::exception& error) {
        log::error("live.look_failed", {{"what", error.what()}});
    }
    const auto ended = std::chrono::steady_clock::now();
    look_again_at_ = ended + 3 * (ended - began);
    if (left == 0) look_due_ = true;
}

std::size_t Heart::look(db::Tx& tx, Room& room, const Own& own, std::size_t most) {
    std::erase_if(room.own, [&](const auto& entry) { return !room.streams.contains(entry.first); });
    db::Ids members;
    for (const auto& [stream, told] : room.own)
        if (stream.kind == own.kind) members.values.push_back(stream.id);
    if (members.values.empty()) return 0;
    std::unordered_map<std::int64_t, std::int64_t> changes;
    for (const auto& [member, change] : own.changes(tx, room.place.id, members))
        changes[member] = change;
    std::size_t count = 0;
    for (auto& [stream, told] : room.own) {
        if (stream.kind != own.kind || told == changes[stream.id]) continue;
        if (count == most) break;
        ++count;
        tell_own(tx, room, own, stream, changes[stream.id]);
        told = changes[stream.id];
    }
    return count;
}

void Heart::tell_own(db::Tx& tx, Room& room, const Own& own, const Stream& stream,
                     std::int64_t change) {
    for (const auto& [key, group] : room.streams.at(stream)) {
        auth::Viewer viewer = group.front()->standing()->viewer;
        viewer.language = languages.at(key.language);
        web::Shared shared(services, room.place, viewer);
        const OwnState state = own.state(tx, shared.context());
        json::Writer json;
        json.object().field("stream", stream.text()).field("do", "own").field("change", change);
        if (!key.events) json.field("html", state.html);
        std::string text = json.end().take();
        if (!state.fields.empty()) text.insert(text.size() - 1, "," + state.fields);
        if (key.events) text = "event: own\ndata: " + text + "\n\n";
        std::vector<std::shared_ptr<http::Line>> lines;
        for (const auto& reader : group) lines.push_back(reader->line);
        http::send_all(lines, std::make_shared<const std::string>(std::move(text)));
        told_count += lines.size();
    }
}

}  // namespace torv::live
