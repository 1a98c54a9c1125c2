#include "features/topics/views.hpp"

namespace torv::topics::views {

bool lift_notes(html::Out& out, const web::Context& ctx, const pages::TopicPage& page,
                const Post* before, std::size_t& next) {
    const std::size_t first = next;
    for (; next < page.notes.size(); ++next) {
        const auto& lift = page.notes[next].lift;
        if (before &&
            std::pair(lift.first_at, lift.first) > std::pair(before->created_at, before->id))
            break;
        lifts::note(out, ctx, page.notes[next]);
    }
    return next > first;
}

void choose_messages(html::Out& out, const web::Context& ctx, const pages::TopicPage& page) {
    if (page.posts.empty() || !may_lift(ctx.viewer, page.topic, page.space)) return;
    html::put(
        out,
        R"(<choose-messages url="/t/{}/lift" begin="{}" chosen="{}" lift="{}" suggest="{}" cancel="{}" label="{}" {}></choose-messages>)",
        page.topic.id, ctx.t("topics.choose_messages"), ctx.t("topics.chosen", {{"n", "{n}"}}),
        ctx.t("topics.lift"), ctx.t("topics.suggest_more"), ctx.t("topics.cancel"),
        ctx.t("topics.choose_message_of", {{"name", "{name}"}}),
        html::flag("own", !spaces::may_moderate(ctx.viewer, page.space)));
}

void lift_origins(html::Out& out, const web::Context& ctx, const pages::TopicPage& page) {
    for (const auto& line : page.origins) lifts::origin(out, ctx, line);
}

}  // namespace torv::topics::views
