#include "app/importing.hpp"

#include "features/audit/audit.hpp"
#include "features/community/community.hpp"

namespace torv::app {

Result<CommunityId> community_named(Cli& cli, const std::string& name) {
    return cli.db().write([&](db::Tx& tx) -> Result<CommunityId> {
        if (const auto known = community::by_name(tx, name)) return known->id;
        return community::create(tx, {.name = name, .installation_address = cli.config.base_url()});
    });
}

void note_import(Cli& cli, CommunityId community) {
    cli.db().write([&](db::Tx& tx) {
        audit::record(tx, {.community = community,
                           .kind = "import.started",
                           .subject = {"community", community.value}});
    });
}

int tell_import(Cli& cli, const imports::Report& report, std::string_view rows) {
    if (cli.json) {
        cli.say(report.json());
        return 0;
    }
    cli.say(std::to_string(report.done) + " of " + std::to_string(report.total) + " " +
            std::string(rows));
    for (const auto& [what, count] : report.messages)
        cli.say("  " + what + ": " + std::to_string(count));
    for (const auto& [what, count] : report.things) cli.say(what + ": " + std::to_string(count));
    for (const auto& oddity : report.oddities)
        cli.note(oddity.what + ": " + oddity.detail + " (" + oddity.where + ")");
    if (report.oddities_left_out > 0)
        cli.note("and " + std::to_string(report.oddities_left_out) + " more");
    return report.done == report.total ? 0 : 1;
}

}  // namespace torv::app
