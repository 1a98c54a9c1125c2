#include "platform/live/live.hpp"

#include "features/blocks/blocks.hpp"
#include "features/conversations/conversations.hpp"
#include "features/messages/messages.hpp"
#include "features/reads/reads.hpp"
#include "platform/web/web.hpp"

namespace torv::messages {

namespace {

live::OwnState state(db::Tx& tx, const web::Context& ctx) {
    constexpr int kCounted = 20;
    const bool fresh = reads::unread_messages(tx, ctx.viewer);
    const auto requests =
        conversations::list(tx, ctx.viewer, conversations::State::Asked, {}, kCounted).size();
    html::Out out;
    dot(out, ctx, fresh);
    return {.fields = std::string("\"unread\":") + (fresh ? "true" : "false") +
                      ",\"requests\":" + std::to_string(requests),
            .html = out.take()};
}

}  // namespace

void dot(html::Out& out, const web::Context& ctx, bool fresh) {
    if (fresh)
        html::put(out, R"(<span class="dot"><span class="sr-only">{}</span></span>)",
                  ctx.t("messages.something_new"));
}

void live(live::Registry& registry) {
    registry.apart(blocks::pairs);
    registry.own({.kind = "messages",
                  .channel = conversations::kChanged,
                  .changes = conversations::changes,
                  .state = state});
}

}  // namespace torv::messages
