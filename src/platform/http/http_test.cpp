#include "platform/http/http.hpp"

#include <doctest/doctest.h>

#include "platform/http/address.hpp"

namespace torv::http {
namespace {

Request with(std::vector<Header> headers) {
    Request request;
    request.method = "GET";
    request.headers = std::move(headers);
    return request;
}

Response ranged(std::string_view range, std::uint64_t size = 1000, std::string_view if_range = {}) {
    auto request = with({{"Range", std::string(range)}});
    if (!if_range.empty()) request.headers.push_back({"If-Range", std::string(if_range)});
    return file_response(request, "/dev/null", size, "image/webp", "\"v1\"");
}

Origin origin(std::string_view socket, std::vector<Header> headers) {
    const Networks trusted({"127.0.0.1", "10.0.0.0/8", "fd00::/8"});
    return origin_of(with(std::move(headers)), *parse_address(socket), trusted);
}

}  // namespace

TEST_CASE("headers are found whatever their case, cookies by their whole name") {
    const auto request = with({{"COOKIE", "a=1; session=x=y; sess=2"}, {"Accept", "*/*"}});
    CHECK(request.header("accept") == "*/*");
    CHECK(request.header("missing").empty());
    CHECK(request.cookie("session") == "x=y");
    CHECK(request.cookie("sess") == "2");
    CHECK(request.cookie("essio").empty());
}

TEST_CASE("path segments are decoded, and what could leave the folder is no path") {
    Request request;
    const auto segments = [&](std::string path) {
        request.path = std::move(path);
        return request.segments();
    };
    CHECK(segments("/")->empty());
    CHECK(*segments("/t/7") == std::vector<std::string>{"t", "7"});
    CHECK(*segments("/s/caf%C3%A9") == std::vector<std::string>{"s", "café"});
    CHECK(*segments("/t/") == std::vector<std::string>{"t", ""});
    for (const char* bad :
         {"/%", "/%zz", "/a/../b", "/a/%2e%2e/b", "/a%2fb", "/a%00", "/%ff", "/a%5cb", "*"}) {
        CAPTURE(bad);
        CHECK_FALSE(segments(bad));
    }
}

TEST_CASE("a range of a file is a part; nonsense is the whole; beyond the end is 416") {
    CHECK(ranged("").status == 200);
    CHECK(ranged("bytes=0-99").status == 206);
    CHECK(ranged("bytes=0-99").header("Content-Range") == "bytes 0-99/1000");
    CHECK(ranged("bytes=0-99").file->length == 100);
    CHECK(ranged("bytes=900-").header("Content-Range") == "bytes 900-999/1000");
    CHECK(ranged("bytes=900-5000").header("Content-Range") == "bytes 900-999/1000");
    CHECK(ranged("bytes=-10").file->offset == 990);
    CHECK(ranged("bytes=-5000").file->length == 1000);
    CHECK(ranged("bytes=1000-").status == 416);
    CHECK(ranged("bytes=-0").status == 416);
    CHECK(ranged("bytes=0-", 0).status == 416);
    CHECK(ranged("bytes=1000-").header("Content-Range") == "bytes */1000");
    for (const char* odd : {"bytes=5-1", "bytes=a-b", "bytes=", "bytes=-", "items=0-1",
                            "bytes=0-1,5-6", "bytes=-1-2"}) {
        CAPTURE(odd);
        CHECK(ranged(odd).status == 200);
        CHECK(ranged(odd).file->length == 1000);
    }
    CHECK(ranged("bytes=0-1", 1000, "\"v1\"").status == 206);
    CHECK(ranged("bytes=0-1", 1000, "\"v0\"").status == 200);
}

TEST_CASE("addresses are read strictly, and IPv4 in IPv6 is IPv4") {
    CHECK(address_text(*parse_address("203.0.113.9")) == "203.0.113.9");
    CHECK(address_text(*parse_address("::ffff:203.0.113.9")) == "203.0.113.9");
    CHECK(address_text(*parse_address("[2001:DB8::1]")) == "2001:db8::1");
    for (const char* bad :
         {"", "1.2.3", "1.2.3.4.5", "256.1.1.1", "localhost", "1.2.3.4 ", "0x7f.1"}) {
        CAPTURE(bad);
        CHECK_FALSE(parse_address(bad));
    }
    CHECK(is_loopback(*parse_address("127.9.9.9")));
    CHECK(is_loopback(*parse_address("::1")));
    CHECK_FALSE(is_loopback(*parse_address("::2")));
    CHECK(household(*parse_address("2001:db8::1")) == household(*parse_address("2001:db8::ffff")));
    CHECK(household(*parse_address("10.0.0.1")) != household(*parse_address("10.0.0.2")));
    CHECK_THROWS(Networks({"10.0.0.0/33"}));
    CHECK_THROWS(Networks({"ten"}));
}

TEST_CASE("only a trusted proxy may say who is asking") {
    const std::vector<Header> claim{{"X-Forwarded-For", "203.0.113.9"},
                                    {"X-Forwarded-Proto", "https"}};
    CHECK(origin("198.51.100.1", claim).peer == "198.51.100.1");
    CHECK(origin("198.51.100.1", claim).scheme == "http");
    CHECK(origin("127.0.0.1", claim).peer == "203.0.113.9");
    CHECK(origin("127.0.0.1", claim).scheme == "https");
    CHECK(origin("fd00::7", claim).peer == "203.0.113.9");

    // What the person wrote into the header stands left of what the proxies wrote.
    CHECK(origin("127.0.0.1", {{"X-Forwarded-For", "1.1.1.1, 203.0.113.9, 10.0.0.5"}}).peer ==
          "203.0.113.9");
    CHECK(origin("127.0.0.1", {{"X-Forwarded-For", "1.1.1.1"}, {"X-Forwarded-For", "203.0.113.9"}})
              .peer == "203.0.113.9");
    CHECK(origin("127.0.0.1", {{"X-Forwarded-For", "1.1.1.1, nonsense, 10.0.0.5"}}).peer ==
          "10.0.0.5");
    CHECK(origin("127.0.0.1", {}).peer == "127.0.0.1");
}

TEST_CASE("a header is replaced by set and repeated by add") {
    Response response;
    response.set("X", "1").set("x", "2").add("Link", "a").add("Link", "b");
    CHECK(response.header("X") == "2");
    CHECK(response.headers.size() == 3);
}

TEST_CASE("an If-None-Match names a tag in a list, weak or strong, or all by a star") {
    for (const auto* header : {R"("a")", R"(W/"a")", R"("x", "a")", R"( "x",W/"a" )", "*"})
        CHECK_MESSAGE(names_etag(header, R"("a")"), header);
    for (const auto* header : {"", R"("b")", "a", R"(W/"b", "c")", R"("*")"})
        CHECK_MESSAGE(!names_etag(header, R"("a")"), header);
    CHECK_FALSE(names_etag("*", ""));
    CHECK_FALSE(names_etag("", ""));
}

TEST_CASE("whoever names a tag is answered by it, else by the moment") {
    const std::string_view at = "Sat, 21 Nov 2026 10:00:00 GMT";
    const auto has = [&](std::vector<Header> headers) {
        return has_already(Request{.headers = std::move(headers)}, R"("a")", at);
    };
    const std::string now(at);
    CHECK(has({{"If-None-Match", R"("a")"}}));
    CHECK(has({{"If-Modified-Since", now}}));
    CHECK_FALSE(has({{"If-None-Match", R"("b")"}, {"If-Modified-Since", now}}));
    CHECK_FALSE(has({{"If-Modified-Since", "Sat, 21 Nov 2026 10:00:01 GMT"}}));
    CHECK_FALSE(has({}));
    CHECK_FALSE(has_already(Request{}, "", ""));
}

}  // namespace torv::http
