#include "features/search/asking.hpp"

#include <algorithm>

#include "features/members/members.hpp"
#include "platform/base/text.hpp"
#include "platform/i18n/i18n.hpp"

namespace torv::search {

namespace {

bool is_me(std::string_view name) { return name == "me"; }

/// By handle; members are also found by their name, where only one has it. 0: nobody.
MemberId called(db::Tx& tx, const auth::Viewer& viewer, const std::string& name) {
    if (const auto member = members::by_handle(tx, viewer.community, name)) return member->id;
    if (!viewer.is_member()) return {};
    const auto found = members::list(tx, viewer.community, {.search = name, .limit = 2});
    return found && found->items.size() == 1 ? found->items[0].id : MemberId{};
}

std::vector<std::string> author_marks(db::Tx& tx, const auth::Viewer& viewer,
                                      const std::vector<std::string>& names) {
    std::vector<std::string> marks;
    for (const auto& name : names) {
        if (is_me(name) && viewer.is_member()) {
            marks.push_back(store::author_mark(viewer.id));
            continue;
        }
        marks.push_back(store::author_mark(called(tx, viewer, name)));
    }
    return marks;
}

void add_kind(store::Wanted& wanted, std::optional<Kind> kind) {
    if (!kind || *kind == Kind::Message) return;
    if (*kind != Kind::File) return wanted.marks.push_back({store::kind_mark(*kind)});
    wanted.marks.push_back({store::kind_mark(Kind::Post)});
    wanted.marks.push_back({std::string(store::kHasFile)});
    wanted.query = words::prefixed(wanted.query, store::kWithFile);
}

void add_filters(db::Tx& tx, const auth::Viewer& viewer, const Typed& typed,
                 store::Wanted& wanted) {
    if (!typed.by.empty()) wanted.marks.push_back(author_marks(tx, viewer, typed.by));
    for (const auto& tag : typed.tags) wanted.marks.push_back({store::tag_mark(tag)});
    if (typed.unanswered) wanted.marks.push_back({std::string(store::kUnanswered)});
    if (typed.with_file) wanted.marks.push_back({std::string(store::kHasFile)});
}

}  // namespace

Asked asked_for(db::Tx& tx, const auth::Viewer& viewer, const spaces::Readable& readable,
                const Typed& typed, std::optional<Kind> kind) {
    Asked asked;
    auto& wanted = asked.wanted;
    wanted = {
        .query = words::parse(typed.words),
        .filtered = !typed.filters.empty(),
        .people = viewer.is_member() && typed.filters.empty() && (!kind || *kind == Kind::Person),
        .from = typed.from,
        .until = typed.until};
    for (const auto& name : typed.in) {
        const auto* space = space_called(readable, name);
        if (space) wanted.spaces.values.push_back(space->id.value);
        else asked.unknown_space = name;
    }
    if (typed.in.empty()) wanted.spaces = readable.ids;
    add_filters(tx, viewer, typed, wanted);
    add_kind(wanted, kind);
    return asked;
}

const spaces::Access* space_called(const spaces::Readable& readable, std::string_view name) {
    const std::string folded = i18n::fold(name);
    const spaces::Access* begun = nullptr;
    int many = 0;
    for (const auto& space : readable.spaces) {
        const std::string its = i18n::fold(space.name);
        if (space.slug == folded || its == folded) return &space;
        if (!its.starts_with(folded)) continue;
        begun = &space;
        ++many;
    }
    return many == 1 ? begun : nullptr;
}

bool names_file(const words::Query& query, std::string_view name) {
    for (const auto& word : words::split(name)) {
        const std::string term = std::string(store::kWithFile) + words::spelled_out(word.folded);
        if (query.last_is_open && term.starts_with(query.last)) return true;
        for (const auto& one : query.all)
            if (one.front() == term) return true;
    }
    return false;
}

}  // namespace torv::search
