#include "platform/mail/store.hpp"

#include <limits>

#include "platform/base/text.hpp"

namespace torv::mail::store {

namespace {

std::string joined(const std::vector<Header>& headers) {
    std::string lines;
    for (const Header& header : headers) lines += header.name + ": " + header.value + "\n";
    return lines;
}

std::vector<Header> parted(std::string_view lines) {
    std::vector<Header> headers;
    for (const std::string_view line : split(lines, '\n'))
        if (const std::size_t colon = line.find(": "); colon != line.npos)
            headers.push_back(
                {std::string(line.substr(0, colon)), std::string(line.substr(colon + 2))});
    return headers;
}

}  // namespace

void insert(db::Tx& tx, CommunityId community, MailId id, const Message& message) {
    tx.run(R"sql(
        INSERT INTO mails (id, community_id, state, to_address, subject, text, html, headers, created_at, last_error)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '')
    )sql",
           id, community, State::Waiting, message.to, message.subject, message.text, message.html,
           joined(message.headers), tx.now());
}

std::optional<Message> waiting(db::Tx& tx, CommunityId community, MailId id) {
    const auto row = tx.one(R"sql(
        SELECT to_address, subject, text, html, headers
          FROM mails
         WHERE community_id = $1 AND id = $2 AND state = $3
    )sql",
                            community, id, State::Waiting);
    if (!row) return std::nullopt;
    return Message{.to = row->get<std::string>(0),
                   .subject = row->get<std::string>(1),
                   .text = row->get<std::string>(2),
                   .html = row->get<std::string>(3),
                   .headers = parted(row->get<std::string>(4))};
}

void set_state(db::Tx& tx, CommunityId community, MailId id, State state, std::string_view error) {
    tx.run("UPDATE mails SET state = $3, last_error = $4 WHERE community_id = $1 AND id = $2",
           community, id, state, error);
    if (state == State::Sent)
        tx.run(
            "UPDATE mails SET sent_at = $3, text = '', html = '' WHERE community_id = $1 AND id = "
            "$2",
            community, id, tx.now());
}

std::vector<Mail> newest(db::Tx& tx, CommunityId community, MailId before, int limit) {
    const auto mail_of = [](const db::Row& row) {
        return Mail{.id = row.get<MailId>(0),
                    .state = row.get<State>(1),
                    .to = row.get<std::string>(2),
                    .subject = row.get<std::string>(3),
                    .text = row.get<std::string>(4),
                    .created_at = row.get<Instant>(5),
                    .sent_at = row.get<Instant>(6),
                    .last_error = row.get<std::string>(7)};
    };
    if (!before) before.value = std::numeric_limits<std::int64_t>::max();
    return tx.all(mail_of, R"sql(
        SELECT id, state, to_address, subject, text, created_at, sent_at, last_error
          FROM mails
         WHERE community_id = $1 AND id < $2
         ORDER BY id DESC LIMIT $3
    )sql",
                  community, before, limit);
}

std::int64_t remove_before(db::Tx& tx, CommunityId community, Instant moment) {
    return tx.run("DELETE FROM mails WHERE community_id = $1 AND created_at < $2", community,
                  moment);
}

}  // namespace torv::mail::store
