#include "app/rights_targets_test.hpp"

#include <algorithm>

#include "features/conversations/conversations.hpp"
#include "features/curation/curation.hpp"
#include "features/drafts/drafts.hpp"
#include "features/invitations/invitations.hpp"
#include "features/leaders/leaders.hpp"
#include "features/lifting/lifting.hpp"
#include "features/messages/messages.hpp"
#include "features/notifications/notifications.hpp"
#include "features/spaces/spaces.hpp"
#include "features/topics/topics.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/json/json.hpp"

namespace torv::app::rights {

namespace {

constexpr CommunityId kSquare{1};

std::string number(House& house) { return std::to_string(house.fresh()); }

template <class Fn>
auto written(House& house, Fn fn) {
    return house.site.db().write(fn);
}

topics::Prepared text(House& house, std::string_view body) {
    return house.site.db()
        .read([&](db::Tx& tx) { return topics::prepare(tx, kSquare, body); })
        .value();
}

struct Person {
    MemberId id;
    std::string handle;
};

Person person(House& house, members::State state) {
    const std::string name = "p" + number(house) + "x";
    return written(house,
                   [&](db::Tx& tx) -> Result<Person> {
                       const auto account = TRY(accounts::create(
                           tx, {.email = name + "@square.test", .name = name, .confirmed = true}));
                       const auto id = TRY(members::create_member(
                           tx, kSquare,
                           {.account = account, .name = name, .state = state, .rules_version = 1}));
                       return Person{id, TRY(members::find(tx, kSquare, id)).handle};
                   })
        .value();
}

Values with_person(House& house, const Where& where, const Person& who) {
    Values values = a_space(house, where);
    values["member"] = who.id.text();
    values["handle"] = who.handle;
    return values;
}

}  // namespace

Values nothing(House&, const Where&) { return {}; }

Values a_space(House&, const Where& where) {
    return {{"slug", where.slug}, {"space", where.space.text()}};
}

Values a_chat(House&, const Where& where) {
    return {{"slug", where.chat_slug}, {"space", where.chat.text()}};
}

Values a_room(House& house, const Where& where) {
    const auto visibility = where.admins_too    ? spaces::Visibility::Private
                            : where.seated_only ? spaces::Visibility::Secret
                                                : spaces::Visibility::Public;
    const std::string name = "room " + number(house) + "x";
    return written(house,
                   [&](db::Tx& tx) -> Result<Values> {
                       const auto id = TRY(
                           spaces::found(tx, kSquare, {.name = name, .visibility = visibility}));
                       return Values{{"space", id.text()}};
                   })
        .value();
}

Values a_stranger(House& house, const Where& where) {
    return with_person(house, where, person(house, members::State::Active));
}

Values a_seat(House& house, const Where& where) {
    const Person who = person(house, members::State::Active);
    written(house, [&](db::Tx& tx) {
        spaces::seat_imported(tx, kSquare, where.space, who.id, spaces::Role::Member);
    });
    return with_person(house, where, who);
}

Values an_asker(House& house, const Where& where) {
    const Person who = person(house, members::State::Active);
    written(house, [&](db::Tx& tx) {
        tx.run(
            "INSERT INTO space_requests (community_id, space_id, member_id, created_at) "
            "VALUES (1, $1, $2, 1)",
            where.space, who.id);
    });
    return with_person(house, where, who);
}

Values a_topic(House& house, const Where& where) {
    const auto opening = text(house, "Who brings what?"), answer = text(house, "I bring bread.");
    const auto author = house.viewer("author");
    return written(house,
                   [&](db::Tx& tx) -> Result<Values> {
                       const auto topic =
                           TRY(topics::start(tx, author, where.space, "Picnic", opening));
                       const auto reply = TRY(topics::reply(tx, author, topic, answer)).id;
                       const auto seen = TRY(topics::visible(tx, author, topic));
                       return Values{{"topic", topic.text()},
                                     {"post", seen.topic.first_post.text()},
                                     {"reply", reply.text()},
                                     {"slug", "picnic"},
                                     {"space", where.space.text()}};
                   })
        .value();
}

Values a_lost_topic(House& house, const Where& where) {
    const Values values = a_topic(house, where);
    const auto mod = house.viewer("space mod");
    const auto id = TopicId::parse(values.at("topic")).value();
    written(house, [&](db::Tx& tx) { return curation::remove_topic(tx, mod, id); }).value();
    return values;
}

Values a_post(House& house, const Where& where) {
    Values values = a_topic(house, where);
    values["post"] = values["reply"];
    return values;
}

Values an_answer(House& house, const Where& where) {
    const Values values = a_post(house, where);
    written(house, [&](db::Tx& tx) {
        tx.run("UPDATE spaces SET kind = 1 WHERE community_id = 1 AND id = $1", where.space);
    });
    return values;
}

Values a_message(House& house, const Where& where) {
    const auto said = text(house, "Who brings what?"), answer = text(house, "I bring bread.");
    const auto author = house.viewer("author");
    return written(house,
                   [&](db::Tx& tx) -> Result<Values> {
                       const auto message = TRY(topics::say(tx, author, where.chat, said)).id;
                       const auto reply = TRY(topics::answer_below(tx, author, message, answer));
                       const auto seen = TRY(topics::visible_post(tx, author, message));
                       return Values{{"post", message.text()},
                                     {"reply", reply.text()},
                                     {"topic", seen.topic.id.text()},
                                     {"space", where.chat.text()}};
                   })
        .value();
}

Values a_lost_post(House& house, const Where& where) {
    const Values values = a_post(house, where);
    const auto author = house.viewer("author");
    const auto id = PostId::parse(values.at("post")).value();
    written(house, [&](db::Tx& tx) { return topics::remove(tx, author, id); }).value();
    return values;
}

Values a_lift(House& house, const Where& where) {
    Values values = a_message(house, where);
    const auto author = house.viewer("author");
    const auto id =
        written(house, [&](db::Tx& tx) {
            return lifting::lift(tx, author, TopicId::parse(values.at("topic")).value(),
                                 {PostId::parse(values.at("post")).value()},
                                 {.topic = {}, .space = where.chat, .title = "About bread"});
        }).value();
    values["lift"] = id.text();
    return values;
}

Values a_file(House& house, const Where& where) {
    const auto sent = house.send(
        house.actor("author"),
        {.method = "POST", .target = "/api/v1/uploads", .body = "list of things", .spooled = true});
    const auto json = sent.json();
    const auto author = house.viewer("author");
    const auto body = text(house, json["markdown"].string_or(""));
    written(house, [&](db::Tx& tx) {
        return topics::start(tx, author, where.space, "With a file", body);
    }).value();
    return {{"upload", json["id"].string_or("")}, {"name", json["name"].string_or("")}};
}

/// A row is enough: pages ask for its size, nobody here looks at it.
Values a_picture(House& house, const Where& where) {
    const auto author = house.viewer("author");
    const auto id = written(house, [&](db::Tx& tx) {
        const auto made = tx.new_id<UploadId>();
        tx.run(
            "INSERT INTO uploads (id, community_id, member_id, kind, name, media_type, size, "
            "width, height, content, created_at) "
            "VALUES ($1, 1, $2, 1, 'garden.webp', 'image/webp', 9, 640, 480, 'x', 1)",
            made, author.id);
        tx.run(
            "INSERT INTO upload_files (community_id, upload_id, name, width, height, size, hash) "
            "VALUES (1, $1, '640', 640, 480, 9, 'x')",
            made);
        return made;
    });
    const auto body = text(house, "![garden](/files/" + id.text() + "/garden.webp)");
    written(house, [&](db::Tx& tx) {
        return topics::start(tx, author, where.space, "With a picture", body);
    }).value();
    return {{"upload", id.text()}};
}

Values a_member(House& house, const Where& where) {
    return with_person(house, where, person(house, members::State::Active));
}

Values a_pending(House& house, const Where& where) {
    return with_person(house, where, person(house, members::State::Pending));
}

Values a_conversation(House& house, const Where&) {
    const auto author = house.viewer("author");
    auto maker = author;  // how many somebody may begin in a day is not tried here
    maker.id = person(house, members::State::Active).id;
    const auto said = text(house, "Between us");
    const auto made = written(house, [&](db::Tx& tx) -> Result<TopicId> {
        const auto topic = topics::begin_direct(tx, maker, "Choir");
        conversations::make(tx, maker,
                            {.topic = topic,
                             .kind = conversations::Kind::Group,
                             .seats = {{.member = author.id}, {.member = maker.id}}});
        TRY(topics::reply(tx, author, topic, said));
        return topic;
    });
    return {{"conversation", made.value().text()},
            {"handle", person(house, members::State::Active).handle}};
}

Values a_tag(House&, const Where&) { return {{"tag", "bread"}}; }
Values a_request(House& house, const Where&) {
    auto stranger = house.viewer("author");
    const auto author = stranger.id;
    stranger.id = person(house, members::State::Active).id;
    const auto said = text(house, "Hello");
    const auto made = written(
        house, [&](db::Tx& tx) { return messages::begin(tx, stranger, {author}, "", said); });
    return {{"conversation", made.value().text()}};
}

Values a_question(House& house, const Where&) {
    auto asker = house.viewer("author");
    asker.id = person(house, members::State::Active).id;
    const auto said = text(house, "May I?");
    const auto made = written(house, [&](db::Tx& tx) { return leaders::ask(tx, asker, {}, said); });
    return {{"question", made.value().text()}};
}

Values a_taken_question(House& house, const Where& where) {
    const auto made = a_question(house, where);
    const auto id = TopicId::parse(made.at("question")).value();
    const auto taker = house.viewer("moderator");
    written(house, [&](db::Tx& tx) { return leaders::take(tx, taker, id, {}); }).value();
    return made;
}

Values a_draft(House& house, const Where&) {
    const std::string key = "topic:" + std::to_string(900'000 + house.fresh());
    const auto author = house.viewer("author");
    written(house, [&](db::Tx& tx) {
        return drafts::keep(tx, author, key, "", "Not for anybody yet");
    }).value();
    return {{"key", key}};
}

Values a_notice(House& house, const Where&) {
    const std::int64_t position = 7'000'000 + house.fresh();
    const auto author = house.viewer("author");
    written(house, [&](db::Tx& tx) {
        tx.run(
            "INSERT INTO notices (community_id, member_id, position, kind, why, place, actor_id, "
            "space_id, topic_id, post_id, detail, happened_at) "
            "VALUES (1, $1, $2, 5, 6, $2, 0, 0, 0, 0, 'let_in', $3)",
            author.id, position, tx.now());
    });
    return {{"notice", std::to_string(position)}};
}

Values an_unsubscribing(House& house, const Where&) {
    const auto path = notifications::unsubscribe_path(house.site.services().secret, kSquare,
                                                      house.viewer("author").id);
    return {{"address_key", path.substr(path.rfind('/') + 1)}};
}

Values an_invitation(House& house, const Where&) {
    const auto author = house.viewer("author");
    return written(house,
                   [&](db::Tx& tx) -> Result<Values> {
                       const auto made = TRY(invitations::create(tx, author, {.uses_most = 50}));
                       // Long ago, so that the limit of a day is never reached.
                       tx.run("UPDATE invitations SET made_at = 1 WHERE community_id = 1");
                       return Values{{"invitation", made.id.text()},
                                     {"token", made.path.substr(std::string("/join/").size())}};
                   })
        .value();
}

Values a_session(House& house, const Where&) {
    const auto account = house.actor("author").account;
    return written(house, [&](db::Tx& tx) {
        const auto token = accounts::start_session(tx, account, accounts::Device{});
        return Values{{"session", accounts::session_owner(tx, token)->session.text()}};
    });
}

Values a_device(House& house, const Where&) {
    const auto author = house.actor("author");
    return written(house, [&](db::Tx& tx) {
        const auto token = accounts::start_session(tx, author.account, accounts::Device{});
        const auto id = tx.new_id<SessionId>().text();
        tx.run(
            "INSERT INTO devices (id, community_id, member_id, session_id, endpoint_hash, "
            "endpoint, p256dh, auth, name, created_at) VALUES ($1, $2, $3, $4, $5, '', '', '', '', "
            "$6)",
            SessionId::parse(id).value(), CommunityId{1}, author.member,
            accounts::session_owner(tx, token)->session, id, tx.now());
        return Values{{"device", id}};
    });
}

Values a_token(House& house, const Where&) {
    const auto account = house.actor("author").account;
    return written(house, [&](db::Tx& tx) {
        accounts::create_token(tx, account, "to be revoked", auth::Scope::Read);
        const auto row = tx.one("SELECT max(id) FROM api_tokens WHERE account_id = $1", account);
        return Values{{"token", std::to_string(row->get<std::int64_t>(0))}};
    });
}

Values a_link(House& house, const Where&) {
    const auto account = house.actor("author").account;
    return written(house, [&](db::Tx& tx) {
        const std::string path = accounts::make_sign_in_link(tx, account);
        return Values{{"token", path.substr(std::string("/link/").size())}};
    });
}

Values a_job(House& house, const Where&) {
    return written(house, [&](db::Tx& tx) {
        const auto id = jobs::enqueue(tx, {.community = kSquare, .kind = "matrix.try"});
        tx.run("UPDATE jobs SET dead_at = 1, attempts = 8 WHERE community_id = 1 AND id = $1", id);
        return Values{{"job", id.text()}};
    });
}

Values an_import(House& house, const Where&) {
    const auto owner = house.actor("owner").member;
    return written(house, [&](db::Tx& tx) {
        const auto id = tx.new_id<Id<struct AnyImport>>();
        tx.run(
            "INSERT INTO imports (id, community_id, system, file_name, stored_as, trial, state, "
            "created_by, created_at) VALUES ($1, 1, 'slack', 'old.zip', 'x.zip', 1, 2, $2, 1)",
            id, owner);
        return Values{{"import", id.text()}};
    });
}

Values a_sign_in(House& house, const Where&) {
    static const std::string hash = crypto::password_hash("warm bread and tea");
    const std::string email = "s" + number(house) + "@square.test";
    written(house, [&](db::Tx& tx) {
        return accounts::create(tx, {.email = email, .name = "Sally", .password_hash = hash});
    }).value();
    return {{"email", email}, {"password", "warm bread and tea"}};
}

Values the_square(House&, const Where&) { return {{"community", kSquare.text()}}; }

}  // namespace torv::app::rights
