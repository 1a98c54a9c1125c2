#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "features/blocks/blocks.hpp"
#include "features/conversations/conversations.hpp"
#include "features/leaders/leaders.hpp"
#include "features/members/members.hpp"
#include "features/messages/messages.hpp"

/// What the pages of this slice show, loaded in one read each.
namespace torv::messages::pages {

using conversations::State;

/// One conversation in a list.
struct Line {
    conversations::Line seat;
    std::string title;  ///< empty: named by its people
    std::vector<MemberId> others;
    MemberId last_poster;
    std::string excerpt;
    bool fresh = false;
};
struct List {
    State state = State::In;  ///< In, or Asked: the requests
    std::vector<Line> lines;
    std::string next;  ///< cursor; empty: that was all
    members::Faces faces;
    std::vector<MemberId> blocked;  ///< by the viewer
    std::int64_t requests = 0;      ///< that wait, counted up to 20
    leaders::Waiting questions;
    std::int64_t changes = 0;  ///< how often any of this has changed
};
/// Ten statements, however many conversations there are. Fault: Malformed "web.bad_cursor".
Result<List> list(db::Tx& tx, const auth::Viewer& viewer, State state, std::string_view cursor);

/// The one conversation and its people. Fault: NotFound.
struct One {
    conversations::Conversation conversation;
    std::vector<MemberId> others;
    members::Faces faces;
    State own = State::In;
    Done may_say;                               ///< or why not
    std::optional<leaders::Question> question;  ///< that the conversation is
};
Result<One> one(db::Tx& tx, const auth::Viewer& viewer, TopicId id);

/// What a conversation is called for the viewer: its name, or its people; a question is called so.
std::string name(const web::Context& ctx, conversations::Kind kind, std::string_view title,
                 const std::vector<MemberId>& others, const members::Faces& faces);

/// Active members behind "@bo, @cleo". Fault: Invalid "messages.unknown", "messages.to_nobody".
Result<std::vector<MemberId>> people_from(db::Tx& tx, CommunityId community,
                                          std::string_view typed);

}  // namespace torv::messages::pages
