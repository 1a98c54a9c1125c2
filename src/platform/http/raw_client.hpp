#pragma once

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>

#include "platform/base/text.hpp"

/// A client that sends exactly the bytes it is told to. For tests only.
namespace torv::http {

class RawClient {
public:
    /// Connects to "127.0.0.1:8080". Throws std::runtime_error.
    explicit RawClient(const std::string& address);
    ~RawClient();
    RawClient(const RawClient&) = delete;

    /// False when the peer has closed.
    bool send(std::string_view bytes);
    void end_sending();
    /// All until the peer closes or nothing has come for `patience`.
    std::string read_all(std::chrono::milliseconds patience = std::chrono::seconds(5));
    /// One response: its head and as much body as Content-Length says.
    std::string read_response(std::chrono::milliseconds patience = std::chrono::seconds(5),
                              bool head_only = false);
    /// True when the peer closes within `patience`; what comes before is thrown away.
    bool closed_within(std::chrono::milliseconds patience);

private:
    bool read_some(std::chrono::milliseconds patience);

    int socket_ = -1;
    bool closed_ = false;
    std::string came_;
};

/// Sends and gives all that comes back until the server closes.
std::string exchange(const std::string& address, std::string_view bytes);
int status_of(std::string_view response);  ///< 0 when there is none

inline RawClient::RawClient(const std::string& address) {
    const auto colon = address.rfind(':');
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port =
        htons(parse_int<std::uint16_t>(std::string_view(address).substr(colon + 1)).value_or(0));
    inet_pton(AF_INET, address.substr(0, colon).c_str(), &to.sin_addr);
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) {
        ::close(socket_);
        throw std::runtime_error("cannot connect to " + address);
    }
}

inline RawClient::~RawClient() { ::close(socket_); }

inline bool RawClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

inline void RawClient::end_sending() { ::shutdown(socket_, SHUT_WR); }

inline bool RawClient::read_some(std::chrono::milliseconds patience) {
    pollfd wait{.fd = socket_, .events = POLLIN, .revents = 0};
    if (::poll(&wait, 1, static_cast<int>(patience.count())) <= 0) return false;
    char piece[64 * 1024];
    const auto got = ::recv(socket_, piece, sizeof piece, 0);
    if (got <= 0) closed_ = true;
    else came_.append(piece, static_cast<std::size_t>(got));
    return got > 0;
}

inline std::string RawClient::read_all(std::chrono::milliseconds patience) {
    while (read_some(patience)) {
    }
    return std::move(came_);
}

inline std::string RawClient::read_response(std::chrono::milliseconds patience, bool head_only) {
    std::size_t wanted = std::string::npos;
    while (came_.size() < wanted) {
        const auto head = came_.find("\r\n\r\n");
        if (head != std::string::npos && wanted == std::string::npos) {
            wanted = head + 4;
            const auto length = came_.find("Content-Length: ");
            if (!head_only && length < head) {
                const auto digits = std::string_view(came_).substr(length + 16);
                wanted += parse_int<std::size_t>(digits.substr(0, digits.find('\r'))).value_or(0);
            }
        } else if (!read_some(patience)) {
            wanted = came_.size();
        }
    }
    std::string response = came_.substr(0, wanted);
    came_.erase(0, wanted);
    return response;
}

inline bool RawClient::closed_within(std::chrono::milliseconds patience) {
    while (read_some(patience)) {
    }
    return closed_;
}

inline std::string exchange(const std::string& address, std::string_view bytes) {
    RawClient client(address);
    client.send(bytes);
    return client.read_all();
}

inline int status_of(std::string_view response) {
    if (!response.starts_with("HTTP/1.1 ")) return 0;
    return parse_int<int>(response.substr(9, 3)).value_or(0);
}

}  // namespace torv::http
