#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

/// Who is told of what, and why: pure functions over plain facts.
namespace torv::notifications {

/// What a notice tells; stored as its number.
enum class Kind {
    Mention = 0,
    Reply = 1,       ///< to a post of yours
    Answer = 2,      ///< in a topic you follow
    Reaction = 3,    ///< to a post of yours
    Topic = 4,       ///< a new one in a space you follow
    Membership = 5,  ///< let in, another role, a seat in a space
    Invitation = 6,  ///< yours was accepted
    Request = 7,     ///< somebody asks to come in, for those who answer
    Moderation = 8,  ///< somebody else changed, deleted or moved what you wrote
    Message = 9,     ///< in a conversation you take part in
    Question = 10,   ///< asked to those who lead, for who does
    Reminder = 11,   ///< of a post, which the member asked for; or that one was not posted
    Accepted = 12,   ///< an answer of yours helped who asked
    Circle = 13,     ///< you are in a circle now, or not any more
};
inline constexpr int kKinds = 14;
std::string_view kind_name(Kind kind);  ///< "mention", …: the words of API and locale keys

/// The id of the circle that a detail names ("added:42"); 0: none.
std::int64_t circle_in(std::string_view detail);

/// Why a member is told; stored as its number.
enum class Why {
    Named = 0,
    YourPost = 1,
    YourTopic = 2,
    Wrote = 3,  ///< in the topic
    FollowTopic = 4,
    FollowSpace = 5,
    You = 6,      ///< it is about you
    Lead = 7,     ///< you are among those who decide
    Written = 8,  ///< to you, or to a group you are in
    Asked = 9,    ///< you asked for it
    FollowTag = 10,
};
std::string_view why_name(Why why);

/// How much a member wants to hear; stored as its number.
enum class Level { Muted = 0, Normal = 1, Watching = 2 };
std::string_view level_name(Level level);
std::optional<Level> level_from(std::string_view name);

/// A member's choice, or what follows from what they did.
struct Chosen {
    Level level = Level::Normal;
    bool own = false;  ///< chosen by hand
};

/// What kind of thing happened, as far as the rule cares.
enum class What { Post, Opening, Reaction, Accepted, Told };

/// All that decides whether one member is told of one thing.
struct Facts {
    What what = What::Post;
    bool imported = false;
    bool own_deed = false;
    bool active = true;    ///< the member is one still, and let in
    bool may_read = true;  ///< the place
    bool mentioned = false;
    bool answers_you = false;  ///< replies to a post of the member
    bool your_post = false;    ///< a reaction to it, or it was accepted
    bool your_topic = false;   ///< the member began it
    bool stream = false;       ///< chat: its space is followed, not its topic
    bool told = false;         ///< among those whom this is for by name
    bool message = false;      ///< told, and a message of a conversation
    bool blocked = false;      ///< the member had blocked who did it
    std::optional<Chosen> topic;
    std::optional<Chosen> space;
    bool tag_followed = false;  ///< the text names one that the member follows
    bool actor_muted = false;
};

struct Verdict {
    Kind kind;
    Why why;
    bool operator==(const Verdict&) const = default;
};
/// Nothing: the member is not told. For What::Told the caller says kind and why: `Verdict` is
/// {Membership, You} then.
std::optional<Verdict> judge(const Facts& facts);

}  // namespace torv::notifications
