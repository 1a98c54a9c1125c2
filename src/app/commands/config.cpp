#include "app/command.hpp"

/// `torv config …`: the settings as they are and as they can be. That they are right was checked
/// before a command runs.
namespace torv::app {

namespace {

std::string without_last_line_end(std::string text) {
    if (text.ends_with('\n')) text.pop_back();
    return text;
}

int print(Cli& cli) { return cli.say(without_last_line_end(config::print(cli.config))), 0; }
int check(Cli& cli) { return cli.say("The settings are right."), 0; }
int reference(Cli& cli) { return cli.say(without_last_line_end(config::reference_markdown())), 0; }
int sample(Cli& cli) { return cli.say(without_last_line_end(config::sample_file())), 0; }

}  // namespace

extern const Command kConfigPrint, kConfigCheck, kConfigReference, kConfigSample;

const Command kConfigPrint{
    .name = "config print",
    .usage = "",
    .help =
        "Print every setting as it would be used, from file, environment and flags. Secrets are "
        "not shown.",
    .options = {},
    .run = print,
};

const Command kConfigCheck{
    .name = "config check",
    .usage = "",
    .help = "Say what is wrong with the settings, without starting.",
    .options = {},
    .run = check,
};

const Command kConfigReference{
    .name = "config reference",
    .usage = "",
    .help = "Print docs/admin/configuration.md.",
    .options = {},
    .run = reference,
};

const Command kConfigSample{
    .name = "config sample",
    .usage = "",
    .help = "Print deploy/torv.toml: every setting, commented out.",
    .options = {},
    .run = sample,
};

}  // namespace torv::app
