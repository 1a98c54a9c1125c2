#include <unistd.h>

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include "platform/base/text.hpp"
#include "platform/config/config.hpp"

namespace torv::config {

namespace {

constexpr std::string_view kPrefix = "TORV_";
constexpr std::string_view kTestPrefix = "TORV_TEST_";
constexpr std::string_view kFileVariable = "TORV_CONFIG";

/// Reads sources one after the other into a Config and keeps what is wrong.
class Loader {
public:
    void read_file(const std::filesystem::path& path);
    void read_environment(const std::map<std::string, std::string>& environment);
    void read_flags(const std::map<std::string, std::string>& flags);

    Config config;
    Problems problems;

private:
    void take(std::string_view name, std::string_view text, const std::string& place);
    void take_node(std::string_view name, const toml::node& node, const std::string& place);
};

std::string did_you_mean(std::string_view near) {
    return near.empty() ? std::string() : "; did you mean '" + std::string(near) + "'?";
}

void Loader::take(std::string_view name, std::string_view text, const std::string& place) {
    const Setting* setting = find(name);
    if (!setting) {
        problems.push_back(place + ": unknown setting '" + std::string(name) + "'" +
                           did_you_mean(nearest(name)));
        return;
    }
    const auto wrong = setting->set(config, trimmed(text));
    // The value itself is not repeated: it may be a secret.
    if (!wrong.empty()) problems.push_back(place + ": '" + std::string(name) + "' " + wrong);
}

void Loader::take_node(std::string_view name, const toml::node& node, const std::string& place) {
    if (!find(name)) return take(name, {}, place);
    if (const auto* list = node.as_array()) {
        std::string joined;
        for (const auto& item : *list) {
            if (!item.is_string()) {
                problems.push_back(place + ": '" + std::string(name) + "' must be a list of texts");
                return;
            }
            joined.append(joined.empty() ? "" : ",").append(*item.value<std::string>());
        }
        return take(name, joined, place);
    }
    if (const auto* number = node.as_integer())
        return take(name, std::to_string(number->get()), place);
    if (const auto* text = node.as_string()) return take(name, text->get(), place);
    problems.push_back(place + ": '" + std::string(name) +
                       "' must be a text, a number or a list of texts");
}

void Loader::read_file(const std::filesystem::path& path) {
    if (::access(path.c_str(), R_OK) != 0) {
        problems.push_back(path.string() + ": cannot be read");
        return;
    }
    const auto parsed = toml::parse_file(path.string());
    if (!parsed) {
        const auto& error = parsed.error();
        problems.push_back(path.string() + ":" + std::to_string(error.source().begin.line) + ": " +
                           std::string(error.description()));
        return;
    }
    for (const auto& [key, node] : parsed.table())
        take_node(key.str(), node, path.string() + ":" + std::to_string(key.source().begin.line));
}

void Loader::read_environment(const std::map<std::string, std::string>& environment) {
    for (const auto& [variable, text] : environment) {
        const auto name = ascii_lower(std::string_view(variable).substr(kPrefix.size()));
        const Setting* setting = find(name);
        if (setting) {
            take(name, text, variable);
        } else {
            const Setting* near = find(nearest(name));
            problems.push_back("environment: unknown setting " + variable +
                               (near ? "; did you mean " + env_name(*near) + "?" : ""));
        }
    }
}

void Loader::read_flags(const std::map<std::string, std::string>& flags) {
    for (const auto& [name, text] : flags) {
        const Setting* setting = find(name);
        take(name, text, setting ? flag_name(*setting) : "--" + name);
    }
}

}  // namespace

std::map<std::string, std::string> environment() {
    std::map<std::string, std::string> found;
    for (char** entry = environ; *entry; ++entry) {
        const std::string_view text(*entry);
        const auto equals = text.find('=');
        const auto name = text.substr(0, equals);
        if (equals == text.npos || !name.starts_with(kPrefix)) continue;
        if (name.starts_with(kTestPrefix) || name == kFileVariable) continue;
        found.emplace(name, text.substr(equals + 1));
    }
    return found;
}

std::expected<Config, Problems> load(const Sources& sources) {
    Loader loader;
    if (sources.file) loader.read_file(*sources.file);
    loader.read_environment(sources.environment);
    loader.read_flags(sources.flags);
    if (!loader.problems.empty()) return std::unexpected(std::move(loader.problems));
    return std::move(loader.config);
}

}  // namespace torv::config
