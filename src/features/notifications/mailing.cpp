#include "features/notifications/mailing.hpp"

#include <algorithm>

#include "features/community/community.hpp"
#include "platform/base/log.hpp"
#include "platform/base/text.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/mail/mail.hpp"

namespace torv::notifications {

namespace {

using namespace std::chrono_literals;

constexpr int kInWrite = 10;  // people wait behind a write on SQLite
constexpr int kLinesInLetter = 50;
constexpr microseconds kOldest = 14 * 24h;    // a full week may hold back for a week
constexpr microseconds kDerivedWithin = 24h;  // else the member is not told of it after all
constexpr microseconds kLookAgain = 5min;

std::string signature(std::string_view secret, CommunityId community, MemberId member) {
    const auto mac =
        crypto::hmac_sha256(secret, "notices off:" + community.text() + ":" + member.text());
    return base64url(mac).substr(0, 32);
}

struct House {
    const community::Community& community;
    const i18n::Catalogue& catalogue;
    std::string_view secret;
};

/// Nothing: there is nobody to write to, or no address that is known to be theirs.
std::optional<Addressee> addressee(db::Tx& tx, const House& house, MemberId id) {
    const auto member = members::find(tx, house.community.id, id);
    if (!member || member->state != members::State::Active || !member->account) return std::nullopt;
    const auto account = accounts::find(tx, member->account);
    if (!account || !account->confirmed) return std::nullopt;
    const auto& language = account->language.empty() ? house.community.language : account->language;
    return Addressee{.viewer = {.community = house.community.id,
                                .account = account->id,
                                .id = id,
                                .role = member->role,
                                .name = member->name,
                                .handle = member->handle},
                     .email = account->email,
                     .zone = zone_of(*account, house.community.language),
                     .t = house.catalogue.words(language)};
}

Turn turn_of(db::Tx& tx, const store::Waiting& waiting, const Settings& settings,
             const std::string& zone, const std::vector<Line>& lines) {
    Turn turn{.now = tx.now(),
              .local = local_time(tx.now(), zone),
              .last_daily = waiting.daily_on,
              .sent = waiting.sent,
              .settings = settings};
    for (const Line& line : lines) {
        const Channel channel = settings.of(line.bundle.newest.kind);
        turn.any_now |= channel == Channel::Now;
        turn.any_daily |= channel == Channel::Daily;
    }
    return turn;
}

void send(db::Tx& tx, const House& house, const Addressee& to, const store::Waiting& waiting,
          std::int64_t day, const Page& page, const std::vector<Line>& lines) {
    const std::string off = house.community.address +
                            unsubscribe_path(house.secret, house.community.id, waiting.member);
    Letter wording = letter(to, house.community.name, house.community.address, off, page, lines);
    const auto sent =
        mail::enqueue(tx, house.community.id,
                      {.to = to.email,
                       .subject = std::move(wording.subject),
                       .text = std::move(wording.text),
                       .html = std::move(wording.html),
                       .headers = {{"List-Unsubscribe", "<" + off + ">"},
                                   {"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"}}});
    if (!sent) log::warning("notices.no_letter", {{"member", waiting.member}});
    std::int64_t newest = waiting.mailed_until;
    for (const Line& line : lines) newest = std::max(newest, line.bundle.newest.position);
    store::sent(tx, house.community.id, waiting, newest, day);
}

/// True when a letter went.
bool take_turn(db::Tx& tx, const House& house, const store::Waiting& waiting) {
    const CommunityId community = house.community.id;
    const auto wait = [&](std::optional<Instant> until, bool held = false) {
        store::postpone(tx, community, waiting.member, until, held);
        return false;
    };
    const auto to = addressee(tx, house, waiting.member);
    if (!to) return wait(std::nullopt);
    const Settings settings = store::settings(tx, community, waiting.member);
    const auto page = inbox(tx, to->viewer, store::Which::Unread, {}, kLinesInLetter);
    const auto lines = unmailed(*page, waiting, settings, tx.now());
    const bool derived = store::find(tx, community, waiting.member, waiting.position).has_value();
    if (lines.empty() && !derived && waiting.since > tx.now() - kDerivedWithin)
        return wait(tx.now() + kLookAgain);  // the effect was quicker than the derived notices

    const Turn turn = turn_of(tx, waiting, settings, to->zone, lines);
    const Decision decision = decide(turn);
    switch (decision.reason) {
        case Reason::Nothing: return wait(std::nullopt);
        case Reason::Quiet:
        case Reason::Daily: return wait(decision.again);
        case Reason::Limit: return wait(decision.again, true);
        case Reason::Send: break;
    }
    send(tx, house, *to, waiting, turn.local.day, *page, lines);
    return true;
}

}  // namespace

Local local_time(Instant at, std::string_view zone) {
    const i18n::Dates dates("sv", zone);  // whose clock counts to 24
    const std::string time = dates.time(at);
    const auto parts = split(time, ':');
    const int hour = parts.empty() ? 0 : parse_int<int>(parts[0]).value_or(0);
    const int minute = parts.size() < 2 ? 0 : parse_int<int>(parts[1]).value_or(0);
    return {.day = dates.day_number(at), .minute = hour * 60 + minute};
}

std::string zone_of(const accounts::Account& account, std::string_view language) {
    if (!account.zone.empty()) return account.zone;
    if (language == "da") return "Europe/Copenhagen";
    if (language == "sv") return "Europe/Stockholm";
    if (language == "nl") return "Europe/Amsterdam";
    return "UTC";
}

std::vector<Line> unmailed(const Page& page, const store::Waiting& waiting,
                           const Settings& settings, Instant now) {
    std::vector<Line> lines;
    for (const Line& line : page.lines) {
        const auto& item = line.bundle.newest;
        if (line.bundle.unread && item.position > waiting.mailed_until && item.at > now - kOldest &&
            settings.of(item.kind) != Channel::Never)
            lines.push_back(line);
    }
    return lines;
}

std::string unsubscribe_path(std::string_view secret, CommunityId community, MemberId member) {
    return "/notices/off/" + member.text() + "." + signature(secret, community, member);
}

Result<MemberId> member_of_key(std::string_view secret, CommunityId community,
                               std::string_view key) {
    const auto parts = split(key, '.');
    const auto member = parts.size() == 2 ? MemberId::parse(parts[0]) : std::nullopt;
    if (!member || !crypto::constant_time_equal(parts[1], signature(secret, community, *member)))
        return fail(Fault::NotFound, "web.not_found");
    return *member;
}

int send_letters(db::Db& db, const i18n::Catalogue& catalogue, std::string_view secret) {
    int letters = 0;
    for (const auto& community : db.read([](db::Tx& tx) { return community::all(tx); })) {
        const House house{.community = community, .catalogue = catalogue, .secret = secret};
        for (std::size_t looked = kInWrite; looked == kInWrite;)
            db.write(
                [&](db::Tx& tx) {
                    tx.shown_to_no_other();
                    const auto turns = store::due(tx, community.id, kInWrite);
                    looked = turns.size();
                    int sent = 0;
                    for (const auto& waiting : turns) sent += take_turn(tx, house, waiting);
                    tx.after_commit([&letters, sent] { letters += sent; });
                },
                db::Priority::Background);
    }
    return letters;
}

}  // namespace torv::notifications
