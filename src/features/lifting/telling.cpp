#include "features/lifting/telling.hpp"

#include "features/modlog/modlog.hpp"
#include "platform/activity/activity.hpp"
#include "platform/json/json.hpp"

namespace torv::lifting {

void tell(db::Tx& tx, const auth::Viewer& viewer, const Told& what) {
    json::Writer json;
    json.object()
        .field("lift", what.lift.id)
        .field("from", what.lift.from)
        .field("from_space", what.from_space)
        .key("posts")
        .array();
    for (const PostId post : what.posts) json.value(post);
    json.end().key("threads").array();
    for (const TopicId thread : topics::threads_below(tx, viewer.community, what.posts))
        json.value(thread);
    json.end().end();
    if (!what.own)
        modlog::record(tx, viewer, what.kind, {"topic", what.lift.to.value}, what.from_space);
    activity::announce(tx, {.community = viewer.community,
                            .kind = what.kind,
                            .actor = viewer.id,
                            .subject = {"topic", what.lift.to.value},
                            .space = what.to_space,
                            .payload = json.take()});
}

}  // namespace torv::lifting
