#include "features/messages/pages.hpp"

#include <algorithm>

#include "features/messages/store.hpp"
#include "features/reads/reads.hpp"
#include "platform/base/text.hpp"
#include "platform/web/keyset.hpp"
#include "platform/web/web.hpp"

namespace torv::messages::pages {

namespace {

constexpr std::size_t kFaces = 3;  ///< shown of a group
constexpr int kRequestsCounted = 20;

/// Names, people, last words and what is new, each asked once for all lines.
void fill(db::Tx& tx, const auth::Viewer& viewer, List& page) {
    std::vector<TopicId> topics;
    db::Ids ids;
    for (const Line& line : page.lines) {
        topics.push_back(line.seat.topic);
        ids.values.push_back(line.seat.topic.value);
    }
    if (topics.empty()) return;
    auto seats = conversations::seats(tx, viewer.community, topics);
    auto lately = store::lately(tx, viewer.community, ids);
    const auto marks = reads::marks(tx, viewer, topics);
    std::vector<MemberId> people;
    for (Line& line : page.lines) {
        const TopicId topic = line.seat.topic;
        line.title = std::move(lately[topic].title);
        line.excerpt = std::move(lately[topic].excerpt);
        line.last_poster = lately[topic].last_poster;
        for (const auto& seat : seats[topic])
            if (seat.member != viewer.id) line.others.push_back(seat.member);
        line.fresh = line.seat.last_at > marks.of({}, topic).until;
        for (std::size_t i = 0; i < line.others.size() && i < kFaces; ++i)
            people.push_back(line.others[i]);
        if (line.last_poster) people.push_back(line.last_poster);
    }
    page.faces = members::names(tx, viewer.community, people);
}

}  // namespace

Result<List> list(db::Tx& tx, const auth::Viewer& viewer, State state, std::string_view typed) {
    const auto below = TRY(web::keyset_from(typed));
    List page{.state = state};
    for (const auto& [member, count] :
         conversations::changes(tx, viewer.community, db::Ids{{viewer.id.value}}))
        page.changes = count;
    auto seats = conversations::list(
        tx, viewer, state, conversations::Line{.topic = TopicId{below.id}, .last_at = below.at},
        kOnPage + 1);
    if (static_cast<int>(seats.size()) > kOnPage) {
        seats.pop_back();
        const auto& last = seats.back();
        page.next = web::Keyset{.at = last.last_at, .id = last.topic.value}.text();
    }
    for (const auto& seat : seats) page.lines.push_back({.seat = seat});
    fill(tx, viewer, page);
    page.blocked = blocks::blocked_by(tx, viewer);
    page.requests = std::ssize(
        conversations::list(tx, viewer, conversations::State::Asked, {}, kRequestsCounted));
    page.questions = leaders::waiting(tx, viewer);
    return page;
}

Result<One> one(db::Tx& tx, const auth::Viewer& viewer, TopicId id) {
    One page{.conversation = TRY(conversations::find(tx, viewer, id))};
    page.others = page.conversation.others(viewer.id);
    page.faces = members::names(tx, viewer.community, page.others);
    page.own = page.conversation.seat_of(viewer.id)->state;
    page.may_say = conversations::may_say(tx, viewer, id);
    if (page.conversation.kind == conversations::Kind::Question)
        page.question = leaders::of_conversation(tx, viewer.community, id);
    return page;
}

std::string name(const web::Context& ctx, conversations::Kind kind, std::string_view title,
                 const std::vector<MemberId>& others, const members::Faces& faces) {
    if (!title.empty()) return std::string(title);
    const bool question = kind == conversations::Kind::Question;
    if (others.empty())
        return std::string(ctx.t(question ? "messages.to_leaders" : "messages.alone"));
    if (question) return ctx.t("messages.question", {{"name", faces[others[0]].name}});
    std::string text;
    const std::size_t shown = std::min(others.size(), kFaces);
    for (std::size_t i = 0; i < shown; ++i) text += (i ? ", " : "") + faces[others[i]].name;
    if (others.size() == shown) return text;
    return ctx.t("messages.and_more", static_cast<std::int64_t>(others.size() - shown),
                 {{"names", text}});
}

Result<std::vector<MemberId>> people_from(db::Tx& tx, CommunityId community,
                                          std::string_view typed) {
    constexpr std::size_t kMost = 50;
    std::vector<std::string> handles;
    std::string word;
    for (const char c : std::string(typed) + " ") {
        const bool ends = c == ',' || c == ';' || c == ' ' || c == '\n';
        if (!ends) {
            if (c != '@') word += c;
            continue;
        }
        if (!word.empty()) handles.push_back(ascii_lower(word));
        word.clear();
    }
    if (handles.empty()) return fail(Fault::Invalid, "messages.to_nobody", "to");
    if (handles.size() > kMost) return fail(Fault::Invalid, "messages.to_many", "to");
    const auto known = members::by_handles(tx, community, handles);
    std::vector<MemberId> people;
    for (const std::string& handle : handles) {
        const auto found = known.find(handle);
        if (found == known.end())
            return fail(Fault::Invalid, "messages.unknown", "to", {{"name", "@" + handle}});
        people.push_back(found->second.id);
    }
    return people;
}

}  // namespace torv::messages::pages

namespace torv::messages {

std::unordered_map<TopicId, std::string> names(db::Tx& tx, const web::Context& ctx,
                                               const std::vector<TopicId>& topics) {
    std::unordered_map<TopicId, std::string> found;
    if (topics.empty()) return found;
    const CommunityId community = ctx.viewer.community;
    db::Ids ids;
    for (const TopicId topic : topics) ids.values.push_back(topic.value);
    const auto lately = store::lately(tx, community, ids);
    std::unordered_map<TopicId, std::vector<MemberId>> others;
    std::vector<MemberId> people;
    for (const auto& [topic, seats] : conversations::seats(tx, community, topics))
        for (const auto& seat : seats)
            if (seat.member != ctx.viewer.id) {
                others[topic].push_back(seat.member);
                people.push_back(seat.member);
            }
    const auto faces = members::names(tx, community, people);
    constexpr int kNewest = 300;
    for (const auto state : {conversations::State::In, conversations::State::Asked})
        for (const auto& line : conversations::list(tx, ctx.viewer, state, {}, kNewest))
            if (const auto said = lately.find(line.topic); said != lately.end())
                found[line.topic] =
                    pages::name(ctx, line.kind, said->second.title, others[line.topic], faces);
    return found;
}

}  // namespace torv::messages
