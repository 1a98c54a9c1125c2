#include "features/community/address.hpp"

#include <algorithm>

#include "platform/base/text.hpp"

namespace torv::community {
namespace {

struct Parts {
    std::string_view scheme;  ///< "https://"
    std::string_view host;
    std::string_view port;  ///< ":8080" or empty
};

Parts parts_of(std::string_view address) {
    Parts parts;
    const std::size_t start = address.find("://");
    if (start != address.npos) {
        parts.scheme = address.substr(0, start + 3);
        address.remove_prefix(start + 3);
    }
    const std::size_t bracket = address.find(']');
    const std::size_t colon = address.find(':', bracket == address.npos ? 0 : bracket);
    parts.host = address.substr(0, colon);
    if (colon != address.npos) parts.port = address.substr(colon);
    return parts;
}

bool is_label(std::string_view label) {
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-')
        return false;
    return std::ranges::all_of(
        label, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

bool is_host(std::string_view host) {
    if (host.empty() || host.size() > 253) return false;
    return std::ranges::all_of(split(host, '.'), is_label);
}

bool is_port(std::string_view port) {
    if (port.empty()) return true;
    const auto number = parse_int<int>(port.substr(1));
    return number && *number > 0 && *number < 65536;
}

bool is_this_machine(std::string_view host) {
    const bool numbers = std::ranges::all_of(host, [](char c) {
        return (c >= '0' && c <= '9') || c == '.' || c == ':' || c == '[' || c == ']';
    });
    return numbers || host.starts_with('[');
}

}  // namespace

Result<std::string> parse_address(std::string_view typed) {
    std::string text = ascii_lower(trimmed(typed));
    while (text.ends_with('/')) text.pop_back();
    if (text.find("://") == text.npos) text.insert(0, "https://");
    const Parts parts = parts_of(text);
    const bool web = parts.scheme == "https://" || parts.scheme == "http://";
    if (!web || !is_host(parts.host) || !is_port(parts.port))
        return fail(Fault::Invalid, "community.address_bad", "address");

    const bool usual = (parts.scheme == "https://" && parts.port == ":443") ||
                       (parts.scheme == "http://" && parts.port == ":80");
    std::string address(parts.scheme);
    address += parts.host;
    if (!usual) address += parts.port;
    return address;
}

std::string host_of(std::string_view address) {
    const Parts parts = parts_of(address);
    std::string host(parts.host);
    host += parts.port;
    return host;
}

std::string given_address(std::string_view installation, std::string_view slug, bool is_default) {
    if (is_default) return std::string(installation);
    const Parts parts = parts_of(installation);
    std::string address(parts.scheme.empty() ? "http://" : parts.scheme);
    address += slug;
    address += '.';
    // A number has no names below it; "localhost" has.
    address += is_this_machine(parts.host) ? std::string_view("localhost") : parts.host;
    address += parts.port;
    return address;
}

}  // namespace torv::community
