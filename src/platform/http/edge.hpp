#pragma once

#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_set>

#include "platform/base/guarded.hpp"
#include "platform/http/address.hpp"
#include "platform/http/http.hpp"
#include "platform/http/pool.hpp"

/// What the files that speak Asio share. Included by nothing else: it takes seconds to compile.
namespace torv::http {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using SteadyClock = std::chrono::steady_clock;

using Exec = asio::io_context::executor_type;  // fixed: 8-20 % less CPU than any_io_executor
using Socket = asio::basic_stream_socket<tcp, Exec>;
using Acceptor = asio::basic_socket_acceptor<tcp, Exec>;
using Timer = asio::basic_waitable_timer<SteadyClock, asio::wait_traits<SteadyClock>, Exec>;
template <class T = void>
using Task = asio::awaitable<T, Exec>;
constexpr asio::use_awaitable_t<Exec> await{};
constexpr auto tok = asio::as_tuple(await);  // transport errors are values, never exceptions

class OpenLine;

/// How many things each key has under way.
class Tally {
public:
    /// False when it has `most` already.
    bool add(const std::string& key, std::size_t most) {
        auto counts = counts_.lock();
        std::size_t& count = (*counts)[key];
        if (count >= most) return false;
        ++count;
        return true;
    }
    void remove(const std::string& key) {
        auto counts = counts_.lock();
        const auto found = counts->find(key);
        if (found != counts->end() && --found->second == 0) counts->erase(found);
    }

private:
    Guarded<std::map<std::string, std::size_t>> counts_;
};

/// What all connections use; belongs to the server and outlives them.
struct Edge {
    Options options;
    Server::Plan plan;
    Server::Handler handler;
    Server::Refusal refusal;
    Server::Instant instant;
    Networks trusted;
    std::atomic<std::uint64_t> requests = 0;
    std::atomic<std::uint64_t> refused = 0;
    std::atomic<std::size_t> connections = 0;
    std::atomic<std::size_t> open_lines = 0;
    Tally households;  ///< connections of each
    Tally spoolers;    ///< bodies on their way into files, of each peer
    Tally lines;       ///< open lines of each household
    std::mutex ended_mutex;
    std::condition_variable ended;  ///< told when a connection ends
    std::unique_ptr<Pool> pool;
};

/// One of the `most` places that a key has; free for a key of "".
class Place {
public:
    Place(Tally& tally, std::string key, std::size_t most)
        : tally_(tally), key_(std::move(key)), taken_(!key_.empty() && tally.add(key_, most)) {}
    ~Place() {
        if (taken_) tally_.remove(key_);
    }
    Place(const Place&) = delete;
    explicit operator bool() const { return taken_ || key_.empty(); }

private:
    Tally& tally_;
    const std::string key_;
    const bool taken_;
};

/// What a loop sees of a connection: enough to cut it off when its time is over. One timer per loop
/// looks at all of them, which is cheaper than one timer per read and write.
struct Watched {
    Socket* socket = nullptr;
    SteadyClock::time_point deadline =
        SteadyClock::time_point::max();  ///< of what it waits for now
    SteadyClock::time_point waiting_since;
    bool idle = true;          ///< no byte of a next request has come
    bool in_head = false;      ///< a head has begun and is not complete
    bool evicted = false;      ///< gives its place to a new connection
    OpenLine* line = nullptr;  ///< while the connection is an open line
    SteadyClock::time_point ends_by = SteadyClock::time_point::max();  ///< whatever it waits for
};

/// One io_context and its thread. A connection lives on one loop; nothing in it needs a lock.
struct Loop {
    explicit Loop(Edge& shared) : edge(shared) {}

    Edge& edge;  ///< outlives the loop
    bool stopping = false;
    std::unordered_set<Watched*> watched;
    asio::io_context io{1};  ///< declared after what the connections inside it use when they go
    Timer sweep_timer{io};
    std::thread thread;
};

/// Serves the connection on its loop's own thread until it ends. `counted` was taken from
/// Edge::households.
void serve(Loop& loop, Socket socket, const Address& peer, bool counted);

}  // namespace torv::http
