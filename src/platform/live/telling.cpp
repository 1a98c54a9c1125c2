#include <algorithm>

#include "platform/base/log.hpp"
#include "platform/live/heart.hpp"

namespace torv::live {

namespace {

constexpr int kRowsBackMax = 1000;  ///< of the record; more: the page is asked for again
constexpr std::size_t kMessagesBackMax = 200;
/// Half of what may wait on a line: more would end it as too slow, and it would come back for more.
constexpr std::size_t kBytesBackMax = 512 * 1024;

/// Somebody who stands for all of an audience.
auth::Viewer nobody(Audience audience, std::string_view language) {
    constexpr std::int64_t kNobody = -1;
    auth::Viewer viewer{.language = std::string(language)};
    if (audience == Audience::Guest) return viewer;
    viewer.account = AccountId{kNobody};
    viewer.id = MemberId{kNobody};
    viewer.role = audience == Audience::Moderator ? auth::Role::Moderator : auth::Role::Member;
    return viewer;
}

bool holds(const SpaceSet& set, SpaceId space) {
    return set && std::binary_search(set->begin(), set->end(), space);
}

/// What a program gets: the row itself, which holds ids and numbers only.
std::string event_text(const activity::Activity& row, const Stream& stream) {
    json::Writer json;
    json.object()
        .field("position", row.position)
        .field("stream", stream.text())
        .field("kind", row.kind)
        .field("happened_at", row.happened_at)
        .field("actor", row.actor)
        .key("subject")
        .object()
        .field("kind", row.subject_kind)
        .field("id", std::to_string(row.subject_id))
        .end();
    json.field("space", row.space).key("payload").raw(row.payload).end();
    return "id: " + std::to_string(row.position) + "\nevent: " + row.kind +
           "\ndata: " + json.text() + "\n\n";
}

}  // namespace

http::Message Heart::message(db::Tx& tx, Room& room, Entry& entry, std::size_t index, Key key) {
    const auto known = entry.made.find({index, key});
    if (known != entry.made.end()) return known->second;
    const News& news = entry.news[index];
    http::Message& made = entry.made[{index, key}];
    if (key.events)
        return made = std::make_shared<const std::string>(event_text(entry.row, news.stream));

    json::Writer json;
    json.object()
        .field("stream", news.stream.text())
        .field("at", entry.row.position)
        .field("do", news.does)
        .field("by", entry.row.actor);
    if (news.draw) {
        web::Shared shared(services, room.place, nobody(key.audience, languages.at(key.language)));
        html::Out out;
        if (!news.draw(tx, shared.context(), key.audience, out)) return nullptr;
        ++drawn_count;
        json.field("html", out.text());
    }
    std::string text = json.end().take();
    if (!news.fields.empty()) text.insert(text.size() - 1, "," + news.fields);
    return made = std::make_shared<const std::string>(std::move(text));
}

/// A row of the record. A database that does not answer is waited for; what cannot be told is not.
void Heart::take(const activity::Activity& row) {
    const auto found = rooms.find(row.community);
    if (found == rooms.end() || row.position <= found->second.at) return;
    Room& room = found->second;
    try {
        services.db.read([&](db::Tx& tx) { tell(tx, room, row); });
    } catch (const std::exception& error) {
        log::error("live.not_told", {{"position", row.position}, {"what", error.what()}});
        // Whoever is here asks for the page again rather than miss something.
        for (const auto& [stream, followers] : room.streams)
            for (const auto& [key, group] : followers)
                for (const auto& reader : group)
                    reader->line->send(notice(*reader, stream, "again", row.position));
        room.recent.clear();
        room.since = row.position;
    }
    room.at = row.position;
}

void Heart::tell(db::Tx& tx, Room& room, const activity::Activity& row) {
    room.at = row.position;
    Entry entry{.row = row};
    if (row.origin == activity::Origin::Lived) {
        // Before anything is told, so that nobody gets what they may not read any more.
        const auto place = services.resolver.by_slug(tx, room.place.slug);
        if (place && place->access_version != room.place.access_version) {
            room.place = *place;
            recheck(tx, room);
        } else {
            recheck_stream(tx, room, {.kind = row.subject_kind, .id = row.subject_id});
        }
        entry.news = registry.news_of(tx, row);
        for (const News& news : entry.news)
            if (news.rights) recheck_stream(tx, room, news.stream);
        room.forget_stale(row);
        deliver(tx, room, entry);
    }
    room.keep(std::move(entry));
}

void Heart::deliver(db::Tx& tx, Room& room, Entry& entry) {
    std::vector<std::shared_ptr<http::Line>> lines;
    for (std::size_t i = 0; i < entry.news.size(); ++i) {
        const News& news = entry.news[i];
        const auto followers = room.streams.find(news.stream);
        if (followers == room.streams.end()) continue;
        for (const auto& [key, group] : followers->second) {
            const auto text = message(tx, room, entry, i, key);
            if (!text) continue;
            lines.clear();
            for (const auto& reader : group)
                if (!news.space || holds(reader->standing()->spaces, news.space))
                    lines.push_back(reader->line);
            http::send_all(lines, text);
            told_count += lines.size();
        }
    }
}

void Heart::subscribe(const ReaderPtr& reader, const Stream& stream, Audience audience,
                      std::int64_t after, std::uint64_t epoch) {
    constexpr std::size_t kStreamsMax = 16;
    Room* room = room_of(*reader);
    if (!room || room->follows(*reader, stream)) return;
    if (reader->following.size() >= kStreamsMax)
        return reader->line->send(notice(*reader, stream, "off", room->at));
    room->add(reader, stream, reader->key(audience));
    services.db.read([&](db::Tx& tx) {
        if (epoch != room->pulse->epoch) refollow(tx, *room, reader, stream);
        if (!room->follows(*reader, stream)) return;
        if (registry.is_own(stream)) return follow_own(*room, reader, stream);
        const auto has =
            std::ranges::find(reader->following, stream, &Reader::Following::stream)->key;
        replay(tx, *room, *reader, stream, has, after);
    });
}

void Heart::replay(db::Tx& tx, Room& room, Reader& reader, const Stream& stream, Key key,
                   std::int64_t after) {
    std::vector<http::Message> messages;
    std::size_t bytes = 0;
    const auto standing = reader.standing();
    const auto gather = [&](Entry& entry) {
        if (entry.row.position <= after) return;
        for (std::size_t i = 0; i < entry.news.size(); ++i) {
            const News& news = entry.news[i];
            if (news.stream != stream) continue;
            if (news.space && !holds(standing->spaces, news.space)) continue;
            auto text = message(tx, room, entry, i, key);
            if (!text) continue;
            bytes += text->size();
            messages.push_back(std::move(text));
        }
    };
    bool too_many = false;
    if (after < room.since) {
        const auto rows = activity::since(tx, room.place.id, after, kRowsBackMax + 1);
        too_many = rows.size() > kRowsBackMax && rows.back().position <= room.since;
        for (std::size_t i = 0; !too_many && i < rows.size(); ++i) {
            if (rows[i].position > room.since || rows[i].origin != activity::Origin::Lived)
                continue;
            Entry entry{.row = rows[i], .news = registry.news_of(tx, rows[i])};
            gather(entry);
        }
    }
    for (Entry& entry : room.recent)
        if (!too_many) gather(entry);
    if (too_many || messages.size() > kMessagesBackMax || bytes > kBytesBackMax)
        return reader.line->send(notice(reader, stream, "again", room.at));
    for (auto& text : messages) reader.line->send(std::move(text));
    replayed_count += messages.size();
    reader.line->send(notice(reader, stream, "on", room.at));
}

}  // namespace torv::live
