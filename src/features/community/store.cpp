#include "features/community/store.hpp"

#include <string>

namespace torv::community::store {
namespace {

// The columns of community_row, in its order.
#define COMMUNITY_COLUMNS                                                                  \
    "SELECT c.id, c.slug, c.host, c.address, c.is_default, c.name, c.tagline, c.purpose, " \
    "c.values_text, c.audience, c.tone, c.about, c.about_html, c.language, c.sign_up, "    \
    "c.guests_may_read, c.members_invite, c.hue, c.chroma, c.font, c.radius, c.logo_url, " \
    "c.look_version, c.rules_version, c.access_version, c.member_count, c.created_at, "    \
    "c.founded_at FROM communities c "

Community community_row(const db::Row& row) {
    Community c;
    c.id = row.get<CommunityId>(0);
    c.slug = row.get<std::string>(1);
    c.host = row.get<std::string>(2);
    c.address = row.get<std::string>(3);
    c.is_default = row.get<bool>(4);
    c.name = row.get<std::string>(5);
    c.tagline = row.get<std::string>(6);
    c.purpose = row.get<std::string>(7);
    c.values = row.get<std::string>(8);
    c.audience = row.get<std::string>(9);
    c.tone = row.get<std::string>(10);
    c.about = row.get<std::string>(11);
    c.about_html = row.get<std::string>(12);
    c.language = row.get<std::string>(13);
    c.sign_up = row.get<SignUp>(14);
    c.guests_may_read = row.get<bool>(15);
    c.members_invite = row.get<bool>(16);
    c.look = Look{.hue = row.get<int>(17),
                  .chroma = row.get<int>(18),
                  .font = row.get<std::string>(19),
                  .radius = row.get<std::string>(20),
                  .logo = row.get<std::string>(21)};
    c.look_version = row.get<std::int64_t>(22);
    c.rules_version = row.get<std::int64_t>(23);
    c.access_version = row.get<std::int64_t>(24);
    c.member_count = row.get<std::int64_t>(25);
    c.created_at = row.get<Instant>(26);
    c.founded_at = row.get<std::optional<Instant>>(27);
    return c;
}

std::optional<Community> first(const std::optional<db::OwnedRow>& row) {
    if (!row) return std::nullopt;
    return community_row(*row);
}

// What every request asks for: without the texts.
#define PLACE_COLUMNS                                                                 \
    "SELECT c.id, c.slug, c.name, c.tagline, c.address, c.language, c.look_version, " \
    "c.logo_url, c.guests_may_read, c.founded_at, c.rules_version, c.access_version " \
    "FROM communities c "

std::optional<web::Place> place_from(const std::optional<db::OwnedRow>& row) {
    if (!row) return std::nullopt;
    return web::Place{.id = row->get<CommunityId>(0),
                      .slug = row->get<std::string>(1),
                      .name = row->get<std::string>(2),
                      .tagline = row->get<std::string>(3),
                      .base_url = row->get<std::string>(4),
                      .language = row->get<std::string>(5),
                      .look_version = row->get<std::string>(6),
                      .logo = row->get<std::string>(7),
                      .open_to_guests = row->get<bool>(8),
                      .founded = !row->null(9),
                      .rules_version = row->get<std::int64_t>(10),
                      .access_version = row->get<std::int64_t>(11)};
}

}  // namespace

std::optional<web::Place> place_of_host(db::Tx& tx, std::string_view host) {
    return place_from(tx.one(PLACE_COLUMNS "WHERE c.host = $1 AND c.host <> ''", host));
}

std::optional<web::Place> place_of_slug(db::Tx& tx, std::string_view slug) {
    return place_from(tx.one(PLACE_COLUMNS "WHERE c.slug = $1", slug));
}

std::optional<web::Place> standard_place(db::Tx& tx) {
    return place_from(tx.one(PLACE_COLUMNS "WHERE c.is_default = 1"));
}

std::optional<Community> by_id(db::Tx& tx, CommunityId id) {
    return first(tx.one(COMMUNITY_COLUMNS "WHERE c.id = $1", id));
}

std::optional<Community> locked(db::Tx& tx, CommunityId id) {
    return first(tx.one(COMMUNITY_COLUMNS "WHERE c.id = $1 {for update}", id));
}

std::optional<Community> by_host(db::Tx& tx, std::string_view host) {
    return first(tx.one(COMMUNITY_COLUMNS "WHERE c.host = $1 AND c.host <> ''", host));
}

std::optional<Community> by_slug(db::Tx& tx, std::string_view slug) {
    return first(tx.one(COMMUNITY_COLUMNS "WHERE c.slug = $1", slug));
}

std::optional<Community> by_name(db::Tx& tx, std::string_view name_or_slug) {
    return first(tx.one(COMMUNITY_COLUMNS "WHERE c.slug = $1 OR lower(c.name) = lower($1) ORDER BY "
                                          "CASE WHEN c.slug = $1 THEN 0 ELSE 1 END, c.id LIMIT 1",
                        name_or_slug));
}

std::optional<Community> standard(db::Tx& tx) {
    return first(tx.one(COMMUNITY_COLUMNS "WHERE c.is_default = 1"));
}

std::vector<Community> all(db::Tx& tx) {
    return tx.all(community_row,
                  COMMUNITY_COLUMNS "ORDER BY c.is_default DESC, c.name, c.id LIMIT 1000");
}

std::vector<Community> with_given_address(db::Tx& tx) {
    return tx.all(community_row,
                  COMMUNITY_COLUMNS "WHERE c.address_chosen = 0 ORDER BY c.id LIMIT 100000");
}

std::string setting(db::Tx& tx, std::string_view name) {
    const auto row = tx.one("SELECT value FROM installation WHERE name = $1", name);
    return row ? row->get<std::string>(0) : std::string{};
}

void insert(db::Tx& tx, const Community& c) {
    tx.run(R"sql(
        INSERT INTO communities (id, slug, host, address, is_default, name, language, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    )sql",
           c.id, c.slug, c.host, c.address, c.is_default, c.name, c.language, tx.now());
}

void update_profile(db::Tx& tx, CommunityId id, const Profile& p, std::string_view about_html,
                    bool access_changed) {
    tx.run(R"sql(
        UPDATE communities
           SET name = $2, tagline = $3, purpose = $4, values_text = $5, audience = $6, tone = $7,
               about = $8, about_html = $9, language = $10, sign_up = $11, guests_may_read = $12,
               members_invite = $13, access_version = access_version + $14
         WHERE id = $1
    )sql",
           id, p.name, p.tagline, p.purpose, p.values, p.audience, p.tone, p.about, about_html,
           p.language, p.sign_up, p.guests_may_read, p.members_invite, access_changed ? 1 : 0);
}

void update_look(db::Tx& tx, CommunityId id, const Look& look) {
    tx.run(R"sql(
        UPDATE communities
           SET hue = $2, chroma = $3, font = $4, radius = $5, logo_url = $6,
               look_version = look_version + 1
         WHERE id = $1
    )sql",
           id, look.hue, look.chroma, look.font, look.radius, look.logo);
}

void update_address(db::Tx& tx, CommunityId id, std::string_view address, std::string_view host,
                    bool chosen) {
    tx.run("UPDATE communities SET address = $2, host = $3, address_chosen = $4 WHERE id = $1", id,
           address, host, chosen);
}

void set_founded(db::Tx& tx, CommunityId id) {
    tx.run(
        "UPDATE communities SET founded_at = $2, access_version = access_version + 1 "
        "WHERE id = $1 AND founded_at IS NULL",
        id, tx.now());
}

void grow_access_version(db::Tx& tx, CommunityId id) {
    tx.run("UPDATE communities SET access_version = access_version + 1 WHERE id = $1", id);
}

void count_members(db::Tx& tx, CommunityId id, int by) {
    tx.run("UPDATE communities SET member_count = member_count + $2 WHERE id = $1", id, by);
}

std::optional<Rules> rules(db::Tx& tx, CommunityId community) {
    const auto row = tx.one(R"sql(
        SELECT r.version, r.body, r.body_html, r.made_at
          FROM community_rules r
         WHERE r.community_id = $1
         ORDER BY r.version DESC
         LIMIT 1
    )sql",
                            community);
    if (!row) return std::nullopt;
    return Rules{.version = row->get<std::int64_t>(0),
                 .body = row->get<std::string>(1),
                 .body_html = row->get<std::string>(2),
                 .made_at = row->get<Instant>(3)};
}

void insert_rules(db::Tx& tx, CommunityId community, const Rules& rules, MemberId by) {
    tx.run(R"sql(
        INSERT INTO community_rules (community_id, version, body, body_html, made_at, made_by)
        VALUES ($1, $2, $3, $4, $5, $6)
    )sql",
           community, rules.version, rules.body, rules.body_html, tx.now(), by);
    tx.run("UPDATE communities SET rules_version = $2 WHERE id = $1", community, rules.version);
}

void save_answer(db::Tx& tx, CommunityId community, std::string_view question,
                 std::string_view answer) {
    tx.run(R"sql(
        INSERT INTO community_answers (community_id, question, answer, answered_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (community_id, question)
        DO UPDATE SET answer = excluded.answer, answered_at = excluded.answered_at
    )sql",
           community, question, answer, tx.now());
}

std::vector<Answer> answers(db::Tx& tx, CommunityId community) {
    return tx.all(
        [](const db::Row& row) { return Answer{row.get<std::string>(0), row.get<std::string>(1)}; },
        "SELECT question, answer FROM community_answers WHERE community_id = $1 "
        "ORDER BY question LIMIT 100",
        community);
}

void replace_goals(db::Tx& tx, CommunityId community, const std::vector<Goal>& goals) {
    tx.run("DELETE FROM community_goals WHERE community_id = $1", community);
    std::int64_t place = 0;
    for (const Goal& goal : goals) {
        tx.run(R"sql(
            INSERT INTO community_goals (id, community_id, place, text, figure, target, set_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
        )sql",
               tx.new_id<Id<struct GoalTag>>(), community, ++place, goal.text, goal.figure,
               goal.target, tx.now());
    }
}

std::vector<Goal> goals(db::Tx& tx, CommunityId community) {
    return tx.all(
        [](const db::Row& row) {
            return Goal{row.get<std::string>(0), row.get<std::string>(1),
                        row.get<std::optional<std::int64_t>>(2)};
        },
        "SELECT text, figure, target FROM community_goals WHERE community_id = $1 "
        "ORDER BY place LIMIT 100",
        community);
}

}  // namespace torv::community::store
