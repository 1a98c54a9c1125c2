#include "features/questions/questions.hpp"

#include "features/spaces/spaces.hpp"
#include "platform/activity/activity.hpp"
#include "platform/json/json.hpp"

namespace torv::questions {

namespace {

void announce(db::Tx& tx, const auth::Viewer& viewer, std::string_view kind,
              const topics::SeenPost& answer, PostId before = {}) {
    json::Writer payload;
    payload.object().field("topic", answer.topic.id).field("author", answer.post.author);
    if (before) payload.field("before", before);
    payload.end();
    activity::announce(tx, {.community = viewer.community,
                            .kind = kind,
                            .actor = viewer.id,
                            .subject = {"post", answer.post.id.value},
                            .space = answer.topic.space,
                            .payload = payload.take()});
}

/// An answer on which the viewer decides, its row and that of the question kept.
Result<topics::SeenPost> decided(db::Tx& tx, const auth::Viewer& viewer, PostId id) {
    topics::SeenPost answer = TRY(topics::held_post(tx, viewer, id));
    if (answer.topic.kind != topics::Kind::Topic || answer.topic.first_post == id)
        return fail(Fault::Invalid, "questions.not_an_answer");
    if (answer.space.kind != spaces::Kind::Questions && answer.topic.accepted != id)
        return fail(Fault::Invalid, "questions.not_an_answer");
    if (!topics::may_accept(viewer, answer.topic, answer.space))
        return fail(Fault::Forbidden, "questions.askers_only");
    return answer;
}

}  // namespace

Done accept(db::Tx& tx, const auth::Viewer& viewer, PostId id) {
    const topics::SeenPost answer = TRY(decided(tx, viewer, id));
    if (answer.topic.accepted == id) return Unit{};  // a double click is not an error
    topics::set_accepted(tx, viewer.community, answer.topic.id, id);
    announce(tx, viewer, "answer.accepted", answer, answer.topic.accepted);
    return Unit{};
}

Done unaccept(db::Tx& tx, const auth::Viewer& viewer, PostId id) {
    const topics::SeenPost answer = TRY(decided(tx, viewer, id));
    if (answer.topic.accepted != id) return Unit{};
    topics::set_accepted(tx, viewer.community, answer.topic.id, {});
    announce(tx, viewer, "answer.unaccepted", answer);
    return Unit{};
}

void import_accepted(db::Tx& tx, CommunityId community, const Brought& answer) {
    topics::set_accepted(tx, community, answer.topic, answer.answer);
    json::Writer payload;
    payload.object().field("topic", answer.topic).field("author", answer.author).end();
    activity::announce(tx, {.community = community,
                            .kind = "answer.accepted",
                            .subject = {"post", answer.answer.value},
                            .space = answer.space,
                            .payload = payload.take(),
                            .happened_at = answer.at,
                            .origin = activity::Origin::Imported});
}

}  // namespace torv::questions
