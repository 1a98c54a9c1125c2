#include "app/rights_house_test.hpp"

#include "app/app.hpp"
#include "features/community/community.hpp"
#include "features/shell/shell.hpp"
#include "features/spaces/spaces.hpp"
#include "platform/base/log.hpp"
#include "platform/base/text.hpp"
#include "platform/web/limits.hpp"
#include "platform/web/state.hpp"

namespace torv::app::rights {

namespace {

using auth::Role;
using members::State;

constexpr CommunityId kSquare{1};
constexpr int kMember = 1, kModerator = 2;  // spaces::Role

/// From those who may least to those who may most.
std::vector<Actor> everybody() {
    return {
        {.column = "guest", .email = "", .here = false},
        {.column = "elsewhere", .email = "gus@mill.test", .here = false},
        {.column = "pending", .email = "pia@square.test", .state = State::Pending},
        {.column = "outsider", .email = "bo@square.test"},
        {.column = "member", .email = "cleo@square.test", .seat = kMember},
        {.column = "author", .email = "dora@square.test", .seat = kMember},
        {.column = "old rules", .email = "emil@square.test", .rules = 0, .seat = kMember},
        {.column = "space mod", .email = "eva@square.test", .seat = kModerator},
        {.column = "other mod", .email = "finn@square.test"},
        {.column = "moderator", .email = "ada@square.test", .role = Role::Moderator},
        {.column = "admin", .email = "dan@square.test", .role = Role::Admin},
        {.column = "owner", .email = "olga@square.test", .role = Role::Owner},
    };
}

std::string encoded(std::string_view form) {
    std::string out;
    for (const auto field : split(form, '&')) {
        const auto equals = field.find('=');
        if (equals == field.npos) continue;
        out += std::string(field.substr(0, equals)) + "=" +
               percent_encode(field.substr(equals + 1)) + "&";
    }
    return out;
}

/// Forms send POST whatever they mean.
void as_form(http::Request& request, const Call& call, const std::string& csrf) {
    request.headers.push_back({"Origin", "http://square.test"});
    request.headers.push_back({"Sec-Fetch-Site", "same-origin"});
    if (call.method == "GET") return;
    if (call.spooled) {
        request.headers.push_back({"X-CSRF", csrf});
        return;
    }
    request.body = encoded(call.body) + "csrf=" + csrf;
    request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    if (call.method == "POST") return;
    request.method = "POST";
    request.body += "&_method=" + call.method;
}

/// One number over all tables: what a refused request must not change. On SQLite only: the rules
/// are the same, and PostgreSQL needs minutes for so many counts.
std::string count_of_all(db::Db& db) {
    if (db.dialect() == db::Dialect::Postgres) return "SELECT 'not counted'";
    std::string sql;
    const std::string schema = db.dump_schema();
    const std::string_view mark = "CREATE TABLE ";
    for (auto at = schema.find(mark); at != schema.npos; at = schema.find(mark, at + 1)) {
        const auto name = std::string_view(schema).substr(at + mark.size());
        const auto end = name.find_first_of(" (\n");
        std::string table(name.substr(0, end));
        if (table.find('\'') != table.npos || table.find('"') != table.npos) continue;
        sql += (sql.empty() ? "SELECT " : " || ' ' || ") + ("(SELECT COUNT(*) FROM " + table + ")");
    }
    return sql;
}

}  // namespace

House::House() : site({}, shell::frame, resolver()), actors(everybody()) {
    log::set_level(log::Level::Error);
    site.routes() = all_routes();
    site.services().files = &files_;
    site.services().media = &media_;
    closed = rooms("In a private space", "kitchen", SpaceId{33}, 2);
    secret = rooms("In a secret space", "attic", SpaceId{34}, 3);
    open = rooms("In a public space", "lounge", SpaceId{31}, 0);
    closed.seated_only = secret.seated_only = true;
    closed.admins_too = true;
    site.db().write([&](db::Tx& tx) {
        tx.run("UPDATE communities SET sign_up = 0 WHERE id = 1");
        tx.run("DELETE FROM space_members WHERE community_id = 1");
    });
    for (Actor& who : actors) settle_in(who);
    count_rows_ = count_of_all(site.db());
}

Where House::rooms(std::string_view title, std::string_view slug, SpaceId space, int visibility) {
    Where where{.title = title, .slug = std::string(slug), .space = space};
    where.chat_slug = where.slug + "-talk";
    where.chat = SpaceId{space.value + 300};
    site.db().write([&](db::Tx& tx) {
        tx.run(
            "INSERT INTO spaces (id, community_id, slug, name, kind, visibility, position, "
            "created_at) VALUES ($1, 1, $2, $2, 4, $3, 9, 1760000000000000)",
            where.chat, where.chat_slug, visibility);
    });
    return where;
}

void House::settle_in(Actor& who) {
    if (who.email.empty()) return;
    site.db().write([&](db::Tx& tx) {
        const auto known = accounts::by_email(tx, who.email);
        const std::string name(who.email.substr(0, who.email.find('@')));
        who.account =
            known ? known->id
                  : accounts::create(tx, {.email = std::string(who.email), .name = name}).value();
        who.token = accounts::create_token(tx, who.account, "matrix", auth::Scope::Admin);
        if (!who.here) return;
        const auto member = members::of_account(tx, kSquare, who.account);
        who.member =
            member ? member->id
                   : members::create_member(tx, kSquare, {.account = who.account, .name = name})
                         .value();
        const std::pair<const Where*, bool> all[] = {
            {&closed, true}, {&secret, true}, {&open, who.seat == kModerator}};
        for (const auto& [where, seated] : all) {
            if (who.seat < 0 || !seated) continue;
            const auto role = static_cast<spaces::Role>(who.seat);
            spaces::seat_imported(tx, kSquare, where->space, who.member, role);
            spaces::seat_imported(tx, kSquare, where->chat, who.member, role);
        }
        if (who.column == "other mod")  // of the garden
            spaces::seat_imported(tx, kSquare, SpaceId{32}, who.member, spaces::Role::Moderator);
    });
    restore(who);
}

void House::restore(Actor& who) {
    if (who.email.empty()) return;
    site.db().write([&](db::Tx& tx) {
        tx.run("UPDATE accounts SET password_hash = NULL, email = $2 WHERE id = $1", who.account,
               who.email);
        tx.run(
            "UPDATE members SET role = $2, state = $3, rules_version = $4, left_at = NULL "
            "WHERE community_id = 1 AND account_id = $1",
            who.account, who.role, who.here ? who.state : State::Left, who.rules);
        if (accounts::session_owner(tx, who.cookie)) return;
        who.cookie = accounts::start_session(tx, who.account, accounts::Device{});
        who.session = accounts::session_owner(tx, who.cookie)->session;
    });
}

Actor& House::actor(std::string_view column) {
    for (Actor& who : actors)
        if (who.column == column) return who;
    throw std::invalid_argument("nobody is called " + std::string(column));
}

auth::Viewer House::viewer(std::string_view column) {
    const Actor& who = actor(column);
    return site.db().read([&](db::Tx& tx) {
        return members::viewer(tx, community::by_slug(tx, "square").value(), who.cookie, {});
    });
}

std::string House::rows() {
    return site.db().read([&](db::Tx& tx) { return tx.one(count_rows_)->get<std::string>(0); });
}

Answer House::send(const Actor& who, const Call& call, std::string_view token) {
    web::limits::reset();
    http::Request request{.method = call.method, .target = call.target, .body = call.body};
    if (call.spooled) request.headers.push_back({"X-Torv-Filename", "rights.txt"});
    if (call.target.starts_with("/api/")) {
        if (!token.empty())
            request.headers.push_back({"Authorization", "Bearer " + std::string(token)});
        if (!call.spooled && call.method != "GET")
            request.headers.push_back({"Content-Type", "application/json"});
    } else {
        if (!who.cookie.empty()) request.headers.push_back({"Cookie", "session=" + who.cookie});
        auth::Viewer viewer;
        viewer.session = who.session;
        as_form(request, call, web::csrf_token_for(site.services(), viewer));
    }
    return site.guest().send(std::move(request));
}

}  // namespace torv::app::rights
