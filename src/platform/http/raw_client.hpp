#pragma once

#include <chrono>
#include <string>
#include <string_view>

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

}  // namespace torv::http
