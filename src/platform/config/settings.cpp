#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <limits>

#include "platform/base/text.hpp"
#include "platform/config/config.hpp"

/// The table of settings, and how each is read from text.
namespace torv::config {

namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

std::vector<std::string> list_of(std::string_view text) {
    std::vector<std::string> items;
    for (const auto part : split(text, ','))
        if (const auto item = trimmed(part); !item.empty()) items.emplace_back(item);
    return items;
}

std::string joined(const std::vector<std::string>& items) {
    std::string text;
    for (const auto& item : items) text.append(text.empty() ? "" : ", ").append(item);
    return text;
}

/// "65536", "64 MB", "2GB": powers of 1024.
std::optional<std::int64_t> bytes_of(std::string_view text) {
    const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto number = parse_int<std::int64_t>(text.substr(0, end));
    const auto unit = ascii_lower(trimmed(text.substr(end)));
    constexpr std::array<std::pair<std::string_view, int>, 5> kUnits{
        {{"", 0}, {"b", 0}, {"kb", 10}, {"mb", 20}, {"gb", 30}}};
    for (const auto& [name, shift] : kUnits)
        if (number && unit == name && *number <= (kMost >> shift)) return *number << shift;
    return std::nullopt;
}

std::string bytes_text(std::int64_t bytes) {
    for (const auto& [shift, unit] : {std::pair{30, " GB"}, {20, " MB"}, {10, " KB"}})
        if (bytes > 0 && bytes % (std::int64_t{1} << shift) == 0)
            return std::to_string(bytes >> shift) + unit;
    return std::to_string(bytes);
}

bool is_address(std::string_view text) {
    std::array<unsigned char, 16> room{};
    const std::string copy(text);
    return inet_pton(AF_INET, copy.c_str(), room.data()) == 1 ||
           inet_pton(AF_INET6, copy.c_str(), room.data()) == 1;
}

template <auto Member>
std::string set_text(Config& config, std::string_view text) {
    config.*Member = std::string(text);
    return {};
}
template <auto Member>
std::string get_text(const Config& config) {
    return (config.*Member);
}
template <auto Member, std::int64_t Least, std::int64_t Greatest>
std::string set_number(Config& config, std::string_view text) {
    const auto number = parse_int<std::int64_t>(text);
    if (!number || *number < Least || *number > Greatest)
        return "must be a whole number from " + std::to_string(Least) + " to " +
               std::to_string(Greatest);
    config.*Member = *number;
    return {};
}
template <auto Member>
std::string get_number(const Config& config) {
    return std::to_string(config.*Member);
}
template <auto Member>
std::string set_bytes(Config& config, std::string_view text) {
    const auto bytes = bytes_of(text);
    if (!bytes || *bytes == 0) return "must be a size such as \"64 MB\" or \"2 GB\"";
    config.*Member = *bytes;
    return {};
}
template <auto Member>
std::string get_bytes(const Config& config) {
    return bytes_text(config.*Member);
}
template <auto Member>
std::string get_list(const Config& config) {
    return joined(config.*Member);
}

std::string set_listen(Config& config, std::string_view text) {
    const auto items = list_of(text);
    for (const auto& item : items) {
        const auto colon = item.rfind(':');
        auto host =
            colon == item.npos ? std::string_view{} : std::string_view(item).substr(0, colon);
        if (host.size() > 2 && host.front() == '[' && host.back() == ']')
            host = host.substr(1, host.size() - 2);
        const bool known = host == "localhost" || is_address(host);
        if (!known || !parse_int<std::uint16_t>(std::string_view(item).substr(colon + 1)))
            return "must be an address and a port, such as \"127.0.0.1:8080\" or \"[::]:8080\"";
    }
    if (items.empty()) return "must name at least one address";
    config.listen = items;
    return {};
}

std::string set_proxies(Config& config, std::string_view text) {
    const auto items = list_of(text);
    for (const auto& item : items) {
        const auto slash = item.find('/');
        const auto address = std::string_view(item).substr(0, slash);
        const int most = address.find(':') == address.npos ? 32 : 128;
        const auto bits =
            slash == item.npos
                ? most
                : parse_int<int>(std::string_view(item).substr(slash + 1)).value_or(-1);
        if (!is_address(address) || bits < 0 || bits > most)
            return "must be addresses or networks, such as \"127.0.0.1\" or \"10.0.0.0/8\"";
    }
    config.trusted_proxies = items;
    return {};
}

std::string set_call_inside(Config& config, std::string_view text) {
    const auto items = list_of(text);
    for (const auto& item : items) {
        const auto colon = item.rfind(':');
        if (colon == item.npos || colon == 0 || item.find('/') != item.npos ||
            !parse_int<std::uint16_t>(std::string_view(item).substr(colon + 1)))
            return "must be hosts with a port, such as \"10.0.0.7:8080\"";
    }
    config.call_inside = items;
    return {};
}

std::string set_data(Config& config, std::string_view text) {
    if (text.empty()) return "must be a folder";
    config.data = text;
    return {};
}

std::string set_database(Config& config, std::string_view text) {
    if (!text.empty() && !text.starts_with("postgres://") && !text.starts_with("postgresql://"))
        return "must be empty or begin with postgres://";
    config.database = std::string(text);
    return {};
}

std::string set_public_url(Config& config, std::string_view text) {
    while (text.ends_with('/')) text.remove_suffix(1);
    const auto host = text.starts_with("https://")  ? text.substr(8)
                      : text.starts_with("http://") ? text.substr(7)
                                                    : std::string_view{};
    if (!text.empty() && (host.empty() || host.find_first_of("/?#@ ") != host.npos))
        return "must be http:// or https:// and a host name, without a path";
    config.public_url = std::string(text);
    return {};
}

std::string set_mail_url(Config& config, std::string_view text) {
    if (!text.empty() && !text.starts_with("smtp://") && !text.starts_with("smtps://"))
        return "must be empty or begin with smtp:// or smtps://";
    config.mail_url = std::string(text);
    return {};
}

std::string set_log_level(Config& config, std::string_view text) {
    for (const std::string_view level : {"debug", "info", "warning", "error"})
        if (text == level) return config.log_level = std::string(text), std::string();
    return "must be debug, info, warning or error";
}

const Setting kTable[] = {
    {"listen", Type::List, "",
     "Addresses and ports to answer on. Behind a proxy keep the default; to be reached directly, "
     "use \"0.0.0.0:8080\".",
     "[\"127.0.0.1:8080\"]", false, set_listen, get_list<&Config::listen>},
    {"data", Type::Path, "", "The data folder: database, uploads and keys. Back up this folder.",
     "\"/var/lib/torv\"", false, set_data,
     [](const Config& config) { return config.data.string(); }},
    {"database", Type::Url, "",
     "A PostgreSQL database to use instead of the SQLite file in the data folder.",
     "\"postgres://torv:password@db.example/torv\"", true, set_database,
     get_text<&Config::database>},
    {"public_url", Type::Url, "",
     "The address that people type. Links in mails begin with it. Empty: the first address of "
     "`listen`.",
     "\"https://square.example\"", false, set_public_url, get_text<&Config::public_url>},
    {"mail_url", Type::Url, "",
     "The mail server, with name and password. Empty: no mail is sent; the owner reads it in the "
     "admin pages.",
     "\"smtps://name:password@mail.example:465\"", true, set_mail_url, get_text<&Config::mail_url>},
    {"mail_from", Type::Text, "", "The sender of mails.", "\"square@example.org\"", false,
     set_text<&Config::mail_from>, get_text<&Config::mail_from>},
    {"trusted_proxies", Type::List, "",
     "Addresses and networks of your own proxies. From them alone is X-Forwarded-For believed.",
     "[\"127.0.0.1\", \"10.0.0.0/8\"]", false, set_proxies, get_list<&Config::trusted_proxies>},
    {"call_inside", Type::List, "",
     "Machines inside your own network that Torv may call, also without TLS: a push service of "
     "your "
     "own, say. All other addresses inside are refused.",
     "[\"10.0.0.7:8080\"]", false, set_call_inside, get_list<&Config::call_inside>},
    {"workers", Type::Number, "threads",
     "Threads that answer requests. 0: eight for each core, at least 32.", "16", false,
     set_number<&Config::workers, 0, 1024>, get_number<&Config::workers>},
    {"node", Type::Number, "",
     "The number of this machine, when several serve one database. Each needs its own.", "3", false,
     set_number<&Config::node, 0, 1023>, get_number<&Config::node>},
    {"max_upload", Type::Bytes, "bytes", "The largest file a member may upload.", "\"100 MB\"",
     false, set_bytes<&Config::max_upload>, get_bytes<&Config::max_upload>},
    {"max_import", Type::Bytes, "bytes", "The largest archive the owner may import.", "\"10 GB\"",
     false, set_bytes<&Config::max_import>, get_bytes<&Config::max_import>},
    {"max_connections", Type::Number, "connections",
     "Open connections. When all are taken, the one that waits longest makes room.", "20000", false,
     set_number<&Config::max_connections, 16, 1'000'000>, get_number<&Config::max_connections>},
    {"max_connections_per_address", Type::Number, "connections",
     "Open connections from one address (IPv6: one /64 network). "
     "Trusted proxies and this machine itself are not counted.",
     "64", false, set_number<&Config::max_connections_per_address, 1, 1'000'000>,
     get_number<&Config::max_connections_per_address>},
    {"posts_per_minute", Type::Number, "posts",
     "How much one person may write in a minute, on average; short bursts are fine.", "60", false,
     set_number<&Config::posts_per_minute, 1, 1'000'000>, get_number<&Config::posts_per_minute>},
    {"keep_read_notices", Type::Number, "days",
     "How long a member can go back to a notice that was read.", "365", false,
     set_number<&Config::keep_read_notices, 1, 36'500>, get_number<&Config::keep_read_notices>},
    {"keep_unread_notices", Type::Number, "days",
     "How long a notice waits for a member who does not come.", "730", false,
     set_number<&Config::keep_unread_notices, 1, 36'500>, get_number<&Config::keep_unread_notices>},
    {"log_level", Type::Text, "",
     "What is logged: debug, info, warning or error, each with all that is more serious.",
     "\"warning\"", false, set_log_level, get_text<&Config::log_level>},
    {"assets", Type::Path, "",
     "For developers: a folder of styles and scripts to read at every request, instead of those "
     "inside the program.",
     "\"build/assets\"", false,
     [](Config& config, std::string_view text) { return config.assets = text, std::string(); },
     [](const Config& config) { return config.assets.string(); }},
};

/// Edits from one word to the other.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const auto changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

const std::vector<Setting>& settings() {
    static const std::vector<Setting> all(std::begin(kTable), std::end(kTable));
    return all;
}

const Setting* find(std::string_view name) {
    for (const Setting& setting : settings())
        if (setting.name == name) return &setting;
    return nullptr;
}

std::string_view nearest(std::string_view typed) {
    std::string_view best;
    std::size_t least = std::max<std::size_t>(2, typed.size() / 3) + 1;
    for (const Setting& setting : settings())
        if (const auto edits = distance(typed, setting.name); edits < least)
            least = edits, best = setting.name;
    return best;
}

std::string env_name(const Setting& setting) {
    std::string name = "TORV_";
    for (const char c : setting.name) name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return name;
}

std::string flag_name(const Setting& setting) {
    std::string name = "--" + std::string(setting.name);
    std::replace(name.begin(), name.end(), '_', '-');
    return name;
}

}  // namespace torv::config
