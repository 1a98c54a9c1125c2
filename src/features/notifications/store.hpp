#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "features/notifications/notifications.hpp"

/// All SQL about notices (store.cpp, changes_store.cpp) and levels (levels_store.cpp).
namespace torv::notifications::store {

/// Channel of db::Tx::wake: somebody's notices have changed.
inline constexpr std::string_view kChanged = "notices";

// ── notices ──

struct NewNotice {
    MemberId member;
    std::int64_t position = 0;
    Kind kind{};
    Why why{};
    std::int64_t place = 0;
    MemberId actor;
    SpaceId space;
    TopicId topic;
    PostId post;
    std::string_view detail;
    Instant at;
    bool gone = false;
    bool read = false;  ///< the member has read the place already
};
/// Writes the row, or again what is derived of it: the reading of a row that is there stays.
void put(db::Tx& tx, CommunityId community, const NewNotice& notice);
/// Derives a row again; one that is not there any more is not made again.
void put_again(db::Tx& tx, CommunityId community, const NewNotice& notice);

/// A row as pages bundle it.
struct Item {
    std::int64_t position = 0;
    Kind kind{};
    Why why{};
    std::int64_t place = 0;
    MemberId actor;
    SpaceId space;
    TopicId topic;
    PostId post;
    std::string detail;
    Instant at;
    std::optional<Instant> read_at;
};
enum class Which { All, Unread };
/// The newest of a member in these spaces, newest first.
std::vector<Item> newest(db::Tx& tx, CommunityId community, MemberId member,
                         const db::Ids& readable, Which which, int limit);
std::optional<Item> find(db::Tx& tx, CommunityId community, MemberId member, std::int64_t position);
std::int64_t unread(db::Tx& tx, CommunityId community, MemberId member, const db::Ids& readable,
                    int limit);

/// Each gives the number of rows that were unread.
std::int64_t mark_bundle(db::Tx& tx, CommunityId community, MemberId member, const Item& newest);
std::int64_t mark_all(db::Tx& tx, CommunityId community, MemberId member, std::int64_t up_to);
std::int64_t mark_topic(db::Tx& tx, CommunityId community, MemberId member, TopicId topic,
                        Instant said_until);
enum class Seen { All, Talk };  ///< Talk: posts and reactions
std::int64_t mark_spaces(db::Tx& tx, CommunityId community, MemberId member, const db::Ids& spaces,
                         Instant until, Seen what);

/// A reaction was taken back before this position; gives the number of rows.
std::int64_t take_back(db::Tx& tx, CommunityId community, MemberId member, std::int64_t before,
                       MemberId actor, PostId post, std::string_view emoji);
/// That an answer was accepted, before a position, is not so any more; false: nobody was told.
bool take_back_accepted(db::Tx& tx, CommunityId community, MemberId member, std::int64_t before,
                        PostId post);
/// Members with notices of the topic after `after`, in their order.
std::vector<MemberId> told_of(db::Tx& tx, CommunityId community, TopicId topic, MemberId after,
                              int limit);
/// Topic, space and whether it is gone, as they are now, for notices of a topic to the members
/// after `after` up to `last`.
void refresh(db::Tx& tx, CommunityId community, TopicId topic, MemberId after, MemberId last);
/// Who out of `members` has been told of the post already, by an activity before `before`.
std::vector<MemberId> told_of_post(db::Tx& tx, CommunityId community, TopicId topic, PostId post,
                                   std::int64_t before, const db::Ids& members);
/// Open pages of these members are told that their notices have changed.
void note_changes(db::Tx& tx, CommunityId community, std::vector<MemberId> members);
/// How often, by member; none of who never had a notice.
std::vector<std::pair<std::int64_t, std::int64_t>> changes(db::Tx& tx, CommunityId community,
                                                           const db::Ids& members);
/// Members who have, or had, notices, after `after`, in their order.
std::vector<MemberId> told_ever(db::Tx& tx, CommunityId community, MemberId after, int limit);
/// Forgets what was read and is older than `read_before`, and everything older than
/// `unread_before`. Gives whose notices have changed, one for each row.
std::vector<MemberId> prune(db::Tx& tx, CommunityId community, const db::Ids& members,
                            Instant read_before, Instant unread_before);
/// Nothing is shown until it is derived again; what was read stays known.
void clear(db::Tx& tx, CommunityId community);

// ── what topics publish ──

struct Post {
    TopicId topic;
    SpaceId space;
    MemberId author;
    MemberId answered;  ///< whose post it answers; 0: nobody's
    MemberId starter;   ///< of the topic
    bool stream = false;
    bool direct = false;  ///< of a conversation
    bool opening = false;
    bool gone = false;
    std::string title;
    std::string excerpt;
};
std::optional<Post> post(db::Tx& tx, CommunityId community, PostId id);
std::unordered_map<PostId, Post> posts(db::Tx& tx, CommunityId community, const db::Ids& ids);
std::vector<MemberId> mentions(db::Tx& tx, CommunityId community, PostId id);

struct Topic {
    SpaceId space;
    MemberId author;
    bool stream = false;
    bool direct = false;  ///< a conversation
    bool gone = false;
    std::string title;
};
std::optional<Topic> topic(db::Tx& tx, CommunityId community, TopicId id);
std::unordered_map<TopicId, Topic> topics(db::Tx& tx, CommunityId community, const db::Ids& ids);

// ── levels ──

/// What held at a moment for each of the members.
struct Held {
    MemberId member;
    Place place{};
    Chosen chosen;
};
struct Places {
    SpaceId space;
    TopicId topic;
    MemberId person;
    db::Ids tags;
};
std::vector<Held> held(db::Tx& tx, CommunityId community, const db::Ids& members,
                       const Places& places, Instant at);
/// What the member chose for these as it is now.
std::vector<Held> current(db::Tx& tx, CommunityId community, MemberId member, const Places& places);
/// Members who watched the place at that moment, after `after`, in their order.
std::vector<MemberId> watchers(db::Tx& tx, CommunityId community, Place place, std::int64_t id,
                               Instant at, MemberId after, int limit);
void set_level(db::Tx& tx, CommunityId community, MemberId member, Place place, std::int64_t id,
               Level level);
/// The number of a tag; 0 while nobody chose a level for it.
std::int64_t tag(db::Tx& tx, CommunityId community, std::string_view name);
std::int64_t make_tag(db::Tx& tx, CommunityId community, std::string_view name);
/// Of those of these that have one, in no order.
std::vector<std::int64_t> tags(db::Tx& tx, CommunityId community, const db::Texts& names);
std::unordered_map<std::int64_t, std::string> tag_names(db::Tx& tx, CommunityId community,
                                                        const db::Ids& tags);
/// The member follows the topic since `at`, unless something held then.
void follow_by_writing(db::Tx& tx, CommunityId community, MemberId member, TopicId topic,
                       Instant at);
/// A level that is not normal, chosen by hand, for the page of settings.
struct Kept {
    Place place{};
    std::int64_t id = 0;
    Level level{};
};
std::vector<Kept> kept(db::Tx& tx, CommunityId community, MemberId member, int limit);
/// The member's levels of all spaces, and of these topics, as they are now.
std::vector<Kept> levels_of(db::Tx& tx, CommunityId community, MemberId member,
                            const db::Ids& topics);
/// Those of these topics in which an unread notice names or answers the member.
std::vector<TopicId> named_in(db::Tx& tx, CommunityId community, MemberId member,
                              const db::Ids& topics);
/// Forgets what was followed by writing.
void clear_levels(db::Tx& tx, CommunityId community);

}  // namespace torv::notifications::store
