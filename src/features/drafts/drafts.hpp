#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/auth/auth.hpp"
#include "platform/base/result.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"

namespace torv::web {
class Routes;
}

/// What a member has begun to write, kept on the server until it is sent. Everybody sees their own
/// only.
namespace torv::drafts {

struct Draft {
    std::string
        place;  ///< "topic:7" an answer, "space:3" a new topic or message, "post:41" a change
    std::string title;
    std::string body;
    Instant updated_at;
};

/// A place is one of the kinds above and an id.
bool is_place(std::string_view text);

std::optional<Draft> find(db::Tx& tx, const auth::Viewer& viewer, std::string_view place);
/// Keeps what was written; nothing but white space forgets the draft. Faults: Invalid
/// "drafts.bad_place", "drafts.too_long"; TooMany "drafts.too_many" beyond 200.
Done keep(db::Tx& tx, const auth::Viewer& viewer, std::string_view place, std::string_view title,
          std::string_view body);
/// What was never there is not an error. Call it where the draft is sent.
void forget(db::Tx& tx, const auth::Viewer& viewer, std::string_view place);
/// The viewer's drafts, newest first; at most 200.
std::vector<Draft> all(db::Tx& tx, const auth::Viewer& viewer);

void routes(web::Routes& routes);

}  // namespace torv::drafts
