#include "app/command.hpp"
#include "app/importing.hpp"
#include "features/imports/imports.hpp"

namespace torv::app {

namespace {

int import_slack(Cli& cli) {
    if (cli.args.size() != 1 || cli.option("community").empty()) return cli.usage();
    const auto community = community_named(cli, cli.option("community"));
    if (!community) return cli.complain(community.error());
    imports::Options options{.trial = cli.has("dry-run")};
    if (!options.trial) note_import(cli, *community);
    const auto report = imports::import_slack(cli.db(), *community, cli.args[0], options);
    if (!report) return cli.complain(report.error());
    return tell_import(cli, *report, "messages");
}

}  // namespace

extern const Command kImportSlack;
/// `torv import slack archive.zip --data ./data --community "The Square"`: what Slack exported, as
/// the past of a community. Running it again changes nothing.
const Command kImportSlack{
    .name = "import slack",
    .usage = "FILE",
    .help = "Import a Slack export (a zip file) into a community.",
    .options = {{"community", "NAME", "Name or slug of the community; made when there is none"},
                {"dry-run", "", "Look at everything, change nothing"}},
    .run = import_slack,
};

}  // namespace torv::app
