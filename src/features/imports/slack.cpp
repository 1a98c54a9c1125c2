#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>

#include "features/imports/imports.hpp"
#include "features/imports/slack_archive.hpp"
#include "features/imports/slack_subtypes.hpp"
#include "features/imports/slack_survey.hpp"
#include "features/imports/slack_text.hpp"
#include "features/imports/store.hpp"
#include "features/members/members.hpp"
#include "features/spaces/spaces.hpp"
#include "features/topics/topics.hpp"
#include "platform/activity/activity.hpp"
#include "platform/base/text.hpp"

namespace torv::imports {

namespace {

using slack::Archive;
using slack::Channel;
using slack::is_talk;
using slack::Message;
using slack::outcome_of;

class Importer {
public:
    Importer(db::Db& db, CommunityId community, const Archive& archive, const Options& options)
        : db_(db), community_(community), archive_(archive), options_(options) {
        source_ = "slack:" + archive.team();
        report_.trial = options.trial;
        met_again_ = options.brought_before;
    }

    Result<Report> run() {
        auto survey = slack::survey(archive_);
        report_.total = survey.messages;
        first_seen_ = std::move(survey.first_seen);
        for (const auto& name : archive_.strangers()) report_.add(name, "not_imported", "");
        people();
        for (const auto& channel : archive_.channels())
            if (!channel.direct) space(channel);
        for (const auto& channel : archive_.channels()) {
            for (const auto* day : archive_.days(channel)) {
                if (options_.should_stop && options_.should_stop()) return report_;
                one_day(channel, *day);
                if (options_.progress) options_.progress(report_);
            }
            archive_channel(channel);
        }
        return report_;
    }

private:
    void people() {
        report_.things["people"] = static_cast<std::int64_t>(archive_.people().size());
        if (options_.trial) {
            for (const auto& person : archive_.people())
                handles_[person.id] = person.handle, members_[person.id] = MemberId{1};
            return;
        }
        for (const auto& person : archive_.people())
            placeholder(person.id, person.name, person.handle, person.title);
    }

    MemberId placeholder(const std::string& id, const std::string& name, const std::string& handle,
                         const std::string& bio) {
        const auto seen = first_seen_.find(id);
        const std::optional<Instant> joined =
            seen == first_seen_.end() ? std::nullopt : std::optional(seen->second);
        const auto made = db_.write(
            [&](db::Tx& tx) {
                const MemberId member = members::create_placeholder(tx, community_,
                                                                    {.source = source_,
                                                                     .source_key = id,
                                                                     .name = name,
                                                                     .handle = handle,
                                                                     .bio = bio,
                                                                     .joined_at = joined});
                const auto found = members::find(tx, community_, member);
                return std::pair(member, found ? found->handle : std::string());
            },
            db::Priority::Background);
        members_[id] = made.first;
        handles_[id] = made.second;
        return made.first;
    }

    /// Who wrote it; people and bots that users.json does not have get a placeholder of their own.
    MemberId author(const Message& message) {
        const auto known = members_.find(message.user);
        if (known != members_.end()) return known->second;
        const std::string id = message.user.empty() ? "name:" + message.bot_name : message.user;
        if (const auto again = members_.find(id); again != members_.end()) return again->second;
        const std::string name = message.bot_name.empty() ? id : message.bot_name;
        report_.things["people"] += 1;
        if (options_.trial) return members_[id] = MemberId{1};
        return placeholder(id, name, slugify(name), "");
    }

    void space(const Channel& channel) {
        report_.things["spaces"] += 1;
        if (options_.trial) return;
        const std::string& about = channel.purpose.empty() ? channel.topic : channel.purpose;
        const auto made = db_.write(
            [&](db::Tx& tx) -> Result<SpaceId> {
                const SpaceId id =
                    TRY(spaces::found(tx, community_,
                                      {.name = std::string(first_code_points(channel.folder, 60)),
                                       .description = std::string(first_code_points(about, 500)),
                                       .kind = spaces::Kind::Chat,
                                       .visibility = channel.closed ? spaces::Visibility::Private
                                                                    : spaces::Visibility::Members},
                                      {.source = source_ + "/" + channel.id,
                                       .happened_at = channel.created_at,
                                       .imported = true}));
                for (const auto& user : channel.members)
                    if (const auto member = members_.find(user); member != members_.end())
                        spaces::seat_imported(tx, community_, id, member->second,
                                              spaces::Role::Member);
                if (channel.closed) seat_leaders(tx, id);
                return id;
            },
            db::Priority::Background);
        if (!made) return report_.add(channel.folder, "space_refused", made.error().key);
        spaces_[channel.id] = *made;
    }

    /// A private space without anybody who can sign in would be lost: the owners, and who imports,
    /// get in.
    void seat_leaders(db::Tx& tx, SpaceId space) {
        for (const MemberId owner : members::owners(tx, community_))
            spaces::seat_imported(tx, community_, space, owner, spaces::Role::Moderator);
        if (options_.by)
            spaces::seat_imported(tx, community_, space, options_.by, spaces::Role::Moderator);
    }

    /// Archived channels are closed when everything is in.
    void archive_channel(const Channel& channel) {
        const auto id = spaces_.find(channel.id);
        if (options_.trial || !channel.archived || id == spaces_.end()) return;
        const auto creator = members_.find(channel.creator);
        const MemberId by = options_.by                 ? options_.by
                            : creator != members_.end() ? creator->second
                            : members_.empty()          ? MemberId{}
                                                        : members_.begin()->second;
        if (!by) return;
        const auth::Viewer system{
            .community = community_, .account = AccountId{1}, .id = by, .role = auth::Role::Owner};
        const auto done =
            db_.write([&](db::Tx& tx) { return spaces::archive(tx, system, id->second); },
                      db::Priority::Background);
        if (!done) report_.add(channel.folder, "not_archived", done.error().key);
    }

    void one_day(const Channel& channel, const Zip::Entry& entry) {
        const auto day = archive_.day(entry);
        if (!day)
            return report_.add(entry.name, "file_broken",
                               day.error().key);  // the other days are as good as before
        if (day->rescue != Rescue::None)
            report_.add(entry.name,
                        day->rescue == Rescue::Encoding ? "encoding_mended" : "signs_mended", "");
        if (channel.direct) {
            report_.messages["direct"] += static_cast<std::int64_t>(day->messages.items().size());
            report_.done += static_cast<std::int64_t>(day->messages.items().size());
            return;
        }
        std::vector<Message> messages;
        std::size_t index = 0;
        for (const auto& value : day->messages.items()) {
            const std::string where = entry.name + "#" + std::to_string(index++);
            auto message = slack::message_from(value);
            if (!message) {
                report_.messages["unreadable"] += 1;
                report_.done += 1;
                report_.add(where, "unreadable", "");
                continue;
            }
            messages.push_back(*std::move(message));
        }
        std::stable_sort(messages.begin(), messages.end(),
                         [](const Message& a, const Message& b) { return a.at < b.at; });
        for (std::size_t from = 0; from < messages.size(); from += kBatch)
            batch(channel, entry.name,
                  std::span(messages).subspan(from, std::min(kBatch, messages.size() - from)));
    }

    struct Ready {
        const Message* message = nullptr;
        MemberId author;
        topics::Prepared text;
    };

    void batch(const Channel& channel, const std::string& file, std::span<const Message> messages) {
        std::vector<Ready> talk;
        std::vector<const Message*> events;
        for (const Message& message : messages) {
            // What was deleted keeps its place when others answered it.
            const bool deleted_opening = message.subtype == "tombstone" && message.answered;
            const std::string_view outcome =
                deleted_opening ? "posts" : outcome_of(message.subtype);
            report_.done += 1;
            if (outcome == "posts") {
                if (auto ready = prepared(file, message)) talk.push_back(*std::move(ready));
            } else {
                report_.messages[std::string(outcome)] += 1;
                if (!message.reactions.empty())
                    report_.add(file + " " + message.ts, "reaction_on_note", message.subtype);
                author(message);
                events.push_back(&message);
            }
        }
        const auto space = spaces_.find(channel.id);
        if (options_.trial || space == spaces_.end()) {
            report_.messages["posts"] += static_cast<std::int64_t>(talk.size());
            return;
        }
        const auto outcome =
            db_.write([&](db::Tx& tx) { return keep(tx, channel, space->second, talk, events); },
                      db::Priority::Background);
        report_.add_posts(outcome.fresh, std::ssize(talk) - outcome.fresh, met_again_);
        report_.things["reactions"] += outcome.reactions;
        for (const auto& [where, name] : outcome.strange_reactions)
            report_.add(where, "unknown_emoji", name);
        for (const auto& ts : outcome.lost_threads) report_.add(file + " " + ts, "thread_lost", "");
    }

    std::optional<Ready> prepared(const std::string& file, const Message& message) {
        const std::string where = file + " " + message.ts;
        if (!is_talk(message.subtype) && message.subtype != "tombstone")
            report_.add(where, "unknown_subtype", message.subtype);
        Ready ready{.message = &message, .author = author(message)};
        const std::string markdown = text(where, message);
        auto text = db_.read([&](db::Tx& tx) { return topics::prepare(tx, community_, markdown); });
        if (!text) {
            const bool empty = trimmed(markdown).empty();
            report_.messages[empty ? "empty" : "unreadable"] += 1;
            report_.add(where, empty ? "empty" : "refused", empty ? "" : text.error().key);
            return std::nullopt;
        }
        ready.text = *std::move(text);
        report_.things["mentions"] += static_cast<std::int64_t>(ready.text.mentions.size());
        report_.things["previews"] += message.previews;
        report_.things["files"] += static_cast<std::int64_t>(message.files.size());
        if (message.edited_at) report_.things["edits"] += 1;
        if (!message.thread.empty()) report_.things["replies"] += 1;
        if (options_.trial)
            for (const auto& reaction : message.reactions)
                report_.things["reactions"] += static_cast<std::int64_t>(reaction.users.size());
        return ready;
    }

    /// The whole message as Markdown: what was said, files by name, and previews where nothing was
    /// said.
    std::string text(const std::string& where, const Message& message) {
        const slack::Names names{
            .handle = [&](std::string_view id) { return handle(id); },
            .channel = [&](std::string_view id,
                           std::string_view name) { return address(id, name); }};
        auto converted = slack::to_markdown(message.text, names);
        if (message.subtype == "me_message" && !converted.markdown.empty())
            converted.markdown = "*" + converted.markdown + "*";
        for (const auto& name : converted.unknown_emoji) report_.add(where, "unknown_emoji", name);
        for (const auto& id : converted.unknown_people) report_.add(where, "unknown_person", id);
        std::string markdown = std::move(converted.markdown);
        for (const auto& file : message.files) {
            const std::string label = slack::to_markdown(file.name, names).markdown;
            markdown += (markdown.empty() ? "" : "\n\n") + std::string("📎 ") +
                        (file.url.empty() ? label : "[" + label + "](<" + file.url + ">)");
        }
        for (const auto& attached : message.attached)
            markdown +=
                (markdown.empty() ? "" : "\n\n") + slack::to_markdown(attached, names).markdown;
        return markdown;
    }

    std::string handle(std::string_view id) const {
        const auto found = handles_.find(std::string(id));
        return found == handles_.end() ? "" : found->second;
    }

    std::string address(std::string_view id, std::string_view name) const {
        for (const auto& channel : archive_.channels())
            if (channel.id == id || (!name.empty() && channel.name == name))
                return spaces::path(slugify(channel.folder));
        return {};
    }

    struct Kept {
        std::int64_t fresh = 0;
        std::int64_t reactions = 0;
        std::vector<std::pair<std::string, std::string>> strange_reactions;
        std::vector<std::string>
            lost_threads;  ///< answers whose opening message is not in the archive
    };

    std::string source_of(const Channel& channel, std::string_view ts) const {
        return source_ + "/" + channel.id + "/" + std::string(ts);
    }

    Kept keep(db::Tx& tx, const Channel& channel, SpaceId space, const std::vector<Ready>& talk,
              const std::vector<const Message*>& events) {
        Kept kept;
        for (const Message* event : events) keep_event(tx, channel, space, *event);
        if (talk.empty()) return kept;
        const TopicId stream =
            topics::stream(tx, community_, space, talk.front().author, talk.front().message->at);
        std::set<TopicId> touched{stream};
        for (const Ready& ready : talk) {
            const Message& message = *ready.message;
            const std::string source = source_of(channel, message.ts);
            const PostId parent =
                message.thread.empty()
                    ? PostId{}
                    : topics::imported_post(tx, community_, source_of(channel, message.thread));
            if (!message.thread.empty() && !parent) kept.lost_threads.push_back(message.ts);
            // What was sent to the channel as well stays in the stream, and what is there already.
            const bool aside = parent && message.subtype != "thread_broadcast" &&
                               !topics::imported_post(tx, community_, source);
            const TopicId topic =
                aside ? topics::import_thread(tx, community_, space, parent, message.at) : stream;
            touched.insert(topic);
            const auto post = topics::import_post(tx, community_,
                                                  {.topic = topic,
                                                   .author = ready.author,
                                                   .reply_to = parent,
                                                   .happened_at = message.at,
                                                   .edited_at = message.edited_at,
                                                   .source = source},
                                                  ready.text);
            kept.fresh += post.fresh ? 1 : 0;
            keep_reactions(tx, post.id, message, kept);
        }
        topics::finish_import(tx, community_, {touched.begin(), touched.end()});
        if (options_.brought && kept.fresh > 0) options_.brought(tx, kept.fresh);
        return kept;
    }

    void keep_reactions(db::Tx& tx, PostId post, const Message& message, Kept& kept) {
        for (const auto& reaction : message.reactions) {
            const std::string emoji = slack::emoji_of(reaction.name);
            if (emoji.empty()) {
                kept.strange_reactions.emplace_back(message.ts, reaction.name);
                continue;
            }
            for (const auto& user : reaction.users) {
                const auto member = members_.find(user);
                if (member != members_.end() &&
                    topics::import_reaction(tx, community_, post, member->second, emoji,
                                            message.at))
                    ++kept.reactions;
                else kept.strange_reactions.emplace_back(message.ts, reaction.name + " " + user);
            }
        }
    }

    /// Joins and leaves are history that figures count; kept once, in the record.
    void keep_event(db::Tx& tx, const Channel& channel, SpaceId space, const Message& event) {
        const auto member = members_.find(event.user);
        const std::string_view outcome = outcome_of(event.subtype);
        if (member == members_.end() || outcome == "notes") return;
        if (!store::take_event(tx, community_, source_of(channel, event.ts))) return;
        activity::announce(tx, {.community = community_,
                                .kind = outcome == "joins" ? "space.joined" : "space.left",
                                .actor = member->second,
                                .subject = {"space", space.value},
                                .space = space,
                                .happened_at = event.at,
                                .origin = activity::Origin::Imported});
    }

    static constexpr std::size_t kBatch = 200;

    db::Db& db_;
    CommunityId community_;
    const Archive& archive_;
    const Options& options_;
    std::string source_;
    Report report_;
    std::int64_t met_again_ = 0;  ///< posts of an earlier run of this import, not met again so far
    std::unordered_map<std::string, MemberId> members_;
    std::unordered_map<std::string, Instant> first_seen_;
    std::unordered_map<std::string, std::string> handles_;
    std::unordered_map<std::string, SpaceId> spaces_;
};

}  // namespace

Result<Report> import_slack(db::Db& db, CommunityId community, const std::filesystem::path& path,
                            const Options& options) {
    const Archive archive = TRY(Archive::open(path));
    return Importer(db, community, archive, options).run();
}

}  // namespace torv::imports
