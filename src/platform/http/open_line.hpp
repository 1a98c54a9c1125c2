#pragma once

#include <deque>

#include "platform/http/edge.hpp"
#include "platform/http/line.hpp"

/// The edge's half of an open line. Private to http.
namespace torv::http {

/// Lives on its connection's loop; only `send` and `close` may be called from elsewhere.
/// Shared by the connection and those who send.
class OpenLine final : public Line, public std::enable_shared_from_this<OpenLine> {
public:
    OpenLine(Loop& loop, Watched& watched);

    void send(Message message) override;
    void close(Close why) override;

    // ── on the loop ──
    void push(const Message& message);
    void shut(Close why);
    /// The connection has ended: nothing is taken any more, `next` gives null.
    void end();
    /// The next message. Null when the line ends, or when nothing came within `patience` (then
    /// `is_ending` is false).
    Task<Message> next(SteadyClock::duration patience);
    bool is_ending() const { return ending_; }
    bool has_ended() const { return ended_; }
    Close why() const { return why_; }
    Loop& loop() { return loop_; }
    /// Calls the listener on a worker; false when all are busy and too many wait.
    Task<bool> on_worker(std::shared_ptr<Listener> listener, std::string text);

private:
    Loop& loop_;
    Watched& watched_;  ///< of the connection; not used after `end`
    std::deque<Message> waiting_;
    std::size_t waiting_bytes_ = 0;
    Timer wake_;
    Close why_ = Close::Normal;
    bool ending_ = false;
    bool ended_ = false;
};

/// The connection becomes what its answer, which has a listener, makes of it, until it ends. Gives
/// 0, or the status to refuse with.
Task<int> stay_open(Loop& loop, Socket& socket, Watched& watched, Request& request,
                    Response& response);
/// The WebSocket among them.
Task<> talk(Loop& loop, Socket& socket, Watched& watched, Request& request,
            std::shared_ptr<Listener> listener);

}  // namespace torv::http
