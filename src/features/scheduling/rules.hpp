#pragma once

#include "features/scheduling/scheduling.hpp"

/// What asking for it and posting it have in common.
namespace torv::scheduling {

/// A job for the moment at which it is due.
void enqueue(db::Tx& tx, CommunityId community, const Scheduled& one);
/// Posts it as its author, who may be writing there something else just now. Gives its path.
/// Faults: what posting by hand gives.
Result<std::string> post(db::Tx& tx, const auth::Viewer& author, const Plan& plan,
                         const topics::Prepared& text);
/// Notes that it was posted: it goes, or comes again. `moment`: its own; no: by hand, before it.
enum class Went { InTime, ByHand };
void went(db::Tx& tx, CommunityId community, const Scheduled& one, Went how);

}  // namespace torv::scheduling
