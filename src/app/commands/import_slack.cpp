#include "app/command.hpp"
#include "features/audit/audit.hpp"
#include "features/community/community.hpp"
#include "features/imports/imports.hpp"

namespace torv::app {

namespace {

/// The community of that name; made when there is none.
Result<CommunityId> community_named(Cli& cli, const std::string& name) {
    return cli.db().write([&](db::Tx& tx) -> Result<CommunityId> {
        if (const auto known = community::by_name(tx, name)) return known->id;
        return community::create(tx, {.name = name, .installation_address = cli.config.base_url()});
    });
}

/// By nobody who is known: whoever has the machine in hand.
void note_import(Cli& cli, CommunityId community) {
    cli.db().write([&](db::Tx& tx) {
        audit::record(tx, {.community = community,
                           .kind = "import.started",
                           .subject = {"community", community.value}});
    });
}

int import_slack(Cli& cli) {
    if (cli.args.size() != 1 || cli.option("community").empty()) return cli.usage();
    const auto community = community_named(cli, cli.option("community"));
    if (!community) return cli.complain(community.error());
    imports::Options options{.trial = cli.has("dry-run")};
    if (!options.trial) note_import(cli, *community);
    const auto report = imports::import_slack(cli.db(), *community, cli.args[0], options);
    if (!report) return cli.complain(report.error());
    if (cli.json) {
        cli.say(report->json());
        return 0;
    }
    cli.say(std::to_string(report->done) + " of " + std::to_string(report->total) + " messages");
    for (const auto& [what, count] : report->messages)
        cli.say("  " + what + ": " + std::to_string(count));
    for (const auto& [what, count] : report->things) cli.say(what + ": " + std::to_string(count));
    for (const auto& oddity : report->oddities)
        cli.note(oddity.what + ": " + oddity.detail + " (" + oddity.where + ")");
    if (report->oddities_left_out > 0)
        cli.note("and " + std::to_string(report->oddities_left_out) + " more");
    return report->done == report->total ? 0 : 1;
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
