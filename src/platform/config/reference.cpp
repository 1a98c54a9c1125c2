#include "platform/base/text.hpp"
#include "platform/config/config.hpp"

/// What is written from the table: the settings as they are, the sample file, the documentation.
namespace torv::config {

namespace {

std::string toml_text(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

/// The value as TOML writes it.
std::string toml_value(const Setting& setting, const Config& config) {
    const auto text = setting.get(config);
    switch (setting.type) {
        case Type::Number: return text;
        case Type::List: {
            std::string list;
            for (const auto item : split(text, ','))
                if (!trimmed(item).empty())
                    list.append(list.empty() ? "" : ", ").append(toml_text(trimmed(item)));
            return "[" + list + "]";
        }
        case Type::Text:
        case Type::Bytes:
        case Type::Path:
        case Type::Url: return toml_text(text);
    }
    return {};
}

/// Comment lines of at most 90 characters.
std::string commented(std::string_view sentence) {
    constexpr std::size_t kWidth = 90;
    std::string out = "#";
    std::size_t column = 1;
    for (const auto word : split(sentence, ' ')) {
        if (column + 1 + word.size() > kWidth) {
            out += "\n#";
            column = 1;
        }
        out.append(" ").append(word);
        column += 1 + word.size();
    }
    return out + "\n";
}

}  // namespace

std::string_view type_name(Type type) {
    switch (type) {
        case Type::Text: return "text";
        case Type::List: return "list of texts";
        case Type::Number: return "number";
        case Type::Bytes: return "size";
        case Type::Path: return "path";
        case Type::Url: return "address";
    }
    return {};
}

std::string print(const Config& config) {
    std::string out;
    for (const Setting& setting : settings()) {
        const bool hidden = setting.secret && !setting.get(config).empty();
        out.append(setting.name)
            .append(" = ")
            .append(hidden ? "\"(set)\"" : toml_value(setting, config))
            .append("\n");
    }
    return out;
}

std::string sample_file() {
    std::string out =
        "# Torv runs without this file. Take away the # before what you want to change,\n"
        "# then start it with: torv serve --config torv.toml\n";
    const Config defaults;
    for (const Setting& setting : settings()) {
        out.append("\n").append(commented(setting.sentence));
        out.append("# Example: ").append(setting.example).append("\n");
        out.append("#")
            .append(setting.name)
            .append(" = ")
            .append(toml_value(setting, defaults))
            .append("\n");
    }
    return out;
}

std::string reference_markdown() {
    std::string out = R"(# Settings

Torv runs with none of these set. Give a setting in a file, in the environment or as a flag; a flag is stronger than the
environment, the environment is stronger than the file.

    torv serve --config torv.toml
    TORV_LISTEN=0.0.0.0:8080 torv serve
    torv serve --listen 0.0.0.0:8080

`deploy/torv.toml` is a file with every setting, ready to be changed. A name that does not exist stops the start and says
where it stands. Look before you start:

    torv config check --config torv.toml
    torv config print --config torv.toml

Sizes may be written as `64 MB` or `2 GB`. In the environment and in flags, write a list with commas.
)";
    const Config defaults;
    for (const Setting& setting : settings()) {
        const auto value = toml_value(setting, defaults);
        const bool empty = value == "\"\"" || value == "[]";
        out.append("\n## ")
            .append(setting.name)
            .append("\n\n")
            .append(setting.sentence)
            .append("\n\n");
        out.append("- In a file: `")
            .append(setting.name)
            .append(" = ")
            .append(setting.example)
            .append("`\n");
        out.append("- In the environment: `")
            .append(env_name(setting))
            .append("`; as a flag: `")
            .append(flag_name(setting))
            .append("`\n");
        out.append("- A ").append(type_name(setting.type));
        if (!setting.unit.empty()) out.append(" in ").append(setting.unit);
        out.append(empty ? "; not set by default" : "; by default `" + value + "`");
        out.append(setting.secret ? ". A secret: shown as `(set)` and never logged.\n" : ".\n");
    }
    return out;
}

std::string Config::database_or_file() const {
    return database.empty() ? (data / "torv.db").string() : database;
}

std::string Config::base_url() const {
    if (!public_url.empty()) return public_url;
    const std::string& first = listen.at(0);
    const auto colon = first.rfind(':');
    const auto host = first.substr(0, colon);
    const bool here = host == "0.0.0.0" || host == "127.0.0.1" || host == "[::]" || host == "[::1]";
    return "http://" + (here ? "localhost" : host) + first.substr(colon);
}

}  // namespace torv::config
