#pragma once

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "platform/base/text.hpp"

/// For tests only.
namespace torv::http {

/// A WebSocket client that can also send what no honest one would.
class SocketClient {
public:
    using Patience = std::chrono::milliseconds;
    static constexpr Patience kPatience{5000};
    enum class Mask { Yes, No };
    struct Frame {
        int opcode = 0;
        bool last = true;
        std::string payload;
    };

    /// Connects and shakes hands; `headers` end with "\r\n" each. Throws when nobody listens.
    SocketClient(const std::string& address, const std::string& path,
                 const std::string& headers = {}, const std::string& host = "a") {
        const auto colon = address.rfind(':');
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(
            parse_int<std::uint16_t>(std::string_view(address).substr(colon + 1)).value_or(0));
        inet_pton(AF_INET, address.substr(0, colon).c_str(), &to.sin_addr);
        socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0)
            throw std::runtime_error("cannot connect to " + address);
        send_raw("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers +
                 "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        while (came_.find("\r\n\r\n") == came_.npos && receive(kPatience)) {
        }
        head_ = came_.substr(0, came_.find("\r\n\r\n") + 4);
        came_.erase(0, head_.size());
    }
    ~SocketClient() { ::close(socket_); }
    SocketClient(const SocketClient&) = delete;

    const std::string& head() const { return head_; }
    int status() const {
        return head_.size() < 12 ? 0
                                 : parse_int<int>(std::string_view(head_).substr(9, 3)).value_or(0);
    }

    void send_raw(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }
    /// `first` is the byte with FIN, reserved bits and opcode: 0x81 is a whole text.
    void send_frame(unsigned char first, std::string_view payload, Mask mask = Mask::Yes) {
        const char bit = mask == Mask::Yes ? '\x80' : '\0';
        std::string frame(1, static_cast<char>(first));
        if (payload.size() < 126) {
            frame += static_cast<char>(bit | static_cast<char>(payload.size()));
        } else {
            frame += static_cast<char>(bit | 126);
            frame += static_cast<char>(payload.size() >> 8);
            frame += static_cast<char>(payload.size() & 0xff);
        }
        if (mask == Mask::Yes) frame.append(4, '\0');  // a mask of zeros changes nothing
        send_raw(frame + std::string(payload));
    }
    void send_text(std::string_view text) { send_frame(0x81, text); }

    /// The next frame; nothing when the connection ends or `patience` does.
    std::optional<Frame> read(Patience patience = kPatience) {
        const auto until = std::chrono::steady_clock::now() + patience;
        while (true) {
            if (auto frame = take_frame()) return frame;
            const auto left = std::chrono::ceil<Patience>(until - std::chrono::steady_clock::now());
            if (left.count() <= 0 || !receive(left)) return std::nullopt;
        }
    }
    /// The next text; pings are answered.
    std::optional<std::string> next_text(Patience patience = kPatience) {
        while (auto frame = read(patience)) {
            if (frame->opcode == 9) send_frame(0x8a, frame->payload);
            else if (frame->opcode == 1) return frame->payload;
            else if (frame->opcode == 8) return std::nullopt;
        }
        return std::nullopt;
    }
    /// The code with which the other side closes; 0 when it does not say goodbye.
    int close_code(Patience patience = kPatience) {
        while (auto frame = read(patience)) {
            if (frame->opcode != 8) continue;
            if (frame->payload.size() < 2) return 1005;
            return static_cast<unsigned char>(frame->payload[0]) << 8 |
                   static_cast<unsigned char>(frame->payload[1]);
        }
        return 0;
    }
    /// Does the other side end the connection?
    bool ends(Patience patience = kPatience) {
        while (receive(patience)) {
        }
        return ended_;
    }

private:
    bool receive(Patience patience) {
        pollfd wait{.fd = socket_, .events = POLLIN, .revents = 0};
        if (::poll(&wait, 1, static_cast<int>(patience.count())) <= 0) return false;
        char piece[16 * 1024];
        const auto got = ::recv(socket_, piece, sizeof piece, 0);
        if (got <= 0) ended_ = true;
        else came_.append(piece, static_cast<std::size_t>(got));
        return got > 0;
    }
    std::optional<Frame> take_frame() {
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(came_[i]); };
        if (came_.size() < 2) return std::nullopt;
        std::size_t length = byte(1) & 0x7f, at = 2;
        const std::size_t wide = length == 126 ? 2 : length == 127 ? 8 : 0;
        if (came_.size() < at + wide) return std::nullopt;
        if (wide > 0) length = 0;
        for (std::size_t i = 0; i < wide; ++i) length = length << 8 | byte(at++);
        if (came_.size() < at + length) return std::nullopt;
        Frame frame{.opcode = byte(0) & 0x0f,
                    .last = (byte(0) & 0x80) != 0,
                    .payload = came_.substr(at, length)};
        came_.erase(0, at + length);
        return frame;
    }

    int socket_ = -1;
    bool ended_ = false;
    std::string head_;
    std::string came_;
};

}  // namespace torv::http
