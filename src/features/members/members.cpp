#include "features/members/members.hpp"

#include <algorithm>

#include "features/accounts/accounts.hpp"
#include "features/community/community.hpp"
#include "features/members/keys.hpp"
#include "features/members/store.hpp"
#include "platform/activity/activity.hpp"
#include "platform/base/text.hpp"
#include "platform/html/markdown.hpp"
#include "platform/i18n/i18n.hpp"
#include "platform/web/parts.hpp"

namespace torv::members {
namespace {

constexpr std::size_t kBioMost = 2'000;
constexpr std::size_t kHandlesAtOnce = 50;

/// "key~id", where the key sorts.
Result<store::After> after_of(std::string_view cursor, Order order) {
    const std::size_t split_at = cursor.rfind('~');
    const auto bad = [] { return fail(Fault::Malformed, "web.bad_cursor", "cursor"); };
    if (split_at == cursor.npos || !is_utf8(cursor)) return bad();
    const auto id = MemberId::parse(cursor.substr(split_at + 1));
    if (!id) return bad();
    store::After after{.key = std::string(cursor.substr(0, split_at)), .id = *id};
    if (order == Order::Name) return after;
    const auto number = parse_int<std::int64_t>(after.key);
    if (!number) return bad();
    after.number = *number;
    return after;
}

}  // namespace

std::string_view state_name(State state) {
    switch (state) {
        case State::Active: return "active";
        case State::Pending: return "pending";
        case State::Left: return "left";
        case State::Placeholder: return "placeholder";
        case State::Suspended: return "suspended";
    }
    return "active";
}

const Face& Faces::operator[](MemberId id) const {
    static const Face nobody;
    const auto found = faces_.find(id);
    return found == faces_.end() ? nobody : found->second;
}

Result<Member> find(db::Tx& tx, CommunityId community, MemberId id) {
    auto found = store::by_id(tx, community, id);
    if (!found) return fail(Fault::NotFound, "members.not_found");
    return *std::move(found);
}

Result<Member> by_handle(db::Tx& tx, CommunityId community, std::string_view handle) {
    auto found = store::by_handle(tx, community, ascii_lower(handle));
    if (!found) return fail(Fault::NotFound, "members.not_found");
    return *std::move(found);
}

std::optional<Member> of_account(db::Tx& tx, CommunityId community, AccountId account) {
    return store::by_account(tx, community, account);
}

Faces names(db::Tx& tx, CommunityId community, const std::vector<MemberId>& ids) {
    db::Ids wanted;
    for (const MemberId id : ids)
        if (id) wanted.values.push_back(id.value);
    std::ranges::sort(wanted.values);
    wanted.values.erase(std::ranges::unique(wanted.values).begin(), wanted.values.end());
    if (wanted.values.empty()) return {};
    return Faces(store::faces(tx, community, wanted));
}

std::vector<Member> these(db::Tx& tx, CommunityId community, const std::vector<MemberId>& ids) {
    if (ids.empty()) return {};
    db::Ids wanted;
    for (const MemberId id : ids) wanted.values.push_back(id.value);
    auto list = store::by_ids(tx, community, wanted);
    const auto place = [&](const Member& m) { return std::ranges::find(ids, m.id) - ids.begin(); };
    std::ranges::sort(list, {}, place);
    return list;
}

std::unordered_map<std::string, Face> by_handles(db::Tx& tx, CommunityId community,
                                                 const std::vector<std::string>& handles) {
    if (handles.empty()) return {};
    const std::size_t most = std::min(handles.size(), kHandlesAtOnce);
    return store::by_handles(tx, community, {{handles.begin(), handles.begin() + most}});
}

MemberId by_source(db::Tx& tx, CommunityId community, std::string_view source,
                   std::string_view source_key) {
    return store::by_source(tx, community, source, source_key);
}

std::vector<Face> with_role(db::Tx& tx, CommunityId community, Role at_least) {
    return store::with_role(tx, community, at_least);
}

std::vector<MemberId> owners(db::Tx& tx, CommunityId community) {
    std::vector<MemberId> ids;
    for (const Face& face : store::with_role(tx, community, Role::Owner)) ids.push_back(face.id);
    return ids;
}

Result<Page> list(db::Tx& tx, CommunityId community, const ListQuery& query) {
    store::After after{.number = INT64_MAX, .id = MemberId{INT64_MAX}};
    if (query.order == Order::Name) after.id = MemberId{};
    if (!query.after.empty()) after = TRY(after_of(query.after, query.order));
    const int limit = std::clamp(query.limit, 1, 100);
    const store::Wanted wanted{.state = query.state,
                               .role = query.role ? static_cast<int>(*query.role) : -1,
                               .pattern = pattern_of(query.search),
                               .limit = limit + 1};
    Page page;
    page.items = query.order == Order::Name ? store::page_by_name(tx, community, wanted, after)
                                            : store::page_by_newest(tx, community, wanted, after);
    if (page.items.size() <= static_cast<std::size_t>(limit)) return page;
    page.items.pop_back();
    const Member& last = page.items.back();
    page.next = query.order == Order::Name ? store::name_key(tx, community, last.id)
                                           : std::to_string(last.joined_at.us);
    page.next += "~" + last.id.text();
    return page;
}

Done set_profile(db::Tx& tx, const auth::Viewer& viewer, const ProfileEdit& edit) {
    auto found = store::locked(tx, viewer.community, viewer.id);
    if (!viewer.is_member() || !found) return fail(Fault::Forbidden, "members.members_only");
    Member member = *std::move(found);
    const std::string handle = ascii_lower(trimmed(edit.handle));
    member.name = TRY(accounts::parse_name(edit.name));
    member.bio = i18n::nfc(trimmed(edit.bio));
    if (code_points(member.bio) > kBioMost)
        return fail(Fault::Invalid, "members.bio_long", "bio",
                    {{"most", std::to_string(kBioMost)}});
    // Only files of this host: a picture from elsewhere would tell its server who reads here.
    if (!edit.avatar.empty() && !edit.avatar.starts_with("/files/"))
        return fail(Fault::Invalid, "members.avatar_bad", "avatar");
    if (!is_handle(handle)) return fail(Fault::Invalid, "members.handle_bad", "handle");
    if (is_reserved(handle)) return fail(Fault::Conflict, "members.handle_taken", "handle");
    const auto owner = store::handle_owner(tx, viewer.community, handle);
    const bool free =
        owner ? *owner == viewer.id : store::take_handle(tx, viewer.community, handle, viewer.id);
    if (!free) return fail(Fault::Conflict, "members.handle_taken", "handle");

    member.handle = handle;
    member.avatar = edit.avatar;
    member.bio_html = markdown::render(member.bio, {.first_heading = 2}).html;
    const auto community = TRY(community::find(tx, viewer.community));
    store::set_profile(tx, member, keys_of(community.language, member.name, handle));
    accounts::set_name(tx, member.account, member.name);
    activity::announce(tx, {.community = viewer.community,
                            .kind = "member.changed",
                            .actor = viewer.id,
                            .subject = {"member", viewer.id.value}});
    return Unit{};
}

void set_avatar(db::Tx& tx, CommunityId community, MemberId id, std::string_view url) {
    store::set_avatar(tx, community, id, url);
}

void face(html::Out& out, const Face& who, FaceSize size) {
    using web::parts::AvatarSize;
    const AvatarSize drawn = size == FaceSize::Small   ? AvatarSize::Small
                             : size == FaceSize::Large ? AvatarSize::Large
                                                       : AvatarSize::Normal;
    web::parts::avatar(out, who.name, who.handle, who.avatar, drawn);
}

void living_face(html::Out& out, const Face& who, FaceSize size) {
    html::put(out, R"(<span class="presence" data-member="{}">)", who.id);
    face(out, who, size);
    html::put(out, "</span>");
}

Face face_of(const auth::Viewer& viewer) {
    return {.id = viewer.id,
            .handle = viewer.handle,
            .name = viewer.name,
            .avatar = viewer.avatar,
            .role = viewer.role};
}

Face face_of(const Member& m) {
    return {.id = m.id,
            .handle = m.handle,
            .name = m.name,
            .avatar = m.avatar,
            .role = m.role,
            .state = m.state};
}

std::string path(std::string_view handle) { return "/m/" + std::string(handle); }

}  // namespace torv::members
