#include "platform/mail/mail.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "platform/base/log.hpp"
#include "platform/base/text.hpp"
#include "platform/mail/smtp.hpp"
#include "platform/mail/store.hpp"

namespace torv::mail {

namespace {

constexpr std::string_view kJob = "mail.send";
constexpr std::size_t kMaxAddress = 254;  // RFC 5321, 4.5.3.1.3
constexpr std::chrono::days kKept{30};

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }
bool one_line(std::string_view text) { return std::none_of(text.begin(), text.end(), is_control); }

bool is_header_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(),
                                        [](char c) { return c > ' ' && c < 0x7F && c != ':'; });
}

/// One attempt. Throws what makes the job try again later.
void attempt(jobs::Run& run, const Server& server) {
    const CommunityId community = run.job().community;
    const auto id = MailId::parse(run.job().payload);
    if (!id) throw jobs::GiveUp("not the number of a mail");
    const auto message =
        run.db().read([&](db::Tx& tx) { return store::waiting(tx, community, *id); });
    if (!message) return;
    const auto settle = [&](State state, std::string_view words) {
        run.db().write([&](db::Tx& tx) { store::set_state(tx, community, *id, state, words); },
                       db::Priority::Background);
    };
    if (server.url.empty()) return settle(State::Shown, "");

    const Reply reply = send(server, *message, *id, run.db().clock().now());
    switch (reply.verdict) {
        case Verdict::Accepted: settle(State::Sent, ""); return;
        case Verdict::Never:
            settle(State::Failed, reply.words);
            log::warning("mail.refused", {{"mail", *id}, {"reply", reply.words.substr(0, 3)}});
            return;
        case Verdict::NotNow:
            settle(State::Waiting, reply.words);
            throw std::runtime_error(reply.words);
    }
}

}  // namespace

bool is_address(std::string_view text) {
    if (text.empty() || text.size() > kMaxAddress || !is_utf8(text)) return false;
    const std::size_t at = text.find('@');
    if (at == text.npos || at == 0 || at + 1 == text.size() || text.find('@', at + 1) != text.npos)
        return false;
    constexpr std::string_view never = " <>()[],;:\\\"";
    return one_line(text) && text.find_first_of(never) == text.npos;
}

Result<MailId> enqueue(db::Tx& tx, CommunityId community, const Message& message) {
    if (!is_address(message.to)) return fail(Fault::Invalid, "mail.bad_address", "email");
    if (!one_line(message.subject)) return fail(Fault::Invalid, "mail.bad_header");
    for (const Header& header : message.headers)
        if (!is_header_name(header.name) || !one_line(header.value))
            return fail(Fault::Invalid, "mail.bad_header");
    const auto id = tx.new_id<MailId>();
    store::insert(tx, community, id, message);
    jobs::enqueue(tx, {.community = community,
                       .kind = std::string(kJob),
                       .payload = id.text(),
                       .max_attempts = 12});
    return id;
}

std::vector<Mail> outbox(db::Tx& tx, CommunityId community, MailId before, int limit) {
    return store::newest(tx, community, before, limit);
}

void send_by(jobs::Runner& runner, Server server) {
    runner.on(std::string(kJob), [server = std::move(server)](jobs::Run& run) {
        attempt(run, server);
        return jobs::Outcome::Done;
    });
}

std::int64_t prune(db::Tx& tx, CommunityId community) {
    return store::remove_before(tx, community, tx.now() - microseconds(kKept));
}

}  // namespace torv::mail
