#include "features/catchup/catchup.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "features/catchup/store.hpp"
#include "features/notifications/notifications.hpp"
#include "features/reactions/reactions.hpp"
#include "features/reads/reads.hpp"

namespace torv::catchup {

namespace {

constexpr int kLooked = 200;  // topics
constexpr auto kWeighed = std::chrono::days(30);

std::vector<TopicId> ids_of(const std::vector<topics::Topic>& list) {
    std::vector<TopicId> ids;
    for (const auto& topic : list) ids.push_back(topic.id);
    return ids;
}

/// Adds up what is new in each topic, from the viewer's own mark in it.
class Sums {
public:
    Sums(db::Tx& tx, const auth::Viewer& viewer, const std::vector<topics::Topic>& list) {
        if (list.empty()) return;
        const auto marks = reads::marks(tx, viewer, ids_of(list));
        Instant since = tx.now();
        db::Ids ids;
        for (const auto& topic : list) {
            const Instant until = marks.of(topic.space, topic.id).until;
            since = std::min(since, until);
            from_[topic.id] = until;
            ids.values.push_back(topic.id.value);
        }
        since = std::max(since, tx.now() - kWeighed);
        for (const auto& said : store::said(tx, viewer.community, ids, since)) add(said, viewer.id);
    }

    void fill(TopicId topic, Facts& facts) const {
        const auto found = sums_.find(topic);
        if (found == sums_.end()) return;
        facts.posts = found->second.posts;
        facts.reactions = found->second.reactions;
        facts.people = std::ssize(found->second.people);
    }

private:
    struct Sum {
        std::int64_t posts = 0;
        std::int64_t reactions = 0;
        std::unordered_set<MemberId> people;
    };

    void add(const store::Said& said, MemberId self) {
        if (said.at <= from_[said.topic] || said.author == self) return;
        Sum& sum = sums_[said.topic];
        ++sum.posts;
        sum.people.insert(said.author);
        for (const auto& [emoji, count] : reactions::counts_from(said.reactions))
            sum.reactions += count;
    }

    std::unordered_map<TopicId, Instant> from_;
    std::unordered_map<TopicId, Sum> sums_;
};

}  // namespace

std::string_view why_name(Why why) {
    static constexpr std::array<std::string_view, 3> kNames{"you", "followed", "talk"};
    return kNames[static_cast<std::size_t>(why)];
}

std::optional<Why> why(const Facts& facts) {
    if (facts.named) return Why::You;
    if (facts.muted) return std::nullopt;
    return facts.followed ? Why::Followed : Why::Talk;
}

double weight(const Facts& facts) {
    return std::log2(1.0 + static_cast<double>(facts.posts)) +
           2.0 * static_cast<double>(facts.people) + 0.5 * static_cast<double>(facts.reactions);
}

void sort(std::vector<Line>& lines) {
    std::ranges::sort(lines, [](const Line& a, const Line& b) {
        return std::tuple(a.why, -weight(a.facts), -a.topic.last_post_at.us, a.topic.id) <
               std::tuple(b.why, -weight(b.facts), -b.topic.last_post_at.us, b.topic.id);
    });
}

Page load(db::Tx& tx, const auth::Viewer& viewer) {
    Page page{.readable = spaces::readable(tx, viewer), .at = tx.now()};
    for (auto& entry : spaces::sidebar(tx, viewer))
        if (entry.unread && entry.space.kind == spaces::Kind::Chat)
            page.chats.push_back(std::move(entry));
    auto recent = topics::recent(tx, viewer, page.readable, kLooked);
    std::erase_if(recent, [](const topics::Topic& topic) { return !topic.fresh; });
    const Sums sums(tx, viewer, recent);
    const auto heed = notifications::heed(tx, viewer, ids_of(recent));
    std::vector<MemberId> people;
    for (auto& topic : recent) {
        Line line{.facts = {.named = heed.named.contains(topic.id),
                            .followed = heed.follows(topic.space, topic.id),
                            .muted = heed.muted(topic.space, topic.id)}};
        sums.fill(topic.id, line.facts);
        const auto reason = why(line.facts);
        if (!reason) continue;
        line.why = *reason;
        people.push_back(topic.author);
        line.topic = std::move(topic);
        page.lines.push_back(std::move(line));
    }
    sort(page.lines);
    page.faces = members::names(tx, viewer.community, people);
    return page;
}

void done(db::Tx& tx, const auth::Viewer& viewer, Instant until) {
    const Instant end = std::min(until, tx.now());
    const auto readable = spaces::readable(tx, viewer);
    reads::mark_spaces(tx, viewer, readable.ids, end);
    notifications::seen_talk(tx, viewer, readable.ids, end);
}

}  // namespace torv::catchup
