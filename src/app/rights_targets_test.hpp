#pragma once

#include <map>
#include <string>

#include "app/rights_house_test.hpp"

/// What the routes are tried on: each function makes it anew, by the rules of its slice, and gives
/// the words that stand for it in a recipe.
namespace torv::app::rights {

using Values = std::map<std::string, std::string, std::less<>>;
using Make = Values (*)(House&, const Where&);

// ── in a space: by the author unless it says otherwise ──
Values a_space(House&, const Where&);       ///< the one under test itself
Values a_chat(House&, const Where&);        ///< its chat
Values a_room(House&, const Where&);        ///< a fresh space, as visible as the one under test
Values a_stranger(House&, const Where&);    ///< a member who is not in the space
Values a_seat(House&, const Where&);        ///< a member who is
Values an_asker(House&, const Where&);      ///< a member who asked to come in
Values a_door(House&, const Where&);        ///< {circle} opens it, {new_circle} does not
Values a_topic(House&, const Where&);       ///< {post} opens it, {reply} answers
Values a_lost_topic(House&, const Where&);  ///< deleted by a moderator
Values a_post(House&, const Where&);        ///< an answer
Values an_answer(House&, const Where&);     ///< the same, where topics are questions
Values a_bookmark(House&, const Where&);    ///< the author's, of such an answer
Values a_scheduled(House&, const Where&);   ///< the author's answer to such a topic, for later
Values a_message(House&, const Where&);     ///< in its chat; {reply} stands in its thread
Values a_lost_post(House&, const Where&);   ///< an answer, deleted by its author
Values a_lift(House&, const Where&);        ///< of such a message into a topic of the chat
Values a_file(House&, const Where&);        ///< shown in a topic
Values a_picture(House&, const Where&);     ///< shown in a topic; for what names it in a text

// ── in the community ──
Values nothing(House&, const Where&);
Values a_member(House&, const Where&);
Values a_circle(House&, const Where&);          ///< {circle} is its slug; one asks to come in
Values an_open_circle(House&, const Where&);    ///< the same that anybody may join
Values a_hidden_circle(House&, const Where&);   ///< of the author and the team, by its id
Values a_circle_seat(House&, const Where&);     ///< somebody in such a one that members see
Values a_ruled_circle(House&, const Where&);    ///< whose people a rule chooses, by its id
Values a_circle_request(House&, const Where&);  ///< somebody who asked to come into it
Values a_tag(House&, const Where&);
Values a_pending(House&, const Where&);         ///< who asked to join
Values a_conversation(House&, const Where&);    ///< a group of the author with somebody
Values a_request(House&, const Where&);         ///< which somebody sent to the author
Values a_question(House&, const Where&);        ///< of somebody to those who lead, not taken
Values a_taken_question(House&, const Where&);  ///< the same, taken by the moderator
Values a_draft(House&, const Where&);           ///< of the author
Values a_notice(House&, const Where&);          ///< of the author
Values an_unsubscribing(House&, const Where&);  ///< of the author's letters
Values an_invitation(House&, const Where&);     ///< of the author; {token} is its secret
Values a_session(House&, const Where&);         ///< of the author
Values a_device(House&, const Where&);          ///< of the author
Values a_token(House&, const Where&);           ///< of the author, by its id
Values a_link(House&, const Where&);            ///< with which the author signs in
Values a_job(House&, const Where&);             ///< that failed
Values an_import(House&, const Where&);         ///< tried, not done yet
Values a_sign_in(House&, const Where&);         ///< {email} and {password} of somebody
Values the_square(House&, const Where&);        ///< its id

}  // namespace torv::app::rights
