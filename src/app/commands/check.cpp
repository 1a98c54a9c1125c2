#include "app/command.hpp"
#include "platform/json/json.hpp"

namespace torv::app {

namespace {

int check(Cli& cli) {
    auto wrong = cli.db().check();
    if (cli.json) {
        json::Writer out;
        out.object().field("ok", wrong.empty()).key("problems").array();
        for (const auto& problem : wrong) out.value(problem);
        cli.say(out.end().end().text());
    } else {
        for (const auto& problem : wrong) cli.say(problem);
        if (wrong.empty()) cli.say("The database is whole.");
    }
    return wrong.empty() ? 0 : 1;
}

}  // namespace

extern const Command kCheck;
/// `torv check --data ./data`
const Command kCheck{
    .name = "check",
    .usage = "",
    .help = "Read the whole database and say what is damaged.",
    .options = {},
    .run = check,
};

}  // namespace torv::app
