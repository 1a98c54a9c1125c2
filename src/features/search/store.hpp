#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "features/search/search.hpp"
#include "platform/words/words.hpp"

namespace torv::search::store {

/// A text of the index before it is made into terms.
struct Text {
    Kind kind = Kind::Post;
    std::int64_t subject = 0;
    SpaceId space;
    TopicId talk;     ///< the conversation in which it was said; 0: none
    MemberId author;  ///< 0 for people
    Instant at;
    std::string_view language;
    std::string_view title;
    std::string_view body;
    std::vector<std::string> tags;
    std::vector<std::string> files;  ///< names of those it shows
    bool unanswered = false;
};

/// Puts the text into the index in place of what was there.
void put(db::Tx& tx, CommunityId community, const Text& text);
void remove(db::Tx& tx, CommunityId community, Kind kind, std::int64_t subject);
/// A topic that is gone, with all its posts.
void remove_topic(db::Tx& tx, CommunityId community, TopicId topic);
/// Takes everything of a community out.
void clear(db::Tx& tx, CommunityId community);

/// What is looked for: words, and what a text must have beside them.
struct Wanted {
    words::Query query;
    words::Marks marks;  ///< who wrote it, tags, what it is
    bool filtered = false;
    db::Ids spaces;       ///< where
    bool people = false;  ///< and among people
    Instant from{0};
    Instant until{std::numeric_limits<std::int64_t>::max()};  ///< not included

    bool empty() const { return query.empty() && !filtered; }
};
std::string author_mark(MemberId author);
std::string tag_mark(std::string_view tag);
std::string kind_mark(Kind kind);
inline constexpr std::string_view kUnanswered = "u:1", kWithFile = "f:", kHasFile = "x:1";

/// Newest first, at most `limit`; `where` may want all the words in the title.
enum class Where { Anywhere, Title };
std::vector<Hit> candidates(db::Tx& tx, CommunityId community, const Wanted& wanted, Where where,
                            int limit = kCandidates);

/// What was said in these conversations; newest first, at most kCandidates. Not among spaces.
std::vector<Hit> said_in(db::Tx& tx, CommunityId community, const Wanted& wanted,
                         const std::vector<TopicId>& talks);

/// Posts as they are now.
struct PostText {
    PostId post;
    TopicId topic;
    SpaceId space;
    MemberId author;
    std::string title;
    std::string body_md;
    Instant created_at;
    bool opening = false;
    bool titled = false;  ///< false in the stream of a chat space
    bool direct = false;  ///< in a conversation
};
std::optional<PostText> post(db::Tx& tx, CommunityId community, PostId id);
std::vector<PostText> posts(db::Tx& tx, CommunityId community, const db::Ids& ids);
std::vector<PostText> openings(db::Tx& tx, CommunityId community, const db::Ids& topics);
/// Ids of the posts of a topic, deleted ones left out.
std::vector<PostId> posts_of(db::Tx& tx, CommunityId community, TopicId topic);
/// Also of a deleted post.
TopicId topic_of(db::Tx& tx, CommunityId community, PostId post);
/// The one that came first after the opening; 0: nobody answered.
PostId first_reply(db::Tx& tx, CommunityId community, TopicId topic);

}  // namespace torv::search::store
