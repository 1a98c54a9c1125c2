#pragma once

#include <chrono>
#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Requests that the server sends to addresses somebody else chose: push services, say. Such an
/// address is hostile until shown otherwise: it could name a machine inside our own network.
namespace torv::fetch {

/// Host and port ("10.0.0.7:8443") inside the own network that the administrator lets us call, also
/// without TLS.
using Inside = std::vector<std::string>;

struct Url {
    std::string scheme;  ///< "https"; "http" for an Inside only
    std::string host;    ///< lower case; an IPv6 address in brackets
    int port = 443;
    std::string origin() const;  ///< "https://push.example"; the port when it is not the usual one
};

enum class Failure {
    BadUrl,     ///< not https on port 443, a name or password in it, an address inside
    LedInside,  ///< the name leads to an address inside
    Unknown,    ///< the name leads nowhere
    TimedOut,
    TooLarge,
    Broken,  ///< refused, cut off, a certificate that does not fit
};
std::string_view failure_name(Failure failure);

/// What may be called, by its form alone: https on port 443 without a name, password or fragment,
/// at most 2,000 bytes, no address inside. Asks no name server.
std::expected<Url, Failure> check(std::string_view url, const Inside& inside);

/// May an address be called that somebody else chose? No for loopback, private, link-local, shared
/// (RFC 6598), multicast, unspecified and reserved ones, IPv4 in IPv6 (mapped, NAT64, 6to4)
/// included. `address`: "10.0.0.7" or "fe80::1"; no for what is no address.
bool is_outside(std::string_view address);

struct Request {
    std::string method = "GET";
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::chrono::milliseconds timeout{10'000};  ///< for all of it
    std::size_t max_answer = 64 << 10;          ///< bytes of the body
};

struct Reply {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
    std::string body;
    std::string_view header(std::string_view name) const;  ///< first of that name, or ""
};

/// Sends one request. The name is asked for once and each address is judged before it is connected
/// to: what is checked is what is called. Follows no redirect, uses no proxy, keeps no cookie.
std::expected<Reply, Failure> send(const Request& request, const Inside& inside);

}  // namespace torv::fetch
