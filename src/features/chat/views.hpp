#pragma once

#include "features/members/members.hpp"
#include "features/topics/topics.hpp"
#include "platform/web/web.hpp"

namespace torv::chat::views {

struct ThreadPage {
    topics::ThreadShown shown;
    members::Face author;  ///< of the message
};
/// As a page, or as the panel beside the stream when a fragment is asked for.
void thread(html::Out& out, const web::Context& ctx, const ThreadPage& page);

}  // namespace torv::chat::views
