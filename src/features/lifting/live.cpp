#include "platform/live/live.hpp"

#include "features/lifting/audience.hpp"
#include "features/lifting/lifting.hpp"
#include "features/members/members.hpp"
#include "platform/html/html.hpp"
#include "platform/json/json.hpp"
#include "platform/web/web.hpp"

namespace torv::lifting {

namespace {

using activity::Activity;
using live::Audience;
using live::News;

template <class IdType>
IdType id_in(const json::Value& payload, std::string_view name) {
    return IdType::parse(payload[name].string_or("")).value_or(IdType{});
}

/// A fragment is for all who read the stream: the topic is named when all of them may read it.
/// Streams that nobody in particular looks at are judged by what the spaces are.
bool all_may_read(db::Tx& tx, CommunityId community, const spaces::Access& stream, SpaceId to) {
    const auto space = spaces::access(tx, community, to);
    if (!space) return false;
    spaces::Readable both{.ids = {}, .spaces = {stream, *space}};
    for (const SpaceId above : {stream.parent, space->parent})
        if (above)
            if (auto one = spaces::access(tx, community, above)) both.spaces.push_back(*one);
    return no_wider(both, stream, *space);
}

/// The note that stands where the messages stood.
auto note_drawn(LiftId id, SpaceId from, SpaceId to) {
    return [=](db::Tx& tx, web::Context& ctx, Audience audience, html::Out& out) {
        const CommunityId community = ctx.place.id;
        const auto lift = lifts::find(tx, community, id);
        const auto stream = spaces::access(tx, community, from);
        if (!lift || lift->undone_at || !stream) return false;
        lifts::Line line{.lift = *lift,
                         .by = members::names(tx, community, {lift->by})[lift->by].name,
                         .may_undo = audience == Audience::Moderator};
        if (all_may_read(tx, community, *stream, to)) {
            line.place = topics::title_of(tx, community, to, lift->to);
            line.path = topics::path(lift->to, line.place);
        }
        lifts::note(out, ctx, line);
        return true;
    };
}

std::vector<News> tell_lift(db::Tx&, const Activity& row) {
    const auto payload = json::parse(row.payload).value_or(json::Value{});
    const bool made = row.kind == "lift.made";
    json::Writer fields;
    fields.object().field("lift", id_in<LiftId>(payload, "lift")).key("posts").array();
    for (const auto& post : payload["posts"].items()) fields.value(post.string_or(""));
    fields.end().end();
    const std::string text = fields.take();
    News from{.stream = {.kind = "topic", .id = id_in<TopicId>(payload, "from").value},
              .does = made ? "lifted" : "put_back",
              .fields = text.substr(1, text.size() - 2)};
    if (made)
        from.draw = note_drawn(id_in<LiftId>(payload, "lift"),
                               id_in<SpaceId>(payload, "from_space"), row.space);
    return {std::move(from), {.stream = {.kind = "topic", .id = row.subject_id}, .does = "again"}};
}

}  // namespace

void live(live::Registry& registry) { registry.news("lift.", tell_lift); }

}  // namespace torv::lifting
