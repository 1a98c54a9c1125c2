#pragma once

#include <deque>
#include <memory>
#include <set>
#include <string>
#include <thread>

#include "platform/base/guarded.hpp"
#include "platform/db/bus.hpp"
#include "platform/db/postgres_connection.hpp"

namespace torv::db {

/// Tells other nodes to look, and hears from them, by NOTIFY on a connection of its own. What is
/// told in quick succession is told once. When it is cut off, consumers find their work by polling.
class PostgresBus {
public:
    /// `local` outlives this.
    PostgresBus(std::string address, Bus& local);
    ~PostgresBus();
    PostgresBus(const PostgresBus&) = delete;

    /// Connects at the first need: a short command that neither tells nor hears costs no
    /// connection.
    void listen();
    void tell(std::string_view channel);
    void shout(std::string_view channel, std::string_view text);

private:
    void start();
    void ring();
    void loop();
    void serve(PostgresConnection& connection);
    void send_pending(PostgresConnection& connection);
    void wait(int socket, int timeout_ms);
    void heard(std::string_view payload);

    const std::string address_;
    const std::string self_;  ///< what we tell bears this mark, so that we do not hear ourselves
    Bus& local_;
    struct State {
        std::set<std::string, std::less<>> pending;
        std::deque<std::string> shouts;  ///< "channel text"; the oldest goes when there are many
        std::set<std::string, std::less<>> seen;  ///< channels to wake after having been cut off
        bool started = false;
        bool stopping = false;
    };
    Guarded<State> state_;
    int bell_ = -1;  ///< an eventfd
    std::thread thread_;
};

}  // namespace torv::db
