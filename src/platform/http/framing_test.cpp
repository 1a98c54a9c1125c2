#include <doctest/doctest.h>

#include "platform/http/house.hpp"

/// Where a message begins and ends, and how long it may be.
namespace torv::http {

using std::string;

TEST_CASE("the absolute form names the host; an empty line before a request is forgiven") {
    const House house;
    CHECK(house.ask("GET http://b.example/x?y HTTP/1.1\r\n" + kClose)
              .ends_with("GET /x?y b.example "));
    CHECK(house.ask("GET http://b.example HTTP/1.1\r\n" + kClose).ends_with("GET / b.example "));
    CHECK(house.ask("\r\n" + get("/y")).ends_with("GET /y a "));
}

TEST_CASE("two servers could disagree about these, so they are refused and the connection ends") {
    const House house;
    const string post = "POST / HTTP/1.1\r\nHost: a\r\n";
    const auto chunk = "\r\n0\r\n\r\n" + get("/smuggled");
    for (const string& bytes : {
             post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n" + chunk,
             post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello" + get("/smuggled"),
             post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello" + get("/smuggled"),
             post + "Content-Length: 5, 5\r\n\r\nhello",
             post + "Content-Length: +5\r\n\r\nhello",
             post + "Content-Length: 0x5\r\n\r\nhello",
             post + "Content-Length: 99999999999999999999\r\n\r\nhello",
             post + "Content-Length : 5\r\n\r\nhello",
             post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n" + chunk,
             post + "X: a\r\n folded\r\nContent-Length: 0\r\n\r\n",
             post + "X: a\nContent-Length: 0\r\n\r\n",
             post + "X: a\rb\r\nContent-Length: 0\r\n\r\n",
             post + string("X: a\0b\r\n\r\n", 11),
             string("GET / HTTP/1.1\nHost: a\n\n"),
             string("GET / HTTP/1.1\r\n\r\n"),
             string("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
             string("GET / HTTP/1.1 x\r\nHost: a\r\n\r\n"),
             string("GET  / HTTP/1.1\r\nHost: a\r\n\r\n"),
             string("GET /\xff HTTP/1.1\r\nHost: a\r\n\r\n"),
             string("G<T / HTTP/1.1\r\nHost: a\r\n\r\n"),
             string("GET nowhere HTTP/1.1\r\nHost: a\r\n\r\n"),
             string("GET /\r\n\r\n"),
         }) {
        CAPTURE(bytes);
        const auto response = house.ask(bytes);
        CHECK(status_of(response) == 400);
        CHECK(response.find("smuggled") == string::npos);
    }
    CHECK(status_of(house.ask(post + "Transfer-Encoding: gzip, chunked\r\n" + chunk)) == 501);
    CHECK(status_of(house.ask("GET / HTTP/2.0\r\nHost: a\r\n\r\n")) == 505);
    CHECK(status_of(house.ask("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) == 505);
    CHECK(house.server.counters().requests == 0);
}

TEST_CASE("a chunked body is read, and nothing after it on that connection") {
    const House house;
    const string head = "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    const auto response = house.ask(head + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n" + get("/after"));
    CHECK(response.ends_with("POST /c a abcde"));

    CHECK(status_of(house.ask(head + "zz\r\nabc\r\n0\r\n\r\n")) == 400);
    CHECK(status_of(house.ask(head + "3\r\nabcd\r\n0\r\n\r\n")) == 400);
    CHECK(status_of(house.ask(head + "ffffffffffffffff1\r\nabc\r\n0\r\n\r\n")) == 400);
}

TEST_CASE("heads over 16 KB and over 100 lines are refused with 431") {
    const House house;
    CHECK(status_of(house.ask("GET / HTTP/1.1\r\nHost: a\r\nX: " + string(17'000, 'x') +
                              "\r\n\r\n")) == 431);
    string many = "GET / HTTP/1.1\r\nHost: a\r\n";
    for (int i = 0; i < 101; ++i) many += "X" + std::to_string(i) + ": y\r\n";
    CHECK(status_of(house.ask(many + "\r\n")) == 431);
}

TEST_CASE("a body over the route's limit is refused with 413, announced or not") {
    const House house;
    const string post = "POST /small HTTP/1.1\r\nHost: a\r\n";
    CHECK(status_of(house.ask(post + "Content-Length: 65537\r\n\r\n" + string(65537, 'x'))) == 413);
    string chunks;
    for (int i = 0; i < 70; ++i) chunks += "400\r\n" + string(1024, 'x') + "\r\n";
    CHECK(status_of(house.ask(post + "Transfer-Encoding: chunked\r\n\r\n" + chunks +
                              "0\r\n\r\n")) == 413);
    CHECK(status_of(house.ask(post + "Connection: close\r\nContent-Length: 65536\r\n\r\n" +
                              string(65536, 'x'))) == 200);
}

TEST_CASE("Expect: 100-continue is answered before the body, and refused before it") {
    const House house;
    RawClient client(house.address());
    client.send("POST /e HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    CHECK(client.read_response().starts_with("HTTP/1.1 100 Continue\r\n\r\n"));
    client.send("ok");
    CHECK(client.read_response().ends_with("POST /e a ok"));

    RawClient big(house.address());
    big.send(
        "POST /e HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 999999\r\n\r\n");
    CHECK(status_of(big.read_response()) == 413);
    CHECK(status_of(house.ask(
              "POST / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\nContent-Length: 1\r\n\r\n")) == 417);
}

TEST_CASE("a header cannot begin a new line") {
    const House house;
    const auto response = house.ask(get("/split"));
    CHECK(status_of(response) == 200);
    CHECK(response.find("evil") == string::npos);
}

}  // namespace torv::http
