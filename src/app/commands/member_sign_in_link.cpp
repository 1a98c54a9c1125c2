#include "app/command.hpp"
#include "features/accounts/accounts.hpp"
#include "features/audit/audit.hpp"
#include "features/community/community.hpp"
#include "platform/json/json.hpp"
#include "platform/web/web.hpp"

namespace torv::app {

namespace {

Result<std::string> make_link(db::Tx& tx, std::string_view typed) {
    const std::string email = TRY(accounts::parse_email(typed));
    const auto account = accounts::by_email(tx, email);
    if (!account) return std::string();
    const auto place = community::by_default(tx);
    audit::record(tx, {.community = place ? place->id : CommunityId{},
                       .kind = "sign_in.link_made",
                       .subject = {"account", account->id.value}});
    return accounts::make_sign_in_link(tx, account->id);
}

int member_sign_in_link(Cli& cli) {
    if (cli.args.size() != 1) return cli.usage();
    const std::string& email = cli.args[0];
    const auto path = cli.db().write([&](db::Tx& tx) { return make_link(tx, email); });
    if (!path) return cli.complain(path.error());
    if (path->empty()) return cli.complain("nobody has an account with the address " + email);

    const auto link = cli.config.base_url() + *path;
    if (!cli.json) return cli.say(link), 0;
    json::Writer out;
    cli.say(out.object().field("link", link).end().text());
    return 0;
}

}  // namespace

extern const Command kMemberSignInLink;
/// `torv member sign-in-link ada@example.org --data ./data`: for owners whose mail is broken, and
/// for tests.
const Command kMemberSignInLink{
    .name = "member sign-in-link",
    .usage = "EMAIL",
    .help = "Print a link with which this person signs in once, within 15 minutes.",
    .options = {},
    .run = member_sign_in_link,
};

}  // namespace torv::app
