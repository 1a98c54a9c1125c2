#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// HTTP/1.1 at the edge. Coroutines and Boost stay inside; handlers are plain functions that run on
/// a pool of workers.
namespace torv::http {

class Listener;

struct Header {
    std::string name;
    std::string value;
};

/// Compares as HTTP does: ASCII letters without regard to case.
bool same_name(std::string_view a, std::string_view b);

/// A file on disk that is removed when the last owner lets go, unless it was renamed away before.
class TempFile {
public:
    explicit TempFile(std::filesystem::path path) : path_(std::move(path)) {}
    ~TempFile();
    TempFile(const TempFile&) = delete;
    TempFile& operator=(const TempFile&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// One request as it was received. Text is raw bytes from a stranger: nothing but the limits has
/// been checked.
struct Request {
    std::string method;  ///< upper case as sent: "GET"
    std::string target;  ///< as sent: "/t/7?after=3"
    std::string path;    ///< target up to '?', still percent-encoded; always begins with '/'
    std::string query;   ///< what follows '?', still percent-encoded
    std::vector<Header> headers;
    std::string body;  ///< empty when the body was spooled
    std::shared_ptr<TempFile>
        body_file;  ///< set when the route asked to spool; shared by the request and who keeps it
    std::uint64_t body_size = 0;
    std::string peer;  ///< address of the person, "203.0.113.9"; from X-Forwarded-For only behind a
                       ///< trusted proxy
    std::string scheme;  ///< "http" or "https"; from X-Forwarded-Proto only behind a trusted proxy
    std::string id;      ///< made by the server, sent back as X-Request-Id

    /// First header of that name, else "".
    std::string_view header(std::string_view name) const;
    /// First cookie of that name, else "".
    std::string_view cookie(std::string_view name) const;
    /// Path segments, percent-decoded; nothing when an escape is bad, or a segment is "." or "..",
    /// or holds NUL, '/' or bad UTF-8. "/" gives an empty list; a trailing slash gives a last empty
    /// segment.
    std::optional<std::vector<std::string>> segments() const;
    bool is_head() const { return method == "HEAD"; }
};

/// What one household or server has of the address space: of "203.0.113.9" itself, of "2001:db8::7"
/// "2001:db8::/64"; anything else as it is.
std::string household(std::string_view peer);

/// A part of a file as the body of an answer, sent in pieces without holding it in memory.
struct FileBody {
    std::filesystem::path path;
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
};

/// What is sent back. The server adds Date, Content-Length, Connection, X-Request-Id, and leaves
/// the body out for HEAD, 204 and 304. Of body, shared_body and file, the last one that is set
/// counts. With a listener there is no body: status 101 makes the connection a WebSocket (see
/// wants_websocket), 200 a stream of events.
struct Response {
    int status = 200;
    std::vector<Header> headers;
    std::string body;
    std::shared_ptr<const std::string>
        shared_body;  ///< sent without a copy; shared with the cache that made it
    std::optional<FileBody> file;
    std::shared_ptr<Listener> listener;  ///< shared with the connection that it gets

    /// Replaces the header of that name, or adds it.
    Response& set(std::string_view name, std::string_view value);
    /// Adds another header of that name (Set-Cookie, Link).
    Response& add(std::string_view name, std::string_view value);
    std::string_view header(std::string_view name) const;
};

/// Does an If-None-Match name this ETag? "*", or one of a list; strong and weak are alike (RFC 9110
/// 13.1.2).
bool names_etag(std::string_view if_none_match, std::string_view etag);
/// Has who asks the same already? By its tag; by its moment, "Last-Modified", only when they named
/// none (RFC 9110 13.2.2), and only exactly that moment.
bool has_already(const Request& request, std::string_view etag, std::string_view last_modified);

/// Answers a GET with a file of `size` bytes: whole (200), the part that "Range" asks for (206), or
/// 416. Several ranges, or a Range with an If-Range that is not `etag`, give the whole. Sets
/// Accept-Ranges, Content-Range, Content-Type and ETag (when given, with its quotes).
Response file_response(const Request& request, const std::filesystem::path& file,
                       std::uint64_t size, std::string_view content_type,
                       std::string_view etag = {});

/// How much body a route takes and where it goes.
struct BodyPlan {
    std::uint64_t max_bytes = 1 << 20;  ///< more is answered with 413
    bool spool = false;                 ///< to a file in spool_dir instead of memory
};

/// "Reason phrase" of a status: 404 → "Not Found".
std::string_view reason(int status);

/// Limits and addresses of a server. The defaults suit a small machine.
struct Options {
    /// "address:port", "[::1]:8080"; port 0 takes a free one.
    std::vector<std::string> listen{"127.0.0.1:8080"};
    int io_threads = 0;  ///< 0: one per core
    int workers = 0;     ///< threads for handlers; 0: twice the cores, at least 4
    /// Requests queued for a worker; more are answered with 503.
    std::size_t max_waiting = 1024;
    std::size_t max_head_bytes = 16 * 1024;  ///< request line and headers; more: 431
    /// From the first byte (or the accept) to the end of the head.
    std::chrono::milliseconds head_timeout{10'000};
    /// Between two requests, and between two pieces of a body, either way.
    std::chrono::milliseconds idle_timeout{30'000};
    /// For one whole body; one that is slower than 1 KB/s ends earlier.
    std::chrono::milliseconds body_timeout{std::chrono::hours(6)};
    /// When all are taken, the one that waits longest makes room.
    std::size_t max_connections = 10'000;
    /// Not counted for trusted proxies and loopback.
    std::size_t max_connections_per_address = 256;
    /// Bodies on their way into files; more: 429. Not counted for loopback.
    std::size_t max_spools_per_address = 8;
    /// Open lines (WebSockets, streams of events), of max_connections at most three quarters. Not
    /// counted for loopback.
    std::size_t max_lines_per_address = 128;
    /// Addresses and networks: "127.0.0.1", "10.0.0.0/8", "fd00::/8".
    std::vector<std::string> trusted_proxies;
    /// For spooled bodies; emptied of leftovers at the start. The last 5 % of its disk, at most 256
    /// MB, are left to the database: 507.
    std::filesystem::path spool_dir;
};

/// What the server counts; for the metrics page.
struct Counters {
    std::uint64_t requests = 0;
    std::uint64_t refused = 0;  ///< answered without a handler: 400, 408, 413, 431, 503, 505
    std::size_t connections = 0;
    std::size_t lines = 0;  ///< of them open lines
};

/// The server. Handlers run on workers, several at once; what they throw is logged and answered
/// with a plain 500.
class Server {
public:
    using Plan = std::function<BodyPlan(const Request& head)>;
    using Handler = std::function<Response(Request&)>;
    /// Answers what never reaches the handler (400, 408, 413, 417, 431, 500, 503, 505); `head` may
    /// be empty. Without one: plain text.
    using Refusal = std::function<Response(int status, const Request& head)>;

    /// Answers on the edge, without the hop to a worker, what costs microseconds: assets, a page
    /// from a cache. Fills the response and gives true, or gives false and the handler is asked.
    /// Never blocks, never looks into the database, does not throw.
    using Instant = std::function<bool(const Request&, Response&)>;

    /// `plan` is called on the edge, before the body is read: it must be quick and must not block.
    Server(Options options, Plan plan, Handler handler, Refusal refusal = {}, Instant instant = {});
    ~Server();  ///< stops
    Server(const Server&) = delete;

    /// Opens the addresses and begins to answer. Throws std::runtime_error with the address when
    /// one cannot be had.
    void start();
    /// Takes no new connection, ends idle ones, lets requests in flight finish, at most until the
    /// deadline; then cuts. Safe to call twice. False when a handler still runs: the destructor
    /// would wait for it, so end the process.
    bool stop(std::chrono::milliseconds deadline = std::chrono::seconds(5));
    /// The addresses as opened, "127.0.0.1:8080".
    std::vector<std::string> addresses() const;
    Counters counters() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace torv::http
