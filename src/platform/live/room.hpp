#pragma once

#include <deque>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "platform/live/presence.hpp"
#include "platform/live/reader.hpp"
#include "platform/web/web.hpp"

/// What the hub's thread knows of one community. Private to live; used by that thread alone.
namespace torv::live {

using ReaderPtr = std::shared_ptr<Reader>;

/// A row of the record, what it means, and the messages made of it so far.
struct Entry {
    activity::Activity row;
    std::vector<News> news;
    std::map<std::pair<std::size_t, Key>, http::Message> made;  ///< null: this audience is not told
};

using Followers = std::map<Key, std::vector<ReaderPtr>>;

struct Room {
    web::Place place;
    std::shared_ptr<Pulse> pulse;
    std::int64_t at = 0;     ///< everything up to here has been told
    std::int64_t since = 0;  ///< `recent` holds everything after it
    std::deque<Entry> recent;
    std::map<Stream, Followers> streams;
    std::unordered_set<ReaderPtr> readers;
    std::map<std::vector<SpaceId>, std::weak_ptr<const std::vector<SpaceId>>> space_sets;
    Presence presence;
    /// Streams of one member alone that are followed, with the change that was told last; -1: none.
    std::map<Stream, std::int64_t> own;

    void add(const ReaderPtr& reader, const Stream& stream, Key key);
    void remove(const ReaderPtr& reader, const Stream& stream);
    bool follows(const Reader& reader, const Stream& stream) const;
    /// Forgets the messages that what happened in this row makes untrue.
    void forget_stale(const activity::Activity& row);
    void keep(Entry entry);
    SpaceSet same_set(std::vector<SpaceId> spaces);
};

}  // namespace torv::live
