#include "features/search/suggesting.hpp"

#include <algorithm>
#include <array>

#include "features/members/members.hpp"
#include "features/search/asking.hpp"
#include "features/tags/tags.hpp"
#include "features/topics/topics.hpp"
#include "platform/base/text.hpp"
#include "platform/i18n/i18n.hpp"

namespace torv::search {

namespace {

using Is = Suggestion::Kind;

constexpr std::size_t kMost = 8, kOfAKind = 3;

/// What stands before the part that is being typed, and that part.
struct Halves {
    std::string_view head;  ///< with its last space
    std::string_view part;
};

Halves halves(std::string_view text) {
    bool quoted = false;
    std::size_t from = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') quoted = !quoted;
        if (text[i] == ' ' && !quoted) from = i + 1;
    }
    return {.head = text.substr(0, from), .part = text.substr(from)};
}

struct Asking {
    db::Tx& tx;
    const auth::Viewer& viewer;
    spaces::Readable readable;
    std::string_view head;
    std::vector<Suggestion> list;
    std::size_t most = kMost;  ///< of the kind that is added now

    void add(Suggestion one) {
        if (list.size() < kMost && most > 0) {
            list.push_back(std::move(one));
            --most;
        }
    }
    void add_filter(std::string_view name, std::string_view value, std::string_view hint = {}) {
        const std::string text = filter(name, value);
        add({.text = text, .hint = std::string(hint), .whole = std::string(head) + text + " "});
    }
};

bool begins(std::string_view whole, std::string_view part) {
    return i18n::fold(whole).starts_with(part);
}

/// `part` is folded in all of these.
void spaces_for(Asking& asking, std::string_view part, bool as_filter) {
    for (const auto& space : asking.readable.spaces) {
        if (!begins(space.name, part) && !space.slug.starts_with(part)) continue;
        if (as_filter) asking.add_filter("in", space.slug, space.name);
        else
            asking.add(
                {.kind = Is::Space, .text = space.name, .hint = {}, .path = "/s/" + space.slug});
    }
}

void people_for(Asking& asking, std::string_view part, bool as_filter) {
    if (!asking.viewer.is_member()) return;
    if (as_filter && std::string_view("me").starts_with(part)) asking.add_filter("by", "me");
    const auto found =
        members::list(asking.tx, asking.viewer.community,
                      {.search = std::string(part), .limit = static_cast<int>(kMost)});
    if (!found) return;
    for (const auto& member : found->items) {
        if (as_filter) asking.add_filter("by", member.handle, member.name);
        else
            asking.add({.kind = Is::Person,
                        .text = member.name,
                        .hint = "@" + member.handle,
                        .path = members::path(member.handle)});
    }
}

void tags_for(Asking& asking, std::string_view part, bool as_filter) {
    for (const auto& tag :
         tags::most_named(asking.tx, asking.viewer, asking.readable, part, kMost)) {
        if (as_filter) asking.add_filter("tag", tag.name, std::to_string(tag.posts));
        else
            asking.add({.kind = Is::Tag,
                        .text = "#" + tag.name,
                        .hint = std::to_string(tag.posts),
                        .path = tags::path(tag.name)});
    }
}

void topics_for(Asking& asking, std::string_view words) {
    const store::Wanted wanted{.query = words::parse(words),
                               .marks = {{store::kind_mark(Kind::Topic)}},
                               .spaces = asking.readable.ids};
    db::Ids topics;
    for (const Hit& hit : store::candidates(asking.tx, asking.viewer.community, wanted,
                                            store::Where::Title, static_cast<int>(kOfAKind)))
        topics.values.push_back(hit.subject);
    for (const auto& topic : store::openings(asking.tx, asking.viewer.community, topics)) {
        const auto* space = asking.readable.find(topic.space);
        if (space)
            asking.add({.kind = Is::Topic,
                        .text = topic.title,
                        .hint = space->name,
                        .path = topics::path(topic.topic, topic.title)});
    }
}

void values_for(Asking& asking, std::string_view name, std::string_view part,
                std::string_view month) {
    if (name == "in") return spaces_for(asking, part, true);
    if (name == "by") return people_for(asking, part.substr(part.starts_with('@')), true);
    if (name == "tag") return tags_for(asking, part.substr(part.starts_with('#')), true);
    std::vector<std::string_view> values;
    if (name == "is") values = {"unanswered"};
    if (name == "has") values = {"file"};
    if (name == "before" || name == "after") values = {month, month.substr(0, 4)};
    for (const auto value : values)
        if (value.starts_with(part)) asking.add_filter(name, value);
}

void names_for(Asking& asking, std::string_view part) {
    for (const std::string_view name : {"in:", "by:", "tag:", "before:", "after:", "is:", "has:"})
        if (name.starts_with(part))
            asking.add({.text = std::string(name),
                        .hint = {},
                        .path = {},
                        .whole = std::string(asking.head) + std::string(name)});
}

}  // namespace

std::string_view name_of(Suggestion::Kind kind) {
    constexpr std::array<std::string_view, 5> kNames{"space", "person", "topic", "tag", "filter"};
    return kNames[static_cast<std::size_t>(kind)];
}

std::vector<Suggestion> suggestions(db::Tx& tx, const auth::Viewer& viewer, std::string_view text,
                                    std::string_view month) {
    const auto [head, part] = halves(text);
    if (part.empty()) return {};
    Asking asking{.tx = tx,
                  .viewer = viewer,
                  .readable = spaces::readable(tx, viewer),
                  .head = head,
                  .list = {}};
    const std::string folded = i18n::fold(part);
    const auto colon = folded.find(':');
    if (folded.starts_with('#')) {
        tags_for(asking, std::string_view(folded).substr(1), true);
    } else if (colon != folded.npos) {
        std::string value = folded.substr(colon + 1);
        std::erase(value, '"');
        values_for(asking, std::string_view(folded).substr(0, colon), value, month);
    } else {
        names_for(asking, folded);
        const auto each = [&](auto find) {
            asking.most = kOfAKind;
            find();
        };
        each([&] { topics_for(asking, text); });
        each([&] { spaces_for(asking, folded, false); });
        if (folded.size() >= 2) each([&] { people_for(asking, folded, false); });
        each([&] { tags_for(asking, folded, false); });
    }
    return std::move(asking.list);
}

}  // namespace torv::search
