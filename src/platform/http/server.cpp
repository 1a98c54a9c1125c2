#include <sys/resource.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <stdexcept>

#include "platform/base/log.hpp"
#include "platform/base/text.hpp"
#include "platform/http/open_line.hpp"

namespace torv::http {

namespace {

using namespace std::chrono_literals;

constexpr auto kSweepEvery = 250ms;
constexpr auto kAcceptPause = 50ms;           ///< when the process has no descriptor left
constexpr std::size_t kOwnDescriptors = 128;  ///< for the database, files and the log
constexpr std::size_t kEvictionSlack =
    64;  ///< connections over the limit while others are being ended

Address to_address(const asio::ip::address& from) {
    if (from.is_v6()) return from.to_v6().to_bytes();
    return asio::ip::make_address_v6(asio::ip::v4_mapped, from.to_v4()).to_bytes();
}

tcp::endpoint to_endpoint(const std::string& listen) {
    const auto colon = listen.rfind(':');
    const auto port = colon == listen.npos
                          ? std::nullopt
                          : parse_int<std::uint16_t>(std::string_view(listen).substr(colon + 1));
    const auto host = listen.substr(0, colon);
    const auto address = parse_address(host == "localhost" ? "127.0.0.1" : host);
    if (!port || !address) throw std::runtime_error("not an address to listen on: " + listen);
    const auto text = address_text(*address);
    return {asio::ip::make_address(text), *port};
}

std::string endpoint_text(const tcp::endpoint& endpoint) {
    const auto host = endpoint.address().to_string();
    const auto port = ":" + std::to_string(endpoint.port());
    return endpoint.address().is_v6() ? "[" + host + "]" + port : host + port;
}

void sweep(Loop& loop) {
    loop.sweep_timer.expires_after(kSweepEvery);
    loop.sweep_timer.async_wait([&loop](const boost::system::error_code& error) {
        if (error) return;
        const auto now = SteadyClock::now();
        boost::system::error_code ignored;
        for (Watched* one : loop.watched) {
            // Beast's teardown would wait on after a mere cancel.
            if (now >= one->ends_by) one->socket->close(ignored);
            else if (now >= one->deadline) one->socket->cancel(ignored);
        }
        sweep(loop);
    });
}

/// Ends the connection that has kept its place longest without a request, for a new one.
void evict(Loop& loop) {
    Watched* longest = nullptr;
    for (Watched* one : loop.watched)
        if ((one->idle || one->in_head) &&
            (!longest || one->waiting_since < longest->waiting_since))
            longest = one;
    if (!longest) return;
    longest->evicted = true;
    longest->waiting_since = SteadyClock::time_point::max();
    boost::system::error_code ignored;
    longest->socket->cancel(ignored);
}

void remove_leftovers(const std::filesystem::path& directory) {
    if (directory.empty()) return;
    std::filesystem::create_directories(directory);
    for (const auto& entry : std::filesystem::directory_iterator(directory))
        if (entry.path().filename().string().starts_with("body-"))
            std::filesystem::remove(entry.path());
}

std::size_t possible_connections(std::size_t wanted) {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return wanted;
    const auto descriptors = static_cast<std::size_t>(limit.rlim_cur);
    return std::min(wanted, descriptors > 2 * kOwnDescriptors ? descriptors - kOwnDescriptors
                                                              : descriptors / 2);
}

}  // namespace

struct Server::Impl {
    Edge edge;
    std::vector<std::unique_ptr<Loop>> loops;
    std::vector<std::unique_ptr<Acceptor>> acceptors;
    std::vector<asio::executor_work_guard<Exec>> guards;
    std::vector<std::string> addresses;
    std::size_t next = 0;
    bool started = false;

    Loop& next_loop() { return *loops[next++ % loops.size()]; }
    void open(const std::string& listen);
    bool admit(const Address& peer, bool& counted);
    Task<> accept(Acceptor* acceptor);
    void wait_for_end(SteadyClock::time_point deadline);
};

void Server::Impl::open(const std::string& listen) {
    const auto endpoint = to_endpoint(listen);
    auto acceptor = std::make_unique<Acceptor>(loops[0]->io);
    try {
        acceptor->open(endpoint.protocol());
        acceptor->set_option(tcp::acceptor::reuse_address(true));
        if (endpoint.address().is_v6()) acceptor->set_option(asio::ip::v6_only(true));
        acceptor->bind(endpoint);
        acceptor->listen(4096);
    } catch (const boost::system::system_error& error) {
        throw std::runtime_error("cannot listen on " + listen + ": " + error.code().message());
    }
    addresses.push_back(endpoint_text(acceptor->local_endpoint()));
    acceptors.push_back(std::move(acceptor));
}

bool Server::Impl::admit(const Address& peer, bool& counted) {
    const auto limit = edge.options.max_connections;
    if (edge.connections >= limit + kEvictionSlack) return false;
    if (edge.connections >= limit)
        for (auto& loop : loops) asio::post(loop->io, [loop = loop.get()] { evict(*loop); });

    counted = !is_loopback(peer) && !edge.trusted.contain(peer);
    if (!counted) return true;
    return edge.households.add(household(peer), edge.options.max_connections_per_address);
}

Task<> Server::Impl::accept(Acceptor* acceptor) {
    Timer pause(loops[0]->io);
    while (acceptor->is_open()) {
        Loop& loop = next_loop();
        Socket socket(loop.io);
        const auto [error] = co_await acceptor->async_accept(socket, tok);
        if (error == asio::error::operation_aborted) co_return;
        if (error) {
            log::warning("http.accept_failed", {{"what", error.message()}});
            pause.expires_after(kAcceptPause);
            co_await pause.async_wait(tok);
            continue;
        }
        boost::system::error_code gone;
        const auto peer = to_address(socket.remote_endpoint(gone).address());
        bool counted = false;
        if (gone || !admit(peer, counted)) continue;
        socket.set_option(tcp::no_delay(true), gone);
        ++edge.connections;
        asio::post(loop.io, [&loop, peer, counted, socket = std::move(socket)]() mutable {
            serve(loop, std::move(socket), peer, counted);
        });
    }
}

void Server::Impl::wait_for_end(SteadyClock::time_point deadline) {
    std::unique_lock lock(edge.ended_mutex);
    edge.ended.wait_until(lock, deadline, [this] { return edge.connections == 0; });
}

Server::Server(Options options, Plan plan, Handler handler, Refusal refusal, Instant instant)
    : impl_(std::make_unique<Impl>()) {
    Edge& edge = impl_->edge;
    edge.trusted = Networks(options.trusted_proxies);
    options.max_connections = possible_connections(options.max_connections);
    edge.options = std::move(options);
    edge.plan = std::move(plan);
    edge.handler = std::move(handler);
    edge.refusal = std::move(refusal);
    edge.instant = std::move(instant);
}

Server::~Server() {
    stop();
    impl_->edge.pool.reset();  // a handler that still runs comes back to its loop
}

void Server::start() {
    Edge& edge = impl_->edge;
    const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    remove_leftovers(edge.options.spool_dir);
    const int threads = edge.options.io_threads > 0 ? edge.options.io_threads : cores;
    for (int i = 0; i < threads; ++i) impl_->loops.push_back(std::make_unique<Loop>(edge));
    for (const std::string& listen : edge.options.listen) impl_->open(listen);

    const int workers = edge.options.workers > 0 ? edge.options.workers : std::max(4, 2 * cores);
    edge.pool = std::make_unique<Pool>(workers, edge.options.max_waiting);
    for (auto& acceptor : impl_->acceptors)
        asio::co_spawn(impl_->loops[0]->io, impl_->accept(acceptor.get()), asio::detached);
    for (auto& loop : impl_->loops) {
        impl_->guards.emplace_back(loop->io.get_executor());
        sweep(*loop);
        loop->thread = std::thread([loop = loop.get()] { loop->io.run(); });
    }
    impl_->started = true;
}

bool Server::stop(std::chrono::milliseconds deadline) {
    if (!impl_->started) return true;
    impl_->started = false;
    const auto end = SteadyClock::now() + deadline;
    asio::post(impl_->loops[0]->io, [this] {
        for (auto& acceptor : impl_->acceptors) acceptor->close();
    });
    for (auto& loop : impl_->loops)
        asio::post(loop->io, [loop = loop.get()] {
            loop->stopping = true;
            boost::system::error_code ignored;
            for (Watched* one : loop->watched)
                if (one->line) one->line->shut(Close::GoingAway);
                else if (one->idle || one->in_head) one->socket->cancel(ignored);
        });
    impl_->wait_for_end(end);
    for (auto& loop : impl_->loops) loop->io.stop();
    for (auto& loop : impl_->loops) loop->thread.join();
    // Only now: what waits in the pool holds connections, which belong to the loops' threads.
    return impl_->edge.pool->drain(std::max(end, SteadyClock::now() + 10ms));
}

std::vector<std::string> Server::addresses() const { return impl_->addresses; }

Counters Server::counters() const {
    const Edge& edge = impl_->edge;
    return {.requests = edge.requests,
            .refused = edge.refused,
            .connections = edge.connections,
            .lines = edge.open_lines};
}

}  // namespace torv::http
