#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <random>

#include "platform/base/log.hpp"
#include "platform/base/text.hpp"
#include "platform/http/body_sink.hpp"
#include "platform/http/edge.hpp"
#include "platform/http/head.hpp"
#include "platform/http/open_line.hpp"

namespace torv::http {

namespace {

namespace beast = boost::beast;
using Parser = beast::http::request_parser<beast::http::buffer_body>;
using namespace std::chrono_literals;

constexpr std::size_t kPiece = 64 * 1024;      ///< read or written at once
constexpr std::size_t kBufferMax = 96 * 1024;  ///< head, and chunks with their lines
constexpr std::size_t kHeadRead = 4 * 1024;
constexpr std::uint64_t kSlowestBody =
    1024;  ///< bytes per second over a whole body, after the first idle_timeout
constexpr auto kLingerPiece = 2s;
constexpr auto kLingerMost = 10s;
constexpr int kClose = -1;  ///< instead of a status: end without an answer

std::string make_request_id() {
    thread_local std::mt19937_64 random{std::random_device{}() ^
                                        (std::uint64_t{std::random_device{}()} << 32)};
    const std::uint64_t bits = random();
    return hex({reinterpret_cast<const char*>(&bits), sizeof bits});
}

/// One connection: requests are read, handled and answered one after the other.
class Connection {
public:
    Connection(Loop& loop, Socket socket, const Address& peer, bool counted)
        : loop_(loop),
          edge_(loop.edge),
          socket_(std::move(socket)),
          address_(peer),
          counted_(counted) {
        watched_.socket = &socket_;
        loop_.watched.insert(&watched_);
    }
    ~Connection();
    Connection(const Connection&) = delete;

    Task<> run();

private:
    Task<int> read_head();
    Task<int> read_request();
    Task<int> read_body(Parser& parser, BodyPlan plan);
    Task<> handle();
    Task<bool> send(bool keep_alive);
    Task<bool> send_file(std::uint64_t offset, std::uint64_t length);
    Task<> refuse(int status);
    Task<> linger();

    int complete_head() const;
    int take_head(Parser& parser);
    bool answer_at_once();
    void call_handler();
    Response refusal(int status) const;
    void within(std::chrono::milliseconds span) { watched_.deadline = SteadyClock::now() + span; }
    void without_limit() { watched_.deadline = SteadyClock::time_point::max(); }
    std::string_view buffered() const {
        return {static_cast<const char*>(buffer_.cdata().data()), buffer_.size()};
    }

    Loop& loop_;
    Edge& edge_;
    Socket socket_;
    const Address address_;
    const bool counted_;
    Watched watched_;
    beast::flat_buffer buffer_{kBufferMax};
    std::size_t head_size_ = 0;
    bool keep_alive_ = true;
    bool overloaded_ = false;
    Request request_;
    Response response_;
    OpenFile file_;
    std::string head_;
};

Connection::~Connection() {
    loop_.watched.erase(&watched_);
    if (counted_) edge_.households.remove(household(address_));
    {
        const std::lock_guard lock(edge_.ended_mutex);
        --edge_.connections;
    }
    edge_.ended.notify_all();
}

Task<> Connection::run() {
    do {
        request_ = Request();
        const int status = co_await read_request();
        if (status == kClose) co_return;
        if (status != 0) {
            co_await refuse(status);
            co_return;
        }
        ++edge_.requests;
        if (!answer_at_once()) co_await handle();
        if (response_.listener) {
            buffer_.clear();
            buffer_.shrink_to_fit();
            const int refused = co_await stay_open(loop_, socket_, watched_, request_, response_);
            if (refused != 0) co_await refuse(refused);
            co_return;
        }
        keep_alive_ = keep_alive_ && !loop_.stopping;
        const bool sent = co_await send(keep_alive_);
        if (!sent) co_return;
    } while (keep_alive_);
    co_await linger();
}

/// Position after the empty line, 0 when there is none yet, kClose when a line ends wrongly.
int Connection::complete_head() const {
    const auto text = buffered();
    for (std::size_t begin = 0;;) {
        const auto end = text.find('\n', begin);
        if (end == text.npos) return 0;
        if (end == begin || text[end - 1] != '\r') return kClose;
        if (end == begin + 1) return static_cast<int>(end + 1);
        begin = end + 1;
    }
}

/// Waits for a whole head in the buffer. 0, a status, or kClose.
Task<int> Connection::read_head() {
    watched_.idle = true;
    watched_.waiting_since = SteadyClock::now();
    if (buffer_.size() == 0)
        within(head_size_ == 0 ? edge_.options.head_timeout : edge_.options.idle_timeout);
    else within(edge_.options.head_timeout);

    while (true) {
        // An empty line before a request is forgiven (RFC 9112 2.2).
        while (buffered().starts_with("\r\n")) buffer_.consume(2);
        const int size = complete_head();
        if (size == kClose) co_return 400;
        if (size > static_cast<int>(edge_.options.max_head_bytes)) co_return 431;
        if (size > 0) {
            head_size_ = static_cast<std::size_t>(size);
            break;
        }
        if (buffer_.size() >= edge_.options.max_head_bytes) co_return 431;
        if (loop_.stopping && buffer_.size() == 0) co_return kClose;
        const auto space = buffer_.prepare(kHeadRead);
        const auto [error, count] = co_await socket_.async_read_some(space, tok);
        if (error == asio::error::operation_aborted && buffer_.size() > 0 && !watched_.evicted)
            co_return 408;
        if (error) co_return kClose;
        buffer_.commit(count);
        if (watched_.idle) within(edge_.options.head_timeout);
        watched_.idle = false;
        watched_.in_head = true;
    }
    watched_.idle = watched_.in_head = false;
    without_limit();
    co_return 0;
}

/// Parses the head in the buffer into the request. 0 or a status.
int Connection::take_head(Parser& parser) {
    const auto raw = buffered().substr(0, head_size_);
    if (const int status = judge_head(raw)) return status;

    parser.eager(false);
    parser.header_limit(static_cast<std::uint32_t>(edge_.options.max_head_bytes));
    parser.body_limit(boost::none);  // see read_body: ours counts both kinds
    beast::error_code error;
    const auto used = parser.put(asio::buffer(raw.data(), raw.size()), error);
    if (error || !parser.is_header_done() || used != head_size_) return 400;
    buffer_.consume(used);

    const auto& message = parser.get();
    request_.method = std::string(message.method_string());
    request_.target = std::string(message.target());
    for (const auto& field : message)
        request_.headers.push_back({std::string(field.name_string()), std::string(field.value())});
    settle_target(request_);
    auto origin = origin_of(request_, address_, edge_.trusted);
    request_.peer = std::move(origin.peer);
    request_.scheme = std::move(origin.scheme);
    // What follows a chunked body is left to a new connection: one place less for two servers to
    // disagree.
    keep_alive_ = message.keep_alive() && !parser.chunked();
    return 0;
}

/// Reads one request, head and body. 0, a status to refuse it with, or kClose.
Task<int> Connection::read_request() {
    const int waited = co_await read_head();
    request_.id = make_request_id();
    if (waited != 0) co_return waited;
    Parser parser;
    if (const int status = take_head(parser)) co_return status;
    if (!parser.chunked() && parser.content_length().value_or(0) == 0) co_return 0;

    BodyPlan plan;
    try {
        plan = edge_.plan(request_);
    } catch (const std::exception& error) {
        log::error("http.plan_failed", {{"request", request_.id}, {"what", error.what()}});
        co_return 500;
    }
    if (parser.content_length().value_or(0) > plan.max_bytes) co_return 413;
    const auto expected = request_.header("Expect");
    if (!expected.empty() && !same_name(expected, "100-continue")) co_return 417;
    co_return co_await read_body(parser, plan);
}

// The parser lives in the frame that awaits this one.
// NOLINTNEXTLINE(*-reference-coroutine-parameters)
Task<int> Connection::read_body(Parser& parser, BodyPlan plan) {
    const auto peer = parse_address(request_.peer);
    const bool counted = plan.spool && !is_loopback(peer.value_or(address_));
    const Place place(edge_.spoolers, counted ? request_.peer : "",
                      edge_.options.max_spools_per_address);
    if (!place) co_return 429;
    BodySink sink;
    const auto announced = parser.content_length().value_or(0);
    if (const int status = sink.open(plan, edge_.options.spool_dir, request_.id, announced))
        co_return status;
    if (!request_.header("Expect").empty() && buffer_.size() == 0) {
        within(edge_.options.idle_timeout);
        const auto go_on = asio::buffer("HTTP/1.1 100 Continue\r\n\r\n", 25);
        const auto [error, count] = co_await asio::async_write(socket_, go_on, tok);
        if (error) co_return kClose;
    }
    const auto begun = SteadyClock::now();
    const auto length = parser.content_length().value_or(kPiece);
    std::string piece(std::min<std::uint64_t>(kPiece, length), '\0');
    while (!parser.is_done()) {
        const auto earned = std::chrono::milliseconds(sink.size() * 1000 / kSlowestBody);
        const auto slowest = begun + edge_.options.idle_timeout + earned;
        watched_.deadline = std::min({SteadyClock::now() + edge_.options.idle_timeout, slowest,
                                      begun + edge_.options.body_timeout});
        auto& body = parser.get().body();
        body.data = piece.data();
        body.size = piece.size();
        auto [error, count] = co_await beast::http::async_read_some(socket_, buffer_, parser, tok);
        if (error == asio::error::operation_aborted) co_return 408;
        if (error && error != beast::http::error::need_buffer)
            co_return error.category() == asio::error::get_system_category() ||
                    error == beast::http::error::partial_message
                ? kClose
                : 400;
        const std::string_view came(piece.data(), piece.size() - parser.get().body().size);
        if (sink.size() + came.size() > plan.max_bytes) co_return 413;
        if (const int status = sink.write(came)) co_return status;
    }
    without_limit();
    sink.finish(request_);
    co_return 0;
}

bool Connection::answer_at_once() {
    if (!edge_.instant) return false;
    response_ = Response();
    return edge_.instant(request_, response_);
}

/// Runs the handler on a worker; comes back on the connection's own loop.
Task<> Connection::handle() {
    overloaded_ = false;
    co_await asio::async_initiate<asio::use_awaitable_t<Exec> const, void()>(
        [this](auto done) {
            Pool::Work work = [this, done = std::move(done)]() mutable {
                call_handler();
                const auto loop = socket_.get_executor();
                asio::post(loop, [done = std::move(done)]() mutable { std::move(done)(); });
            };
            if (edge_.pool->post(work)) return;
            overloaded_ = true;
            work();
        },
        await);
}

void Connection::call_handler() {
    file_ = OpenFile();
    if (overloaded_) {
        ++edge_.refused;
        response_ = refusal(503);
        response_.set("Retry-After", "5");
        return;
    }
    try {
        response_ = edge_.handler(request_);
        if (response_.file) file_ = open_to_read(response_.file->path);
        if (!response_.file || file_) return;
        log::error("http.file_missing", {{"request", request_.id}});
    } catch (const std::exception& error) {
        log::error("http.handler_failed", {{"request", request_.id}, {"what", error.what()}});
    } catch (...) {
        log::error("http.handler_failed", {{"request", request_.id}, {"what", "unknown"}});
    }
    response_ = refusal(500);
}

/// Head and the first piece in one write. False when the peer has gone.
Task<bool> Connection::send(bool keep_alive) {
    const std::string_view body = response_.shared_body ? *response_.shared_body : response_.body;
    const auto length = response_.file ? response_.file->length : body.size();
    head_.clear();
    write_head(head_, response_, length, request_.id, keep_alive);

    const bool bare = request_.is_head() || !has_body(response_.status);
    const auto rest = bare || response_.file ? std::string_view{} : body;
    std::size_t sent = std::min(rest.size(), kPiece);
    const std::array<asio::const_buffer, 2> first{asio::buffer(head_),
                                                  asio::buffer(rest.data(), sent)};
    within(edge_.options.idle_timeout);
    auto [error, count] = co_await asio::async_write(socket_, first, tok);
    while (!error && sent < rest.size()) {
        const auto size = std::min(rest.size() - sent, kPiece);
        within(edge_.options.idle_timeout);
        std::tie(error, count) =
            co_await asio::async_write(socket_, asio::buffer(rest.data() + sent, size), tok);
        sent += size;
    }
    if (!error && response_.file && !bare)
        co_return co_await send_file(response_.file->offset, response_.file->length);
    co_return !error;
}

Task<bool> Connection::send_file(std::uint64_t offset, std::uint64_t length) {
    std::string piece;
    for (std::uint64_t sent = 0; sent < length; sent += piece.size()) {
        piece.resize(std::min<std::uint64_t>(kPiece, length - sent));
        if (!file_.read(offset + sent, piece)) co_return false;  // promised more than there is
        within(edge_.options.idle_timeout);
        const auto [error, count] = co_await asio::async_write(socket_, asio::buffer(piece), tok);
        if (error) co_return false;
    }
    co_return true;
}

Response Connection::refusal(int status) const {
    if (edge_.refusal) {
        try {
            return edge_.refusal(status, request_);
        } catch (const std::exception& error) {
            log::error("http.refusal_failed", {{"request", request_.id}, {"what", error.what()}});
        }
    }
    return plain_refusal(status);
}

Task<> Connection::refuse(int status) {
    ++edge_.refused;
    file_ = OpenFile();
    response_ = refusal(status);
    const bool sent = co_await send(false);
    if (sent) co_await linger();
}

/// Closing while the peer still sends would reset the connection and take our answer with it.
Task<> Connection::linger() {
    beast::error_code error;
    socket_.shutdown(tcp::socket::shutdown_send, error);
    buffer_.clear();
    const auto end = SteadyClock::now() + kLingerMost;
    while (!error && SteadyClock::now() < end && !loop_.stopping) {
        within(kLingerPiece);
        const auto space = buffer_.prepare(kPiece);
        const auto [failed, count] = co_await socket_.async_read_some(space, tok);
        error = failed;
    }
}

Task<> live(std::unique_ptr<Connection> connection) { co_await connection->run(); }

}  // namespace

void serve(Loop& loop, Socket socket, const Address& peer, bool counted) {
    auto connection = std::make_unique<Connection>(loop, std::move(socket), peer, counted);
    asio::co_spawn(loop.io, live(std::move(connection)), asio::detached);
}

}  // namespace torv::http
