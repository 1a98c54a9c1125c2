#pragma once

#include "features/leaders/leaders.hpp"
#include "platform/web/keyset.hpp"

/// All SQL of the slice.
namespace torv::leaders::store {

/// `post`: with which it is asked.
void insert(db::Tx& tx, CommunityId community, const Question& question, PostId post);
std::optional<Question> find(db::Tx& tx, CommunityId community, TopicId id);
/// Opens it again when it was closed. False when somebody else has it than was thought.
bool take(db::Tx& tx, CommunityId community, TopicId id, MemberId by, MemberId from);
/// False when it is closed, or somebody else has it.
bool close(db::Tx& tx, CommunityId community, TopicId id, MemberId by);

/// Which questions somebody who leads may see: never their own.
struct Scope {
    MemberId self;
    bool whole = false;  ///< those about the whole community
    db::Ids spaces;      ///< and those about these
    db::Ids avoided_by;  ///< askers who do not want to hear from them

    bool leads() const { return whole || !spaces.values.empty(); }
    bool covers(const Question& question) const;
};
/// Those that are open, who waits longest first; or the closed ones, the newest first. `past` is
/// the last one of the page before.
std::vector<Question> open(db::Tx& tx, CommunityId community, const Scope& scope, web::Keyset past,
                           int limit);
std::vector<Question> closed(db::Tx& tx, CommunityId community, const Scope& scope,
                             web::Keyset past, int limit);
/// That nobody has taken.
std::int64_t waiting(db::Tx& tx, CommunityId community, const Scope& scope, int limit);
/// Newest first.
std::vector<Question> asked_by(db::Tx& tx, CommunityId community, MemberId asker, int limit);
std::int64_t asked_since(db::Tx& tx, CommunityId community, MemberId asker, Instant since);
/// The newest first.
std::vector<Times> times(db::Tx& tx, CommunityId community, const Scope& scope, Instant since,
                         int limit);

}  // namespace torv::leaders::store
