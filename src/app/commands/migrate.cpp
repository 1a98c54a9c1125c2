#include "app/command.hpp"
#include "platform/json/json.hpp"

namespace torv::app {

namespace {

int migrate(Cli& cli) {
    cli.db();
    if (cli.json) {
        json::Writer out;
        out.object().key("applied").array();
        for (const auto& name : cli.migrated()) out.value(name);
        cli.say(out.end().end().text());
        return 0;
    }
    for (const auto& name : cli.migrated()) cli.say(name);
    cli.note(cli.migrated().empty() ? "The database was up to date."
                                    : "The database is up to date now.");
    return 0;
}

}  // namespace

extern const Command kMigrate;
/// `torv migrate --data ./data`: what `torv serve` does by itself, for those who want to do it at a
/// time of their own.
const Command kMigrate{
    .name = "migrate",
    .usage = "",
    .help =
        "Bring the database to this version's form, after a copy on SQLite. `torv serve` does it "
        "too.",
    .options = {},
    .run = migrate,
};

}  // namespace torv::app
