#include "platform/db/postgres_bus.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <chrono>
#include <random>

#include "platform/base/log.hpp"

namespace torv::db {
namespace {

using namespace std::chrono_literals;

constexpr auto kCoalesce = 10ms;
constexpr int kReconnectMs = 1000;
constexpr std::size_t kShoutsMax = 500;

std::string random_mark() {
    std::random_device device;
    return std::to_string((std::uint64_t{device()} << 32) | device());
}

}  // namespace

PostgresBus::PostgresBus(std::string address, Bus& local)
    : address_(std::move(address)),
      self_(random_mark()),
      local_(local),
      bell_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

PostgresBus::~PostgresBus() {
    state_.lock()->stopping = true;
    ring();
    if (thread_.joinable()) thread_.join();
    ::close(bell_);
}

void PostgresBus::listen() { start(); }

void PostgresBus::tell(std::string_view channel) {
    state_.lock()->pending.emplace(channel);
    start();
    ring();
}

void PostgresBus::shout(std::string_view channel, std::string_view text) {
    {
        auto state = state_.lock();
        if (state->shouts.size() >= kShoutsMax) state->shouts.pop_front();
        state->shouts.push_back(std::string(channel) + " " + std::string(text));
    }
    start();
    ring();
}

void PostgresBus::start() {
    auto state = state_.lock();
    if (state->started) return;
    state->started = true;
    thread_ = std::thread([this] { loop(); });
}

void PostgresBus::ring() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(bell_, &one, sizeof one);
}

void PostgresBus::loop() {
    while (true) {
        try {
            PostgresConnection connection(address_);
            // A NOTIFY is a commit of its own, and a hint need not wait for the disk.
            connection.script("SET synchronous_commit = off; LISTEN torv");
            for (const std::string& channel : state_.lock()->seen)
                local_.wake(channel);  // what was missed
            serve(connection);
            return;
        } catch (const std::exception& e) {
            log::warning("db.bus_lost", {{"what", e.what()}});
            state_.lock()->shouts.clear();  // nobody wants to hear them later
        }
        if (state_.lock()->stopping) return;
        wait(-1, kReconnectMs);
    }
}

void PostgresBus::serve(PostgresConnection& connection) {
    while (true) {
        const bool stopping = state_.lock()->stopping;
        send_pending(connection);
        if (stopping) return;
        connection.notifications([this](std::string_view payload) { heard(payload); });
        wait(connection.socket(), -1);
        std::uint64_t rings = 0;
        if (::read(bell_, &rings, sizeof rings) > 0) std::this_thread::sleep_for(kCoalesce);
    }
}

void PostgresBus::send_pending(PostgresConnection& connection) {
    std::set<std::string, std::less<>> channels;
    std::deque<std::string> shouts;
    {
        auto state = state_.lock();
        channels.swap(state->pending);
        shouts.swap(state->shouts);
    }
    const auto notify = [&](const std::string& payload) {
        const Param params[] = {std::string_view(payload)};
        connection.execute("SELECT pg_notify('torv', $1)", params);
    };
    for (const std::string& channel : channels) notify(self_ + " " + channel);
    for (const std::string& shout : shouts) notify(self_ + " !" + shout);
}

void PostgresBus::wait(int socket, int timeout_ms) {
    pollfd waiting[] = {{bell_, POLLIN, 0}, {socket, POLLIN, 0}};
    ::poll(waiting, socket < 0 ? 1 : 2, timeout_ms);
}

void PostgresBus::heard(std::string_view payload) {
    const std::size_t space = payload.find(' ');
    if (space == std::string_view::npos || payload.substr(0, space) == self_) return;
    const std::string_view channel = payload.substr(space + 1);
    if (channel.starts_with('!')) {
        const std::size_t text = std::min(channel.find(' '), channel.size() - 1) + 1;
        return local_.heard(channel.substr(1, text - 2), channel.substr(text));
    }
    state_.lock()->seen.emplace(channel);
    local_.wake(channel);
}

}  // namespace torv::db
