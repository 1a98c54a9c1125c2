#include "features/notifications/settings.hpp"

#include <algorithm>

#include "features/accounts/accounts.hpp"
#include "features/members/members.hpp"
#include "features/notifications/mailing.hpp"
#include "features/spaces/spaces.hpp"
#include "platform/base/text.hpp"
#include "platform/config/config.hpp"

namespace torv::notifications {

namespace {

constexpr int kKeptShown = 200;
constexpr microseconds kWeek = std::chrono::hours(7 * 24);

/// What stands in the list; places that the viewer may not see any more are left out.
std::vector<KeptPlace> kept_places(db::Tx& tx, const auth::Viewer& viewer) {
    const auto all = store::kept(tx, viewer.community, viewer.id, kKeptShown);
    const auto readable = spaces::readable(tx, viewer);
    db::Ids topic_ids, tag_ids;
    std::vector<MemberId> people;
    for (const auto& one : all) {
        if (one.place == Place::Topic) topic_ids.values.push_back(one.id);
        if (one.place == Place::Tag) tag_ids.values.push_back(one.id);
        if (one.place == Place::Person) people.push_back(MemberId{one.id});
    }
    const auto topics = store::topics(tx, viewer.community, topic_ids);
    const auto faces = members::names(tx, viewer.community, people);
    auto tags = store::tag_names(tx, viewer.community, tag_ids);
    std::vector<KeptPlace> list;
    const auto add = [&](Level level, std::string name, const std::string& path, bool person) {
        list.push_back({.level = level,
                        .name = std::move(name),
                        .path = path,
                        .action = path + "/level",
                        .person = person});
    };
    for (const auto& one : all) {
        if (one.place == Place::Space) {
            if (const auto* space = readable.find(SpaceId{one.id}))
                add(one.level, space->name, spaces::path(space->slug), false);
        } else if (one.place == Place::Topic) {
            const auto topic = topics.find(TopicId{one.id});
            if (topic != topics.end() && !topic->second.gone && readable.find(topic->second.space))
                add(one.level, topic->second.title, "/t/" + std::to_string(one.id), false);
        } else if (one.place == Place::Tag) {
            const std::string& name = tags[one.id];
            add(one.level, "#" + name, "/tags/" + percent_encode(name), false);
        } else if (const auto& face = faces[MemberId{one.id}]; face.id) {
            add(one.level, face.name, members::path(face.handle), true);
        }
    }
    return list;
}

Result<Quiet> quiet_from(std::string_view from, std::string_view to) {
    const auto begins = minute_from(from), ends = minute_from(to);
    if (!begins || !ends) return fail(Fault::Invalid, "notifications.quiet_bad", "quiet_from");
    return Quiet{.from = *begins, .to = *ends};
}

}  // namespace

SettingsPage settings_page(db::Tx& tx, const web::Context& ctx) {
    const auto& viewer = ctx.viewer;
    SettingsPage page{.settings = store::settings(tx, viewer.community, viewer.id),
                      .mail_server = !ctx.services.config.mail_url.empty()};
    if (const auto account = accounts::find(tx, viewer.account))
        page.zone = zone_of(*account, ctx.place.language);
    if (const auto waiting = store::waiting(tx, viewer.community, viewer.id))
        page.mails_in_week = static_cast<int>(std::ranges::count_if(
            waiting->sent, [&](Instant at) { return at > tx.now() - kWeek; }));
    page.kept = kept_places(tx, viewer);
    return page;
}

std::optional<int> minute_from(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto hour = parse_int<int>(text.substr(0, 2));
    const auto minute = parse_int<int>(text.substr(3));
    const bool fits = hour && minute && *hour >= 0 && *hour < 24 && *minute >= 0 && *minute < 60;
    return fits ? std::optional(*hour * 60 + *minute) : std::nullopt;
}

std::string minute_text(int minute) {
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two(minute / 60) + ":" + two(minute % 60);
}

Result<Settings> settings_from(const Typed& typed, Settings before) {
    for (const auto& [name, value] : typed.channels) {
        const auto channel = channel_from(value);
        if (!channel) return fail(Fault::Invalid, "notifications.channel_unknown", name);
        for (int i = 0; i < kKinds; ++i)
            if (kind_name(static_cast<Kind>(i)) == name)
                before.mail[static_cast<std::size_t>(i)] = *channel;
    }
    if (typed.quiet_from || typed.quiet_to) {
        const std::string from = typed.quiet_from.value_or(""), to = typed.quiet_to.value_or("");
        if (from.empty() && to.empty()) before.quiet.reset();
        else before.quiet = TRY(quiet_from(from, to));
    }
    if (typed.weekly_limit) {
        if (*typed.weekly_limit < 0 || *typed.weekly_limit > Settings::kWeeklyMost)
            return fail(Fault::Invalid, "notifications.limit_bad", "weekly_limit");
        before.weekly_limit = static_cast<int>(*typed.weekly_limit);
    }
    return before;
}

}  // namespace torv::notifications
