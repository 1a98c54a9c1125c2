#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/spaces/spaces.hpp"
#include "platform/auth/auth.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"

namespace torv::activity {
struct Activity;
}
namespace torv::members {
struct Face;
}

/// Conversations: topics and their posts. Chat is the same at another speed: a chat space has one
/// standing stream, a topic whose posts are its messages.
namespace torv::topics {

inline constexpr std::size_t kTitleMin = 3;     ///< characters
inline constexpr std::size_t kTitleMax = 120;   ///< characters
inline constexpr std::size_t kBodyMax = 65536;  ///< bytes
inline constexpr int kPostsOnPage = 20;
inline constexpr int kTopicsOnPage = 30;

/// Thread: what is said below a message of a chat; the message is its opening post and stays in its
/// stream. Direct: a conversation, open to those who have a seat in it (features/conversations).
enum class Kind { Topic = 0, Stream = 1, Direct = 2, Thread = 3 };

struct Topic {
    TopicId id;
    SpaceId space;
    MemberId author;
    Kind kind = Kind::Topic;
    std::string title;
    std::string excerpt;
    Instant created_at;
    PostId first_post;
    PostId last_post;
    Instant last_post_at;
    MemberId last_poster;
    std::int64_t replies = 0;
    bool pinned = false;
    bool locked = false;
    Instant deleted_at;  ///< 0: not deleted
    MemberId deleted_by;
    bool fresh = false;       ///< holds something new to the viewer; filled in by lists for members
    std::int64_t unread = 0;  ///< how many posts are new; 0 with `fresh`: not known
    bool chat = false;        ///< opened as chat: its posts are shown as a stream
    std::int64_t lifts = 0;   ///< how many liftings carried posts out of it or into it
    PostId accepted;          ///< the answer that was accepted; 0: none
    std::int64_t thanks = 0;  ///< of its opening post
};

struct Post {
    PostId id;
    TopicId topic;
    MemberId author;
    PostId reply_to;           ///< 0: to the topic
    MemberId reply_to_author;  ///< 0: none, or not to be seen
    std::string body_md;       ///< empty when deleted and the viewer may not see it
    std::string body_html;
    std::string reactions;  ///< counts as JSON: {"👍":3}; empty: none
    Instant created_at;
    Instant edited_at;  ///< 0: never
    std::int64_t edits = 0;
    Instant deleted_at;
    MemberId deleted_by;
    std::int64_t score = 0;   ///< points it came with from another system
    std::int64_t thanks = 0;  ///< reactions and score
};

/// A text made ready for keeping: checked, rendered, its mentions resolved. Made before the writing
/// transaction, because rendering is slow and a write may run twice.
struct Prepared {
    std::string markdown;
    std::string html;
    std::string excerpt;
    std::vector<MemberId> mentions;
    std::vector<std::string> tags;  ///< without #, lower case
    std::vector<UploadId> uploads;  ///< files of ours that it shows or links to
};
/// Faults, all on field "body": Invalid "topics.body_empty", "topics.body_too_long".
Result<Prepared> prepare(db::Tx& tx, CommunityId community, std::string_view body);
/// The same for what a member writes: it tells nothing of pictures that the writer may not see.
Result<Prepared> prepare(db::Tx& tx, const auth::Viewer& writer, std::string_view body);
/// The title as it is kept: trimmed, spaces joined. Fault on "title": Invalid
/// "topics.title_length".
Result<std::string> title_from(std::string_view typed);

// ── writing: each checks what the viewer may do, inside the transaction ──

/// Begins a topic. Announces topic.created and post.created. Faults: NotFound, Forbidden.
Result<TopicId> start(db::Tx& tx, const auth::Viewer& viewer, SpaceId space, std::string_view title,
                      const Prepared& opening);
/// Answers; gives the post as it was written, but for `reply_to_author`. `reply_to` may be 0.
/// Announces post.created. Faults: NotFound, Forbidden ("topics.locked", "spaces.archived").
Result<Post> reply(db::Tx& tx, const auth::Viewer& viewer, TopicId topic, const Prepared& text,
                   PostId reply_to = {});
/// Says something in the stream of a chat space. Announces post.created.
Result<Post> say(db::Tx& tx, const auth::Viewer& viewer, SpaceId space, const Prepared& text,
                 PostId reply_to = {});
/// Says something below a message of a chat: in its thread, which begins with the first answer.
/// `reply_to` is a post of the thread; 0: the message. Announces post.created. Faults: NotFound,
/// Forbidden.
Result<PostId> answer_below(db::Tx& tx, const auth::Viewer& viewer, PostId message,
                            const Prepared& text, PostId reply_to = {});

/// Begins a conversation, in which nobody has a seat yet and nothing is said. `title` may be empty.
/// Who may is asked by features/messages; what is said there goes through `reply`.
TopicId begin_direct(db::Tx& tx, const auth::Viewer& viewer, std::string_view title);
/// Names a conversation that the viewer takes part in; empty: no name. Announces topic.renamed.
/// Faults: NotFound, Invalid "topics.title_length".
Done name_direct(db::Tx& tx, const auth::Viewer& viewer, TopicId topic, std::string_view title);
/// Changes a post; the former text is kept. `seen_edits` is `edits` of the version that the writer
/// saw: when it is not that of the row, Conflict "topics.edited_meanwhile". Authors and moderators.
/// A new `title` renames the topic of an opening post. Announces post.edited.
Done edit(db::Tx& tx, const auth::Viewer& viewer, PostId post, std::int64_t seen_edits,
          const Prepared& text, std::optional<std::string_view> title = {});
/// Authors and moderators; the place of the post stays, its text is shown to moderators only. An
/// opening post without answers takes its topic along. Announces post.deleted (and topic.deleted).
Done remove(db::Tx& tx, const auth::Viewer& viewer, PostId post);
/// Whoever may delete it; what a moderator deleted only moderators bring back. Announces
/// post.restored.
Done restore(db::Tx& tx, const auth::Viewer& viewer, PostId post);

/// Gives or takes back one emoji; repeating is not an error. Announces reaction.added,
/// reaction.removed. Faults: NotFound, Forbidden, Invalid "reactions.not_emoji".
enum class State { On, Off };
Done react(db::Tx& tx, const auth::Viewer& viewer, PostId post, std::string_view emoji,
           State wanted);
/// The viewer has read the topic up to this post.
Done mark_read(db::Tx& tx, const auth::Viewer& viewer, TopicId topic, PostId up_to);

/// Wakes who folds replies.
inline constexpr std::string_view kRepliesNoted = "replies_noted";
/// Counts the replies that were noted while others held the row of their topic; gives in how many
/// topics. There are none on SQLite. Two may do it at once.
int fold_replies(db::Db& db);
/// Topics that do not have as many replies as they count, for `torv check`; at most 100.
std::vector<std::string> check(db::Db& db);

// ── looking ──

/// What the viewer may read, with the space it is in. Deleted topics are found for those who may
/// restore them. Fault: NotFound "topics.not_found".
struct Seen {
    Topic topic;
    spaces::Access space;
};
Result<Seen> visible(db::Tx& tx, const auth::Viewer& viewer, TopicId topic);
/// May the viewer answer there? Faults: NotFound, Forbidden ("topics.locked_text",
/// "spaces.archived", "spaces.read_only").
Done check_may_write(const auth::Viewer& viewer, const Topic& topic, const spaces::Access& space);
/// A post that is not deleted, in a topic the viewer may read. Fault: NotFound "topics.not_found".
struct SeenPost {
    Post post;
    Topic topic;
    spaces::Access space;
};
Result<SeenPost> visible_post(db::Tx& tx, const auth::Viewer& viewer, PostId post);

/// The same, its row and that of its topic kept until the end of the transaction.
Result<SeenPost> held_post(db::Tx& tx, const auth::Viewer& viewer, PostId post);

/// A topic of this space as lists show it to anybody; nothing for a deleted one or a stream.
std::optional<Topic> listed(db::Tx& tx, CommunityId community, SpaceId space, TopicId topic);
/// May the viewer say which answer helped? Who asked and moderators, where topics are questions;
/// take it back also where they are not any more.
bool may_accept(const auth::Viewer& viewer, const Topic& topic, const spaces::Access& space);
/// May the viewer lift anything out of this topic? Of what is said in a chat, moderators of its
/// space anything, members their own messages where they may begin topics.
bool may_lift(const auth::Viewer& viewer, const Topic& from, const spaces::Access& space);
/// And this message? Never the opening post of a topic.
bool may_lift(const auth::Viewer& viewer, const Post& post, const Topic& from,
              const spaces::Access& space);

// ── arranging: for features/curation and those above it. They have asked who may and they
// announce; here what is counted and linked is kept right ──

/// A topic the viewer may read, its row kept until the end of the transaction. Fault: NotFound
/// "topics.not_found".
Result<Seen> locked(db::Tx& tx, const auth::Viewer& viewer, TopicId id);
enum class Mark { Locked, Pinned, Chat };  ///< Chat: shown as a stream
void set_mark(db::Tx& tx, const auth::Viewer& by, TopicId topic, Mark what, State wanted);
/// Which answer was accepted; 0: none. It stands in the topic and is not deleted: when it goes, it
/// is not accepted any more.
void set_accepted(db::Tx& tx, CommunityId community, TopicId topic, PostId answer);
/// Takes a topic out of sight, or back; its space counts it. This, `set_space` and `carry` take the
/// threads below its messages along, and give them: what is announced names them (`with_threads`).
std::vector<TopicId> set_deleted(db::Tx& tx, const auth::Viewer& by, const Topic& topic,
                                 State wanted);
std::vector<TopicId> set_space(db::Tx& tx, CommunityId community, const Topic& topic, SpaceId to);

/// Those of these posts that stand in the topic, of any state, in their order.
std::vector<Post> posts_of(db::Tx& tx, CommunityId community, TopicId topic,
                           const std::vector<PostId>& posts);
/// Posts of any state after one of the topic (0: from its beginning), at most `limit`.
std::vector<Post> posts_after(db::Tx& tx, CommunityId community, TopicId topic, PostId after,
                              int limit);
/// Posts of any state around one of the topic and itself, at most `each_side` before and after.
std::vector<Post> posts_around(db::Tx& tx, CommunityId community, TopicId topic, PostId around,
                               int each_side);
/// The title of a topic of this space that is not deleted; empty otherwise.
std::string title_of(db::Tx& tx, CommunityId community, SpaceId space, TopicId topic);
/// The first post written after a moment; 0: none.
PostId next_post(db::Tx& tx, CommunityId community, TopicId topic, Instant after);
/// A topic that has no posts yet: the transaction has to carry some into it.
struct Bare {
    SpaceId space;
    MemberId author;
    std::string_view title;
    Instant created_at;
};
TopicId make_bare(db::Tx& tx, CommunityId community, const Bare& topic);
/// Carries posts from one topic to another and counts both anew; ids, order, authors and links
/// stay. The opening of a topic stays its opening as long as it stands there.
std::vector<TopicId> carry(db::Tx& tx, CommunityId community, TopicId from, TopicId to,
                           const std::vector<PostId>& posts);
/// The payload of an activity with `"threads":["8"]`, when there are any.
std::string with_threads(std::string payload, const std::vector<TopicId>& threads);
/// The threads below messages.
std::vector<TopicId> threads_below(db::Tx& tx, CommunityId community,
                                   const std::vector<PostId>& messages);
/// Was anything written or changed in these topics at this moment or after it?
bool written_since(db::Tx& tx, CommunityId community, const std::vector<TopicId>& topics,
                   Instant since);
/// One lifting more, or less, carried posts out of the topic or into it.
void count_lifts(db::Tx& tx, CommunityId community, TopicId topic, int by);

/// The thread below a message of a chat; `topic` is 0 while nobody has answered. Fault: NotFound.
struct Thread {
    SeenPost message;  ///< without its words when it is deleted
    Topic topic;
};
Result<Thread> thread(db::Tx& tx, const auth::Viewer& viewer, PostId message);

/// Topics with the latest posts over all spaces the viewer may read, streams left out, with what is
/// unread; for home and landing pages.
std::vector<Topic> recent(db::Tx& tx, const auth::Viewer& viewer, const spaces::Readable& readable,
                          int limit);

/// A conversation as its page shows it: loaded in the transaction, drawn when the page is. `base`
/// is the address of the page; its composer posts to `base`/posts. Fault: NotFound.
struct Talk {
    Topic topic;
    /// `closed`: why there is no composer, in words. For who asks for a fragment the messages
    /// alone.
    std::function<void(html::Out&, const web::Context&, std::string_view closed)> draw;
};
struct TalkOptions {
    std::string base;
    std::string typed;             ///< what was typed before a fault
    const Error* error = nullptr;  ///< outlives the drawing
};
Result<Talk> talk(db::Tx& tx, const web::Context& ctx, TopicId topic, TalkOptions options);

/// The field for a text with its tools, inside a form; its name is "body". `label` is a key.
void text_box(html::Out& out, const web::Context& ctx, std::string_view label,
              const std::string& body, const Error* error);

/// One row of a list of topics over several spaces, its title an h3; stands in `<ol
/// class="topics">`.
struct RowExtras {
    bool at_new = false;  ///< leads to the first new post
    std::string note;     ///< behind the time; empty: none
};
void row(html::Out& out, const web::Context& ctx, const Topic& topic, const members::Face& author,
         const spaces::Access* space, const RowExtras& extras = {});

/// Answers with the topic as the API says it.
http::Response answer(web::Context& ctx, TopicId topic, int status = 200);

/// A thread as its page shows it: loaded in the transaction, drawn when the page is. `base` is the
/// address of the page; its composer posts to `base`. Fault: NotFound.
struct ThreadShown {
    Thread thread;
    std::function<void(html::Out&, const web::Context&)> draw;
};
Result<ThreadShown> show_thread(db::Tx& tx, const web::Context& ctx, PostId message,
                                const std::string& base);
/// What somebody has written, checked and rendered outside of any write. Faults: those of
/// `prepare`, TooMany.
Result<Prepared> written(web::Context& ctx, std::string_view body);
/// A post by itself, for who has just written it and stays on the page.
http::Response message(web::Context& ctx, PostId post);
/// The post as the API says it.
http::Response answer_post(web::Context& ctx, PostId post, int status);

/// "/t/7/picnic-on-saturday"
std::string path(TopicId topic, std::string_view title);
/// "/p/41": leads to the post wherever it is
std::string path(PostId post);

// ── imports: the past of a community. No checks of rights; origin Imported; every `source` is kept
// once, so that importing again changes nothing ──

struct ImportedTopic {
    SpaceId space;
    MemberId author;
    std::string_view title;
    Instant happened_at;
    std::string_view source;  ///< "slack:C024/1493040000.000200/topic"
};
struct ImportedPost {
    TopicId topic;
    SpaceId space;  ///< of the topic
    MemberId author;
    PostId reply_to;
    Instant happened_at;
    Instant edited_at;  ///< 0: never
    std::string_view source;
    std::int64_t score = 0;  ///< points that it had
};
/// The topic of this source, made when it is not there; `fresh` says which. Its counts are right
/// after finish_import.
template <class IdType>
struct Import {
    IdType id;
    bool fresh = false;
};
Import<TopicId> import_topic(db::Tx& tx, CommunityId community, const ImportedTopic& topic);
/// The stream of a chat space, made when it is not there.
TopicId stream(db::Tx& tx, CommunityId community, SpaceId space, MemberId author, Instant at);
Import<PostId> import_post(db::Tx& tx, CommunityId community, const ImportedPost& post,
                           const Prepared& text);
/// The thread below an imported message, made when it is not there.
TopicId import_thread(db::Tx& tx, CommunityId community, SpaceId space, PostId message, Instant at);
/// The post of a source, or 0.
PostId imported_post(db::Tx& tx, CommunityId community, std::string_view source);
/// One reaction; a repeated one changes nothing. Gives false for what is not an emoji.
bool import_reaction(db::Tx& tx, CommunityId community, PostId post, MemberId member,
                     std::string_view emoji, Instant at);
/// Brings counts, first and last posts of the topics up to date: call at the end of each batch with
/// the topics it touched.
void finish_import(db::Tx& tx, CommunityId community, const std::vector<TopicId>& topics);

/// Streams "topic:7", and what posts, reactions and topics mean for open pages.
void live(live::Registry& registry);

void routes(web::Routes& routes);

/// For those who keep something about posts: what an activity made, changed, took away or carried
/// elsewhere, to be looked at anew. Of a topic, all its posts, those that are gone as well.
struct Touched {
    std::vector<PostId> posts;
    std::vector<TopicId> topics;
};
Touched touched(const activity::Activity& what);

}  // namespace torv::topics
