#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/command.hpp"
#include "platform/base/log.hpp"
#include "platform/base/text.hpp"

namespace torv::app {

namespace {

constexpr int kMisused = 2;

/// What was typed for one command.
struct Typed {
    const Command* command = nullptr;
    CLI::App* parser = nullptr;
    std::vector<std::string> args;
    std::map<std::string, std::string> options;
    std::map<std::string, bool> flags;
    std::map<std::string, std::string> settings;
    std::string file;
    bool json = false;
};

/// "member sign-in-link" → the parser of sign-in-link below that of member.
CLI::App* parser_for(CLI::App& root, const Command& command) {
    CLI::App* parser = &root;
    for (const auto word : split(command.name, ' ')) {
        const auto below =
            parser->get_subcommands([&](const CLI::App* one) { return one->get_name() == word; });
        if (below.empty()) parser->require_subcommand(1);
        parser = below.empty() ? parser->add_subcommand(std::string(word)) : below[0];
    }
    parser->description(std::string(command.help));
    return parser;
}

void add_options(Typed& typed) {
    CLI::App& parser = *typed.parser;
    if (!typed.command->usage.empty())
        parser.add_option("arguments", typed.args, std::string(typed.command->usage))
            ->type_name("");
    for (const Option& option : typed.command->options) {
        const std::string name(option.name);
        const auto help = std::string(option.help);
        if (option.value.empty()) parser.add_flag("--" + name, typed.flags[name], help);
        else
            parser.add_option("--" + name, typed.options[name], help)
                ->type_name(std::string(option.value));
    }
    parser.add_flag("--json", typed.json, "Write the result as JSON.");
    parser.add_option("--config", typed.file, "Read settings from this file.")
        ->type_name("FILE")
        ->group("Settings");
    for (const config::Setting& setting : config::settings())
        parser
            .add_option(config::flag_name(setting), typed.settings[std::string(setting.name)],
                        std::string(setting.sentence))
            ->type_name("")
            ->group("Settings");
}

/// Only what was given on the command line.
template <class Map>
void drop_untyped(const CLI::App& parser, Map& values,
                  const std::function<std::string(const std::string&)>& flag) {
    std::erase_if(values, [&](const auto& entry) { return parser.count(flag(entry.first)) == 0; });
}

config::Sources sources_of(Typed& typed) {
    drop_untyped(*typed.parser, typed.settings,
                 [](const auto& name) { return config::flag_name(*config::find(name)); });
    config::Sources sources{.environment = config::environment(), .flags = typed.settings};
    const char* from_environment = std::getenv("TORV_CONFIG");
    if (!typed.file.empty()) sources.file = typed.file;
    else if (from_environment) sources.file = from_environment;
    return sources;
}

int run_command(Typed& typed) {
    auto config = config::load(sources_of(typed));
    if (!config) {
        for (const auto& problem : config.error()) std::fprintf(stderr, "%s\n", problem.c_str());
        return kMisused;
    }
    Cli cli(*typed.command, std::move(*config));
    cli.args = std::move(typed.args);
    cli.json = typed.json;
    drop_untyped(*typed.parser, typed.options, [](const auto& name) { return "--" + name; });
    cli.options = std::move(typed.options);
    for (const auto& [name, given] : typed.flags)
        if (given) cli.options.emplace(name, "");
    try {
        return typed.command->run(cli);
    } catch (const std::exception& error) {
        log::error("command.failed", {{"command", typed.command->name}, {"what", error.what()}});
        return cli.complain(error.what());
    }
}

}  // namespace

int run(int argc, const char* const* argv, std::string_view version) {
    CLI::App root("Torv: a place for a community to talk.", "torv");
    root.set_version_flag("--version", "torv " + std::string(version));
    std::vector<std::unique_ptr<Typed>> all;
    for (const Command* command : commands()) {
        auto typed = std::make_unique<Typed>();
        typed->command = command;
        typed->parser = parser_for(root, *command);
        add_options(*typed);
        all.push_back(std::move(typed));
    }
    try {
        root.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return root.exit(error) == 0 ? 0 : kMisused;
    }
    for (auto& typed : all)
        if (typed->parser->parsed()) return run_command(*typed);
    std::fputs(root.help().c_str(), stderr);
    return kMisused;
}

}  // namespace torv::app
