#pragma once

#include <string>

#include "features/topics/views.hpp"

/// What the pages of a topic and of a chat have in common.
namespace torv::topics::views {

/// The line before the first post that is new, when something old stands before it.
bool line_before(const pages::TopicPage& page, std::size_t index, MemberId viewer);
void new_line(html::Out& out, const web::Context& ctx);
/// The link to what stands before or after these posts, when there is more.
void pager(html::Out& out, const web::Context& ctx, const pages::TopicPage& page,
           const std::string& base, bool earlier);
/// Posts that come by themselves, around the list; `empty` while there is none. Not on pages that
/// are not live.
void live_posts(html::Out& out, const web::Context& ctx, const pages::TopicPage& page);
void live_posts_end(html::Out& out, const web::Context& ctx);
// ── questions (answer_views.cpp) ──

/// Below a post when it is the question: the answer that helped, how many there are, their order.
void answers_head(html::Out& out, const web::Context& ctx, const pages::TopicPage& page,
                  const Post& post);
/// The mark of what is answered, or is the answer; `key` is what it says.
void accepted_mark(html::Out& out, const web::Context& ctx, std::string_view key);
/// The points a post came with from another system.
void score_of(html::Out& out, const web::Context& ctx, const Post& post);
/// The button that says which answer helped, or takes it back; it belongs to `accept_forms`, which
/// stand once on a page.
void accept_deed(html::Out& out, const web::Context& ctx, const pages::TopicPage& page,
                 const Post& post);
void accept_forms(html::Out& out, const web::Context& ctx, const pages::TopicPage& page);
/// To the next answers by thanks.
void thanks_pager(html::Out& out, const web::Context& ctx, const pages::TopicPage& page);

/// What read-marker does, for those who have no script: for others it is not shown, and a lazy
/// picture that is not shown is not fetched.
void seen_without_script(html::Out& out, const web::Context& ctx, const pages::TopicPage& page);
/// The composer, or why there is none.
void reply_part(html::Out& out, const web::Context& ctx, const pages::TopicPage& page,
                const std::string& action, bool chat, const StreamOptions& options = {});

}  // namespace torv::topics::views
