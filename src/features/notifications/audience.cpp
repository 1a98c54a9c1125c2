#include "features/notifications/audience.hpp"

#include <algorithm>
#include <unordered_set>

#include "features/blocks/blocks.hpp"
#include "features/members/members.hpp"
#include "features/reads/reads.hpp"
#include "features/spaces/spaces.hpp"

namespace torv::notifications {

namespace {

void sort_unique(std::vector<MemberId>& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    std::erase(list, MemberId{});
}

/// Whom the event names or answers.
std::vector<MemberId> direct(const Event& event) {
    std::vector<MemberId> list = event.named;
    const bool to_author = event.what == What::Reaction || event.what == What::Accepted;
    if (to_author) list.push_back(event.author);
    const bool said = event.what == What::Post || event.what == What::Opening;
    if (said && !event.only_named) {
        list.push_back(event.answered);
        if (!event.stream) list.push_back(event.starter);
    }
    return list;
}

/// Who follows the place, some of them, in the order of their ids.
std::vector<MemberId> followers(db::Tx& tx, const Event& event, MemberId after, int limit) {
    if (event.only_named) return {};
    std::vector<MemberId> list;
    const auto add = [&](Place place, std::int64_t id) {
        for (const MemberId one :
             store::watchers(tx, event.community, place, id, event.at, after, limit))
            list.push_back(one);
    };
    if (event.what == What::Post) add(Place::Topic, event.topic.value);
    if (event.what == What::Opening || (event.what == What::Post && event.stream))
        add(Place::Space, event.was_in.value);
    for (const std::int64_t tag : event.tags.values) add(Place::Tag, tag);
    sort_unique(list);
    if (static_cast<int>(list.size()) > limit) list.resize(static_cast<std::size_t>(limit));
    return list;
}

/// What is known of the candidates.
struct Known {
    members::Faces faces;
    std::unordered_set<MemberId> readers;
    std::unordered_map<MemberId, Instant> read;
    std::unordered_map<MemberId, Chosen> topic, space, person;
    std::unordered_set<MemberId> tag_followers;
    std::vector<MemberId> blockers;
};

/// Who of them may read the space. What a member without any seat may read, all members may: one
/// query; else one for each.
std::unordered_set<MemberId> readers(db::Tx& tx, const Event& event,
                                     const std::vector<members::Face>& candidates) {
    constexpr MemberId kAnyMember{-1};
    const auto may_read = [&](MemberId member, auth::Role role) {
        return spaces::may_read(tx, event.community, member, role, event.space);
    };
    const bool all = may_read(kAnyMember, auth::Role::Member);
    std::unordered_set<MemberId> open;
    for (const auto& face : candidates)
        if (face.id && (all || may_read(face.id, face.role))) open.insert(face.id);
    return open;
}

Known known_of(db::Tx& tx, const Event& event, const std::vector<MemberId>& whom) {
    Known known{.faces = members::names(tx, event.community, whom)};
    std::vector<members::Face> faces;
    db::Ids ids;
    for (const MemberId one : whom) {
        faces.push_back(known.faces[one]);
        ids.values.push_back(one.value);
    }
    if (event.space) known.readers = readers(tx, event, faces);
    if (event.topic)
        known.read = reads::read_until(tx, event.community, event.space, event.topic, whom);
    const store::Places places{
        .space = event.was_in, .topic = event.topic, .person = event.actor, .tags = event.tags};
    for (const auto& held : store::held(tx, event.community, ids, places, event.at))
        switch (held.place) {
            case Place::Topic: known.topic[held.member] = held.chosen; break;
            case Place::Space: known.space[held.member] = held.chosen; break;
            case Place::Person: known.person[held.member] = held.chosen; break;
            case Place::Tag:
                if (held.chosen.level == Level::Watching) known.tag_followers.insert(held.member);
        }
    if (event.actor)
        known.blockers = blocks::blockers(tx, event.community, event.actor, event.at, whom);
    return known;
}

std::optional<Chosen> of(const std::unordered_map<MemberId, Chosen>& all, MemberId member) {
    const auto found = all.find(member);
    return found == all.end() ? std::nullopt : std::optional(found->second);
}

Facts facts_of(const Event& event, const Known& known, MemberId member) {
    const auto& face = known.faces[member];
    const auto person = of(known.person, member);
    const bool named = std::ranges::find(event.named, member) != event.named.end();
    return {.what = event.what,
            .imported = event.imported,
            .own_deed = event.actor && member == event.actor,
            .active = face.id && face.state == members::State::Active,
            .may_read = !event.space || known.readers.contains(member),
            .mentioned = named,
            .answers_you = member == event.answered,
            .your_post = member == event.author,
            .your_topic = member == event.starter,
            .stream = event.stream,
            .told = named,
            .message = event.what == What::Told && event.kind == Kind::Message,
            .blocked = std::ranges::find(known.blockers, member) != known.blockers.end(),
            .topic = of(known.topic, member),
            .space = of(known.space, member),
            .tag_followed = known.tag_followers.contains(member),
            .actor_muted = person && person->level == Level::Muted};
}

/// Reading a topic reads what is said in it; a reaction or a moderator's deed is seen later.
bool has_read(const Event& event, const Known& known, MemberId member) {
    const bool message = event.what == What::Told && event.kind == Kind::Message;
    if (event.what != What::Post && event.what != What::Opening && !message) return false;
    const auto until = known.read.find(member);
    return until != known.read.end() && until->second >= event.at && !event.only_named;
}

}  // namespace

Batch audience(db::Tx& tx, const Event& event, MemberId after, int limit) {
    Batch batch;
    if (event.imported) return batch;
    auto whom = followers(tx, event, after, limit);
    batch.more = static_cast<int>(whom.size()) == limit;
    if (!whom.empty()) batch.last = whom.back();
    if (!after) {
        const auto first = direct(event);
        whom.insert(whom.end(), first.begin(), first.end());
        sort_unique(whom);
    }
    if (whom.empty()) return batch;
    const Known known = known_of(tx, event, whom);
    for (const MemberId member : whom) {
        auto verdict = judge(facts_of(event, known, member));
        if (!verdict) continue;
        if (event.what == What::Told) verdict = Verdict{event.kind, event.why};
        batch.told.push_back(
            {.member = member, .verdict = *verdict, .read = has_read(event, known, member)});
    }
    return batch;
}

}  // namespace torv::notifications
