#include "features/imports/slack_archive.hpp"

#include <algorithm>
#include <set>

#include "features/imports/slack_blocks.hpp"
#include "platform/base/text.hpp"

namespace torv::imports::slack {

namespace {

/// Slack writes numbers as numbers or as text, depending on the age of the export.
std::int64_t whole(const json::Value& value) {
    if (const auto number = value.integer()) return *number;
    if (const auto text = value.string())
        return parse_int<std::int64_t>(text->substr(0, text->find('.'))).value_or(0);
    return 0;
}

std::string ts_text(const json::Value& value) {
    if (const auto text = value.string()) return std::string(*text);
    if (const auto number = value.integer()) return std::to_string(*number) + ".000000";
    const auto number = value.number();
    if (!number || *number < 0 || *number > 32'503'680'000.0) return {};
    const auto micros = static_cast<std::int64_t>(*number * 1e6 + 0.5);
    const std::string fraction = std::to_string(1'000'000 + micros % 1'000'000).substr(1);
    return std::to_string(micros / 1'000'000) + "." + fraction;
}

std::string first_of(std::initializer_list<std::string_view> texts) {
    for (const auto text : texts)
        if (!trimmed(text).empty()) return std::string(trimmed(text));
    return {};
}

std::string member_string(const json::Value& value, std::string_view name) {
    return value[name].string_or("");
}

Person person_from(const json::Value& user) {
    const auto& profile = user["profile"];
    Person person{.id = member_string(user, "id"), .handle = member_string(user, "name")};
    person.name = first_of({member_string(profile, "real_name"), member_string(user, "real_name"),
                            member_string(profile, "display_name"), person.handle, person.id});
    person.title = member_string(profile, "title");
    person.bot = user["is_bot"].boolean().value_or(false);
    person.deleted = user["deleted"].boolean().value_or(false);
    return person;
}

Channel channel_from(const json::Value& value, bool closed) {
    closed = closed || value["is_private"].boolean().value_or(false);
    Channel channel{.id = member_string(value, "id"),
                    .name = member_string(value, "name"),
                    .creator = member_string(value, "creator"),
                    .closed = closed};
    channel.folder = channel.name.empty() ? channel.id : channel.name;
    channel.purpose = member_string(value["purpose"], "value");
    channel.topic = member_string(value["topic"], "value");
    channel.created_at = Instant{whole(value["created"]) * 1'000'000};
    channel.archived = value["is_archived"].boolean().value_or(false);
    for (const auto& member : value["members"].items())
        if (const auto id = member.string()) channel.members.emplace_back(*id);
    return channel;
}

File file_from(const json::Value& value) {
    return {
        .name = first_of({member_string(value, "name"), member_string(value, "title"),
                          member_string(value, "id")}),
        .url = first_of({member_string(value, "permalink_public"),
                         member_string(value, "permalink"), member_string(value, "url_private")})};
}

std::vector<Reaction> reactions_from(const json::Value& list) {
    std::vector<Reaction> reactions;
    for (const auto& value : list.items()) {
        Reaction reaction{.name = member_string(value, "name")};
        for (const auto& user : value["users"].items())
            if (const auto id = user.string()) reaction.users.emplace_back(*id);
        reactions.push_back(std::move(reaction));
    }
    return reactions;
}

/// What an old "file_share" or "file_comment" says besides "uploaded a file": the file itself is
/// named anyway.
std::string_view beside_file(std::string_view text, std::string_view after) {
    const auto at = text.find(after);
    return at == std::string_view::npos ? std::string_view{} : text.substr(at + after.size());
}

std::string text_of(const json::Value& value, std::string_view subtype) {
    const std::string text = member_string(value, "text");
    if (trimmed(text).empty()) return text_of_blocks(value["blocks"]);
    if (subtype == "file_comment") {
        const auto said =
            first_of({member_string(value["comment"], "comment"), beside_file(text, ">: ")});
        return said.empty() ? text : said;
    }
    const bool only_tells =
        text.starts_with("<@") && text.find(" uploaded a file: <") != std::string::npos;
    if (subtype == "file_share" && only_tells && value["file"].is_object())
        return first_of({member_string(value["file"]["initial_comment"], "comment"),
                         beside_file(text, " and commented: ")});
    return text;
}

/// A picture that Slack drew of a link in the text.
bool is_preview(const json::Value& attachment, const Message& message) {
    if (message.subtype == "bot_message" || trimmed(message.text).empty()) return false;
    for (const std::string_view field :
         {"from_url", "original_url", "service_name", "is_msg_unfurl", "is_app_unfurl", "image_url",
          "video_html"})
        if (!attachment[field].is_null()) return true;
    const std::string link = member_string(attachment, "title_link");
    return !link.empty() && message.text.find(link) != std::string::npos;
}

void read_attachments(Message& message, const json::Value& value) {
    for (const auto& attachment : value["attachments"].items()) {
        if (is_preview(attachment, message)) ++message.previews;
        else if (std::string text = text_of_attachment(attachment); !trimmed(text).empty())
            message.attached.push_back(std::move(text));
    }
}

}  // namespace

std::optional<Instant> parse_ts(std::string_view ts) {
    const auto dot = ts.find('.');
    const auto seconds = parse_int<std::int64_t>(ts.substr(0, dot));
    if (!seconds || *seconds <= 0 || *seconds > 32'503'680'000) return std::nullopt;
    if (dot == std::string_view::npos) return Instant{*seconds * 1'000'000};
    std::string fraction(ts.substr(dot + 1));
    fraction.resize(6, '0');
    const auto micros = parse_int<std::int64_t>(fraction);
    if (!micros || *micros < 0) return std::nullopt;
    return Instant{*seconds * 1'000'000 + *micros};
}

std::optional<Message> message_from(const json::Value& value) {
    Message message{.ts = ts_text(value["ts"])};
    const auto at = parse_ts(message.ts);
    if (!at) return std::nullopt;
    message.at = *at;
    message.subtype = member_string(value, "subtype");
    message.user = first_of({member_string(value, "user"), member_string(value["comment"], "user"),
                             member_string(value, "bot_id"), member_string(value["file"], "user")});
    message.bot_name =
        first_of({member_string(value, "username"), member_string(value["bot_profile"], "name")});
    message.text = text_of(value, message.subtype);
    const std::string thread = ts_text(value["thread_ts"]);
    if (thread != message.ts) message.thread = thread;
    if (const auto edited = parse_ts(ts_text(value["edited"]["ts"]))) message.edited_at = *edited;
    message.reactions = reactions_from(value["reactions"]);
    if (value["file"].is_object()) message.files.push_back(file_from(value["file"]));
    for (const auto& file : value["files"].items())
        if (file.is_object()) message.files.push_back(file_from(file));
    message.answered =
        value["reply_count"].integer().value_or(0) > 0 || !value["replies"].items().empty();
    read_attachments(message, value);
    return message;
}

Result<json::Value> Archive::parsed(std::string_view name) const {
    const auto* entry = zip_.find(root_ + std::string(name));
    if (!entry) return json::Value{};
    auto read = TRY(day(*entry));
    return std::move(read.messages);
}

Result<Archive::Day> Archive::day(const Zip::Entry& entry) const {
    std::string text = TRY(zip_.read(entry));
    Day day{.messages = {}, .rescue = rescue(text)};
    auto value = json::parse(text);
    if (!value || !value->is_array())
        return fail(Fault::Invalid, "imports.json_broken", "file", {{"file", entry.name}});
    day.messages = *std::move(value);
    return day;
}

Done Archive::read_channels(std::string_view file, bool closed, bool direct) {
    const auto list = TRY(parsed(file));
    for (const auto& value : list.items())
        if (value.is_object()) {
            channels_.push_back(channel_from(value, closed));
            channels_.back().direct = direct;
        }
    return Unit{};
}

Done Archive::read_people() {
    const auto list = TRY(parsed("users.json"));
    for (const auto& user : list.items()) {
        if (!user.is_object()) continue;
        people_.push_back(person_from(user));
        if (const auto team = user["team_id"].string(); team && team_ == "workspace") team_ = *team;
    }
    return Unit{};
}

Result<Archive> Archive::open(const std::filesystem::path& path) {
    Archive archive(TRY(Zip::open(path)));
    // Some people zip the folder, not what is in it.
    const auto& entries = archive.zip_.entries();
    const auto users = std::find_if(entries.begin(), entries.end(), [](const auto& entry) {
        return entry.name == "users.json" || entry.name.ends_with("/users.json");
    });
    if (users == entries.end()) return fail(Fault::Invalid, "imports.not_slack", "file");
    archive.root_ =
        users->name.substr(0, users->name.size() - std::string_view("users.json").size());
    TRY(archive.read_people());
    TRY(archive.read_channels("channels.json", false));
    TRY(archive.read_channels("groups.json", true));
    if (archive.channels_.empty()) return fail(Fault::Invalid, "imports.not_slack", "file");
    TRY(archive.read_channels("mpims.json", true, true));
    TRY(archive.read_channels("dms.json", true, true));
    return archive;
}

std::vector<const Zip::Entry*> Archive::days(const Channel& channel) const {
    std::vector<const Zip::Entry*> list;
    const std::string folder = root_ + channel.folder + "/";
    for (const auto& entry : zip_.entries())
        if (entry.name.starts_with(folder) && entry.name.ends_with(".json") &&
            entry.name.find('/', folder.size()) == std::string::npos)
            list.push_back(&entry);
    return list;
}

std::vector<std::string> Archive::strangers() const {
    std::set<std::string> known;
    for (const auto& channel : channels_) known.insert(channel.folder);
    std::vector<std::string> list;
    for (const auto& entry : zip_.entries()) {
        const auto inside =
            std::string_view(entry.name).substr(std::min(root_.size(), entry.name.size()));
        if (inside.empty() || inside.ends_with('/') || inside.starts_with("__MACOSX") ||
            inside == "users.json" || inside == "channels.json" || inside == "groups.json" ||
            inside == "mpims.json" || inside == "dms.json")
            continue;
        const auto slash = inside.find('/');
        if (slash == std::string_view::npos ||
            !known.contains(std::string(inside.substr(0, slash))) || !inside.ends_with(".json"))
            list.emplace_back(inside);
    }
    return list;
}

}  // namespace torv::imports::slack
