#include "platform/fetch/fetch.hpp"

#include <doctest/doctest.h>

#include "platform/fetch/testing.hpp"

using namespace torv;
using fetch::Failure;
using fetch::testing::Counterpart;

TEST_CASE("addresses of networks inside are told from those outside, in every disguise") {
    for (const auto* inside : {"127.0.0.1",
                               "127.255.255.254",
                               "10.0.0.1",
                               "172.16.0.1",
                               "172.31.255.255",
                               "192.168.1.1",
                               "169.254.169.254",
                               "100.64.0.1",
                               "100.127.255.255",
                               "0.0.0.0",
                               "0.1.2.3",
                               "192.0.0.8",
                               "192.0.2.1",
                               "198.18.0.1",
                               "198.51.100.1",
                               "203.0.113.1",
                               "224.0.0.1",
                               "240.0.0.1",
                               "255.255.255.255",
                               "::",
                               "::1",
                               "fe80::1",
                               "fec0::1",
                               "fc00::1",
                               "fd12:3456::1",
                               "ff02::1",
                               "::ffff:8.8.8.8",
                               "::ffff:10.0.0.1",
                               "::7f00:1",
                               "64:ff9b::a00:1",
                               "64:ff9b:1::1",
                               "2002:a00:1::",
                               "2002:808:808::",
                               "2001::1",
                               "2001:db8::1",
                               "2001:10::1",
                               "3fff::1",
                               "4000::1",
                               "100::1",
                               "localhost",
                               "",
                               "10.1",
                               "0x7f.0.0.1"})
        CHECK_MESSAGE(!fetch::is_outside(inside), inside);
    for (const auto* outside :
         {"8.8.8.8", "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.1", "192.167.1.1",
          "223.255.255.254", "1.0.0.1", "2606:4700::1111", "2a00:1450::1", "64:ff9b::808:808"})
        CHECK_MESSAGE(fetch::is_outside(outside), outside);
}

TEST_CASE("only https on its usual port may be called, without a name and not inside") {
    const auto good = fetch::check("https://push.example/wpush/v2/abc?x=1", {});
    REQUIRE(good);
    CHECK(good->origin() == "https://push.example");
    CHECK(fetch::check("https://PUSH.example:443/a", {})->origin() == "https://push.example");
    CHECK(fetch::check("https://[2606:4700::1111]/a", {})->origin() == "https://[2606:4700::1111]");
    for (const auto* bad : {"",
                            "http://push.example/",
                            "https://push.example:8443/",
                            "https://a:b@push.example/",
                            "https://a@push.example/",
                            "https://push.example/#x",
                            "https://127.0.0.1/",
                            "https://10.0.0.1/",
                            "https://[::1]/",
                            "https://[::ffff:127.0.0.1]/",
                            "https://[fe80::1%25eth0]/",
                            "https://2130706433/",
                            "https://0x7f000001/",
                            "https://0177.0.0.1/",
                            "https://127.1/",
                            "ftp://push.example/",
                            "file:///etc/passwd",
                            "gopher://push.example/",
                            "//push.example/",
                            "push.example",
                            "https://",
                            "https://push.example/a b",
                            "https://push.example/\n",
                            "https://ærø.example/"})
        CHECK_MESSAGE(!fetch::check(bad, {}), bad);
    CHECK_FALSE(fetch::check("https://push.example/" + std::string(2000, 'a'), {}));
    CHECK(fetch::check("http://10.0.0.1:8080/a", {"10.0.0.1:8080"})->origin() ==
          "http://10.0.0.1:8080");
    CHECK_FALSE(fetch::check("http://10.0.0.1:8081/a", {"10.0.0.1:8080"}));
}

TEST_CASE("a name that leads inside is not connected to") {
    Counterpart service;
    const auto reply = fetch::send({.url = "https://localhost/"}, {});
    REQUIRE_FALSE(reply);
    CHECK(reply.error() == Failure::LedInside);
    CHECK(fetch::send({.url = service.url("/")}, {}).error() == Failure::BadUrl);
    CHECK(service.received().empty());
}

TEST_CASE("a request goes as it is said, once, and its answer comes back") {
    Counterpart service;
    service.answer(
        "HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
    const auto reply = fetch::send({.method = "POST",
                                    .url = service.url("/a?b"),
                                    .headers = {{"TTL", "60"}},
                                    .body = std::string("a\0b", 3)},
                                   {service.host()});
    REQUIRE(reply);
    CHECK(reply->status == 429);
    CHECK(reply->header("retry-after") == "7");
    CHECK(reply->body == "no");
    const auto all = service.received();
    REQUIRE(all.size() == 1);
    CHECK(all[0].starts_with("POST /a?b HTTP/1.1\r\n"));
    CHECK(all[0].find("TTL: 60\r\n") != std::string::npos);
    CHECK(all[0].ends_with(std::string("\r\n\r\na\0b", 7)));
}

TEST_CASE("redirects are not followed, and answers are bounded in size and time") {
    Counterpart service;
    const fetch::Inside inside{service.host()};
    service.answer("HTTP/1.1 302 Found\r\nLocation: " + service.url("/secret") +
                   "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    CHECK(fetch::send({.url = service.url("/")}, inside)->status == 302);
    CHECK(service.received().size() == 1);

    service.answer("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + std::string(5000, 'x'));
    CHECK(fetch::send({.url = service.url("/"), .max_answer = 4000}, inside).error() ==
          Failure::TooLarge);
    CHECK(fetch::send({.url = service.url("/"), .max_answer = 5000}, inside)->body.size() == 5000);

    service.answer("HTTP/1.1 200 OK\r\nX: " + std::string(40'000, 'x') +
                   "\r\nY: " + std::string(40'000, 'y') + "\r\nConnection: close\r\n\r\n");
    CHECK(fetch::send({.url = service.url("/")}, inside).error() == Failure::TooLarge);

    Counterpart slow;
    slow.answer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
    const auto begun = std::chrono::steady_clock::now();
    CHECK_FALSE(fetch::send({.url = slow.url("/"), .timeout = std::chrono::milliseconds(300)},
                            {slow.host()}));
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(3));
}
