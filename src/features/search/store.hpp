#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/search/search.hpp"

namespace torv::search::store {

/// A text of the index before it is made into terms.
struct Text {
    Kind kind = Kind::Post;
    std::int64_t subject = 0;
    SpaceId space;
    TopicId talk;  ///< the conversation in which it was said; 0: none
    Instant at;
    std::string_view language;
    std::string_view title;
    std::string_view body;
};

/// Puts the text into the index in place of what was there.
void put(db::Tx& tx, CommunityId community, const Text& text);
void remove(db::Tx& tx, CommunityId community, Kind kind, std::int64_t subject);
/// A topic that is gone, with all its posts.
void remove_topic(db::Tx& tx, CommunityId community, TopicId topic);
/// Takes everything of a community out.
void clear(db::Tx& tx, CommunityId community);

/// Newest first, at most kCandidates; `where` may want them all in the title.
enum class Where { Anywhere, Title };
std::vector<Hit> candidates(db::Tx& tx, CommunityId community, std::string_view typed,
                            std::optional<Kind> kind, const std::vector<SpaceId>& spaces,
                            Where where);

/// What was said in these conversations; newest first, at most kCandidates.
std::vector<Hit> said_in(db::Tx& tx, CommunityId community, std::string_view typed,
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

}  // namespace torv::search::store
