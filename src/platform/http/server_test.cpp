#include <doctest/doctest.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "platform/http/house.hpp"

namespace torv::http {
namespace {

using namespace std::chrono_literals;
using std::string;

/// Resident memory of this process in bytes.
long resident() {
    std::ifstream statm("/proc/self/statm");
    long total = 0, pages = 0;
    statm >> total >> pages;
    return pages * sysconf(_SC_PAGESIZE);
}

}  // namespace

TEST_CASE("a request is answered with its length, an id and the date") {
    const House house;
    const auto response = house.ask(get("/hello?x=1"));

    CHECK(status_of(response) == 200);
    CHECK(response.ends_with("\r\n\r\nGET /hello?x=1 a "));
    CHECK(response.find("\r\nContent-Length: 17\r\n") != string::npos);
    CHECK(response.find("\r\nX-Request-Id: ") != string::npos);
    CHECK(response.find("\r\nDate: ") != string::npos);
    CHECK(response.find("\r\nConnection: close\r\n") != string::npos);
}

TEST_CASE("HEAD tells the length and sends no body; 204 has neither") {
    const House house;
    const auto head = house.ask("HEAD /big HTTP/1.1\r\n" + kClose);
    CHECK(head.find("Content-Length: 3145728\r\n") != string::npos);
    CHECK(head.ends_with("\r\n\r\n"));

    const auto empty = house.ask(get("/empty"));
    CHECK(status_of(empty) == 204);
    CHECK(empty.find("Content-Length") == string::npos);
    CHECK(empty.ends_with("\r\n\r\n"));
}

TEST_CASE("a body larger than one write arrives whole; a shared one too") {
    const House house;
    CHECK(house.ask(get("/big")).ends_with(string(3 << 20, 'b')));
    CHECK(house.ask(get("/shared")).ends_with("\r\n\r\nshared"));
}

TEST_CASE("pipelined requests are answered in order on one connection") {
    const House house;
    RawClient client(house.address());
    string requests;
    for (int i = 0; i < 20; ++i)
        requests += "POST /n" + std::to_string(i) +
                    " HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n" + std::to_string(10 + i);
    client.send(requests);
    for (int i = 0; i < 20; ++i) {
        const auto response = client.read_response();
        CHECK(response.ends_with("POST /n" + std::to_string(i) + " a " + std::to_string(10 + i)));
    }
}

TEST_CASE("HTTP/1.0 closes after the answer, unless it asked to stay") {
    const House house;
    CHECK(house.ask("GET / HTTP/1.0\r\n\r\n").ends_with("GET /  "));
    RawClient client(house.address());
    client.send("GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    CHECK(client.read_response().find("Connection: keep-alive") != string::npos);
    client.send("GET /2 HTTP/1.0\r\n\r\n");
    CHECK(client.read_all().ends_with("GET /2  "));
}

TEST_CASE(
    "an upload of 150 MB goes to a file with bounded memory, and the file goes with the request") {
    House house;
    RawClient client(house.address());
    const long before = resident();
    client.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(150 << 20) +
                "\r\n\r\n");
    const string piece(1 << 20, 'u');
    long most = 0;
    for (int i = 0; i < 150; ++i) {
        REQUIRE(client.send(piece));
        most = std::max(most, resident());
    }
    CHECK(client.read_response(60s).ends_with(std::to_string(150 << 20) + " spooled"));
    CHECK(house.spooled == 1);
    CHECK(most - before < 16 << 20);
    client.end_sending();
    client.read_all();
    CHECK(house.files_left() == 0);
}

TEST_CASE("what is answered at once waits for no worker") {
    House house(Options{.workers = 1});
    RawClient busy(house.address());
    busy.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
    std::this_thread::sleep_for(100ms);
    CHECK(house.ask(get("/instant")).ends_with("\r\n\r\nat once"));
    house.gate = true;
    CHECK(status_of(busy.read_response()) == 200);
}

TEST_CASE("nobody fills the disk with many uploads at once") {
    House house(Options{.max_spools_per_address = 2});
    const auto begin = [&](RawClient& client, const string& peer) {
        client.send("POST /upload HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: " + peer +
                    "\r\nContent-Length: 3\r\n\r\n");
    };
    RawClient first(house.address()), second(house.address()), third(house.address());
    begin(first, "203.0.113.9");
    begin(second, "203.0.113.9");
    while (house.files_left() < 2) std::this_thread::sleep_for(1ms);
    begin(third, "203.0.113.9");
    CHECK(status_of(third.read_response()) == 429);

    RawClient other(house.address());
    begin(other, "203.0.113.10");
    other.send("abc");
    CHECK(status_of(other.read_response()) == 200);
    first.send("abc");
    CHECK(status_of(first.read_response()) == 200);
    RawClient again(house.address());
    begin(again, "203.0.113.9");
    again.send("abc");
    CHECK(status_of(again.read_response()) == 200);
}

TEST_CASE("an upload that cannot fit on the disk is refused before it is sent") {
    House house;
    house.limit = std::uint64_t{1} << 60;
    RawClient client(house.address());
    client.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 900000000000000000\r\n\r\n");
    CHECK(status_of(client.read_response()) == 507);
    CHECK(house.files_left() == 0);
}

TEST_CASE("an upload that breaks off leaves no file") {
    House house;
    {
        RawClient client(house.address());
        client.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" +
                    string(500'000, 'u'));
        while (house.files_left() == 0) std::this_thread::sleep_for(1ms);
    }
    for (int i = 0; i < 400 && house.files_left() > 0; ++i) std::this_thread::sleep_for(5ms);
    CHECK(house.files_left() == 0);
    CHECK(house.spooled == 0);
}

TEST_CASE(
    "a handler that throws gives a plain 500 with the request's id, and the connection lives") {
    const House house;
    log::set_level(log::Level::Error);
    RawClient client(house.address());
    client.send("GET /throw HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto response = client.read_response();
    CHECK(status_of(response) == 500);
    CHECK(response.find("broken") == string::npos);
    CHECK(response.find("X-Request-Id: ") != string::npos);
    client.send("GET /next HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(status_of(client.read_response()) == 200);
}

TEST_CASE("a slow head is ended with 408 and a silent connection without a word") {
    const House house(Options{.head_timeout = 300ms});
    RawClient slow(house.address());
    RawClient silent(house.address());
    const auto begun = std::chrono::steady_clock::now();
    slow.send("GET / HTTP/1.1\r\nHost: a\r\n");
    for (int i = 0; i < 4; ++i) {
        std::this_thread::sleep_for(100ms);
        slow.send("X: y\r\n");  // a byte now and then earns no more time
    }
    CHECK(status_of(slow.read_response()) == 408);
    CHECK(silent.read_all().empty());
    CHECK(std::chrono::steady_clock::now() - begun < 2s);
}

TEST_CASE("a body that stalls is ended with 408") {
    const House house(Options{.idle_timeout = 300ms});
    RawClient client(house.address());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
    CHECK(status_of(client.read_response()) == 408);
}

TEST_CASE("a peer that does not read is cut off") {
    House house(Options{.idle_timeout = 300ms});
    RawClient client(house.address());
    string many;
    for (int i = 0; i < 40; ++i) many += "GET /big HTTP/1.1\r\nHost: a\r\n\r\n";
    client.send(many);
    for (int i = 0; i < 60 && house.server.counters().connections > 0; ++i)
        std::this_thread::sleep_for(50ms);
    CHECK(house.server.counters().connections == 0);
}

TEST_CASE("when the house is full, who waits longest makes room") {
    House house(Options{.max_connections = 3});
    RawClient first(house.address()), second(house.address()), third(house.address());
    for (int i = 0; i < 200 && house.server.counters().connections < 3; ++i)
        std::this_thread::sleep_for(5ms);
    std::this_thread::sleep_for(20ms);
    RawClient fourth(house.address());
    fourth.send(get("/in"));
    CHECK(status_of(fourth.read_response()) == 200);
    CHECK(first.closed_within(2s));
}

TEST_CASE("when too much is waiting, the answer is 503 with Retry-After") {
    House house(Options{.workers = 1, .max_waiting = 1});
    RawClient running(house.address()), waiting(house.address());
    running.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
    std::this_thread::sleep_for(100ms);
    waiting.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
    std::this_thread::sleep_for(100ms);
    const auto refused = house.ask(get("/"));
    CHECK(status_of(refused) == 503);
    CHECK(refused.find("Retry-After: ") != string::npos);
    house.gate = true;
    CHECK(status_of(running.read_response()) == 200);
    CHECK(status_of(waiting.read_response()) == 200);
}

TEST_CASE("stopping lets a request in flight finish, ends idle connections and refuses new ones") {
    House house;
    RawClient idle(house.address()), busy(house.address());
    busy.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
    std::this_thread::sleep_for(100ms);
    bool in_time = false;
    std::thread stopper([&] { in_time = house.server.stop(5s); });
    CHECK(idle.closed_within(2s));
    CHECK_THROWS(RawClient(house.address()));
    house.gate = true;
    const auto response = busy.read_response();
    stopper.join();
    CHECK(status_of(response) == 200);
    CHECK(response.find("Connection: close") != string::npos);
    CHECK(in_time);
}

TEST_CASE("stopping cuts what has not ended at the deadline") {
    House house;
    RawClient busy(house.address());
    busy.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
    std::this_thread::sleep_for(100ms);
    const auto begun = std::chrono::steady_clock::now();
    CHECK_FALSE(house.server.stop(300ms));
    CHECK(std::chrono::steady_clock::now() - begun < 2s);
}

TEST_CASE("an address in use is named in the fault") {
    const House house;
    Server second(Options{.listen = {house.address()}}, {}, {});
    CHECK_THROWS_WITH_AS(second.start(), doctest::Contains(house.address().c_str()),
                         std::runtime_error);
}

}  // namespace torv::http
