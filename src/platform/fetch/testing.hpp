#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "platform/base/guarded.hpp"
#include "platform/base/text.hpp"

namespace torv::fetch::testing {

/// A service of somebody else on loopback: keeps what it is sent and answers as it is told. Only
/// tests use this.
class Counterpart {
public:
    Counterpart() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address);
        ::listen(socket_, 16);
        socklen_t size = sizeof address;
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
        host_ = "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
        thread_ = std::thread([this] { run(); });
    }
    ~Counterpart() {
        ::shutdown(socket_, SHUT_RDWR);
        thread_.join();
        ::close(socket_);
    }
    Counterpart(const Counterpart&) = delete;

    const std::string& host() const { return host_; }  ///< "127.0.0.1:9400"
    std::string url(std::string_view path) const { return "http://" + host_ + std::string(path); }
    /// What is sent back from now on, head and body.
    void answer(std::string with) { *answer_.lock() = std::move(with); }
    /// Every request as it came.
    std::vector<std::string> received() { return *received_.lock(); }

private:
    void run() {
        while (true) {
            const int peer = ::accept(socket_, nullptr, nullptr);
            if (peer < 0) return;
            talk(peer);
            ::close(peer);
        }
    }
    void talk(int peer) {
        std::string request;
        std::size_t wanted = std::string::npos;
        char piece[4096];
        while (request.size() < wanted) {
            const auto size = ::read(peer, piece, sizeof piece);
            if (size <= 0) break;
            request.append(piece, static_cast<std::size_t>(size));
            if (const auto head = request.find("\r\n\r\n"); head != std::string::npos)
                wanted = head + 4 + length_in(request.substr(0, head));
        }
        received_.lock()->push_back(request);
        const std::string with = *answer_.lock();
        (void)!::write(peer, with.data(), with.size());
    }
    static std::size_t length_in(std::string head) {
        head = ascii_lower(head);
        const auto at = head.find("content-length: ");
        if (at == head.npos) return 0;
        const auto rest = std::string_view(head).substr(at + 16);
        return parse_int<std::size_t>(rest.substr(0, rest.find('\r'))).value_or(0);
    }

    int socket_;
    std::string host_;
    Guarded<std::vector<std::string>> received_;
    Guarded<std::string> answer_{
        std::string("HTTP/1.1 201 Created\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")};
    std::thread thread_;
};

}  // namespace torv::fetch::testing
