#include "features/notifications/mail_store.hpp"

#include "platform/json/json.hpp"

namespace torv::notifications::store {

namespace {

constexpr microseconds kWeek = std::chrono::hours(7 * 24);

std::string channels_json(const Settings& settings) {
    json::Writer json;
    json.object();
    for (int i = 0; i < kKinds; ++i) {
        const Kind kind = static_cast<Kind>(i);
        json.field(kind_name(kind), channel_name(settings.of(kind)));
    }
    json.end();
    return json.take();
}

/// Who wants no mail at all is not sent kinds that came later either.
void read_channels(std::string_view text, Settings& into) {
    const auto parsed = json::parse(text);
    if (!parsed) return;
    bool any = false;
    for (int i = 0; i < kKinds; ++i) {
        const auto name = (*parsed)[kind_name(static_cast<Kind>(i))].string_or("");
        const auto channel = channel_from(name);
        if (channel) into.mail[static_cast<std::size_t>(i)] = *channel;
        any |= channel && *channel != Channel::Never;
    }
    if (!any) into.mail.fill(Channel::Never);
}

std::vector<Instant> moments(std::string_view text) {
    std::vector<Instant> list;
    const auto parsed = json::parse(text);
    if (!parsed) return list;
    for (const auto& one : parsed->items())
        if (const auto us = one.integer()) list.push_back({*us});
    return list;
}

Waiting waiting_from(const db::Row& row) {
    return {.member = row.get<MemberId>(0),
            .position = row.get<std::int64_t>(1),
            .since = row.get<Instant>(2),
            .held = row.get<bool>(3),
            .due_at = row.get<std::optional<Instant>>(7),
            .mailed_until = row.get<std::int64_t>(4),
            .daily_on = row.get<std::int64_t>(5),
            .sent = moments(row.get<std::string>(6))};
}

#define WAITING_COLUMNS                                                                   \
    "SELECT q.member_id, q.position, q.waits_since, q.held, q.mailed_until, q.daily_on, " \
    "q.sent, q.due_at FROM notice_mail q "

}  // namespace

Settings settings(db::Tx& tx, CommunityId community, MemberId member) {
    Settings found;
    const auto row = tx.one(R"sql(
        SELECT s.channels, s.quiet_from, s.quiet_to, s.weekly_limit
          FROM notice_settings s
         WHERE s.community_id = $1 AND s.member_id = $2
    )sql",
                            community, member);
    if (!row) return found;
    read_channels(row->get<std::string>(0), found);
    found.quiet.reset();
    if (!row->null(1)) found.quiet = Quiet{.from = row->get<int>(1), .to = row->get<int>(2)};
    found.weekly_limit = row->get<int>(3);
    return found;
}

void save_settings(db::Tx& tx, CommunityId community, MemberId member, const Settings& settings) {
    const auto& quiet = settings.quiet;
    tx.run(R"sql(
        INSERT INTO notice_settings (community_id, member_id, channels, quiet_from, quiet_to,
                                     weekly_limit)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (community_id, member_id)
        DO UPDATE SET channels = excluded.channels, quiet_from = excluded.quiet_from,
                      quiet_to = excluded.quiet_to, weekly_limit = excluded.weekly_limit
    )sql",
           community, member, channels_json(settings),
           quiet ? std::optional(quiet->from) : std::nullopt,
           quiet ? std::optional(quiet->to) : std::nullopt, settings.weekly_limit);
}

void queue(db::Tx& tx, CommunityId community, MemberId member, std::int64_t position, Instant due) {
    tx.run(R"sql(
        INSERT INTO notice_mail (community_id, member_id, due_at, position, waits_since)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (community_id, member_id)
        DO UPDATE SET position = excluded.position,
                      waits_since = CASE WHEN notice_mail.due_at IS NULL THEN excluded.waits_since
                                         ELSE notice_mail.waits_since END,
                      due_at = CASE WHEN notice_mail.due_at < excluded.due_at
                                    THEN notice_mail.due_at ELSE excluded.due_at END
         WHERE notice_mail.position < excluded.position
    )sql",
           community, member, due, position, tx.now());
}

std::vector<Waiting> due(db::Tx& tx, CommunityId community, int limit) {
    return tx.all(waiting_from, WAITING_COLUMNS R"sql(
         WHERE q.community_id = $1 AND q.due_at <= $2
         ORDER BY q.due_at, q.member_id
         LIMIT $3
         {for update skip locked}
    )sql",
                  community, tx.now(), limit);
}

std::optional<Waiting> waiting(db::Tx& tx, CommunityId community, MemberId member) {
    const auto row =
        tx.one(WAITING_COLUMNS "WHERE q.community_id = $1 AND q.member_id = $2", community, member);
    if (!row) return std::nullopt;
    return waiting_from(*row);
}

void postpone(db::Tx& tx, CommunityId community, MemberId member, std::optional<Instant> until,
              bool held) {
    tx.run(
        "UPDATE notice_mail SET due_at = $3, held = $4 WHERE community_id = $1 AND member_id = $2",
        community, member, until, held);
}

void sent(db::Tx& tx, CommunityId community, const Waiting& before, std::int64_t position,
          std::int64_t day) {
    json::Writer json;
    json.array();
    for (const Instant at : before.sent)
        if (at > tx.now() - kWeek) json.value(at.us);
    json.value(tx.now().us).end();
    tx.run(R"sql(
        UPDATE notice_mail
           SET due_at = NULL, held = 0, mailed_until = $3, daily_on = $4, sent = $5
         WHERE community_id = $1 AND member_id = $2
    )sql",
           community, before.member, position, day, json.take());
}

}  // namespace torv::notifications::store
