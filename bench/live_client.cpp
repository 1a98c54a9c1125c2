// Many open pages in one process: connects, follows a stream, and tells how long a message took to
// each.
//   live_client PORT HOST STREAM,… COUNT
// The pages share the streams equally. Then on its standard input:
//   drop      all close and come back
//   report    what came since the last report
// Prints "open SECONDS LATER" when all follow, with how often a page that the server had no time
// for (503, or a line ended with 1013) came back later, as web/elements/live.ts does; for each
// message seen by all that follow its stream "told COUNT P50 P99 MAX" in milliseconds after the
// moment (CLOCK_MONOTONIC, ns) that stands as "moment=…" in the text. A message numbered
// "number=…", from 0 in each stream, is also counted: "report COUNT P50 P99 MAX LOST WRONG", where
// WRONG came twice or before its turn.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <map>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Client {
    int socket = -1;
    bool open = false;
    bool follows = false;
    std::string came;
    long long next = 0;  ///< number of the message that is due
};

struct Crowd {
    int port = 0;
    std::string host;
    std::vector<std::string> streams;
    std::vector<Client> clients;
    int epoll = epoll_create1(0);
    std::size_t following = 0, put_off = 0;
    std::multimap<Clock::time_point, std::size_t> later;  ///< who comes back, and when
    std::map<long long, std::vector<double>> told;        ///< by the moment it was sent
    std::vector<double> since_report;
    long long lost = 0, wrong = 0;

    void connect_all();
    void connect_one(std::size_t i);
    void come_later(std::size_t i);
    void connect_due();
    void read(std::size_t i);
    void frames(Client& client);
    void text(Client& client, std::string_view said);
    bool step(int ms);
    void count(Client& client, std::string_view said);
    void report();
    void drop();

    const std::string& stream_of(std::size_t i) const { return streams[i % streams.size()]; }
    std::size_t in_stream() const { return clients.size() / streams.size(); }
};

long long now_ns() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now().time_since_epoch())
        .count();
}

std::string frame(const std::string& text) {
    std::string out{static_cast<char>(0x81)};
    out += static_cast<char>(0x80 | static_cast<char>(text.size()));
    return out + std::string(4, '\0') + text;
}

void print(const char* what, std::vector<double>& times) {
    std::sort(times.begin(), times.end());
    const std::size_t count = times.size();
    const auto at = [&](std::size_t share) { return count ? times[count * share / 100] : 0.0; };
    std::printf("%s %zu %.1f %.1f %.1f", what, count, at(50), at(99), count ? times.back() : 0.0);
}

void Crowd::connect_one(std::size_t i) {
    Client& client = clients[i];
    client = {};
    client.socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in from{}, to{};
    from.sin_family = to.sin_family = AF_INET;
    from.sin_addr.s_addr = htonl(0x7f000002 + static_cast<unsigned>(i % 8));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to.sin_port = htons(static_cast<unsigned short>(port));
    ::bind(client.socket, reinterpret_cast<sockaddr*>(&from), sizeof from);
    if (::connect(client.socket, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) {
        std::perror("connect");
        std::exit(1);
    }
    ::fcntl(client.socket, F_SETFL, O_NONBLOCK);
    const std::string ask =
        "GET /live HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host +
        "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    [[maybe_unused]] const auto sent = ::send(client.socket, ask.data(), ask.size(), MSG_NOSIGNAL);
    epoll_event event{.events = EPOLLIN, .data = {.u64 = i}};
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, client.socket, &event);
}

/// After half a second to two and a half: they should not all come back at once.
void Crowd::come_later(std::size_t i) {
    ++put_off;
    if (clients[i].follows) --following;
    ::close(clients[i].socket);
    later.emplace(Clock::now() + std::chrono::milliseconds(500 + std::rand() % 2000), i);
}

void Crowd::connect_due() {
    while (!later.empty() && later.begin()->first <= Clock::now()) {
        const std::size_t i = later.begin()->second;
        later.erase(later.begin());
        connect_one(i);
    }
}

void Crowd::connect_all() {
    const auto began = Clock::now();
    following = put_off = 0;
    for (std::size_t i = 0; i < clients.size(); ++i) {
        connect_one(i);
        if (i % 64 == 0) step(0);
    }
    while (following < clients.size()) {
        step(100);
        connect_due();
    }
    std::printf("open %.2f %zu\n", std::chrono::duration<double>(Clock::now() - began).count(),
                put_off);
    std::fflush(stdout);
}

void Crowd::text(Client& client, std::string_view said) {
    if (said.find("\"do\":\"on\"") != said.npos && !client.follows) {
        client.follows = true;
        ++following;
    }
    const auto mark = said.find("moment=");
    if (mark == said.npos) return;
    count(client, said);
    const long long sent = std::atoll(said.data() + mark + 7);
    auto& times = told[sent];
    times.push_back(static_cast<double>(now_ns() - sent) / 1e6);
    since_report.push_back(times.back());
    if (times.size() < in_stream()) return;
    print("told", times);
    std::printf("\n");
    std::fflush(stdout);
    told.erase(sent);
}

void Crowd::count(Client& client, std::string_view said) {
    const auto mark = said.find("number=");
    if (mark == said.npos) return;
    const long long number = std::atoll(said.data() + mark + 7);
    if (number < client.next) {
        ++wrong;
        return;
    }
    lost += number - client.next;
    client.next = number + 1;
}

void Crowd::report() {
    print("report", since_report);
    std::printf(" %lld %lld\n", lost, wrong);
    std::fflush(stdout);
    since_report.clear();
    lost = wrong = 0;
}

void Crowd::frames(Client& client) {
    while (client.came.size() >= 2) {
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(client.came[i]); };
        std::size_t length = byte(1) & 0x7f, at = 2;
        if (length == 126) {
            if (client.came.size() < 4) return;
            length = static_cast<std::size_t>(byte(2)) << 8 | byte(3);
            at = 4;
        }
        if (client.came.size() < at + length) return;
        const int opcode = byte(0) & 15;
        if (opcode == 1) text(client, std::string_view(client.came).substr(at, length));
        if (opcode == 9) {
            const char pong[6] = {static_cast<char>(0x8a), static_cast<char>(0x80), 0, 0, 0, 0};
            [[maybe_unused]] const auto sent = ::send(client.socket, pong, 6, MSG_NOSIGNAL);
        }
        client.came.erase(0, at + length);
    }
}

void Crowd::read(std::size_t i) {
    Client& client = clients[i];
    char piece[16384];
    const auto got = ::recv(client.socket, piece, sizeof piece, 0);
    if (got <= 0) {
        if (got < 0 && errno == EAGAIN) return;
        return come_later(i);
    }
    client.came.append(piece, static_cast<std::size_t>(got));
    if (!client.open) {
        const auto end = client.came.find("\r\n\r\n");
        if (end == client.came.npos) return;
        if (client.came.starts_with("HTTP/1.1 503")) return come_later(i);
        if (!client.came.starts_with("HTTP/1.1 101")) {
            std::printf("refused %.40s\n", client.came.c_str());
            std::exit(1);
        }
        client.came.erase(0, end + 4);
        client.open = true;
        const auto ask = frame(R"({"do":"on","stream":")" +
                               stream_of(static_cast<std::size_t>(&client - clients.data())) +
                               R"(","after":999999999})");
        [[maybe_unused]] const auto sent =
            ::send(client.socket, ask.data(), ask.size(), MSG_NOSIGNAL);
    }
    frames(client);
}

bool Crowd::step(int ms) {
    epoll_event events[512];
    const int count = ::epoll_wait(epoll, events, 512, ms);
    for (int i = 0; i < count; ++i) read(events[i].data.u64);
    return count > 0;
}

void Crowd::drop() {
    for (const auto& client : clients) ::close(client.socket);
}

}  // namespace

int main(int, char** argv) {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    Crowd crowd;
    crowd.port = std::atoi(argv[1]);
    crowd.host = argv[2];
    std::string_view names = argv[3];
    while (!names.empty()) {
        crowd.streams.emplace_back(names.substr(0, names.find(',')));
        names.remove_prefix(std::min(names.size(), crowd.streams.back().size() + 1));
    }
    crowd.clients.resize(static_cast<std::size_t>(std::atoi(argv[4])));
    crowd.connect_all();
    char line[64];
    pollfd input{.fd = 0, .events = POLLIN, .revents = 0};
    while (true) {
        crowd.step(5);
        if (::poll(&input, 1, 0) <= 0) continue;
        if (!std::fgets(line, sizeof line, stdin)) return 0;
        if (std::strncmp(line, "report", 6) == 0) crowd.report();
        if (std::strncmp(line, "drop", 4) == 0) {
            crowd.drop();
            crowd.connect_all();
        }
    }
}
