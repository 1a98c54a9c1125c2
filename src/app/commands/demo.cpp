#include "features/demo/demo.hpp"
#include "app/command.hpp"
#include "features/accounts/accounts.hpp"
#include "platform/json/json.hpp"

namespace torv::app {

namespace {

struct Link {
    const demo::Guide& guide;
    std::string url;
};

std::vector<Link> links(Cli& cli, const demo::Made& made) {
    return cli.db().write([&](db::Tx& tx) {
        std::vector<Link> list;
        for (const auto& guide : made.guides)
            list.push_back(
                {guide, cli.config.base_url() + accounts::make_sign_in_link(tx, guide.account)});
        return list;
    });
}

int demo_town(Cli& cli) {
    if (!cli.args.empty()) return cli.usage();
    const auto made = demo::make(cli.db(), cli.config.base_url());
    if (!made) return cli.complain(made.error());
    if (cli.json) {
        json::Writer w;
        w.object()
            .field("people", made->people)
            .field("topics", made->topics)
            .field("posts", made->posts)
            .key("sign_in")
            .array();
        for (const auto& link : links(cli, *made))
            w.object()
                .field("role", link.guide.role)
                .field("email", link.guide.email)
                .field("url", link.url)
                .end();
        cli.say(w.end().end().take());
        return 0;
    }
    cli.say(std::string(made->fresh ? "Torvegade is there" : "Torvegade was there already") + ": " +
            std::to_string(made->people) + " people, " + std::to_string(made->topics) +
            " topics, " + std::to_string(made->posts) + " posts.");
    cli.say("Sign in, once for each link, within 15 minutes. More: torv member sign-in-link EMAIL");
    for (const auto& link : links(cli, *made))
        cli.say("  " + link.guide.role + ": " + link.guide.email + "  " + link.url);
    return 0;
}

}  // namespace

extern const Command kDemo;
/// `torv demo --data ./data`: a town with people and talk, to look at. A second run changes nothing
/// and prints new links.
const Command kDemo{
    .name = "demo",
    .usage = "",
    .help = "Make the demo town Torvegade, and print how to sign in.",
    .options = {},
    .run = demo_town,
};

}  // namespace torv::app
