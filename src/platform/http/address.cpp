#include "platform/http/address.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <stdexcept>

#include "platform/base/text.hpp"

namespace torv::http {

namespace {

constexpr Address kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr int kMappedBits = 96;

bool same_prefix(const Address& a, const Address& b, int bits) {
    for (int byte = 0; byte < 16 && bits > 0; ++byte, bits -= 8) {
        const int mask = bits >= 8 ? 0xff : 0xff << (8 - bits) & 0xff;
        if ((a[byte] & mask) != (b[byte] & mask)) return false;
    }
    return true;
}

bool is_mapped(const Address& address) { return same_prefix(address, kMapped, kMappedBits); }

/// The last value of the last header of that name: what the nearest proxy wrote.
std::string_view last_value(const Request& request, std::string_view name) {
    std::string_view last;
    for (const Header& header : request.headers)
        if (same_name(header.name, name)) last = header.value;
    const auto comma = last.rfind(',');
    return trimmed(comma == last.npos ? last : last.substr(comma + 1));
}

std::vector<std::string_view> forwarded_for(const Request& request) {
    std::vector<std::string_view> hops;
    for (const Header& header : request.headers)
        if (same_name(header.name, "X-Forwarded-For"))
            for (const auto part : split(header.value, ',')) hops.push_back(trimmed(part));
    return hops;
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
    if (text.size() > 2 && text.front() == '[' && text.back() == ']')
        text = text.substr(1, text.size() - 2);
    const std::string copy(text);
    Address address{};
    if (inet_pton(AF_INET6, copy.c_str(), address.data()) == 1) return address;
    address = kMapped;
    if (inet_pton(AF_INET, copy.c_str(), address.data() + 12) == 1) return address;
    return std::nullopt;
}

std::string address_text(const Address& address) {
    char text[INET6_ADDRSTRLEN] = "";
    if (is_mapped(address)) inet_ntop(AF_INET, address.data() + 12, text, sizeof text);
    else inet_ntop(AF_INET6, address.data(), text, sizeof text);
    return text;
}

bool is_loopback(const Address& address) {
    if (is_mapped(address)) return address[12] == 127;
    return std::all_of(address.begin(), address.end() - 1, [](auto byte) { return byte == 0; }) &&
           address[15] == 1;
}

std::string household(const Address& address) {
    const auto bytes = is_mapped(address) ? 16 : 8;
    return {reinterpret_cast<const char*>(address.data()), static_cast<std::size_t>(bytes)};
}

std::string household(std::string_view peer) {
    auto address = parse_address(peer);
    if (!address || is_mapped(*address)) return std::string(peer);
    std::fill(address->begin() + 8, address->end(), static_cast<unsigned char>(0));
    return address_text(*address) + "/64";
}

Networks::Networks(const std::vector<std::string>& list) {
    for (const std::string& entry : list) {
        const auto slash = entry.find('/');
        const auto address = parse_address(std::string_view(entry).substr(0, slash));
        if (!address) throw std::runtime_error("not an address or network: " + entry);
        const int most = is_mapped(*address) && entry.find(':') == entry.npos ? 32 : 128;
        const auto bits =
            slash == entry.npos ? most : parse_int<int>(std::string_view(entry).substr(slash + 1));
        if (!bits || *bits < 0 || *bits > most)
            throw std::runtime_error("not an address or network: " + entry);
        networks_.push_back({*address, *bits + 128 - most});
    }
}

bool Networks::contain(const Address& address) const {
    return std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
        return same_prefix(network.address, address, network.bits);
    });
}

Origin origin_of(const Request& request, const Address& socket, const Networks& trusted) {
    Origin origin{.peer = address_text(socket)};
    if (!trusted.contain(socket)) return origin;

    if (last_value(request, "X-Forwarded-Proto") == "https") origin.scheme = "https";
    const auto hops = forwarded_for(request);
    for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
        const auto address = parse_address(*hop);
        if (!address) break;  // what stands left of nonsense was not written by a proxy of ours
        origin.peer = address_text(*address);
        if (!trusted.contain(*address)) break;
    }
    return origin;
}

}  // namespace torv::http
