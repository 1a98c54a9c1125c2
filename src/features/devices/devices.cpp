#include <algorithm>

#include "features/devices/page.hpp"
#include "platform/activity/activity.hpp"
#include "platform/base/text.hpp"
#include "platform/config/config.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/web/device.hpp"

namespace torv::devices {

namespace {

constexpr microseconds kWeek = std::chrono::hours(7 * 24);

Done fits(const Choice& choice) {
    if (choice.weekly_limit < 0 || choice.weekly_limit > Choice::kWeeklyMost)
        return fail(Fault::Invalid, "devices.limit_bad", "weekly_limit");
    return Unit{};
}

}  // namespace

Result<std::vector<store::Device>> add(web::Context& ctx, const Offer& offer) {
    const auto& viewer = ctx.viewer;
    TRY(push::address(offer.endpoint, offer.p256dh, offer.auth, ctx.services.config.call_inside));
    if (!viewer.session) return fail(Fault::Forbidden, "devices.browser_only");
    TRY(ctx.limit("devices:" + viewer.id.text(), 10, 20));
    store::Device device{.member = viewer.id,
                         .session = viewer.session,
                         .endpoint = offer.endpoint,
                         .p256dh = offer.p256dh,
                         .auth = offer.auth,
                         .name = web::device_name(ctx.request.header("User-Agent"))};
    return ctx.db.write([&](db::Tx& tx) {
        tx.shown_to_no_other();
        const auto before = store::of_member(tx, viewer.community, viewer.id, kMostDevices);
        if (before.empty())
            store::begin(tx, viewer.community, viewer.id, activity::head(tx, viewer.community));
        store::put(tx, viewer.community, device, crypto::token_hash(offer.endpoint));
        auto all = store::of_member(tx, viewer.community, viewer.id, kMostDevices + 1);
        if (static_cast<int>(all.size()) > kMostDevices) {
            store::remove(tx, viewer.community, all.back().id);
            all.pop_back();
        }
        return all;
    });
}

Done remove(web::Context& ctx, DeviceId id) {
    return ctx.db.write([&](db::Tx& tx) -> Done {
        tx.shown_to_no_other();
        if (!store::remove(tx, ctx.viewer.community, ctx.viewer.id, id))
            return fail(Fault::NotFound, "devices.not_found");
        return Unit{};
    });
}

Result<Choice> choose(web::Context& ctx, const Choice& choice) {
    TRY(fits(choice));
    TRY(ctx.limit("notices:" + ctx.viewer.id.text(), 30, 30));
    ctx.db.write([&](db::Tx& tx) {
        tx.shown_to_no_other();
        store::save_choice(tx, ctx.viewer.community, ctx.viewer.id, choice);
    });
    return choice;
}

DevicesPage devices_page(db::Tx& tx, const web::Context& ctx) {
    const auto& [community, member] = std::tie(ctx.viewer.community, ctx.viewer.id);
    DevicesPage page{.devices = store::of_member(tx, community, member, kMostDevices),
                     .choice = store::choice(tx, community, member)};
    if (const auto turn = store::turn(tx, community, member)) {
        page.held = turn->held;
        page.told_in_week = static_cast<int>(
            std::ranges::count_if(turn->sent, [&](Instant at) { return at > tx.now() - kWeek; }));
    }
    return page;
}

std::string open_key(web::Context& ctx) { return base64url(keys(ctx.db).open); }

}  // namespace torv::devices
