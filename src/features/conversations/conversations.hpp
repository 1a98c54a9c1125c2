#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "platform/auth/auth.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"

namespace torv::members {
struct Face;
}

/// Who takes part in which conversation, and who may write to whom. Below topics, which asks here
/// whether a topic of kind Direct may be read and written in.
namespace torv::conversations {

inline constexpr int kPeopleMost = 50;         ///< in one conversation
inline constexpr int kMessagesUnanswered = 3;  ///< of a request; those taken back count, too
inline constexpr std::size_t kNameMax = 80;    ///< characters

/// Question: of a member to those who lead (features/leaders); who answers comes in by `enter`.
/// Stored as its number.
enum class Kind { Pair = 0, Group = 1, Question = 2 };
/// Of one seat; stored as its number. Those below Declined may read.
enum class State { In = 0, Asked = 1, Declined = 2, Left = 3 };
/// From whom a member takes first messages; stored as its number.
enum class Who { Everybody = 0, Known = 1, Leaders = 2 };
std::string_view who_name(Who who);  ///< "everybody", "known", "leaders"
std::optional<Who> who_from(std::string_view name);

struct Seat {
    MemberId member;
    State state = State::In;
    Instant since;
};
struct Conversation {
    TopicId id;
    Kind kind = Kind::Pair;
    MemberId maker;
    std::vector<Seat> seats;  ///< of all who are or were there, oldest first

    const Seat* seat_of(MemberId member) const;
    /// Who is there or was asked, without this one; those who declined too, which is not told.
    std::vector<MemberId> others(MemberId viewer) const;
};

/// One that the viewer may read. Two queries. Fault: NotFound "conversations.not_found".
Result<Conversation> find(db::Tx& tx, const auth::Viewer& viewer, TopicId id);
/// The conversation of two people, whatever their seats; nothing when they have none.
std::optional<Conversation> of_pair(db::Tx& tx, CommunityId community, MemberId one,
                                    MemberId other);
/// The same for several conversations; oldest first, without those who left.
std::unordered_map<TopicId, std::vector<Seat>> seats(db::Tx& tx, CommunityId community,
                                                     const std::vector<TopicId>& topics);

/// How a first message of the viewer arrives at this member: In when they know each other or the
/// viewer leads, else Asked. Faults: Forbidden "conversations.not_taken" (blocked, takes none, has
/// gone: one answer), "conversations.you_block".
Result<State> welcome(db::Tx& tx, const auth::Viewer& viewer, const members::Face& other);
/// May the viewer say something there? Faults: NotFound, and Forbidden as above or
/// "conversations.wait": the request has to be accepted first.
Done may_say(db::Tx& tx, const auth::Viewer& viewer, TopicId id);
/// Something was said: the conversation goes to the top of everybody's list, and whoever was asked
/// and answers has accepted. Notes the first answer to a question.
void said(db::Tx& tx, const auth::Viewer& viewer, TopicId id);

/// Until the end of the transaction nobody else begins a conversation with either of these: two who
/// write to each other at the same moment get one. Call it before `of_pair`.
void hold_pair(db::Tx& tx, CommunityId community, MemberId one, MemberId other);
/// Whoever declined or was asked is there; for the viewer's own seat in the pair with somebody they
/// write to.
void take_seat(db::Tx& tx, const auth::Viewer& viewer, TopicId id);
/// The viewer, who may, comes into a question. Announces conversation.added.
void enter(db::Tx& tx, const auth::Viewer& viewer, TopicId id);
/// Somebody whose question it was to answer, and no longer is, reads it no longer. Announces
/// conversation.left.
void vacate(db::Tx& tx, const auth::Viewer& viewer, TopicId id, MemberId member);
/// Gives the seats of a new conversation.
struct Making {
    TopicId topic;
    Kind kind = Kind::Pair;
    std::vector<Seat> seats;
};
void make(db::Tx& tx, const auth::Viewer& viewer, const Making& making);
/// How many conversations the viewer has begun since then; questions do not count.
std::int64_t begun_since(db::Tx& tx, const auth::Viewer& viewer, Instant since);

/// The viewer's own seat. Repeating is no error. Each announces conversation.* with the topic as
/// subject. Fault: NotFound.
Done accept(db::Tx& tx, const auth::Viewer& viewer, TopicId id);
Done decline(db::Tx& tx, const auth::Viewer& viewer, TopicId id);
/// Groups only. Fault: Invalid "conversations.not_a_group".
Done leave(db::Tx& tx, const auth::Viewer& viewer, TopicId id);
/// Brings somebody into a group, as `welcome` says. Faults: as `welcome`; Invalid
/// "conversations.not_a_group"; TooMany "conversations.full".
Done add(db::Tx& tx, const auth::Viewer& viewer, TopicId id, const members::Face& other);

// ── lists ──
struct Line {
    TopicId topic;
    Kind kind = Kind::Pair;
    Instant last_at;
};
/// The viewer's conversations in one state, those with the newest message first. `below` is the
/// last line of the page before; none: from the top.
std::vector<Line> list(db::Tx& tx, const auth::Viewer& viewer, State state,
                       const std::optional<Line>& below, int limit);
/// Who is told of what was said there at that moment: those who had joined, the sayer left out.
std::vector<MemberId> listeners(db::Tx& tx, CommunityId community, TopicId topic, Instant at,
                                MemberId sayer);
/// Which of these the member may read.
std::vector<TopicId> readable(db::Tx& tx, CommunityId community, MemberId member,
                              const std::vector<TopicId>& topics);

/// Wakes with every change of what waits for somebody: something was said, read, asked or answered.
inline constexpr std::string_view kChanged = "conversations";
/// How often that of each of these members has changed; who is left out: never.
std::vector<std::pair<std::int64_t, std::int64_t>> changes(db::Tx& tx, CommunityId community,
                                                           const db::Ids& members);
/// The viewer has read on in one of theirs.
void has_read(db::Tx& tx, const auth::Viewer& viewer);

Who who(db::Tx& tx, CommunityId community, MemberId member);
void set_who(db::Tx& tx, const auth::Viewer& viewer, Who wanted);

/// "/messages/7"
std::string path(TopicId topic);

}  // namespace torv::conversations
