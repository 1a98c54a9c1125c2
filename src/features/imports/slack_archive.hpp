#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/imports/text_rescue.hpp"
#include "features/imports/zip.hpp"
#include "platform/base/time.hpp"
#include "platform/json/json.hpp"

/// What a Slack export holds, in plain structs. Layout: users.json, channels.json (groups.json,
/// dms.json, mpims.json in some), a folder for each channel, in it a file a day.
namespace torv::imports::slack {

struct Person {
    std::string id;
    std::string handle;  ///< "ada.holm"
    std::string name;    ///< display name, real name, or the handle
    std::string title;
    bool bot = false;
    bool deleted = false;
};

struct Channel {
    std::string id;
    std::string name;
    std::string folder;
    std::string purpose;
    std::string topic;
    std::string creator;
    std::vector<std::string> members;
    Instant created_at;
    bool archived = false;
    bool closed = false;  ///< a private channel
    bool direct = false;  ///< a conversation of two or a few: counted, never imported
};

struct Reaction {
    std::string name;  ///< "clap::skin-tone-3"
    std::vector<std::string> users;
};

struct File {
    std::string name;
    std::string url;
};

struct Message {
    std::string ts;
    Instant at;
    std::string subtype;  ///< empty: somebody talks
    std::string user;     ///< id of a person or a bot
    std::string bot_name;
    std::string text;    ///< Slack's markup
    std::string thread;  ///< ts of the message it answers, or empty
    Instant edited_at;
    std::vector<Reaction> reactions;
    std::vector<File> files;
    std::vector<std::string> attached;  ///< what attachments say, Slack's markup
    int previews = 0;       ///< pictures of links in the text: Torv shows links its own way
    bool answered = false;  ///< a thread begins here
};

/// Reads "1433558319.000002" without loss. Nothing when it is not of that form.
std::optional<Instant> parse_ts(std::string_view ts);

/// One message; nothing when it has no usable time.
std::optional<Message> message_from(const json::Value& value);

class Archive {
public:
    /// Faults: those of Zip, Invalid "imports.not_slack", "imports.json_broken".
    static Result<Archive> open(const std::filesystem::path& path);

    const std::vector<Person>& people() const { return people_; }
    const std::vector<Channel>& channels() const { return channels_; }
    /// Files of a channel's days, oldest first.
    std::vector<const Zip::Entry*> days(const Channel& channel) const;
    /// The raw messages of a day, and what had to be mended to read them. Faults: of Zip, Invalid
    /// "imports.json_broken".
    struct Day {
        json::Value messages;
        Rescue rescue = Rescue::None;
    };
    Result<Day> day(const Zip::Entry& entry) const;
    /// Entries that no channel has: reported.
    std::vector<std::string> strangers() const;
    /// Name of the workspace when users say so: "T024BE7LD", else "workspace".
    const std::string& team() const { return team_; }

private:
    Result<json::Value> parsed(std::string_view name) const;
    explicit Archive(Zip zip) : zip_(std::move(zip)) {}
    Done read_channels(std::string_view file, bool closed, bool direct = false);
    Done read_people();

    Zip zip_;
    std::string root_;  ///< folder in which everything lies, with '/', or empty
    std::string team_ = "workspace";
    std::vector<Person> people_;
    std::vector<Channel> channels_;
};

}  // namespace torv::imports::slack
