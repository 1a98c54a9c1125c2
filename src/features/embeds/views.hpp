#pragma once

#include <optional>
#include <vector>

#include "features/members/members.hpp"
#include "features/topics/topics.hpp"
#include "platform/web/web.hpp"

namespace torv::embeds::views {

/// A topic as others show it: its opening, the answer that helped, and who else said something.
struct Page {
    topics::Topic topic;
    spaces::Access space;
    std::optional<topics::Post> opening;   ///< nothing when it was removed
    std::optional<topics::Post> accepted;  ///< of a question
    std::vector<topics::Post> replies;     ///< the first ones, without the accepted
    members::Faces faces;
};

/// The whole document: no script, no form, no navigation.
void document(html::Out& out, const web::Context& ctx, const Page& page);

}  // namespace torv::embeds::views
