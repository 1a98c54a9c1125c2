#include "app/command.hpp"
#include "features/accounts/accounts.hpp"
#include "features/audit/audit.hpp"
#include "features/community/community.hpp"
#include "platform/json/json.hpp"
#include "platform/web/web.hpp"

namespace torv::app {

namespace {

std::optional<auth::Scope> scope_from(std::string_view name) {
    if (name == "read") return auth::Scope::Read;
    if (name == "write") return auth::Scope::Write;
    if (name == "admin") return auth::Scope::Admin;
    return std::nullopt;
}

struct Wish {
    std::string email;
    std::string name;
    auth::Scope scope;
    std::string scope_name;
};

Result<std::string> make_token(db::Tx& tx, const Wish& wish) {
    const std::string email = TRY(accounts::parse_email(wish.email));
    const auto account = accounts::by_email(tx, email);
    if (!account) return std::string();
    const auto place = community::by_default(tx);
    audit::record(tx, {.community = place ? place->id : CommunityId{},
                       .kind = "token.made",
                       .subject = {"account", account->id.value},
                       .after = audit::fact("scope", wish.scope_name)});
    return accounts::create_token(tx, account->id, wish.name, wish.scope);
}

int token_create(Cli& cli) {
    const std::string asked = cli.option("scope");
    const std::string scope_name = asked.empty() ? "write" : asked;
    const auto scope = scope_from(scope_name);
    if (cli.args.size() != 1 || !scope) return cli.usage();
    const Wish wish{.email = cli.args[0],
                    .name = cli.option("name").empty() ? "command line" : cli.option("name"),
                    .scope = *scope,
                    .scope_name = scope_name};
    const auto token = cli.db().write([&](db::Tx& tx) { return make_token(tx, wish); });
    if (!token) return cli.complain(token.error());
    if (token->empty()) return cli.complain("nobody has an account with the address " + wish.email);

    if (!cli.json) return cli.say(*token), 0;
    json::Writer out;
    cli.say(out.object().field("token", *token).end().text());
    return 0;
}

}  // namespace

extern const Command kTokenCreate;
/// `torv token create ada@example.org --scope read --data ./data`
const Command kTokenCreate{
    .name = "token create",
    .usage = "EMAIL",
    .help =
        "Print a token with which a program acts for this person in the API. It is shown this "
        "once.",
    .options = {{"scope", "read|write|admin", "What it may do; write, when not said."},
                {"name", "NAME", "What the person sees it called."}},
    .run = token_create,
};

}  // namespace torv::app
