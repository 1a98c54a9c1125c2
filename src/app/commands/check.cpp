#include "app/app.hpp"
#include "app/command.hpp"
#include "features/audit/audit.hpp"
#include "features/topics/topics.hpp"
#include "features/uploads/uploads.hpp"
#include "platform/files/files.hpp"
#include "platform/json/json.hpp"
#include "platform/web/web.hpp"

namespace torv::app {

namespace {

int check(Cli& cli) {
    auto wrong = cli.db().check();
    const auto& files = *cli.app().services().files;
    for (auto& problem : files.check()) wrong.push_back(std::move(problem));
    for (auto& problem : uploads::check(cli.db(), files)) wrong.push_back(std::move(problem));
    for (auto& problem : audit::check(cli.db())) wrong.push_back(std::move(problem));
    for (auto& problem : topics::check(cli.db())) wrong.push_back(std::move(problem));
    if (cli.json) {
        json::Writer out;
        out.object().field("ok", wrong.empty()).key("problems").array();
        for (const auto& problem : wrong) out.value(problem);
        cli.say(out.end().end().text());
    } else {
        for (const auto& problem : wrong) cli.say(problem);
        if (wrong.empty()) cli.say("Database and files are whole.");
    }
    return wrong.empty() ? 0 : 1;
}

}  // namespace

extern const Command kCheck;
/// `torv check --data ./data`
const Command kCheck{
    .name = "check",
    .usage = "",
    .help = "Read the whole database and every file, and say what is damaged.",
    .options = {},
    .run = check,
};

}  // namespace torv::app
