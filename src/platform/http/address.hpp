#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/http.hpp"

/// Addresses of peers and what a proxy says of them. Private to http.
namespace torv::http {

/// An IP address as 16 bytes; IPv4 is mapped into ::ffff:0:0/96.
using Address = std::array<unsigned char, 16>;

std::optional<Address> parse_address(
    std::string_view text);  ///< "203.0.113.9", "2001:db8::1", "[::1]", "::ffff:1.2.3.4"
std::string address_text(const Address& address);  ///< mapped IPv4 as "203.0.113.9"
bool is_loopback(const Address& address);
/// What one household or server has of the address space: the IPv4 address, or the /64 of IPv6.
std::string household(const Address& address);

/// A list of addresses and networks: "127.0.0.1", "10.0.0.0/8", "fd00::/8".
class Networks {
public:
    Networks() = default;
    /// Throws std::runtime_error naming the entry that is none.
    explicit Networks(const std::vector<std::string>& list);
    bool contain(const Address& address) const;

private:
    struct Network {
        Address address;
        int bits;
    };
    std::vector<Network> networks_;
};

/// Who is asking, through trusted proxies only.
struct Origin {
    std::string peer;
    std::string scheme = "http";
};
/// From the right of X-Forwarded-For, the first address that is no trusted proxy; the socket's own
/// address when that is not trusted.
Origin origin_of(const Request& request, const Address& socket, const Networks& trusted);

}  // namespace torv::http
