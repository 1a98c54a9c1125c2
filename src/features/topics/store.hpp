#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "features/topics/topics.hpp"
#include "platform/web/keyset.hpp"

/// All SQL about topics and posts. Finders take what the viewer may read; writers take what a rule
/// has decided.
namespace torv::topics::store {

// ── topics (store.cpp) ──

/// A topic in one of the spaces, or a conversation in which `reader` has a seat; deleted ones too:
/// the rule decides who may see those.
std::optional<Topic> topic(db::Tx& tx, CommunityId community, TopicId id, const db::Ids& spaces,
                           MemberId reader = {});
/// The same, its row locked until the end of the transaction.
std::optional<Topic> lock_topic(db::Tx& tx, CommunityId community, TopicId id,
                                const db::Ids& spaces, MemberId reader = {});
std::optional<Topic> stream_of(db::Tx& tx, CommunityId community, SpaceId space);

std::optional<Topic> thread_of(db::Tx& tx, CommunityId community, PostId message);
/// How much is said in the thread below a message.
struct Answers {
    TopicId topic;
    std::int64_t replies = 0;
    Instant last_at;
};
std::unordered_map<PostId, Answers> answers_to(db::Tx& tx, CommunityId community,
                                               const std::vector<Post>& messages);
/// Titles of those of these topics that may be read, with the space each is in.
struct Named {
    TopicId id;
    SpaceId space;
    Kind kind = Kind::Topic;
    std::string title;
};
std::vector<Named> named(db::Tx& tx, CommunityId community, const db::Ids& topics,
                         const db::Ids& spaces);

/// Quiet: without replies, the newest first. Open: without an accepted answer. Thanked: those that
/// anybody has thanked for, the most first; their Keyset is {thanks, id}.
enum class Sort { Active, Newest, Quiet, Open, Thanked };
/// Topics of one space, streams and deleted ones left out. `pinned` ones stand apart on pages.
enum class Pinned { Among, LeftOut };
std::vector<Topic> in_space(db::Tx& tx, CommunityId community, SpaceId space, Sort sort,
                            Pinned pinned, web::Keyset below, int limit);
std::vector<Topic> pinned(db::Tx& tx, CommunityId community, SpaceId space);
/// The newest in those spaces, looked for among the newest `among` of the whole community.
std::vector<Topic> recent(db::Tx& tx, CommunityId community, const db::Ids& spaces, int limit,
                          int among);
/// How many topics there are, counted up to `limit`.
int topics_up_to(db::Tx& tx, CommunityId community, int limit);

struct NewTopic {
    TopicId id;
    CommunityId community;
    SpaceId space;
    MemberId author;
    Kind kind = Kind::Topic;
    std::string_view title;
    std::string_view excerpt;
    PostId first_post;  ///< of a thread: the message; 0: its first post will be
    Instant at;
    bool imported = false;
    std::string_view source;
};
/// False when a topic of this source, a stream of this space or a thread of this message is there
/// already.
bool insert_topic(db::Tx& tx, const NewTopic& topic);
std::optional<TopicId> topic_of_source(db::Tx& tx, CommunityId community, std::string_view source);
void set_title(db::Tx& tx, CommunityId community, TopicId id, std::string_view title);
void set_excerpt(db::Tx& tx, CommunityId community, TopicId id, std::string_view excerpt);
/// That of its opening post; empty when that is deleted.
void refresh_excerpt(db::Tx& tx, CommunityId community, TopicId id);
void set_mark(db::Tx& tx, CommunityId community, TopicId id, Mark mark, std::optional<Instant> at,
              MemberId by);
void set_space(db::Tx& tx, CommunityId community, TopicId id, SpaceId space);
void set_accepted(db::Tx& tx, CommunityId community, TopicId id, PostId answer);
/// Threads below messages.
std::vector<TopicId> threads_below(db::Tx& tx, CommunityId community,
                                   const std::vector<PostId>& messages);
/// Puts the threads below these messages of a topic, or below all of them, where the topic is, and
/// out of sight while it is; gives which they are.
std::vector<TopicId> settle_threads(db::Tx& tx, CommunityId community, TopicId topic,
                                    const std::vector<PostId>& messages);
std::vector<TopicId> settle_threads(db::Tx& tx, CommunityId community, TopicId topic);
/// Where those of these topics that are threads are.
struct Hung {
    PostId message;
    SpaceId space;
};
std::vector<Hung> hung(db::Tx& tx, CommunityId community, const std::vector<TopicId>& topics);
bool written_since(db::Tx& tx, CommunityId community, const std::vector<TopicId>& topics,
                   Instant since);
void set_topic_deleted(db::Tx& tx, CommunityId community, TopicId id, std::optional<Instant> at,
                       MemberId by);

// ── what is counted on the row of a topic (counts_store.cpp). Replies = reply_count + the notes in
// noted_replies: a note stands for a post that is not deleted and not counted yet. Decision 0012.
// ──

struct Newest {
    PostId post;
    MemberId author;
    Instant at;
};
/// The last post that is not deleted.
std::optional<Newest> newest_post(db::Tx& tx, CommunityId community, TopicId topic);
void count_opening(db::Tx& tx, CommunityId community, TopicId topic, const Newest& post,
                   std::string_view excerpt);
/// One more reply, and who was last. False, and nothing counted, when another writer has the row.
bool count_reply(db::Tx& tx, CommunityId community, TopicId topic, const Newest& post);
void note_reply(db::Tx& tx, CommunityId community, TopicId topic, PostId post);
/// True when the post was noted.
bool forget_note(db::Tx& tx, CommunityId community, TopicId topic, PostId post);
struct Noted {
    CommunityId community;
    TopicId topic;
};
std::vector<Noted> noted_topics(db::Tx& tx, int limit);
/// Removes the notes of a topic that is held; gives how many there were.
std::int64_t take_notes(db::Tx& tx, CommunityId community, TopicId topic);
/// Keeps the row until the end of the transaction: before changing what is counted.
void hold(db::Tx& tx, CommunityId community, TopicId topic);
/// Changes the count of a topic that is held by as many replies, and looks up who is last: nobody
/// when all its posts are deleted.
void add_replies(db::Tx& tx, CommunityId community, TopicId topic, std::int64_t by);
/// Topics whose replies are not as many as is counted; at most 100.
std::vector<TopicId> miscounted(db::Tx& tx);
/// Counts, first and last post from the posts that are there. The opening post is the first of
/// them, or stays what it was as long as it is there.
enum class Opening { IsFirst, Stays };
void recount(db::Tx& tx, CommunityId community, TopicId id, Opening opening = Opening::IsFirst);
void count_lifts(db::Tx& tx, CommunityId community, TopicId topic, int by);

// ── posts (posts_store.cpp) ──

/// A post of any state with its topic; visibility is that of the topic.
std::optional<Post> post(db::Tx& tx, CommunityId community, PostId id);
std::optional<Post> lock_post(db::Tx& tx, CommunityId community, PostId id);

/// Those of these posts that stand in the topic, of any state, in their order.
std::vector<Post> posts_of(db::Tx& tx, CommunityId community, TopicId topic,
                           const std::vector<PostId>& posts);

/// Where a page of posts begins.
enum class From { Start, After, AtAndAfter, Before, End };
/// Posts of a topic in their order, at most `limit`. `at` is a post of the topic.
std::vector<Post> page(db::Tx& tx, CommunityId community, TopicId topic, From from, PostId at,
                       int limit);
/// Answers that were thanked for, the most first, but for the opening post and deleted ones. The
/// Keyset is {thanks, id}.
std::vector<Post> thanked(db::Tx& tx, CommunityId community, TopicId topic, PostId opening,
                          web::Keyset below, int limit);
/// The others, in their order, after a post (0: from the beginning).
std::vector<Post> unthanked(db::Tx& tx, CommunityId community, TopicId topic, PostId opening,
                            PostId after, int limit);
/// The first post written after a moment.
std::optional<PostId> first_after(db::Tx& tx, CommunityId community, TopicId topic, Instant at);
/// How many posts stand before one, counted up to `limit`.
int count_before(db::Tx& tx, CommunityId community, TopicId topic, Instant at, PostId id,
                 int limit);
/// Posts that are not deleted after a moment, counted up to `limit`.
std::int64_t count_after(db::Tx& tx, CommunityId community, TopicId topic, Instant at, int limit);

struct NewPost {
    PostId id;
    CommunityId community;
    TopicId topic;
    MemberId author;
    PostId reply_to;
    const Prepared& text;
    Instant at;
    Instant edited_at;
    bool imported = false;
    std::string_view source;
    std::int64_t score = 0;
};
void insert_post(db::Tx& tx, const NewPost& post);
/// False when a post of this source is there already.
bool import_post(db::Tx& tx, const NewPost& post);
std::optional<PostId> post_of_source(db::Tx& tx, CommunityId community, std::string_view source);
void set_text(db::Tx& tx, CommunityId community, const Post& before, MemberId editor,
              const Prepared& text);
void set_post_deleted(db::Tx& tx, CommunityId community, PostId id, std::optional<Instant> at,
                      MemberId by);
/// `given`: how many reactions these are, all kinds together.
void set_reactions(db::Tx& tx, CommunityId community, PostId id, std::string_view counts,
                   std::int64_t given);
/// A topic is thanked for what opens it.
void take_thanks(db::Tx& tx, CommunityId community, TopicId id, PostId opening);
void set_mentions(db::Tx& tx, CommunityId community, PostId id,
                  const std::vector<MemberId>& members);
void drop_mentions(db::Tx& tx, CommunityId community, PostId id);
/// Moves posts of one topic, which is held, to another, and their notes; gives how many were moved.
std::int64_t move_posts(db::Tx& tx, CommunityId community, TopicId from, TopicId to,
                        const std::vector<PostId>& posts);

struct Version {
    std::string markdown;
    MemberId editor;  ///< who replaced it
    Instant written_at;
    Instant replaced_at;
};
/// Former texts, newest first; at most 100.
std::vector<Version> versions(db::Tx& tx, CommunityId community, PostId id);

}  // namespace torv::topics::store
