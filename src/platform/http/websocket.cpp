#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "platform/http/open_line.hpp"

namespace torv::http {

namespace {

namespace beast = boost::beast;
namespace websocket = beast::websocket;
using namespace std::chrono_literals;
using WebSocket = websocket::stream<Socket&, false>;  // never compressed: costs memory per line

constexpr std::size_t kMessageMax = 4 * 1024;  ///< bytes; more: 1009
constexpr double kFramesPerSecond = 20;        ///< on average, control frames too; more: 1008
constexpr double kFramesAtOnce = 100;
constexpr auto kShakeHands = 10s;
constexpr auto kSilence = 60s;  ///< then the other side has gone; a ping after half of it
constexpr auto kWriteWithin = 30s;
constexpr auto kNever = SteadyClock::time_point::max();
constexpr auto kLookAgain = 10s;  ///< whether Beast has given the line up
constexpr auto kLeaveWithin = 3s;

/// How many frames somebody may still send.
class Allowance {
public:
    bool take() {
        const auto now = SteadyClock::now();
        const std::chrono::duration<double> since = now - at_;
        at_ = now;
        left_ = std::min(kFramesAtOnce, left_ + since.count() * kFramesPerSecond);
        left_ -= 1;
        return left_ >= 0;
    }

private:
    double left_ = kFramesAtOnce;
    SteadyClock::time_point at_ = SteadyClock::now();
};

/// One connection that has become a WebSocket. Lives in the frame of `talk`.
struct Talk {
    Talk(Loop& its_loop, Socket& connected, Watched& its_watched, std::shared_ptr<Listener> listens)
        : loop(its_loop),
          watched(its_watched),
          stream(connected),
          line(std::make_shared<OpenLine>(loop, watched)),
          listener(std::move(listens)),
          writer_ended(loop.io) {}

    void prepare();
    Task<> read();
    Task<> write();

    Loop& loop;
    Watched& watched;
    WebSocket stream;
    std::shared_ptr<OpenLine> line;
    std::shared_ptr<Listener> listener;
    Allowance allowance;
    beast::flat_buffer came;
    Timer writer_ended;
    bool writing = false;
};

void Talk::prepare() {
    websocket::stream_base::timeout limits;
    limits.handshake_timeout = kShakeHands;
    limits.idle_timeout = kSilence;
    limits.keep_alive_pings = true;
    stream.set_option(limits);
    stream.read_message_max(kMessageMax);
    stream.auto_fragment(false);  // keeps Beast from holding a buffer for each line
    stream.text(true);
    stream.control_callback([this](websocket::frame_type, beast::string_view) {
        if (!allowance.take()) line->shut(Close::Policy);
    });
}

Task<> Talk::read() {
    while (!line->is_ending()) {
        const auto [error, count] = co_await stream.async_read(came, tok);
        if (error) co_return;
        if (!stream.got_text()) co_return line->shut(Close::WrongKind);
        if (!allowance.take()) co_return line->shut(Close::Policy);
        std::string text(static_cast<const char*>(came.cdata().data()), came.size());
        came.consume(came.size());
        came.shrink_to_fit();
        const bool taken = co_await line->on_worker(listener, std::move(text));
        if (!taken) co_return line->shut(Close::TryLater);
    }
}

/// The only one who writes, and who says goodbye.
Task<> Talk::write() {
    while (!line->has_ended()) {
        const Message message = co_await line->next(kLookAgain);
        if (!message && line->is_ending()) break;
        if (!message) {
            // After a breach Beast waits for the other side to leave, which may never happen.
            const bool leaves = !stream.is_open() && watched.ends_by == kNever;
            if (leaves) watched.ends_by = SteadyClock::now() + kLeaveWithin;
            continue;
        }
        watched.deadline = SteadyClock::now() + kWriteWithin;
        const auto bytes = asio::buffer(*message);
        const auto [error, count] = co_await stream.async_write(bytes, tok);
        watched.deadline = SteadyClock::time_point::max();
        if (error) line->end();
    }
    if (!line->has_ended()) {
        const auto reason =
            websocket::close_reason(static_cast<websocket::close_code>(line->why()));
        (void)co_await stream.async_close(reason, tok);
        line->end();
    }
    writing = false;
    writer_ended.cancel();
}

// The Talk lives until its writer has ended.
// NOLINTNEXTLINE(*-reference-coroutine-parameters)
Task<> run_writer(Talk& talk) { co_await talk.write(); }

websocket::request_type request_of(const Request& request) {
    websocket::request_type made;
    made.method(beast::http::verb::get);
    made.target(request.target);
    made.version(11);
    for (const Header& header : request.headers) made.insert(header.name, header.value);
    return made;
}

}  // namespace

// Loop, socket and watched belong to the connection whose frame awaits this one.
// NOLINTNEXTLINE(*-reference-coroutine-parameters)
Task<> talk(Loop& loop, Socket& socket, Watched& watched, Request& request,
            std::shared_ptr<Listener> listener) {
    const auto talk = std::make_unique<Talk>(loop, socket, watched, std::move(listener));
    talk->prepare();
    {
        const auto asked = request_of(request);
        const auto [error] = co_await talk->stream.async_accept(asked, tok);
        if (error) co_return;
    }
    request = Request();  // whose text is not needed for the hours to come
    watched.line = talk->line.get();
    if (loop.stopping) talk->line->shut(Close::GoingAway);
    talk->writing = true;
    asio::co_spawn(loop.io, run_writer(*talk), asio::detached);
    talk->listener->opened(talk->line);
    co_await talk->read();
    // When we have said goodbye, the other side still has to answer it.
    while (talk->line->is_ending() && !talk->line->has_ended()) {
        const auto [error, count] = co_await talk->stream.async_read(talk->came, tok);
        talk->came.consume(talk->came.size());
        if (error) break;
    }
    talk->line->end();
    watched.line = nullptr;
    talk->listener->closed();
    boost::system::error_code ignored;
    if (talk->writing) socket.cancel(ignored);
    while (talk->writing) {
        talk->writer_ended.expires_at(SteadyClock::time_point::max());
        (void)co_await talk->writer_ended.async_wait(tok);
    }
}

}  // namespace torv::http
