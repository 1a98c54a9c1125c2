#include "app/command.hpp"
#include "app/importing.hpp"
#include "features/stackexchange/stackexchange.hpp"

namespace torv::app {

namespace {

int import_stackexchange(Cli& cli) {
    const bool complete =
        cli.args.size() == 1 && !cli.option("community").empty() && !cli.option("space").empty();
    if (!complete) return cli.usage();
    const auto community = community_named(cli, cli.option("community"));
    if (!community) return cli.complain(community.error());
    const stackexchange::Options options{
        .space = cli.option("space"), .users = cli.option("users"), .trial = cli.has("dry-run")};
    if (!options.trial) note_import(cli, *community);
    const auto report = stackexchange::import_posts(cli.db(), *community, cli.args[0], options);
    if (!report) return cli.complain(report.error());
    return tell_import(cli, *report, "rows");
}

}  // namespace

extern const Command kImportStackExchange;
/// `torv import stackexchange Posts.xml.gz --data ./data --community "The Square" --space coffee`:
/// the questions of a site as the past of a space. Running it again changes nothing.
const Command kImportStackExchange{
    .name = "import stackexchange",
    .usage = "FILE",
    .help = "Import the questions and answers of a Stack Exchange dump (Posts.xml, also as .gz).",
    .options = {{"community", "NAME", "Name or slug of the community; made when there is none"},
                {"space", "NAME", "Space of questions; made, for members, when there is none"},
                {"users", "FILE", "Users.xml of the same dump: the names of people"},
                {"dry-run", "", "Look at everything, change nothing"}},
    .run = import_stackexchange,
};

}  // namespace torv::app
