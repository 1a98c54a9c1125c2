#include "platform/http/raw_client.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

#include "platform/base/text.hpp"

namespace torv::http {

RawClient::RawClient(const std::string& address) {
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

RawClient::~RawClient() { ::close(socket_); }

bool RawClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void RawClient::end_sending() { ::shutdown(socket_, SHUT_WR); }

bool RawClient::read_some(std::chrono::milliseconds patience) {
    pollfd wait{.fd = socket_, .events = POLLIN, .revents = 0};
    if (::poll(&wait, 1, static_cast<int>(patience.count())) <= 0) return false;
    char piece[64 * 1024];
    const auto got = ::recv(socket_, piece, sizeof piece, 0);
    if (got <= 0) closed_ = true;
    else came_.append(piece, static_cast<std::size_t>(got));
    return got > 0;
}

std::string RawClient::read_all(std::chrono::milliseconds patience) {
    while (read_some(patience)) {
    }
    return std::move(came_);
}

std::string RawClient::read_response(std::chrono::milliseconds patience, bool head_only) {
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

bool RawClient::closed_within(std::chrono::milliseconds patience) {
    while (read_some(patience)) {
    }
    return closed_;
}

std::string exchange(const std::string& address, std::string_view bytes) {
    RawClient client(address);
    client.send(bytes);
    return client.read_all();
}

int status_of(std::string_view response) {
    if (!response.starts_with("HTTP/1.1 ")) return 0;
    return parse_int<int>(response.substr(9, 3)).value_or(0);
}

}  // namespace torv::http
