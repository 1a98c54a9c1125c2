#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

/// Connections that stay open: a WebSocket, or a stream of events. A handler answers with a
/// Response that carries a Listener; from then on the line belongs to the two of them.
namespace torv::http {

struct Request;

/// One message, made once and shared by everybody who gets it.
using Message = std::shared_ptr<const std::string>;

/// Why a line ends (RFC 6455 7.4). Codes from 4000 on are our own.
enum class Close : std::uint16_t {
    Normal = 1000,
    GoingAway = 1001,   ///< the server stops: come again, elsewhere or soon
    WrongKind = 1003,   ///< binary messages
    Policy = 1008,      ///< too many messages
    TryLater = 1013,    ///< nobody has time
    SignedOut = 4401,   ///< the session has ended
    TooSlow = 4408,     ///< did not take what was sent: come again, and what was missed is told
    TooManyOpen = 4429  ///< this account has enough of them
};

/// The server's end of one open line. Thread-safe; may be kept after the line has ended, but not
/// after its Server has gone.
class Line {
public:
    virtual ~Line() = default;
    /// Queues a message. Somebody who does not take what waits for them is sent away: TooSlow.
    virtual void send(Message message) = 0;
    /// Ends the line when what waits has been sent, but within seconds.
    virtual void close(Close why) = 0;
};

/// The same to many, cheaper than one by one.
void send_all(std::span<const std::shared_ptr<Line>> lines, const Message& message);

/// Who is behind a line. The first call is `opened`, the last `closed`, none while another runs.
class Listener {
public:
    virtual ~Listener() = default;
    /// On the edge: must not block.
    virtual void opened(std::shared_ptr<Line> line) = 0;
    /// A text from the other side, on a worker; the next one waits until this returns.
    virtual void came(std::string_view text) = 0;
    /// On the edge: must not block.
    virtual void closed() = 0;
};

/// Does the request ask, rightly, for a WebSocket? (RFC 6455 4.2.1)
bool wants_websocket(const Request& request);

}  // namespace torv::http
