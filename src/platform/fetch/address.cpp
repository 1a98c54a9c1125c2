#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "platform/fetch/fetch.hpp"

namespace torv::fetch {

namespace {

struct Net4 {
    std::uint32_t network;
    int bits;
};
// Source: the registries of special-purpose addresses (RFC 6890), what is not "globally reachable",
// and multicast.
constexpr Net4 kClosed4[] = {
    {0x00000000, 8},   // this network
    {0x0A000000, 8},   // private
    {0x64400000, 10},  // shared by carriers
    {0x7F000000, 8},   // loopback
    {0xA9FE0000, 16},  // link-local, where clouds answer with secrets
    {0xAC100000, 12},  // private
    {0xC0000000, 24},  // protocol assignments
    {0xC0000200, 24},  // documentation
    {0xC0586300, 24},  // 6to4 relays
    {0xC0A80000, 16},  // private
    {0xC6120000, 15},  // benchmarks
    {0xC6336400, 24},  // documentation
    {0xCB007100, 24},  // documentation
    {0xE0000000, 4},   // multicast
    {0xF0000000, 4},   // reserved, broadcast
};

bool outside4(std::uint32_t address) {
    return std::ranges::none_of(
        kClosed4, [&](const Net4& net) { return (address ^ net.network) >> (32 - net.bits) == 0; });
}

std::uint32_t word(const std::uint8_t* bytes) {
    return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
           std::uint32_t{bytes[2]} << 8 | bytes[3];
}

/// Only what is given out to networks of the world (2000::/3), and there not what wraps IPv4 or
/// stands in papers.
bool outside6(const std::array<std::uint8_t, 16>& a) {
    const std::uint32_t first = word(a.data());
    if (first == 0x0064FF9B && word(&a[4]) == 0 && word(&a[8]) == 0)
        return outside4(word(&a[12]));  // NAT64
    if ((a[0] & 0xE0) != 0x20) return false;
    if (first >> 16 == 0x2002) return false;                        // 6to4
    if (first == 0x20010000) return false;                          // Teredo
    if (first >> 9 == 0x20010000 >> 9) return false;                // protocol assignments
    return first != 0x20010DB8 && first >> 12 != 0x3FFF0000 >> 12;  // documentation
}

}  // namespace

bool is_outside(std::string_view text) {
    const std::string address(text);
    in_addr four{};
    if (inet_pton(AF_INET, address.c_str(), &four) == 1) return outside4(ntohl(four.s_addr));
    std::array<std::uint8_t, 16> six{};
    return inet_pton(AF_INET6, address.c_str(), six.data()) == 1 && outside6(six);
}

}  // namespace torv::fetch
