#include "features/profiles/profiles.hpp"

#include <algorithm>
#include <map>

#include "features/profiles/store.hpp"
#include "features/profiles/values.hpp"
#include "platform/activity/activity.hpp"

namespace torv::profiles {

namespace {

constexpr std::array<std::string_view, 6> kNames{"skills", "interests", "languages",
                                                 "place",  "offers",    "seeks"};
constexpr std::array<std::string_view, 3> kShownNames{"me", "members", "everyone"};

Field& field_of(std::vector<Field>& fields, Kind kind) {
    return *std::ranges::find(fields, kind, &Field::kind);
}

std::vector<Field> all_empty() {
    std::vector<Field> fields;
    for (const Kind kind : kKinds) fields.push_back({.kind = kind, .values = {}});
    return fields;
}

void fill(std::vector<Field>& fields, const std::vector<store::Row>& rows) {
    for (const auto& row : rows) {
        Field& field = field_of(fields, row.kind);
        field.values.push_back(row.text);
        field.shown = row.shown;
    }
}

/// What members see, by mark and text: a new spelling counts as another.
std::map<std::string, store::Row> seen(const std::vector<store::Row>& rows) {
    std::map<std::string, store::Row> visible;
    for (const auto& row : rows)
        if (row.shown >= Shown::Members) visible.emplace(row.mark, row);
    return visible;
}

/// In the order of marks, so that two who save at once wait for each other and not in a ring.
bool recount(db::Tx& tx, CommunityId community, const std::vector<store::Row>& before,
             const std::vector<store::Row>& after) {
    const auto old_ones = seen(before), new_ones = seen(after);
    auto both = old_ones;
    both.insert(new_ones.begin(), new_ones.end());
    bool other = false;
    for (const auto& [mark, row] : both) {
        const auto was = old_ones.find(mark), is = new_ones.find(mark);
        if (was == old_ones.end()) store::count(tx, community, row, 1);
        if (is == new_ones.end()) store::count(tx, community, row, -1);
        other = other || was == old_ones.end() || is == new_ones.end() ||
                was->second.text != is->second.text;
    }
    return other;
}

struct Ready {
    Kind kind = Kind::Skills;
    std::optional<std::vector<Value>> values;
    std::optional<Shown> shown;
};

/// The rows of one field after the change.
std::vector<store::Row> rows_of(const Ready& change, Shown shown,
                                const std::vector<store::Row>& before) {
    std::vector<store::Row> rows;
    if (change.values)
        for (const auto& value : *change.values)
            rows.push_back({.kind = change.kind, .text = value.text, .mark = value.mark});
    else
        std::ranges::copy_if(before, std::back_inserter(rows),
                             [&](const auto& row) { return row.kind == change.kind; });
    for (auto& row : rows) row.shown = shown;
    return rows;
}

Shown shown_of(const std::vector<store::Choice>& choices, Kind kind) {
    const auto said = std::ranges::find(choices, kind, &store::Choice::kind);
    return said == choices.end() ? Shown::Members : said->shown;
}

}  // namespace

std::string_view kind_name(Kind kind) { return kNames[static_cast<std::size_t>(kind) - 1]; }

std::optional<Kind> kind_from(std::string_view name) {
    for (const Kind kind : kKinds)
        if (kind_name(kind) == name) return kind;
    return std::nullopt;
}

std::string_view shown_name(Shown shown) { return kShownNames[static_cast<std::size_t>(shown)]; }

std::optional<Shown> shown_from(std::string_view name) {
    for (std::size_t i = 0; i < kShownNames.size(); ++i)
        if (kShownNames[i] == name) return static_cast<Shown>(i);
    return std::nullopt;
}

std::vector<Field> of(db::Tx& tx, const auth::Viewer& viewer, MemberId member) {
    if (viewer.id && viewer.id == member) {
        auto fields = own(tx, viewer);
        std::erase_if(fields, [](const Field& field) { return field.values.empty(); });
        return fields;
    }
    const Shown least = viewer.is_member() ? Shown::Members : Shown::Everyone;
    auto fields = all_empty();
    fill(fields, store::values(tx, viewer.community, member, least));
    std::erase_if(fields, [](const Field& field) { return field.values.empty(); });
    return fields;
}

std::vector<Field> own(db::Tx& tx, const auth::Viewer& viewer) {
    auto fields = all_empty();
    for (const auto& choice : store::choices(tx, viewer.community, viewer.id))
        field_of(fields, choice.kind).shown = choice.shown;
    fill(fields, store::values(tx, viewer.community, viewer.id, Shown::Me));
    return fields;
}

Done change(db::Tx& tx, const auth::Viewer& viewer, const std::vector<Change>& changes) {
    if (!viewer.is_member()) return fail(Fault::Forbidden, "members.members_only");
    std::vector<Ready> ready;
    for (const auto& one : changes) {
        Ready made{.kind = one.kind, .values = {}, .shown = one.shown};
        if (one.typed) made.values = TRY(values_from(one.kind, *one.typed));
        ready.push_back(std::move(made));
    }
    const auto community = viewer.community;
    for (const auto& one : ready) store::choose(tx, community, viewer.id, one.kind, one.shown);
    const auto choices = store::choices(tx, community, viewer.id);
    const auto before = store::values(tx, community, viewer.id, Shown::Me);
    auto after = before;
    for (const auto& one : ready) {
        const auto rows = rows_of(one, shown_of(choices, one.kind), before);
        std::erase_if(after, [&](const auto& row) { return row.kind == one.kind; });
        after.insert(after.end(), rows.begin(), rows.end());
        store::drop(tx, community, viewer.id, one.kind);
        int position = 0;
        for (const auto& row : rows) store::keep(tx, community, viewer.id, row, position++);
    }
    if (recount(tx, community, before, after))
        activity::announce(tx, {.community = community,
                                .kind = "member.changed",
                                .actor = viewer.id,
                                .subject = {"member", viewer.id.value}});
    return Unit{};
}

}  // namespace torv::profiles
