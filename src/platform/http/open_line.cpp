#include "platform/http/open_line.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include "platform/base/log.hpp"
#include "platform/http/head.hpp"

namespace torv::http {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t kWaitingMax = 256;               ///< messages
constexpr std::size_t kWaitingBytesMax = 1024 * 1024;  ///< behind the one that is being sent
constexpr auto kEndWithin = 3s;   ///< from `close` to the end of the connection
constexpr auto kHeartbeat = 25s;  ///< proxies end what is silent for a minute
constexpr auto kWriteWithin = 30s;
constexpr std::string_view kHeartbeatBytes = ":\n\n";

}  // namespace

OpenLine::OpenLine(Loop& loop, Watched& watched) : loop_(loop), watched_(watched), wake_(loop.io) {}

void OpenLine::send(Message message) {
    asio::post(loop_.io,
               [line = shared_from_this(), message = std::move(message)] { line->push(message); });
}

void OpenLine::close(Close why) {
    asio::post(loop_.io, [line = shared_from_this(), why] { line->shut(why); });
}

void OpenLine::push(const Message& message) {
    if (ending_) return;
    if (waiting_.size() >= kWaitingMax || waiting_bytes_ + message->size() > kWaitingBytesMax) {
        waiting_.clear();
        waiting_bytes_ = 0;
        return shut(Close::TooSlow);
    }
    waiting_.push_back(message);
    waiting_bytes_ += message->size();
    wake_.cancel();
}

void OpenLine::shut(Close why) {
    if (ending_) return;
    ending_ = true;
    why_ = why;
    watched_.ends_by = SteadyClock::now() + kEndWithin;
    wake_.cancel();
}

void OpenLine::end() {
    ending_ = ended_ = true;
    waiting_.clear();
    wake_.cancel();
}

Task<Message> OpenLine::next(SteadyClock::duration patience) {
    const auto until = patience == SteadyClock::duration::max() ? SteadyClock::time_point::max()
                                                                : SteadyClock::now() + patience;
    while (waiting_.empty() && !ending_ && SteadyClock::now() < until) {
        wake_.expires_at(until);
        (void)co_await wake_.async_wait(tok);
    }
    if (waiting_.empty()) co_return nullptr;
    Message message = std::move(waiting_.front());
    waiting_.pop_front();
    waiting_bytes_ -= message->size();
    co_return message;
}

Task<bool> OpenLine::on_worker(std::shared_ptr<Listener> listener, std::string text) {
    bool taken = true;
    co_await asio::async_initiate<asio::use_awaitable_t<Exec> const, void()>(
        [this, &taken, &listener, &text](auto done) {
            const auto loop = wake_.get_executor();
            Pool::Work work = [&listener, &text, &taken, loop, done = std::move(done)]() mutable {
                try {
                    if (taken) listener->came(text);
                } catch (const std::exception& error) {
                    log::error("line.failed", {{"what", error.what()}});
                }
                asio::post(loop, [done = std::move(done)]() mutable { std::move(done)(); });
            };
            if (loop_.edge.pool->post(work)) return;
            taken = false;
            work();
        },
        await);
    co_return taken;
}

void send_all(std::span<const std::shared_ptr<Line>> lines, const Message& message) {
    std::map<Loop*, std::vector<std::shared_ptr<OpenLine>>> by_loop;
    for (const auto& line : lines) {
        auto open = std::dynamic_pointer_cast<OpenLine>(line);
        if (open) by_loop[&open->loop()].push_back(std::move(open));
        else line->send(message);
    }
    for (auto& [loop, group] : by_loop)
        asio::post(loop->io, [mine = std::move(group), message] {
            for (const auto& line : mine) line->push(message);
        });
}

bool wants_websocket(const Request& request) {
    const auto lists = [](std::string_view header, std::string_view wanted) {
        while (!header.empty()) {
            auto word = header.substr(0, header.find(','));
            header.remove_prefix(std::min(word.size() + 1, header.size()));
            while (word.starts_with(' ')) word.remove_prefix(1);
            while (word.ends_with(' ')) word.remove_suffix(1);
            if (same_name(word, wanted)) return true;
        }
        return false;
    };
    return request.method == "GET" && lists(request.header("Upgrade"), "websocket") &&
           lists(request.header("Connection"), "upgrade") &&
           request.header("Sec-WebSocket-Version") == "13" &&
           request.header("Sec-WebSocket-Key").size() == 24;
}

namespace {

/// Whoever follows a stream of events has nothing to say: what comes is thrown away, until the end.
// Socket and timer belong to the frame of `pour`, which waits for this one.
// NOLINTNEXTLINE(*-reference-coroutine-parameters)
Task<> wait_for_end(Socket& socket, std::shared_ptr<OpenLine> line, Timer& ended) {
    std::array<char, 512> ignored;
    while (true) {
        const auto space = asio::buffer(ignored);
        const auto [error, count] = co_await socket.async_read_some(space, tok);
        if (error) break;
    }
    line->end();
    ended.expires_at(SteadyClock::time_point::min());
}

/// A stream of events, whose head has been sent.
// Loop, socket and watched belong to the connection whose frame awaits this one.
// NOLINTNEXTLINE(*-reference-coroutine-parameters)
Task<> pour(Loop& loop, Socket& socket, Watched& watched, std::shared_ptr<Listener> listener) {
    auto line = std::make_shared<OpenLine>(loop, watched);
    watched.line = line.get();
    Timer reader_ended(loop.io);
    reader_ended.expires_at(SteadyClock::time_point::max());
    asio::co_spawn(loop.io, wait_for_end(socket, line, reader_ended), asio::detached);
    listener->opened(line);
    while (!line->has_ended()) {
        const Message message = co_await line->next(kHeartbeat);
        if (!message && line->is_ending()) break;
        const auto bytes = message ? asio::buffer(*message) : asio::buffer(kHeartbeatBytes);
        watched.deadline = SteadyClock::now() + kWriteWithin;
        const auto [error, count] = co_await asio::async_write(socket, bytes, tok);
        watched.deadline = SteadyClock::time_point::max();
        if (error) break;
    }
    line->end();
    watched.line = nullptr;
    listener->closed();
    boost::system::error_code ignored;
    socket.cancel(ignored);
    if (reader_ended.expiry() != SteadyClock::time_point::min())
        (void)co_await reader_ended.async_wait(tok);
}

/// One of the open lines, as long as it lives.
class Counted {
public:
    explicit Counted(std::atomic<std::size_t>& count) : count_(count) { ++count_; }
    ~Counted() { --count_; }
    Counted(const Counted&) = delete;
    std::size_t now() const { return count_; }

private:
    std::atomic<std::size_t>& count_;
};

}  // namespace

// All belong to the connection whose frame awaits this one.
// NOLINTBEGIN(*-reference-coroutine-parameters)
Task<int> stay_open(Loop& loop, Socket& socket, Watched& watched, Request& request,
                    Response& response) {
    // NOLINTEND(*-reference-coroutine-parameters)
    Edge& edge = loop.edge;
    const auto peer = parse_address(request.peer);
    const bool counted = peer && !is_loopback(*peer);
    const Place place(edge.lines, counted ? household(*peer) : "",
                      edge.options.max_lines_per_address);
    if (!place) co_return 429;
    const Counted line(edge.open_lines);
    // Pages must get through, whoever stays on the line.
    if (line.now() > edge.options.max_connections / 4 * 3) co_return 503;

    auto listener = std::move(response.listener);
    if (response.status == 101) {
        co_await talk(loop, socket, watched, request, std::move(listener));
        co_return 0;
    }
    std::string head;
    write_head(head, response, std::nullopt, request.id, false);
    request = Request();
    const auto bytes = asio::buffer(head);
    watched.deadline = SteadyClock::now() + kWriteWithin;
    const auto [error, count] = co_await asio::async_write(socket, bytes, tok);
    watched.deadline = SteadyClock::time_point::max();
    if (!error) co_await pour(loop, socket, watched, std::move(listener));
    co_return 0;
}

}  // namespace torv::http
