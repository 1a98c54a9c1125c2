#pragma once

#include "features/tags/tags.hpp"

/// All SQL of the slice.
namespace torv::tags::store {

/// A post as it can be read now.
struct Text {
    PostId post;
    TopicId topic;
    SpaceId space;
    Instant created_at;
    std::string body_md;
    bool direct = false;  ///< in a conversation: named for those few alone, so not kept
};
std::optional<Text> text(db::Tx& tx, CommunityId community, PostId post);
/// Of the topic: those that can be read, and those that are kept with a tag.
std::vector<PostId> posts_of(db::Tx& tx, CommunityId community, TopicId topic);

struct Kept {
    std::string tag;
    SpaceId space;
    TopicId topic;
    bool operator==(const Kept&) const = default;
};
std::vector<Kept> kept(db::Tx& tx, CommunityId community, PostId post);
void keep(db::Tx& tx, CommunityId community, const Text& text, const std::string& tag);
void drop(db::Tx& tx, CommunityId community, PostId post, const Kept& one);
void clear(db::Tx& tx, CommunityId community);

std::vector<Tag> most_named(db::Tx& tx, CommunityId community, const db::Ids& spaces,
                            std::string_view prefix, int limit);
std::vector<Named> named(db::Tx& tx, CommunityId community, const db::Ids& spaces,
                         std::string_view tag, web::Keyset below, int limit);
/// In these spaces.
std::int64_t count(db::Tx& tx, CommunityId community, const db::Ids& spaces, std::string_view tag);

}  // namespace torv::tags::store
