#include <malloc.h>
#include <pthread.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <thread>

#include "app/app.hpp"
#include "app/command.hpp"
#include "platform/base/log.hpp"
#include "platform/json/json.hpp"

namespace torv::app {

namespace {

constexpr std::chrono::seconds kStopWithin{5};

/// The signals that end the server, held back from every thread so that only `wait` takes them.
class EndSignals {
public:
    EndSignals() {
        sigemptyset(&set_);
        sigaddset(&set_, SIGTERM);
        sigaddset(&set_, SIGINT);
        pthread_sigmask(SIG_BLOCK, &set_, nullptr);
        std::signal(SIGPIPE, SIG_IGN);
    }
    int wait() const {
        int signal = 0;
        sigwait(&set_, &signal);
        return signal;
    }

private:
    sigset_t set_;
};

/// A connection is an open file: ask for as many as the system lets us have.
void raise_file_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/// A worker that commits waits for the disk, and those that wait together share one sync: with four
/// of them 64 writers got 667 posts a second through, with 64 they got 1,128 (208 and 610 on
/// PostgreSQL; bench/run on a busy machine).
int workers_of(const config::Config& config) {
    if (config.workers > 0) return static_cast<int>(config.workers);
    return std::max(32, 8 * static_cast<int>(std::thread::hardware_concurrency()));
}

http::Options options_of(const config::Config& config) {
    return {
        .listen = config.listen,
        .workers = workers_of(config),
        .max_connections = static_cast<std::size_t>(config.max_connections),
        .max_connections_per_address = static_cast<std::size_t>(config.max_connections_per_address),
        .trusted_proxies = config.trusted_proxies,
        .spool_dir = config.tmp_dir()};
}

void announce(const Cli& cli, const http::Server& server, const std::string& owner_path) {
    const auto base = cli.config.base_url();
    const auto owner_link = owner_path.empty() ? std::string() : base + owner_path;
    if (cli.json) {
        json::Writer out;
        out.object().field("address", base).key("listen").array();
        for (const auto& address : server.addresses()) out.value(address);
        out.end();
        if (!owner_link.empty()) out.field("owner_link", owner_link);
        return cli.say(out.end().text());
    }
    cli.say("Torv answers at " + base);
    if (!owner_link.empty())
        cli.say("Open this to become the owner of the community: " + owner_link);
}

/// A page is written into one piece of memory of some 50 KB. Given back to the system after each
/// answer and taken again for the next, it costs more than writing the page.
void keep_freed_memory() {
    constexpr int kKept = 1 << 20;
    mallopt(M_MMAP_THRESHOLD, kKept);
    mallopt(M_TRIM_THRESHOLD, kKept);
}

int serve(Cli& cli) {
    keep_freed_memory();
    const EndSignals signals;
    raise_file_limit();
    App& app = cli.app(db::Role::Serve);
    http::Server server(
        options_of(cli.config), [&](const http::Request& head) { return app.body_plan(head); },
        [&](http::Request& request) { return app.answer(request); },
        [&](int status, const http::Request& head) { return app.refusal(status, head); },
        [&](const http::Request& request, http::Response& response) {
            return app.at_once(request, response);
        });
    app.start();
    server.start();
    for (const auto& address : server.addresses())
        log::info("server.started", {{"address", address}});
    announce(cli, server, app.first_owner_path());

    const int signal = signals.wait();
    log::info("server.stopping", {{"signal", signal}});
    app.not_ready();
    const bool all_returned = server.stop(kStopWithin);
    app.stop();
    log::info("server.stopped", {{"in_time", all_returned ? 1 : 0}});
    // A handler that still runs would hold the end of the process up; what it had committed is
    // safe.
    if (!all_returned) std::_Exit(0);
    return 0;
}

}  // namespace

extern const Command kServe;
const Command kServe{
    .name = "serve",
    .usage = "",
    .help = "Run the server. Needs nothing: the data folder is made when it is not there.",
    .options = {},
    .run = serve,
};

}  // namespace torv::app
