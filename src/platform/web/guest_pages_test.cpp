#include "platform/web/guest_pages.hpp"

#include <doctest/doctest.h>

#include "platform/testing/site.hpp"

using namespace torv;
using namespace std::chrono_literals;
using testing::Site;

namespace {

int made = 0;

web::Response count(web::Context& ctx) {
    ++made;
    return ctx.page("Count", [&](html::Out& out) {
        html::put(out, "<p>{} {}</p>", made, std::string(3000, 'x'));
    });
}

web::Response greet(web::Context& ctx) {
    ++made;
    ctx.set_cookie("seen", "1", 60s);
    return ctx.text("hello", "text/plain");
}

web::Response missing(web::Context& ctx) {
    ++made;
    return ctx.refuse(Error{Fault::NotFound, "web.not_found", {}, {}});
}

void routes(web::Routes& r) {
    using web::Access;
    r.get("/same", Access::Anyone, count).same_for_guests = true;
    r.get("/each", Access::Anyone, count);
    r.get("/greet", Access::Anyone, greet).same_for_guests = true;
    r.get("/missing", Access::Anyone, missing).same_for_guests = true;
    r.get("/search", Access::Anyone, count).repeats_query = true;
}

/// How many times the page was made while `ask` ran.
template <class F>
int pages_made(F ask) {
    const int before = made;
    ask();
    return made - before;
}

void rename(Site& site, std::string_view name) {
    site.db().write(
        [&](db::Tx& tx) { tx.run("UPDATE communities SET name = $1 WHERE id = 1", name); });
}

}  // namespace

TEST_CASE("a page of guests is made once, until anything changes or two seconds have passed") {
    Site site{routes};
    auto& guest = site.guest();
    CHECK(pages_made([&] { guest.get("/same"), guest.get("/same"); }) == 1);
    rename(site, "The Plaza");
    CHECK(guest.get("/same").has("The Plaza"));
    CHECK(pages_made([&] { guest.get("/same"); }) == 0);
    site.clock().advance(3s);
    CHECK(pages_made([&] { guest.get("/same"), guest.get("/same"); }) == 1);
    CHECK(pages_made([&] { guest.get("/each"), guest.get("/each"); }) == 2);
}

TEST_CASE("what was read before a change is not kept after it") {
    Site site{routes};
    http::Request request{.method = "GET", .target = "/same", .path = "/same"};
    request.headers.push_back({"Host", "square.test"});
    web::GuestPages& pages = *site.services().guest_pages;
    auto slot = pages.slot(request);
    REQUIRE(slot);
    rename(site, "The Plaza");  // while the page is being made
    http::Response old{.body = "old"};
    pages.keep(*std::move(slot), request, old);
    http::Response found;
    CHECK_FALSE(pages.find(request, found));
}

TEST_CASE("what changes nothing for others, and what is rolled back, leaves the pages") {
    Site site{routes};
    auto& guest = site.guest();
    guest.get("/same");
    CHECK(pages_made([&] {
              site.db().write([](db::Tx& tx) {
                  tx.shown_to_no_other();
                  tx.run("UPDATE communities SET name = 'A' WHERE id = 1");
              });
              site.db().write([](db::Tx& tx) -> Done {
                  tx.run("UPDATE communities SET name = 'B' WHERE id = 1");
                  return fail(Fault::Conflict, "web.key_reused");
              });
              site.db().write(
                  [](db::Tx& tx) { tx.run("UPDATE communities SET name = 'C' WHERE id = 12345"); });
              guest.get("/same");
          }) == 0);
    site.db().write(
        [](db::Tx& tx) { tx.one("UPDATE communities SET name = 'D' WHERE id = 1 RETURNING id"); });
    CHECK(guest.get("/same").has(" – D</title>"));
}

TEST_CASE("nobody who may be somebody is shown a page of guests, nor makes one") {
    Site site{routes};
    auto& guest = site.guest();
    CHECK(pages_made([&] { site.as("bo").get("/same"), guest.get("/same"); }) == 2);
    for (const http::Header& header :
         {http::Header{"Cookie", "a=b; session=x"}, http::Header{"Cookie", "__Host-session=x"},
          http::Header{"Cookie", "flash=web.home"}, http::Header{"Cookie", "sidebar=folded"},
          http::Header{"Cookie", "__Host-sidebar=folded"}, http::Header{"Authorization", "Basic x"},
          http::Header{"Torv-Fragment", "x"}})
        CHECK_MESSAGE(pages_made([&] { guest.get("/same", {header}); }) == 1, header.value);
    CHECK(pages_made([&] { guest.get("/same", {{"Cookie", "consent=1"}}); }) == 0);
}

TEST_CASE("each host, language, coding and address has its own page") {
    Site site{routes};
    auto& guest = site.guest();
    CHECK(guest.get("/same").has("The Square"));
    guest.host = "mill.test";
    CHECK_FALSE(guest.get("/same").has("The Square"));
    guest.host = "square.test";
    CHECK(guest.get("/same", {{"Accept-Language", "da"}}).has("lang=\"da\""));
    CHECK(guest.get("/same").has("lang=\"en-GB\""));
    CHECK(guest.get("/same", {{"Cookie", "language=sv"}}).has("lang=\"sv\""));
    CHECK(guest.get("/same", {{"Cookie", "language=xx"}}).has("lang=\"en-GB\""));
    CHECK(guest.get("/same", {{"Accept-Encoding", "br"}}).header("Content-Encoding") == "br");
    CHECK(guest.get("/same", {{"Accept-Encoding", "gzip"}}).header("Content-Encoding") == "gzip");
    CHECK(guest.get("/same").header("Content-Encoding").empty());
    CHECK(pages_made([&] { guest.get("/same?x=1"), guest.get("/same?x=2"); }) == 2);
}

TEST_CASE("a page that sets a cookie or is no success is not kept") {
    Site site{routes};
    auto& guest = site.guest();
    CHECK(pages_made([&] { guest.get("/greet"), guest.get("/greet"); }) == 2);
    CHECK(pages_made([&] { guest.get("/missing"), guest.get("/missing"); }) == 2);
}

TEST_CASE("a kept page is the same answer as a new one, and is known again by its tag") {
    Site site{routes};
    auto& guest = site.guest();
    const auto fresh = guest.get("/same");
    const auto kept = guest.get("/same");
    CHECK(kept.body == fresh.body);
    REQUIRE(kept.response.headers.size() == fresh.response.headers.size());
    for (std::size_t i = 0; i < kept.response.headers.size(); ++i) {
        CHECK(kept.response.headers[i].name == fresh.response.headers[i].name);
        CHECK(kept.response.headers[i].value == fresh.response.headers[i].value);
    }
    CHECK(kept.header("Content-Security-Policy").starts_with("default-src 'none'"));
    const auto known = guest.get("/same", {{"If-None-Match", kept.header("ETag")}});
    CHECK(known.status == 304);
    CHECK(known.body.empty());
    CHECK(guest.get("/same", {{"If-None-Match", "\"other\""}}).status == 200);
    CHECK(pages_made([&] { guest.send({.method = "HEAD", .target = "/same"}); }) == 0);
}

TEST_CASE("made-up addresses do not fill the memory") {
    Site site{routes};
    web::GuestPages& pages = *site.services().guest_pages;
    const std::string body(100 << 10, 'x');
    for (int i = 0; i < 400; ++i) {
        http::Request request{.method = "GET", .path = "/same", .query = std::to_string(i)};
        http::Response response{.body = body};
        pages.keep(pages.slot(request).value(), request, response);
    }
    CHECK(pages.bytes() <= web::GuestPages::kMaxBytes);
    CHECK(pages.bytes() > web::GuestPages::kMaxBytes / 2);
    http::Request large{.method = "GET", .path = "/same", .query = "large"};
    http::Response response{.body = std::string(300 << 10, 'x')};
    pages.keep(pages.slot(large).value(), large, response);
    CHECK(response.shared_body->size() == 300 << 10);
    CHECK_FALSE(pages.find(large, response));
}

TEST_CASE("pages of members are packed, but never beside what their address says") {
    Site site{routes};
    auto& bo = site.as("bo");
    const http::Header takes{"Accept-Encoding", "gzip"};
    CHECK(bo.get("/each", {takes}).header("Content-Encoding") == "gzip");
    CHECK(bo.get("/search?q=x", {takes}).header("Content-Encoding").empty());
    CHECK(site.guest().get("/search?q=x", {takes}).header("Content-Encoding") == "gzip");
}
