#pragma once

#include <string>
#include <vector>

#include "features/feeds/store.hpp"
#include "features/members/members.hpp"
#include "features/spaces/spaces.hpp"
#include "platform/web/web.hpp"

/// A page of a feed, and its two forms.
namespace torv::feeds {

struct Feed {
    std::string title;
    std::string about;  ///< a sentence; may be empty
    std::string page;   ///< path of the page that shows the same
    std::string path;   ///< its own, without ".atom" and ".json"
    spaces::Readable readable;
    std::vector<store::Entry> entries;
    members::Faces faces;
    Instant updated_at;
    std::string at;    ///< cursor of this page; empty: the newest
    std::string next;  ///< cursor of the next page; empty: that was all
};

/// Where an entry is read: the topic that it opens, or its place in one.
std::string path_of(const store::Entry& entry);
/// What an entry is called: its topic, or in a chat its first words, or the chat.
std::string title_of(const Feed& feed, const store::Entry& entry);
/// Its text, with addresses that lead here from anywhere.
std::string html_of(const web::Context& ctx, const store::Entry& entry);

std::string atom(const web::Context& ctx, const Feed& feed);
std::string json_feed(const web::Context& ctx, const Feed& feed);

}  // namespace torv::feeds
