#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "features/drafts/drafts.hpp"
#include "features/lifts/lifts.hpp"
#include "features/members/members.hpp"
#include "features/notifications/notifications.hpp"
#include "features/reactions/reactions.hpp"
#include "features/topics/store.hpp"
#include "features/topics/topics.hpp"

/// What the pages of this slice show, loaded in one read each.
namespace torv::topics::pages {

/// Which posts of a topic somebody wants to see.
struct Window {
    store::From from = store::From::Start;
    PostId at;
    int limit = kPostsOnPage;
    int context = 0;           ///< with AtAndAfter: how many posts before `at` are shown too
    bool by_thanks = false;    ///< answers in another order; `from` and `at` say nothing then
    std::string_view below{};  ///< by thanks: where the page goes on, from `next`; empty: on top
};

/// What the viewer may do with a topic as a whole.
struct May {
    bool reply = false;
    bool moderate = false;
    bool accept = false;  ///< say which answer helped
};

struct TopicPage {
    Topic topic;
    spaces::Access space;
    std::vector<Post> posts;
    bool before = false;  ///< there are posts before these
    bool after = false;   ///< and after
    bool by_thanks = false;
    std::string next;              ///< by thanks: where the next page begins; empty: that was all
    std::optional<Post> accepted;  ///< the answer that helped, on a page with the question
    members::Faces faces;
    reactions::Own own;
    Instant read_until;  ///< 0: nothing to mark as new
    std::optional<drafts::Draft> draft;
    PostId reply_to;  ///< what the composer answers
    May may;
    notifications::Levels levels;
    std::unordered_map<PostId, store::Answers> threads;  ///< below messages of a chat
    std::vector<lifts::Line> notes;    ///< of posts that were lifted from among these
    std::vector<lifts::Line> origins;  ///< from where posts were lifted to here
    std::vector<MemberId> blocked;     ///< by the viewer: their posts are folded
};
/// Eight statements for members, four for guests; four more where posts were lifted.
Result<TopicPage> topic(db::Tx& tx, const auth::Viewer& viewer, TopicId id, Window window);

/// Fills in a page of answers by thanks; the first one has the opening post on top.
/// Fault: Malformed "web.bad_cursor".
Done load_by_thanks(db::Tx& tx, const auth::Viewer& viewer, const Window& window, TopicPage& page);
/// The answer that was accepted, when this page shows the question.
void load_accepted(db::Tx& tx, const auth::Viewer& viewer, TopicPage& page);

/// What is said below a message; empty while nothing is. Fault: NotFound.
Result<TopicPage> thread(db::Tx& tx, const auth::Viewer& viewer, const Thread& thread,
                         Window window);

/// Where the first post lies that is new to the viewer; nothing when they have read everything or
/// have never been there.
Result<std::optional<PostId>> first_new(db::Tx& tx, const auth::Viewer& viewer, TopicId id);

/// One post as everybody of an audience sees it: by the rights of `viewer`, who is nobody. `space`
/// has the role of the audience.
std::optional<TopicPage> of_post(db::Tx& tx, const auth::Viewer& viewer,
                                 const spaces::Access& space, PostId id);

/// Fills in `notes` and `origins`.
void add_lifts(db::Tx& tx, const auth::Viewer& viewer, TopicPage& page);

struct SpacePage {
    spaces::Space space;
    spaces::Access access;
    std::vector<Topic> pinned;
    std::vector<Topic> topics;
    std::string next;   ///< cursor; empty: that was all
    bool first = true;  ///< the list begins here
    store::Sort sort = store::Sort::Active;
    members::Faces faces;
    std::vector<MemberId> moderators;
    bool may_start = false;
    bool may_moderate = false;
    notifications::Levels levels;
};
/// Seven statements for members, six for guests.
Result<SpacePage> space(db::Tx& tx, const auth::Viewer& viewer, std::string_view slug,
                        store::Sort sort, std::string_view below);

/// Where the list goes on behind these topics.
std::string next_after(const std::vector<Topic>& topics, store::Sort sort);

/// The stream of a chat space; without a topic while nobody has said anything.
struct ChatPage {
    spaces::Space space;
    TopicPage stream;
    PostId first_new;  ///< 0: nothing is new, or it stands on this page
};
Result<ChatPage> chat(db::Tx& tx, const auth::Viewer& viewer, std::string_view slug, Window window);

/// Fills in `fresh` and `unread` of each.
void add_unread(db::Tx& tx, const auth::Viewer& viewer, std::vector<Topic>& topics);

/// A page of a space's topics for the API.
struct TopicList {
    std::vector<Topic> topics;
    std::string next;
};

struct History {
    SeenPost seen;
    std::vector<store::Version> versions;
    members::Faces faces;
};
/// The former texts of a post; of a deleted one for those who may restore it.
Result<History> history(db::Tx& tx, const auth::Viewer& viewer, PostId id);

}  // namespace torv::topics::pages
