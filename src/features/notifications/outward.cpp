#include "features/community/community.hpp"
#include "features/notifications/mailing.hpp"
#include "features/notifications/views.hpp"

namespace torv::notifications {

namespace {

constexpr int kBundlesTold = 50;

std::optional<Instant> end_of_quiet(const std::optional<Quiet>& quiet, Instant now, Local local) {
    if (!quiet || !within(*quiet, local.minute)) return std::nullopt;
    constexpr int kDay = 24 * 60;
    const int ahead = ((quiet->to - local.minute) % kDay + kDay) % kDay;
    return now + std::chrono::minutes(ahead);
}

}  // namespace

std::optional<Reader> reader(db::Tx& tx, const community::Community& community,
                             const i18n::Catalogue& catalogue, MemberId id) {
    const auto member = members::find(tx, community.id, id);
    if (!member || member->state != members::State::Active || !member->account) return std::nullopt;
    const auto account = accounts::find(tx, member->account);
    if (!account) return std::nullopt;
    const auto& language = account->language.empty() ? community.language : account->language;
    const Local local = local_time(tx.now(), zone_of(*account, community.language));
    return Reader{
        .viewer = {.community = community.id,
                   .account = account->id,
                   .id = id,
                   .role = member->role,
                   .name = member->name,
                   .handle = member->handle},
        .t = &catalogue.words(language),
        .quiet_until = end_of_quiet(store::settings(tx, community.id, id).quiet, tx.now(), local)};
}

UnreadPage unread_page(db::Tx& tx, const Reader& to) {
    const auto page = inbox(tx, to.viewer, store::Which::Unread, {}, kBundlesTold);
    UnreadPage told{.count = page->unread};
    for (const Line& line : page->lines) {
        const auto& item = line.bundle.newest;
        told.bundles.push_back(
            {.kind = item.kind,
             .newest = item.position,
             .oldest = line.bundle.oldest,
             .tag = std::string(kind_name(item.kind)) + "-" + std::to_string(item.place),
             .sentence = sentence(*to.t, *page, line),
             .excerpt = line.excerpt,
             .path = "/notices/" + std::to_string(item.position),
             .at = item.at});
    }
    return told;
}

bool is_told(db::Tx& tx, CommunityId community, MemberId member, std::int64_t position) {
    return store::find(tx, community, member, position).has_value();
}

}  // namespace torv::notifications
