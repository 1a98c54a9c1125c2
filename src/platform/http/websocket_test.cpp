#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "platform/base/guarded.hpp"
#include "platform/base/log.hpp"
#include "platform/http/http.hpp"
#include "platform/http/line.hpp"
#include "platform/http/raw_client.hpp"
#include "platform/http/socket_client.hpp"

namespace torv::http {
namespace {

using namespace std::chrono_literals;
using std::string;
using Mask = SocketClient::Mask;

struct Seen {
    std::atomic<int> opened = 0;
    std::atomic<int> closed = 0;
    Guarded<std::vector<std::shared_ptr<Line>>> lines;

    void send(const string& text) { send_all(*lines.lock(), std::make_shared<const string>(text)); }
};

/// Says back what it hears.
class Echo final : public Listener {
public:
    explicit Echo(Seen& seen) : seen_(seen) {}
    void opened(std::shared_ptr<Line> line) override {
        line_ = line;
        seen_.lines.lock()->push_back(line);
        ++seen_.opened;
    }
    void came(std::string_view text) override {
        if (text == "bye") return line_->close(Close::SignedOut);
        line_->send(std::make_shared<const string>(text));
    }
    void closed() override { ++seen_.closed; }

private:
    Seen& seen_;
    std::shared_ptr<Line> line_;
};

/// A server on which every WebSocket is an echo, and everything else a stream of events.
struct Echoes {
    Seen seen;
    Server server;

    explicit Echoes(Options options = {})
        : server(
              [&] {
                  options.listen = {"127.0.0.1:0"};
                  options.trusted_proxies = {"127.0.0.0/8"};
                  options.io_threads = 2;
                  return options;
              }(),
              [](const Request&) { return BodyPlan{}; },
              [this](Request& request) {
                  Response response;
                  if (request.path == "/page") return response;
                  response.status = wants_websocket(request) ? 101 : 200;
                  response.listener = std::make_shared<Echo>(seen);
                  return response;
              }) {
        log::set_level(log::Level::Error);
        server.start();
    }
    string address() const { return server.addresses().at(0); }
    bool all_closed(int count) const {
        for (int i = 0; i < 2500 && (seen.closed < count || server.counters().lines > 0); ++i)
            std::this_thread::sleep_for(10ms);
        return seen.closed == count && server.counters().lines == 0;
    }
};

/// The code that answers these bytes on a fresh line.
int code_after(const Echoes& house, const auto& deed) {
    SocketClient client(house.address(), "/live");
    CHECK(client.status() == 101);
    deed(client);
    return client.close_code();
}

}  // namespace

TEST_CASE("a line carries texts both ways, in order, until one side says goodbye") {
    Echoes house;
    {
        SocketClient client(house.address(), "/live");
        CHECK(client.head().find("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") != string::npos);  // RFC 6455 1.3
        for (int i = 0; i < 50; ++i) client.send_text("n" + std::to_string(i));
        for (int i = 0; i < 50; ++i) CHECK(client.next_text() == "n" + std::to_string(i));
        const string wide(3000, 'w');
        client.send_text(wide);
        CHECK(client.next_text() == wide);
        client.send_frame(0x01, "fra");
        client.send_frame(0x89, "still there?");  // a ping may come between fragments
        client.send_frame(0x80, "gments");
        CHECK(client.read()->payload == "still there?");
        CHECK(client.next_text() == "fragments");
        client.send_frame(0x01, "\xe2\x82");  // a character may be cut in two
        client.send_frame(0x80, "\xac");
        CHECK(client.next_text() == "€");
        client.send_frame(0x88, "\x03\xe8");
        CHECK(client.close_code() == 1000);
        CHECK(client.ends());
    }
    CHECK(house.all_closed(1));
    CHECK(code_after(house, [](auto& client) { client.send_text("bye"); }) == 4401);
}

TEST_CASE("who breaks the protocol is told which rule, and is gone") {
    Echoes house;
    const auto after = [&](const auto& deed) { return code_after(house, deed); };
    CHECK(after([](auto& c) { c.send_frame(0x81, "plain", Mask::No); }) == 1002);
    CHECK(after([](auto& c) { c.send_frame(0xc1, "reserved bit"); }) == 1002);
    CHECK(after([](auto& c) { c.send_frame(0xa1, "reserved bit"); }) == 1002);
    CHECK(after([](auto& c) { c.send_frame(0x91, "reserved bit"); }) == 1002);
    CHECK(after([](auto& c) { c.send_frame(0x83, "reserved opcode"); }) == 1002);
    CHECK(after([](auto& c) { c.send_frame(0x87, "reserved opcode"); }) == 1002);
    // A length of 5 written as 126 + 5, or as 127 + 5: the shortest form is the only one.
    CHECK(after([](auto& c) { c.send_raw(string("\x81\xfe\0\x05\0\0\0\0hello", 13)); }) == 1002);
    CHECK(after([](auto& c) {
              c.send_raw(string("\x81\xff\0\0\0\0\0\0\0\x05\0\0\0\0hello", 19));
          }) == 1002);
    CHECK(after([](auto& c) { c.send_frame(0x8b, "reserved control"); }) == 1002);
    CHECK(after([](auto& c) { c.send_frame(0x09, "ping in pieces"); }) == 1002);
    CHECK(after([](auto& c) { c.send_frame(0x89, string(126, 'p')); }) == 1002);
    CHECK(after([](auto& c) { c.send_frame(0x80, "goes on from nothing"); }) == 1002);
    CHECK(after([](auto& c) {
              c.send_frame(0x01, "begins");
              c.send_frame(0x81, "begins again");
          }) == 1002);
    CHECK(after([](auto& c) { c.send_frame(0x88, "x"); }) == 1002);
    CHECK(after([](auto& c) { c.send_frame(0x88, "\x03\xee"); }) == 1002);  // 1006 is never sent
    CHECK(after([](auto& c) { c.send_frame(0x88, "\x03\xe8\xff\xfe"); }) == 1002);  // bad UTF-8
    CHECK(after([](auto& c) { c.send_frame(0x81, "\xc3\x28"); }) == 1007);
    CHECK(after([](auto& c) { c.send_frame(0x81, "\xed\xa0\x80"); }) == 1007);
    CHECK(after([](auto& c) { c.send_frame(0x81, "\xe2\x82"); }) == 1007);  // breaks off
    CHECK(after([](auto& c) {
              c.send_frame(0x01, "\xe2\x82");
              c.send_frame(0x80, "plain");
          }) == 1007);
    CHECK(after([](auto& c) { c.send_frame(0x81, string(4097, 'o')); }) == 1009);
    CHECK(after([](auto& c) {
              for (int i = 0; i < 5; ++i) c.send_frame(i == 0 ? 0x01 : 0x00, string(1000, 'o'));
          }) == 1009);
    CHECK(after([](auto& c) { c.send_raw(string("\x81\xff\x7f", 3) + string(11, '\xff')); }) ==
          1009);
    CHECK(after([](auto& c) { c.send_frame(0x82, "binary"); }) == 1003);
    CHECK(after([](auto& c) {
              for (int i = 0; i < 200; ++i) c.send_text("flood");
          }) == 1008);
    CHECK(after([](auto& c) {
              for (int i = 0; i < 200; ++i) c.send_frame(0x89, "flood");
          }) == 1008);
    CHECK(house.all_closed(26));
}

TEST_CASE("a request that only looks like a WebSocket is none") {
    Request good{.method = "GET",
                 .headers = {{"Connection", "keep-alive, Upgrade"},
                             {"Upgrade", "WebSocket"},
                             {"Sec-WebSocket-Version", "13"},
                             {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}}};
    CHECK(wants_websocket(good));
    for (std::size_t i = 0; i < good.headers.size(); ++i) {
        Request bad = good;
        bad.headers[i].value = "other";
        CHECK_FALSE(wants_websocket(bad));
    }
    Request posted = good;
    posted.method = "POST";
    CHECK_FALSE(wants_websocket(posted));
}

TEST_CASE("who does not take what is sent is sent away; who breaks off is noticed") {
    Echoes house;
    SocketClient slow(house.address(), "/live");
    {
        const SocketClient gone(house.address(), "/live");
        while (house.seen.opened < 2) std::this_thread::sleep_for(1ms);
    }
    const string big(16 * 1024, 'b');
    for (int i = 0; i < 2000; ++i) house.seen.send(big);
    CHECK(house.all_closed(2));
}

TEST_CASE("a wrong-doer that does not leave is cut off") {
    Echoes house;
    SocketClient stays(house.address(), "/live");
    stays.send_frame(0xc1, "reserved bit");
    CHECK(stays.close_code() == 1002);
    SocketClient waits(house.address(), "/live");
    waits.send_text("bye");
    CHECK(waits.close_code() == 4401);  // and is not answered
    CHECK(house.all_closed(2));
}

TEST_CASE("a server that stops says goodbye on every line") {
    Echoes house;
    SocketClient first(house.address(), "/live"), second(house.address(), "/live");
    RawClient events(house.address());
    events.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
    while (house.seen.opened < 3) std::this_thread::sleep_for(1ms);
    std::thread stop([&] { house.server.stop(5s); });
    CHECK(first.close_code() == 1001);
    first.send_frame(0x88, "\x03\xe9");
    CHECK(second.close_code() == 1001);
    CHECK(events.closed_within(5s));
    stop.join();
    CHECK(house.all_closed(3));
}

TEST_CASE("nobody holds all lines, and lines leave room for pages") {
    Echoes house(Options{.max_connections = 8, .max_lines_per_address = 2});
    const auto from = [](const string& peer) { return "X-Forwarded-For: " + peer + "\r\n"; };
    SocketClient one(house.address(), "/live", from("203.0.113.9"));
    SocketClient two(house.address(), "/live", from("203.0.113.9"));
    CHECK(two.status() == 101);
    CHECK(SocketClient(house.address(), "/live", from("203.0.113.9")).status() == 429);
    std::vector<std::unique_ptr<SocketClient>> others;
    for (int i = 10; i < 14; ++i)
        others.push_back(std::make_unique<SocketClient>(house.address(), "/live",
                                                        from("203.0.113." + std::to_string(i))));
    CHECK(others.back()->status() == 101);
    CHECK(SocketClient(house.address(), "/live", from("203.0.113.20")).status() == 503);
    CHECK(status_of(exchange(house.address(),
                             "GET /page HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")) == 200);
}

TEST_CASE("a stream of events has a head without length and goes on until one side ends it") {
    Echoes house;
    {
        RawClient client(house.address());
        client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
        while (house.seen.opened < 1) std::this_thread::sleep_for(1ms);
        house.seen.send("data: 1\n\n");
        house.seen.send("data: 2\n\n");
        const auto came = client.read_all(300ms);
        CHECK(status_of(came) == 200);
        CHECK(came.find("Content-Length") == string::npos);
        CHECK(came.ends_with("\r\n\r\ndata: 1\n\ndata: 2\n\n"));
    }
    CHECK(house.all_closed(1));
}

}  // namespace torv::http
