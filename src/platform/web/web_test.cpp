#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "platform/base/text.hpp"
#include "platform/testing/site.hpp"
#include "platform/web/form.hpp"
#include "platform/web/limits.hpp"
#include "platform/web/parts.hpp"

using namespace torv;
using testing::Site;

namespace {

int made = 0;

web::Response show(web::Context& ctx) {
    return ctx.page("Hello",
                    [&](html::Out& out) { html::put(out, "<p>{}</p>", ctx.viewer.handle); });
}

web::Response change(web::Context& ctx) { return ctx.redirect_with("/done", "web.home"); }

web::Response make(web::Context& ctx) {
    const auto id = ctx.create([&](db::Tx& tx) -> Result<TopicId> {
        ++made;
        return tx.new_id<TopicId>();
    });
    if (!id) return ctx.refuse(id.error());
    return ctx.json(R"({"id":")" + id->text() + R"("})", 201);
}

web::Response fault(web::Context& ctx) {
    if (ctx.path("which") == "throw") throw std::runtime_error("secret detail");
    if (ctx.path("which") == "full")
        throw db::DbError(db::DbFault::Full, "database or disk is full");
    return ctx.refuse(Error{Fault::Conflict, "web.key_reused", "name", {}});
}

web::Response back(web::Context& ctx) { return ctx.back_to("/elsewhere"); }

web::Response literal(web::Context& ctx) { return ctx.text("literal", "text/plain"); }

web::Response with_id(web::Context& ctx) {
    return ctx.text(ctx.path_id<TopicId>("id").text() + " " + std::string(ctx.query("q")),
                    "text/plain");
}

void routes(web::Routes& r) {
    using web::Access;
    r.get("/", Access::Anyone, show);
    r.get("/mine", Access::Member, show);
    r.get("/staff", Access::Moderator, show);
    r.get("/owner", Access::Owner, show);
    r.post("/change", Access::Member, change);
    r.put("/change", Access::Member, change);
    r.post("/rules/accept", Access::Member, change).for_outdated_rules = true;
    r.post("/back", Access::Anyone, back);
    r.get("/fault/{which}", Access::Anyone, fault);
    r.get("/api/test/fault/{which}", Access::Anyone, fault);
    r.post("/api/test/things", Access::Member, make);
    r.get("/x/new", Access::Anyone, literal);
    r.get("/x/{id}", Access::Anyone, with_id);
}

}  // namespace

TEST_CASE("guests are led to sign in and come back to where they wanted to go") {
    Site site{routes};
    const auto answer = site.guest().get("/mine?page=2");
    CHECK(answer.status == 303);
    CHECK(answer.location() == "/sign-in?return_to=%2Fmine%3Fpage%3D2");
    CHECK(site.as("bo").get("/mine").status == 200);
}

TEST_CASE("a door for leaders looks like a wall to everybody else, also to guests") {
    Site site{routes};
    CHECK(site.as("ada").get("/staff").status == 200);
    CHECK(site.as("olga").get("/owner").status == 200);
    const auto hidden = site.as("bo").get("/staff");
    const auto absent = site.as("bo").get("/nothing-here");
    CHECK(hidden.status == 404);
    CHECK(hidden.body == absent.body);
    CHECK(site.guest().get("/staff").status == 404);
    CHECK(site.as("ada").get("/owner").status == 404);
}

TEST_CASE("a member of another community is a guest in this one") {
    Site site{routes};
    auto& gus = site.as("gus");
    CHECK(gus.get("/owner").status == 200);
    gus.host = "square.test";
    CHECK(gus.get("/mine").status == 403);
    CHECK(gus.get("/owner").status == 404);
}

TEST_CASE("a change needs the token, the right origin and the same site") {
    Site site{routes};
    auto& bo = site.as("bo");
    CHECK(bo.post("/change").status == 303);
    CHECK(bo.send({.method = "POST", .target = "/change"}).status == 403);
    CHECK(bo.post("/change", {}, {{"Origin", "http://evil.test"}}).status == 403);
    CHECK(bo.post("/change", {}, {{"Sec-Fetch-Site", "cross-site"}}).status == 403);
    CHECK(bo.post("/change", {},
                  {{"Origin", "http://square.test"}, {"Sec-Fetch-Site", "same-origin"}})
              .status == 303);
    CHECK(bo.post("/change", {{"_method", "PUT"}}).status == 303);
}

TEST_CASE("a member who has to accept new rules may read, accept, and nothing else") {
    Site site{routes};
    auto& bo = site.as("bo");
    bo.viewer.rules_outdated = true;
    CHECK(bo.get("/mine").status == 200);
    CHECK(bo.post("/change").status == 403);
    CHECK(bo.post("/rules/accept").status == 303);
}

TEST_CASE("sent twice is done once, and the same key with other content is refused") {
    Site site{routes};
    auto& bo = site.as("bo");
    made = 0;
    const auto first = bo.api("POST", "/api/test/things", R"({"title":"A"})", "key-1");
    const auto again = bo.api("POST", "/api/test/things", R"({"title":"A"})", "key-1");
    CHECK(first.status == 201);
    CHECK(again.body == first.body);
    CHECK(made == 1);
    CHECK(bo.api("POST", "/api/test/things", R"({"title":"B"})", "key-1").status == 409);
    CHECK(site.as("ada").api("POST", "/api/test/things", R"({"title":"A"})", "key-1").body !=
          first.body);
    CHECK(made == 2);
}

TEST_CASE("a reading token does not write") {
    Site site{routes};
    auto& bo = site.as("bo");
    bo.viewer.scope = auth::Scope::Read;
    CHECK(bo.api("POST", "/api/test/things", "{}").status == 403);
    bo.viewer.scope = auth::Scope::Write;
    CHECK(bo.api("POST", "/api/test/things", "{}").status == 201);
}

TEST_CASE(
    "faults become pages for people and problem documents for programs, without their insides") {
    Site site{routes};
    auto& bo = site.as("bo");
    const auto problem = bo.api("GET", "/api/test/fault/conflict");
    CHECK(problem.status == 409);
    CHECK(problem.header("Content-Type") == "application/problem+json");
    CHECK(problem.json()["key"].string_or("") == "web.key_reused");
    CHECK(problem.json()["field"].string_or("") == "name");
    const auto thrown = bo.get("/fault/throw");
    CHECK(thrown.status == 500);
    CHECK_FALSE(thrown.has("secret detail"));
    CHECK(thrown.has("request-of-a-test"));
    CHECK(bo.get("/fault/full").status == 507);
}

TEST_CASE("an open redirect is not to be had") {
    Site site{routes};
    auto& bo = site.as("bo");
    CHECK(bo.post("/back", {{"return_to", "/t/7"}}).location() == "/t/7");
    for (const char* bad :
         {"//evil.test", "/\\evil.test", "https://evil.test", "/a\r\nSet-Cookie: x=y", "evil"})
        CHECK(bo.post("/back", {{"return_to", bad}}).location() == "/elsewhere");
    CHECK(bo.post("/back", {}, {{"Referer", "http://square.test/s/lounge"}}).location() ==
          "/s/lounge");
    CHECK(bo.post("/back", {}, {{"Referer", "http://square.test.evil/s"}}).location() ==
          "/elsewhere");
}

TEST_CASE("literal routes win, ids are whole numbers, and a wrong method says which are right") {
    Site site{routes};
    auto& guest = site.guest();
    CHECK(guest.get("/x/new").body == "literal");
    CHECK(guest.get("/x/12?q=a+b%26c").body == "12 a b&c");
    CHECK(guest.get("/x/012").body == "0 ");
    CHECK(guest.get("/x/").status == 404);
    const auto wrong = guest.get("/change");
    CHECK(wrong.status == 405);
    CHECK(wrong.header("Allow") == "POST, PUT");
    CHECK(guest.get("/x/%zz").status == 400);
}

TEST_CASE("every page carries the headers that keep strangers out") {
    Site site{routes};
    const auto page = site.guest().get("/");
    CHECK(page.header("Content-Security-Policy").find("default-src 'none'; script-src 'self'") ==
          0);
    CHECK(page.header("X-Content-Type-Options") == "nosniff");
    CHECK(site.as("bo").get("/").header("Cache-Control") == "private, no-store");
    CHECK(page.has("<html lang=\"en-GB\""));
    CHECK(site.guest().get("/", {{"Accept-Language", "da"}}).has("<html lang=\"da\""));
}

TEST_CASE("forms are read in all three ways browsers send them, and broken ones are refused") {
    web::Form form;
    CHECK(web::read_urlencoded("a=1&b=%C3%B8l+her&b=2&c", form));
    CHECK(form["b"] == "øl her");
    CHECK(form.all("b").size() == 2);
    CHECK_FALSE(web::read_urlencoded("a=%ff", form));
    CHECK_FALSE(web::read_urlencoded("a=%00", form));

    http::Request request{.method = "POST",
                          .headers = {{"Content-Type", "multipart/form-data; boundary=xyz"}}};
    request.body =
        "--xyz\r\nContent-Disposition: form-data; "
        "name=\"body\"\r\n\r\ntwo\r\nlines\r\n--xyz\r\nContent-Disposition: form-data; name=\"f\"; "
        "filename=\"a\"\r\n\r\nbytes\r\n--xyz--\r\n";
    const auto multipart = web::read_form(request);
    REQUIRE(multipart);
    CHECK((*multipart)["body"] == "two\nlines");
    CHECK_FALSE(multipart->has("f"));
    request.body = "--xyz\r\nnonsense";
    CHECK_FALSE(web::read_form(request));
}

TEST_CASE("limits refill with time") {
    web::limits::reset();
    const Instant start{1795255200000000};
    for (int i = 0; i < 3; ++i) CHECK(web::limits::take("k", 6, 3, start));
    CHECK_FALSE(web::limits::take("k", 6, 3, start));
    CHECK(web::limits::take("k", 6, 3, start + std::chrono::seconds(11)));
    CHECK(web::limits::take("other", 6, 3, start));
}

TEST_CASE("the colour of an avatar depends on the handle alone") {
    CHECK(web::parts::hue("maja") == web::parts::hue("maja"));
    for (const char* handle : {"ada", "bo", "", "åse"}) {
        CHECK(web::parts::hue(handle) >= 0);
        CHECK(web::parts::hue(handle) < 12);
    }
}

TEST_CASE("a file that was sent is found inside the spooled body, its name is only a name") {
    const std::filesystem::path path = std::filesystem::temp_directory_path() / "torv-spooled-test";
    const auto spooled = [&](const std::string& body, std::vector<http::Header> headers) {
        std::ofstream(path, std::ios::binary) << body;
        http::Request request{.method = "POST", .headers = std::move(headers)};
        request.body_file = std::make_shared<http::TempFile>(path);
        request.body_size = body.size();
        return request;
    };
    web::Form form;
    const std::string content = "zip\r\n--bytes\r\n";
    auto request = spooled(
        "--b\r\nContent-Disposition: form-data; "
        "name=\"csrf\"\r\n\r\ntoken\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; "
        "filename=\"C:\\x\\../a.zip\"\r\nContent-Type: application/zip\r\n\r\n" +
            content + "\r\n--b--\r\n",
        {{"Content-Type", "multipart/form-data; boundary=b"}});
    const auto file = web::read_spooled(request, form);
    REQUIRE(file);
    CHECK(form["csrf"] == "token");
    CHECK(file->name == "a.zip");
    CHECK(file->length == content.size());
    web::save(*file, path.string() + "-copy");
    std::ifstream in(path.string() + "-copy", std::ios::binary);
    CHECK(std::string(std::istreambuf_iterator<char>(in), {}) == content);
    std::filesystem::remove(path.string() + "-copy");

    request = spooled("raw", {{"X-Torv-Filename", "..%2Fkage%20på.png"}});
    const auto raw = web::read_spooled(request, form);
    REQUIRE(raw);
    CHECK(raw->name == "kage på.png");
    CHECK(raw->length == 3);
    request = spooled("--b\r\nbroken", {{"Content-Type", "multipart/form-data; boundary=b"}});
    CHECK_FALSE(web::read_spooled(request, form));
}

TEST_CASE("the token looks different on each page of a session, and each one is good") {
    Site site{routes};
    auto& bo = site.as("bo");
    const auto token = [&](testing::Person& who, std::string id) {
        const auto page = who.send({.method = "GET", .target = "/", .id = std::move(id)});
        const auto at = page.body.find("name=\"csrf\" content=\"") + 21;
        return page.body.substr(at, page.body.find('"', at) - at);
    };
    const std::string first = token(bo, "one"), second = token(bo, "two");
    CHECK(first != second);
    for (const std::string& one : {first, second})
        CHECK(
            bo.send({.method = "POST", .target = "/change", .headers = {{"X-CSRF", one}}}).status ==
            303);
    const std::string broken = first.substr(0, 85) + (first[85] == 'A' ? "Q" : "A");
    CHECK(
        bo.send({.method = "POST", .target = "/change", .headers = {{"X-CSRF", broken}}}).status ==
        403);
    CHECK(site.as("ada")
              .send({.method = "POST", .target = "/change", .headers = {{"X-CSRF", first}}})
              .status == 403);
    CHECK(token(site.guest(), "one") == token(site.guest(), "two"));
}
