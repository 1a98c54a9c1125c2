#include "app/app.hpp"
#include "app/command.hpp"
#include "platform/json/json.hpp"
#include "platform/web/web.hpp"

namespace torv::app {

namespace {

std::string_view access_name(web::Access access) {
    switch (access) {
        case web::Access::Anyone: return "anyone";
        case web::Access::Account: return "account";
        case web::Access::Member: return "member";
        case web::Access::Moderator: return "moderator";
        case web::Access::Admin: return "admin";
        case web::Access::Owner: return "owner";
    }
    return {};
}

std::string padded(std::string_view text, std::size_t width) {
    std::string out(text);
    out.resize(std::max(width, out.size() + 1), ' ');
    return out;
}

int routes(Cli& cli) {
    const web::Routes table = all_routes();
    if (cli.json) {
        json::Writer out;
        out.array();
        for (const auto& route : table.all())
            out.object()
                .field("method", route->method)
                .field("pattern", route->pattern)
                .field("access", access_name(route->access))
                .end();
        cli.say(out.end().text());
        return 0;
    }
    for (const auto& route : table.all())
        cli.say(padded(route->method, 8) + padded(access_name(route->access), 11) +
                std::string(route->pattern));
    return 0;
}

}  // namespace

extern const Command kRoutes;
/// `torv routes`: the whole table, for review and for finding one's way.
const Command kRoutes{
    .name = "routes",
    .usage = "",
    .help = "Print every route: method, who may use it, pattern.",
    .options = {},
    .run = routes,
};

}  // namespace torv::app
