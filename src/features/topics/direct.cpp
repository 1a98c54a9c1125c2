#include <memory>

#include "features/topics/handlers.hpp"
#include "features/topics/pages.hpp"
#include "features/topics/views.hpp"

/// Conversations, for features/messages.
namespace torv::topics {

Result<Talk> talk(db::Tx& tx, const web::Context& ctx, TopicId id, TalkOptions options) {
    const auto page =
        std::make_shared<pages::TopicPage>(TRY(pages::topic(tx, ctx.viewer, id, chat_window(ctx))));
    if (page->topic.kind != Kind::Direct) return fail(Fault::NotFound, "topics.not_found");
    page->reply_to = PostId::parse(ctx.query("reply_to")).value_or(PostId{});
    if (options.error) page->draft = drafts::Draft{.body = options.typed};
    return Talk{
        .topic = page->topic,
        .draw = [page, options](html::Out& out, const web::Context& where,
                                std::string_view closed) {
            if (where.wants_fragment()) return views::stretch(out, where, *page, options.base);
            views::stream(
                out, where, *page,
                {.base = options.base, .closed = std::string(closed), .error = options.error});
        }};
}

void text_box(html::Out& out, const web::Context& ctx, std::string_view label,
              const std::string& body, const Error* error) {
    views::box(out, ctx, {.label = label, .body = body, .error = error});
}

}  // namespace torv::topics
