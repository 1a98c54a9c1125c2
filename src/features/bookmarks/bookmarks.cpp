#include "features/bookmarks/bookmarks.hpp"

#include "features/bookmarks/store.hpp"
#include "features/spaces/spaces.hpp"
#include "platform/activity/activity.hpp"
#include "platform/base/text.hpp"
#include "platform/i18n/i18n.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/json/json.hpp"

namespace torv::bookmarks {

namespace {

constexpr std::string_view kRemindJob = "bookmarks.remind";
constexpr int kMorning = 8 * 60;  // minutes since midnight
constexpr auto kLatest = std::chrono::days(366 * 5);

void remind_then(db::Tx& tx, const auth::Viewer& viewer, PostId post, Instant at) {
    json::Writer payload;
    payload.object()
        .field("member", viewer.id)
        .field("post", post)
        .field("at", std::to_string(at.us))
        .end();
    jobs::enqueue(tx, {.community = viewer.community,
                       .kind = std::string(kRemindJob),
                       .payload = payload.take(),
                       .run_at = at});
}

/// The bookmark may have gone since, or want another moment.
jobs::Outcome remind(jobs::Run& run) {
    const auto payload = json::parse(run.job().payload);
    const auto member = MemberId::parse(payload ? (*payload)["member"].string_or("") : "");
    const auto post = PostId::parse(payload ? (*payload)["post"].string_or("") : "");
    const auto at = parse_int<std::int64_t>(payload ? (*payload)["at"].string_or("") : "");
    if (!member || !post || !at) throw jobs::GiveUp("no reminder: " + run.job().payload);
    run.db().write(
        [&](db::Tx& tx) {
            const CommunityId community = run.job().community;
            if (!store::remind(tx, community, *member, *post, Instant{*at})) return;
            json::Writer row;
            row.object().field("member", *member).end();
            activity::announce(tx, {.community = community,
                                    .kind = "bookmark.due",
                                    .actor = *member,
                                    .subject = {"post", post->value},
                                    .payload = row.take()});
        },
        db::Priority::Background);
    return jobs::Outcome::Done;
}

}  // namespace

Done put(db::Tx& tx, const auth::Viewer& viewer, PostId post, std::string_view note,
         Instant remind_at) {
    if (!viewer.is_member()) return fail(Fault::Forbidden, "web.members_only");
    TRY(topics::visible_post(tx, viewer, post));
    const std::string text(trimmed(i18n::nfc(note)));
    if (code_points(text) > kNoteMax)
        return fail(Fault::Invalid, "bookmarks.note_too_long", "note");
    const auto before = store::find(tx, viewer.community, viewer.id, post);
    const bool fresh = remind_at && (!before || before->remind_at != remind_at);
    if (fresh && remind_at <= tx.now())
        return fail(Fault::Invalid, "bookmarks.too_early", "remind_at");
    if (fresh && remind_at > tx.now() + kLatest)
        return fail(Fault::Invalid, "bookmarks.too_late", "remind_at");
    if (!before && store::count(tx, viewer.community, viewer.id, kMost) >= kMost)
        return fail(Fault::Invalid, "bookmarks.too_many");
    store::put(tx, viewer.community, viewer.id,
               {.post = post, .note = text, .remind_at = remind_at});
    if (fresh) remind_then(tx, viewer, post, remind_at);
    return Unit{};
}

Done drop(db::Tx& tx, const auth::Viewer& viewer, PostId post) {
    if (viewer.is_member() && store::drop(tx, viewer.community, viewer.id, post)) return Unit{};
    return fail(Fault::NotFound, "bookmarks.not_found");
}

std::optional<Bookmark> find(db::Tx& tx, const auth::Viewer& viewer, PostId post) {
    if (!viewer.is_member()) return std::nullopt;
    return store::find(tx, viewer.community, viewer.id, post);
}

std::vector<Shown> list(db::Tx& tx, const auth::Viewer& viewer, web::Keyset below, int limit) {
    if (!viewer.is_member()) return {};
    auto found = store::list(tx, viewer.community, viewer.id, spaces::readable(tx, viewer).ids,
                             below, limit);
    for (Shown& one : found)
        if (!one.there) one = {.bookmark = std::move(one.bookmark)};
    return found;
}

Choices choices(const i18n::Dates& dates, Instant now) {
    const std::int64_t today = dates.day_number(now);
    // Day 0, 1 January 1970, was a Thursday: Mondays are those with a rest of 4.
    const std::int64_t to_monday = 7 - (today + 3) % 7;
    return {.later = now + std::chrono::hours(3),
            .tomorrow = dates.moment(today + 1, kMorning),
            .monday = dates.moment(today + to_monday, kMorning)};
}

std::optional<Instant> moment_from(const i18n::Dates& dates, std::string_view typed) {
    const auto part = [&](std::size_t from, std::size_t length) {
        return parse_int<int>(typed.substr(from, length));
    };
    if (typed.size() != 16 && typed.size() != 19) return std::nullopt;  // some say the seconds
    if (typed[4] != '-' || typed[7] != '-' || typed[10] != 'T' || typed[13] != ':')
        return std::nullopt;
    const auto year = part(0, 4), month = part(5, 2), day = part(8, 2);
    const auto hour = part(11, 2), minute = part(14, 2);
    if (!year || !month || !day || !hour || !minute) return std::nullopt;
    if (*month < 1 || *day < 1 || *hour < 0 || *hour > 23 || *minute < 0 || *minute > 59)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok()) return std::nullopt;
    const auto days = std::chrono::sys_days(date).time_since_epoch().count();
    return dates.moment(days, *hour * 60 + *minute);
}

void follow(jobs::Runner& jobs) { jobs.on(std::string(kRemindJob), remind); }

}  // namespace torv::bookmarks
