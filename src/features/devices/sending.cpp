#include <algorithm>

#include "features/accounts/accounts.hpp"
#include "features/community/community.hpp"
#include "features/devices/telling.hpp"
#include "platform/base/log.hpp"
#include "platform/base/text.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/i18n/i18n.hpp"
#include "platform/jobs/jobs.hpp"

namespace torv::devices {

namespace {

using namespace std::chrono_literals;

constexpr std::string_view kSendJob = "devices.send";
constexpr microseconds kLives = 24h;
constexpr int kMostTries = 8;
constexpr int kMostRefusals = 5;  // in a row: the keys do not fit any more, say
constexpr std::chrono::seconds kFirstWait = 30s, kLongestWait = 1h;
constexpr int kSweptAtOnce = 200;

/// All that is needed to send one message; nothing when there is nobody or nothing to tell.
struct Letter {
    store::Message message;
    push::Address to;
    std::string text;
    std::int64_t refusals = 0;
};

/// Read anew at each try: what was read meanwhile, deleted, or may not be seen any more is not
/// told.
std::optional<Letter> letter(db::Tx& tx, CommunityId id, store::MessageId message_id,
                             const Post& post) {
    const auto message = store::message(tx, id, message_id);
    if (!message || message->created_at < tx.now() - kLives) return std::nullopt;
    const auto device = store::find(tx, id, message->device);
    if (!device || !accounts::ended_sessions(tx, {device->session}).empty()) return std::nullopt;
    const auto community = community::find(tx, id);
    if (!community) return std::nullopt;
    const auto reader = notifications::reader(tx, *community, post.catalogue, device->member);
    if (!reader) return std::nullopt;
    const auto text =
        text_of(*reader, notifications::unread_page(tx, *reader), message->tag, community->name);
    auto to = push::address(device->endpoint, device->p256dh, device->auth, post.inside);
    if (!text || !to) return std::nullopt;
    return Letter{
        .message = *message, .to = *std::move(to), .text = *text, .refusals = device->refusals};
}

/// The service sees a word that tells it nothing: the same for what replaces each other on this
/// device.
std::string topic_of(const Letter& letter) {
    return base64url(crypto::hmac_sha256(letter.to.auth, letter.message.tag)).substr(0, 24);
}

std::chrono::seconds wait_for(const push::Answer& answer, int tries) {
    const auto doubled = std::min(kFirstWait * (1 << std::min(tries, 10)), kLongestWait);
    return std::max(doubled, answer.retry_after.value_or(0s));
}

void try_later(db::Tx& tx, CommunityId community, const Letter& letter,
               const push::Answer& answer) {
    const auto at = tx.now() + wait_for(answer, letter.message.tries);
    if (letter.message.tries + 1 >= kMostTries || at > letter.message.created_at + kLives)
        return store::remove(tx, community, letter.message.id);
    store::note_try(tx, community, letter.message.id);
    jobs::enqueue(tx, {.community = community,
                       .kind = std::string(kSendJob),
                       .payload = letter.message.id.text(),
                       .run_at = at});
}

void settle(db::Tx& tx, CommunityId community, const Letter& letter, const push::Answer& answer) {
    tx.shown_to_no_other();
    const DeviceId device = letter.message.device;
    const bool dead =
        answer.outcome == push::Outcome::Gone ||
        (answer.outcome == push::Outcome::Refused && letter.refusals + 1 >= kMostRefusals);
    if (dead) {
        store::remove(tx, community, device);
        return;
    }
    if (answer.outcome == push::Outcome::Later) return try_later(tx, community, letter, answer);
    if (answer.outcome == push::Outcome::Taken) store::note_taken(tx, community, device);
    else store::note_refused(tx, community, device);
    store::remove(tx, community, letter.message.id);
}

jobs::Outcome send_one(jobs::Run& run, const Post& post) {
    const CommunityId community = run.job().community;
    const auto id = store::MessageId::parse(run.job().payload);
    if (!id) throw jobs::GiveUp("not the number of a message");
    const auto found = run.db().read([&](db::Tx& tx) { return letter(tx, community, *id, post); });
    if (!found) {
        run.db().write([&](db::Tx& tx) { store::remove(tx, community, *id); },
                       db::Priority::Background);
        return jobs::Outcome::Done;
    }
    const Instant now = run.db().clock().now();
    const auto left = found->message.created_at + kLives - now;
    const push::Answer answer =
        push::send({.text = found->text,
                    .lives = std::chrono::duration_cast<std::chrono::seconds>(left),
                    .urgency = urgency_of(found->message.tag),
                    .topic = topic_of(*found)},
                   found->to, post.sender, now, post.inside);
    if (answer.outcome != push::Outcome::Taken)
        log::debug("device.not_told",
                   {{"device", found->message.device}, {"reason", answer.reason}});
    run.db().write([&](db::Tx& tx) { settle(tx, community, *found, answer); },
                   db::Priority::Background);
    return jobs::Outcome::Done;
}

/// Those among some whose session has run out; gives the last one looked at, or 0.
DeviceId sweep_some(db::Tx& tx, CommunityId community, DeviceId after) {
    tx.shown_to_no_other();
    const auto some = store::all(tx, community, after, kSweptAtOnce);
    std::vector<SessionId> sessions;
    for (const auto& device : some) sessions.push_back(device.session);
    const auto ended = accounts::ended_sessions(tx, sessions);
    for (const auto& device : some)
        if (std::ranges::find(ended, device.session) != ended.end())
            store::remove(tx, community, device.id);
    return static_cast<int>(some.size()) == kSweptAtOnce ? some.back().id : DeviceId{};
}

}  // namespace

push::Keys keys(db::Db& db) {
    auto kept = db.read([](db::Tx& tx) { return store::kept_keys(tx); });
    if (!kept) {
        const auto fresh = push::make_keys();
        const std::string text = base64url(fresh.secret) + "." + base64url(fresh.open);
        kept = db.write([&](db::Tx& tx) { return store::keep_keys(tx, text); });
    }
    const auto dot = kept->find('.');
    return {.secret = from_base64url(kept->substr(0, dot)).value(),
            .open = from_base64url(kept->substr(dot + 1)).value()};
}

std::string contact(std::string_view address, std::string_view mail_from) {
    if (address.starts_with("https://") || mail_from.empty()) return std::string(address);
    const auto open = mail_from.rfind('<'), close = mail_from.rfind('>');
    const bool named = open != mail_from.npos && close != mail_from.npos && open < close;
    return "mailto:" +
           std::string(named ? mail_from.substr(open + 1, close - open - 1) : mail_from);
}

void send_by(jobs::Runner& jobs, Post post) {
    jobs.on(std::string(kSendJob),
            [post = std::move(post)](jobs::Run& run) { return send_one(run, post); });
}

void sweep(db::Db& db) {
    for (const auto& community : db.read([](db::Tx& tx) { return community::all(tx); })) {
        DeviceId after;
        do {
            after = db.write([&](db::Tx& tx) { return sweep_some(tx, community.id, after); },
                             db::Priority::Background);
        } while (after);
        db.write([&](db::Tx& tx) { store::remove_before(tx, community.id, tx.now() - kLives); },
                 db::Priority::Background);
    }
}

}  // namespace torv::devices
