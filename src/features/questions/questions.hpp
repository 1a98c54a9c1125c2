#pragma once

#include "features/topics/topics.hpp"
#include "platform/auth/auth.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"

namespace torv::web {
class Routes;
}

/// Questions and the answers that helped. What is shown of it stands on the pages of topics.
namespace torv::questions {

/// Says that an answer helped; the one accepted before is not accepted any more. Who asked, and
/// moderators; only where topics are questions; repeating it is not an error. Announces
/// answer.accepted. Faults: NotFound, Forbidden "questions.askers_only", Invalid
/// "questions.not_an_answer".
Done accept(db::Tx& tx, const auth::Viewer& viewer, PostId answer);
/// Takes it back. Announces answer.unaccepted. Faults: NotFound, Forbidden "questions.askers_only".
Done unaccept(db::Tx& tx, const auth::Viewer& viewer, PostId answer);

/// For imports: an answer that was accepted elsewhere. No checks of rights; origin Imported.
struct Brought {
    TopicId topic;
    PostId answer;
    SpaceId space;
    MemberId author;
    Instant at;
};
void import_accepted(db::Tx& tx, CommunityId community, const Brought& answer);

void routes(web::Routes& routes);

}  // namespace torv::questions
