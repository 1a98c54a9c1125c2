#include <algorithm>
#include <limits>

#include "features/topics/pages.hpp"

namespace torv::topics::pages {

namespace {

/// What the lines about lifts name.
struct Names {
    spaces::Readable readable;
    std::vector<store::Named> topics;
    members::Faces people;

    const store::Named* topic(TopicId id) const {
        const auto found = std::ranges::find(topics, id, &store::Named::id);
        return found == topics.end() ? nullptr : &*found;
    }
};

/// A note is shown on one page alone, however the stream is cut: from the post before the first of
/// the page up to its last one.
std::vector<lifts::Lift> lifts_among(db::Tx& tx, CommunityId community, const TopicPage& page) {
    Instant since{0}, until{std::numeric_limits<std::int64_t>::max()};
    const auto& posts = page.posts;
    if (page.before && !posts.empty()) {
        const auto above =
            store::page(tx, community, page.topic.id, store::From::Before, posts.front().id, 1);
        if (!above.empty()) since = above.front().created_at;
    }
    if (page.after && !posts.empty()) until = posts.back().created_at;
    return lifts::out_of(tx, community, page.topic.id, since, until);
}

Names names_of(db::Tx& tx, const auth::Viewer& viewer, const std::vector<lifts::Lift>& out,
               const std::vector<lifts::Lift>& in) {
    db::Ids ids;
    std::vector<MemberId> people;
    for (const auto& lift : out) ids.values.push_back(lift.to.value), people.push_back(lift.by);
    for (const auto& lift : in) ids.values.push_back(lift.from.value), people.push_back(lift.by);
    Names names{.readable = spaces::readable(tx, viewer)};
    names.topics = store::named(tx, viewer.community, ids, names.readable.ids);
    names.people = members::names(tx, viewer.community, people);
    return names;
}

lifts::Line line_of(const auth::Viewer& viewer, const lifts::Lift& lift, const Names& names,
                    TopicId other, const spaces::Access* source) {
    lifts::Line line{.lift = lift, .by = names.people[lift.by].name};
    const store::Named* topic = names.topic(other);
    if (!topic) return line;
    line.may_undo = viewer.is_member() &&
                    (lift.by == viewer.id || (source && spaces::may_moderate(viewer, *source)));
    const spaces::Access* space = names.readable.find(topic->space);
    const bool stream = topic->kind == Kind::Stream;
    line.place = stream && space ? space->name : topic->title;
    line.path = stream ? "/lifts/" + lift.id.text() : path(topic->id, topic->title);
    return line;
}

}  // namespace

void add_lifts(db::Tx& tx, const auth::Viewer& viewer, TopicPage& page) {
    const auto out = lifts_among(tx, viewer.community, page);
    const auto in = lifts::into(tx, viewer.community, page.topic.id);
    if (out.empty() && in.empty()) return;
    const Names names = names_of(tx, viewer, out, in);
    for (const auto& lift : out)
        page.notes.push_back(line_of(viewer, lift, names, lift.to, &page.space));
    for (const auto& lift : in) {
        const store::Named* from = names.topic(lift.from);
        page.origins.push_back(line_of(viewer, lift, names, lift.from,
                                       from ? names.readable.find(from->space) : nullptr));
    }
}

}  // namespace torv::topics::pages
