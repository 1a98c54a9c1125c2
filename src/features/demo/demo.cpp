#include "features/demo/demo.hpp"

#include <chrono>
#include <map>
#include <stdexcept>

#include "features/accounts/accounts.hpp"
#include "features/community/community.hpp"
#include "features/curation/curation.hpp"
#include "features/demo/talk.hpp"
#include "features/demo/town.hpp"
#include "features/members/members.hpp"
#include "features/profiles/profiles.hpp"
#include "features/spaces/spaces.hpp"
#include "features/topics/topics.hpp"
#include "platform/assets/assets.hpp"

namespace torv::demo {
namespace {

using std::chrono::days;
using std::chrono::minutes;

std::string_view seed(const std::string& name) {
    const auto* asset = assets::find("seeds/demo/" + name);
    if (!asset) throw std::runtime_error("seeds/demo/" + name + " is not in this program");
    return asset->bytes;
}

std::string email_of(std::string_view handle) { return std::string(handle) + "@torvegade.example"; }

/// Makes the town step by step; each step finds what an earlier run made.
class Maker {
public:
    Maker(db::Db& db, std::string_view address)
        : db_(db), address_(address), town_(read_town(seed("town.toml"))) {}

    Result<Made> run() {
        TRY(db_.write([&](db::Tx& tx) { return community(tx); }));
        for (const auto& person : town_.people)
            TRY(db_.write([&](db::Tx& tx) { return settle(tx, person); }));
        for (const auto& space : town_.spaces)
            TRY(db_.write([&](db::Tx& tx) { return build(tx, space); }));
        for (const auto& space : town_.spaces) TRY(speak(space));
        TRY(db_.write([&](db::Tx& tx) { return finish(tx); }));
        return std::move(made_);
    }

private:
    Instant ago(db::Tx& tx, int days_ago) const { return tx.now() - days(days_ago); }

    Done community(db::Tx& tx) {
        if (const auto known = community::by_name(tx, town_.name)) {
            made_.community = known->id;
        } else {
            made_.community = TRY(community::create(tx, {.name = town_.name,
                                                         .slug = {},
                                                         .language = town_.language,
                                                         .installation_address = address_}));
            made_.fresh = true;
        }
        const TownPerson& first = town_.people.front();
        const MemberId owner = TRY(member_for(tx, first, 0));
        owner_ = {.community = made_.community,
                  .id = owner,
                  .role = auth::Role::Owner,
                  .name = first.name,
                  .handle = first.handle};
        if (TRY(community::find(tx, made_.community)).founded_at) return rules_of(tx);
        return shape(tx);
    }

    Done rules_of(db::Tx& tx) {
        const auto rules = community::rules(tx, made_.community);
        rules_version_ = rules ? rules->version : 0;
        return Unit{};
    }

    Done shape(db::Tx& tx) {
        auto profile = community::profile_of(TRY(community::find(tx, made_.community)));
        profile.name = town_.name;
        profile.tagline = town_.tagline;
        profile.purpose = town_.purpose;
        profile.values = town_.values;
        profile.audience = town_.audience;
        profile.tone = town_.tone;
        profile.language = town_.language;
        profile.sign_up = community::SignUp::Open;
        profile.guests_may_read = true;
        TRY(community::set_profile(tx, owner_, profile));
        auto look = TRY(community::find(tx, made_.community)).look;
        look.hue = town_.hue;
        TRY(community::set_look(tx, owner_, look));
        rules_version_ = TRY(community::publish_rules(tx, owner_, town_.rules));
        TRY(members::accept_rules(tx, owner_, rules_version_));
        std::vector<community::Goal> goals;
        for (const auto& goal : town_.goals) goals.push_back({goal.text, goal.figure, goal.target});
        community::set_goals(tx, made_.community, goals);
        return community::found(tx, owner_);
    }

    Result<MemberId> member_for(db::Tx& tx, const TownPerson& person, std::int64_t rules_version) {
        const std::string email = email_of(person.handle);
        AccountId account;
        if (const auto known = accounts::by_email(tx, email)) account = known->id;
        else
            account = TRY(accounts::create(tx, {.email = email,
                                                .name = person.name,
                                                .password_hash = {},
                                                .language = {},
                                                .zone = {},
                                                .confirmed = true,
                                                .operates = person.role == "owner"}));
        ++made_.people;
        if (person.role != "admin" && !has_guide(person.role))
            made_.guides.push_back({person.role, person.name, email, account});
        if (const auto known = members::of_account(tx, made_.community, account)) return known->id;
        return members::create_member(
            tx, made_.community,
            {.account = account,
             .name = person.name,
             .handle = person.handle,
             .role = auth::role_from(person.role).value_or(auth::Role::Member),
             .reason = {},
             .rules_version = rules_version,
             .joined_at = ago(tx, person.days)});
    }

    bool has_guide(std::string_view role) const {
        for (const auto& guide : made_.guides)
            if (guide.role == role) return true;
        return false;
    }

    Done settle(db::Tx& tx, const TownPerson& person) {
        if (person.handle == owner_.handle) {
            members_[person.handle] = owner_.id;
            return made_.fresh ? tell(tx, person, owner_.id) : Done(Unit{});
        }
        const auto known = members::by_handle(tx, made_.community, person.handle);
        const MemberId id = TRY(member_for(tx, person, rules_version_));
        members_[person.handle] = id;
        return known ? Done(Unit{}) : tell(tx, person, id);
    }

    Done tell(db::Tx& tx, const TownPerson& person, MemberId id) {
        const auth::Viewer self{.community = made_.community,
                                .id = id,
                                .role = auth::Role::Member,
                                .name = person.name,
                                .handle = person.handle};
        if (!person.bio.empty())
            TRY(members::set_profile(
                tx, self,
                {.name = person.name, .handle = person.handle, .bio = person.bio, .avatar = {}}));
        std::vector<profiles::Change> about;
        for (const auto& [name, typed] : person.about)
            about.push_back(
                {.kind = profiles::kind_from(name).value(), .typed = typed, .shown = {}});
        return profiles::change(tx, self, about);
    }

    MemberId member(std::string_view handle) const {
        const auto at = members_.find(handle);
        if (at == members_.end())
            throw std::runtime_error("seeds/demo: nobody is called " + std::string(handle));
        return at->second;
    }

    Done build(db::Tx& tx, const TownSpace& space) {
        const SpaceId id = TRY(spaces::found(
            tx, made_.community,
            {.name = space.name,
             .slug = space.file,
             .description = space.description,
             .icon = space.icon,
             .kind = spaces::kind_from(space.kind).value_or(spaces::Kind::Discussion),
             .visibility =
                 spaces::visibility_from(space.visibility).value_or(spaces::Visibility::Members),
             .parent = space.parent.empty() ? SpaceId{} : spaces_[space.parent]},
            {.by = owner_.id,
             .source = "demo:" + space.file,
             .happened_at = ago(tx, town_.days),
             .imported = true}));
        spaces_[space.file] = id;
        bool first = true;
        for (const auto& handle : space.members) {
            spaces::seat_imported(tx, made_.community, id, member(handle),
                                  first ? spaces::Role::Moderator : spaces::Role::Member);
            first = false;
        }
        if (space.members.empty() || member(space.members.front()) == owner_.id) return Unit{};
        spaces::seat_imported(tx, made_.community, id, owner_.id,
                              spaces::Role::Moderator);  // marks what is pinned
        return Unit{};
    }

    /// One transaction for each topic: texts are rendered before it.
    Done speak(const TownSpace& space) {
        const auto talks = read_talk(space.file + ".talk", seed(space.file + ".talk"));
        int number = 0;
        for (const auto& talk : talks) {
            ++number;
            const auto ready = TRY(db_.read([&](db::Tx& tx) { return prepare(tx, talk); }));
            const std::string source = "demo:" + space.file + "/" + std::to_string(number);
            TRY(db_.write([&](db::Tx& tx) { return write(tx, space, talk, ready, source); }));
            made_.posts += static_cast<int>(talk.posts.size());
            ++made_.topics;
        }
        return Unit{};
    }

    Result<std::vector<topics::Prepared>> prepare(db::Tx& tx, const Talk& talk) {
        std::vector<topics::Prepared> ready;
        for (const auto& said : talk.posts)
            ready.push_back(TRY(topics::prepare(tx, made_.community, said.text)));
        return ready;
    }

    /// Days ago at a time of day; a day earlier when it or what follows would lie ahead of us.
    Instant beginning(db::Tx& tx, const Talk& talk) const {
        constexpr std::int64_t kDay = std::int64_t{24} * 3600 * 1'000'000;
        minutes length{0};
        for (const auto& said : talk.posts) length += said.after;
        Instant at = Instant{tx.now().us / kDay * kDay} - days(talk.days) + talk.at;
        while (at + length > tx.now()) at = at - days(1);
        return at;
    }

    Done write(db::Tx& tx, const TownSpace& space, const Talk& talk,
               const std::vector<topics::Prepared>& ready, const std::string& source) {
        const bool chat = space.kind == "chat";
        const SpaceId where = spaces_[space.file];
        Instant at = beginning(tx, talk);
        topics::Import<TopicId> topic{};
        if (chat)
            topic.id =
                topics::stream(tx, made_.community, where, member(talk.posts.front().by), at);
        else
            topic = topics::import_topic(tx, made_.community,
                                         {.space = where,
                                          .author = member(talk.posts.front().by),
                                          .title = talk.title,
                                          .happened_at = at,
                                          .source = source});
        std::vector<PostId> posts;
        for (std::size_t i = 0; i < talk.posts.size(); ++i) {
            const Said& said = talk.posts[i];
            if (said.today) {
                if (topic.fresh) today_.push_back({topic.id, said, ready[i], posts});
                continue;
            }
            at = at + said.after;
            const PostId answered =
                said.answers ? posts[static_cast<std::size_t>(said.answers - 1)] : PostId{};
            const std::string name = source + "/" + std::to_string(i + 1);
            const auto post =
                topics::import_post(tx, made_.community,
                                    {.topic = topic.id,
                                     .space = where,
                                     .author = member(said.by),
                                     .reply_to = answered,
                                     .happened_at = at,
                                     .edited_at = said.edited ? at + minutes(4) : Instant{},
                                     .source = name},
                                    ready[i]);
            posts.push_back(post.id);
            if (post.fresh) react(tx, post.id, said, at);
        }
        topics::finish_import(tx, made_.community, {topic.id});
        return topic.fresh ? mark(tx, talk, topic.id, posts) : Done(Unit{});
    }

    /// Somebody of the town, as who does something themselves.
    auth::Viewer person(std::string_view handle) const {
        return {.community = made_.community,
                .id = member(handle),
                .role = auth::Role::Member,
                .name = std::string(handle),
                .handle = std::string(handle)};
    }

    /// What is said today is answered and reacted to for real.
    Done speak_today(db::Tx& tx) {
        std::map<TopicId, std::vector<PostId>> said_there;
        for (const Today& one : today_) {
            auto& posts = said_there.try_emplace(one.topic, one.before).first->second;
            const PostId answered = one.said.answers
                                        ? posts.at(static_cast<std::size_t>(one.said.answers - 1))
                                        : PostId{};
            const PostId post =
                TRY(topics::reply(tx, person(one.said.by), one.topic, one.text, answered)).id;
            posts.push_back(post);
            for (const auto& [emoji, handle] : one.said.reactions)
                TRY(topics::react(tx, person(handle), post, emoji, topics::State::On));
        }
        return Unit{};
    }

    void react(db::Tx& tx, PostId post, const Said& said, Instant at) {
        minutes later{0};
        for (const auto& [emoji, handle] : said.reactions)
            if (!topics::import_reaction(tx, made_.community, post, member(handle), emoji,
                                         std::min(at + (later += minutes(3)), tx.now())))
                throw std::runtime_error("seeds/demo: not an emoji: " + emoji);
    }

    Done mark(db::Tx& tx, const Talk& talk, TopicId topic, const std::vector<PostId>& posts) {
        for (std::size_t i = 0; i < posts.size(); ++i)
            if (talk.posts[i].deleted) TRY(topics::remove(tx, owner_, posts[i]));
        for (std::size_t i = 0; i < posts.size(); ++i)
            if (talk.posts[i].accepted) topics::set_accepted(tx, made_.community, topic, posts[i]);
        if (talk.pinned)
            TRY(curation::mark(tx, owner_, topic, topics::Mark::Pinned, topics::State::On));
        if (talk.locked)
            TRY(curation::mark(tx, owner_, topic, topics::Mark::Locked, topics::State::On));
        return Unit{};
    }

    Done finish(db::Tx& tx) {
        TRY(speak_today(tx));
        for (const auto& space : town_.spaces) {
            if (!space.archived) continue;
            const auto now = TRY(spaces::find(tx, owner_, spaces_[space.file]));
            if (!now.archived_at) TRY(spaces::archive(tx, owner_, now.id));
        }
        for (const auto& person : town_.people) {
            if (!person.gone) continue;
            const auto now = TRY(members::find(tx, made_.community, member(person.handle)));
            if (now.state == members::State::Active) TRY(members::remove(tx, owner_, now.id));
        }
        return Unit{};
    }

    struct Today {
        TopicId topic;
        Said said;
        topics::Prepared text;
        std::vector<PostId> before;  ///< in the topic
    };

    db::Db& db_;
    std::string address_;
    Town town_;
    std::vector<Today> today_;
    Made made_;
    auth::Viewer owner_;
    std::int64_t rules_version_ = 0;
    std::map<std::string, MemberId, std::less<>> members_;
    std::map<std::string, SpaceId, std::less<>> spaces_;
};

}  // namespace

Result<Made> make(db::Db& db, std::string_view address) { return Maker(db, address).run(); }

}  // namespace torv::demo
