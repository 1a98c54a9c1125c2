#include "platform/live/live.hpp"

#include "features/notifications/inbox.hpp"
#include "features/notifications/store.hpp"
#include "platform/json/json.hpp"
#include "platform/web/web.hpp"

namespace torv::notifications {

namespace {

live::OwnState state(db::Tx& tx, const web::Context& ctx) {
    const auto count = unread(tx, ctx.viewer, spaces::readable(tx, ctx.viewer).ids);
    html::Out out;
    bell_count(out, ctx, count);
    return {.fields = "\"unread\":" + std::to_string(count), .html = out.take()};
}

}  // namespace

void bell_count(html::Out& out, const web::Context& ctx, std::int64_t unread) {
    if (unread == 0) return;
    html::put(out, R"(<span class="count">{}<span class="sr-only"> {}</span></span>)",
              unread > 99 ? std::string("99+") : ctx.t.number(unread),
              ctx.t("notifications.new_notices", unread));
}

void live(live::Registry& registry) {
    registry.own(
        {.kind = "notices", .channel = store::kChanged, .changes = store::changes, .state = state});
}

}  // namespace torv::notifications
