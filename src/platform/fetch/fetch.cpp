#include "platform/fetch/fetch.hpp"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>

#include "platform/base/text.hpp"

namespace torv::fetch {

namespace {

constexpr std::size_t kLongestUrl = 2000;
constexpr long kConnectMs = 5000;
constexpr std::size_t kMostHeaders = 64 << 10;  // bytes

struct FreeUrl {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::string part_of(CURLU* url, CURLUPart part, unsigned flags = 0) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, flags) != CURLUE_OK) return {};
    std::string copy(text);
    curl_free(text);
    return copy;
}

std::string host_and_port(const Url& url) { return url.host + ":" + std::to_string(url.port); }

bool is_listed(const Url& url, const Inside& inside) {
    return std::ranges::find(inside, host_and_port(url)) != inside.end();
}

std::string_view without_brackets(std::string_view host) {
    return host.starts_with('[') ? host.substr(1, host.size() - 2) : host;
}

/// A host that is an address in whatever spelling curl would read as one: it is in the usual
/// spelling here already.
bool is_address(std::string_view host) {
    std::array<unsigned char, 16> bytes{};
    const std::string bare(without_brackets(host));
    return inet_pton(AF_INET, bare.c_str(), bytes.data()) == 1 ||
           inet_pton(AF_INET6, bare.c_str(), bytes.data()) == 1;
}

std::string text_of(const sockaddr& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (address.sa_family == AF_INET)
        inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(address).sin_addr, text.data(),
                  text.size());
    if (address.sa_family == AF_INET6)
        inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, text.data(),
                  text.size());
    return text.data();
}

/// One request under way, as curl's callbacks see it.
struct Call {
    bool inside_allowed = false;
    bool met_inside = false;
    bool too_large = false;
    std::size_t max_answer = 0;
    std::size_t header_bytes = 0;
    Reply reply;
};

/// curl has asked for the name and hands over the address it is about to connect to: this one is
/// judged, and no other is connected to.
curl_socket_t open_socket(void* with, curlsocktype, curl_sockaddr* to) {
    auto& call = *static_cast<Call*>(with);
    if (!call.inside_allowed && !is_outside(text_of(to->addr))) {
        call.met_inside = true;
        return CURL_SOCKET_BAD;
    }
    return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* with) {
    auto& call = *static_cast<Call*>(with);
    if (call.reply.body.size() + size * count > call.max_answer) {
        call.too_large = true;
        return 0;
    }
    call.reply.body.append(data, size * count);
    return size * count;
}

std::size_t take_header(char* data, std::size_t size, std::size_t count, void* with) {
    auto& call = *static_cast<Call*>(with);
    auto& headers = call.reply.headers;
    const std::string_view line(data, size * count);
    call.header_bytes += line.size();
    if (call.header_bytes > kMostHeaders) {
        call.too_large = true;
        return 0;
    }
    const auto colon = line.find(':');
    if (line.starts_with("HTTP/")) headers.clear();  // a 100 came before
    else if (colon != line.npos && headers.size() < 100)
        headers.emplace_back(ascii_lower(line.substr(0, colon)),
                             std::string(trimmed(line.substr(colon + 1))));
    return size * count;
}

struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, FreeList>;

List list_of(const Request& request) {
    List list;
    const auto add = [&](const std::string& line) {
        list.reset(curl_slist_append(list.release(), line.c_str()));
    };
    for (const auto& [name, value] : request.headers) add(name + ": " + value);
    add("Expect:");  // no waiting for a 100
    return list;
}

void set_up(CURL* c, const Request& request, Call& call, const curl_slist* headers) {
    curl_easy_setopt(c, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, call.inside_allowed ? "https,http" : "https");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(c, CURLOPT_PROXY, "");
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, kConnectMs);
    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
    curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
    if (request.method != "GET") {
        curl_easy_setopt(c, CURLOPT_POSTFIELDS, request.body.data());
        curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
    }
    curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, &call);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, &call);
    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(c, CURLOPT_HEADERDATA, &call);
}

Failure failure_of(CURLcode code, const Call& call) {
    if (call.met_inside) return Failure::LedInside;
    if (call.too_large) return Failure::TooLarge;
    if (code == CURLE_OPERATION_TIMEDOUT) return Failure::TimedOut;
    if (code == CURLE_COULDNT_RESOLVE_HOST) return Failure::Unknown;
    if (code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT) return Failure::BadUrl;
    return Failure::Broken;
}

}  // namespace

std::string Url::origin() const {
    const bool usual = port == (scheme == "https" ? 443 : 80);
    return scheme + "://" + host + (usual ? "" : ":" + std::to_string(port));
}

std::string_view failure_name(Failure failure) {
    switch (failure) {
        case Failure::BadUrl: return "bad address";
        case Failure::LedInside: return "address inside";
        case Failure::Unknown: return "unknown name";
        case Failure::TimedOut: return "timed out";
        case Failure::TooLarge: return "answer too large";
        case Failure::Broken: return "no answer";
    }
    return {};
}

std::string_view Reply::header(std::string_view name) const {
    for (const auto& [one, value] : headers)
        if (one == name) return value;
    return {};
}

std::expected<Url, Failure> check(std::string_view text, const Inside& inside) {
    const bool plain = std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7F; });
    if (text.empty() || text.size() > kLongestUrl || !plain)
        return std::unexpected(Failure::BadUrl);
    const std::unique_ptr<CURLU, FreeUrl> parsed(curl_url());
    if (curl_url_set(parsed.get(), CURLUPART_URL, std::string(text).c_str(), 0) != CURLUE_OK)
        return std::unexpected(Failure::BadUrl);
    const Url url{
        .scheme = part_of(parsed.get(), CURLUPART_SCHEME),
        .host = ascii_lower(part_of(parsed.get(), CURLUPART_HOST)),
        .port =
            parse_int<int>(part_of(parsed.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT)).value_or(0)};
    const bool named = !part_of(parsed.get(), CURLUPART_USER).empty() ||
                       !part_of(parsed.get(), CURLUPART_PASSWORD).empty() ||
                       !part_of(parsed.get(), CURLUPART_FRAGMENT).empty();
    if (named || url.host.empty()) return std::unexpected(Failure::BadUrl);
    if (is_listed(url, inside) && (url.scheme == "https" || url.scheme == "http")) return url;
    if (url.scheme != "https" || url.port != 443) return std::unexpected(Failure::BadUrl);
    if (is_address(url.host) && !is_outside(without_brackets(url.host)))
        return std::unexpected(Failure::BadUrl);
    return url;
}

std::expected<Reply, Failure> send(const Request& request, const Inside& inside) {
    static std::once_flag started;
    std::call_once(started, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    const auto url = check(request.url, inside);
    if (!url) return std::unexpected(url.error());
    const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
    Call call{.inside_allowed = is_listed(*url, inside), .max_answer = request.max_answer};
    const List headers = list_of(request);
    set_up(curl.get(), request, call, headers.get());
    const CURLcode code = curl_easy_perform(curl.get());
    if (code != CURLE_OK) return std::unexpected(failure_of(code, call));
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    call.reply.status = static_cast<int>(status);
    return std::move(call.reply);
}

}  // namespace torv::fetch
