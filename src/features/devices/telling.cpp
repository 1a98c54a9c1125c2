#include "features/devices/telling.hpp"

#include <algorithm>

#include "features/community/community.hpp"
#include "platform/base/text.hpp"
#include "platform/i18n/i18n.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/json/json.hpp"

namespace torv::devices {

namespace {

using namespace std::chrono_literals;

constexpr int kInWrite = 10;           // people wait behind a write on SQLite
constexpr int kDevicesTold = 20;       // of one member
constexpr microseconds kBefore = 20s;  // who is here reads it here
constexpr microseconds kLookAgain = 10s;
constexpr microseconds kDerivedWithin = 1h;  // else the member is not told of it after all
constexpr std::size_t kMostWords = 160;      // code points; a lock screen shows less
constexpr std::string_view kSendJob = "devices.send";

void note_turn(db::Tx& tx, CommunityId community, MemberId member, std::int64_t position) {
    store::queue(tx, community, member, position, tx.now() + kBefore);
}

Turn turn_of(db::Tx& tx, const store::Turn& turn, const notifications::Reader& reader,
             const notifications::UnreadPage& page) {
    Turn facts{.now = tx.now(),
               .quiet_until = reader.quiet_until,
               .told_until = turn.told_until,
               .sent = turn.sent,
               .choice = store::choice(tx, reader.viewer.community, turn.member)};
    for (const auto& one : page.bundles)
        facts.unread.push_back(
            {.kind = one.kind, .newest = one.newest, .oldest = one.oldest, .at = one.at});
    return facts;
}

/// One message a device for each tag; gives how many.
int put_out(db::Tx& tx, CommunityId community, MemberId member,
            const std::vector<std::string>& tags) {
    int count = 0;
    for (const auto& device : store::of_member(tx, community, member, kDevicesTold))
        for (const std::string& tag : tags) {
            const auto id = store::insert(tx, community, device.id, tag);
            jobs::enqueue(
                tx, {.community = community, .kind = std::string(kSendJob), .payload = id.text()});
            ++count;
        }
    return count;
}

std::vector<std::string> tags_of(const Decision& decision, const notifications::UnreadPage& page) {
    if (decision.together) return {""};
    std::vector<std::string> tags;
    for (const std::size_t i : decision.which) tags.push_back(page.bundles[i].tag);
    return tags;
}

/// Gives how many messages went into the outbox.
int take_turn(db::Tx& tx, const community::Community& community, const i18n::Catalogue& catalogue,
              const store::Turn& turn) {
    const auto wait = [&](std::optional<Instant> until, bool held = false) {
        store::postpone(tx, community.id, turn.member, until, held);
        return 0;
    };
    const auto reader = notifications::reader(tx, community, catalogue, turn.member);
    if (!reader) return wait(std::nullopt);
    const auto page = notifications::unread_page(tx, *reader);
    if (!notifications::is_told(tx, community.id, turn.member, turn.position) &&
        turn.since > tx.now() - kDerivedWithin && page.bundles.empty())
        return wait(tx.now() + kLookAgain);  // the effect was quicker than the derived notices
    const Decision decision = decide(turn_of(tx, turn, *reader, page));
    switch (decision.reason) {
        case Reason::Nothing: return wait(std::nullopt);
        case Reason::Quiet: return wait(decision.again);
        case Reason::Limit: return wait(decision.again, true);
        case Reason::Tell: break;
    }
    const auto tags = tags_of(decision, page);
    store::told(tx, community.id, turn, decision.until, static_cast<int>(tags.size()));
    return put_out(tx, community.id, turn.member, tags);
}

std::string shortened(std::string_view text) {
    if (code_points(text) <= kMostWords) return std::string(text);
    return std::string(trimmed(first_code_points(text, kMostWords - 1))) + "…";
}

}  // namespace

std::optional<std::string> text_of(const notifications::Reader& to,
                                   const notifications::UnreadPage& page, std::string_view tag,
                                   std::string_view community) {
    const auto bundle = std::ranges::find(page.bundles, tag, &notifications::Unread::tag);
    const bool several = tag.empty();
    if (page.bundles.empty() || (!several && bundle == page.bundles.end())) return std::nullopt;
    json::Writer json;
    json.object()
        .field("title", several ? (*to.t)("devices.several", page.count, {{"community", community}})
                                : shortened(bundle->sentence))
        .field("body", several ? shortened(page.bundles[0].sentence) : shortened(bundle->excerpt))
        .field("path", several ? std::string("/notices") : bundle->path)
        .field("tag", several ? std::string("several") : std::string(tag))
        .field("lang", to.t->language())
        .field("dir", to.t->direction())
        .field("unread", page.count)
        .key("open")
        .array();
    for (const auto& one : page.bundles) json.value(one.tag);
    json.end().end();
    return json.take();
}

push::Urgency urgency_of(std::string_view tag) {
    for (int i = 0; i < notifications::kKinds; ++i) {
        const Kind kind = static_cast<Kind>(i);
        if (tag.starts_with(std::string(notifications::kind_name(kind)) + "-"))
            return is_talk(kind) ? push::Urgency::Low : push::Urgency::Normal;
    }
    return push::Urgency::Normal;
}

void follow(activity::Runner& activity, jobs::Runner& jobs) {
    notifications::pass_on(activity, jobs, {"notices-devices", "devices.queue", note_turn});
}

int take_turns(db::Db& db, const i18n::Catalogue& catalogue) {
    int messages = 0;
    for (const auto& community : db.read([](db::Tx& tx) { return community::all(tx); })) {
        if (!db.read([&](db::Tx& tx) { return store::any_due(tx, community.id); })) continue;
        for (std::size_t looked = kInWrite; looked == kInWrite;)
            db.write(
                [&](db::Tx& tx) {
                    tx.shown_to_no_other();
                    const auto turns = store::due(tx, community.id, kInWrite);
                    looked = turns.size();
                    int put = 0;
                    for (const auto& turn : turns) put += take_turn(tx, community, catalogue, turn);
                    tx.after_commit([&messages, put] { messages += put; });
                },
                db::Priority::Background);
    }
    return messages;
}

}  // namespace torv::devices
