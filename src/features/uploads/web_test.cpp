#include <doctest/doctest.h>

#include "features/uploads/house_test.hpp"
#include "platform/files/pictures_test.hpp"

using namespace torv;
using files::testing::png_of;
using uploads::testing::House;
using uploads::testing::photo;
using uploads::testing::text_of;

namespace {

std::string bytes_of(const testing::Answer& answer) {
    if (!answer.response.file) return {};
    const auto& part = *answer.response.file;
    return uploads::testing::content(part.path).substr(part.offset, part.length);
}

}  // namespace

TEST_CASE("a picture is shown in our own making, never as it was sent") {
    House house;
    const auto sent = house.send("bo", "Haven%20i%20maj.JPG", photo());
    REQUIRE(sent.status == 201);
    const std::string id = text_of(sent, "id"), url = text_of(sent, "url");
    CHECK(url == "/files/" + id + "/Haven%20i%20maj.webp");
    CHECK(text_of(sent, "name") == "Haven i maj.webp");
    CHECK(text_of(sent, "markdown") == "![Haven i maj](" + url + ")");
    CHECK(sent.json()["width"].integer().value_or(0) > 0);
    CHECK(sent.json()["size"].integer().value_or(0) > 0);

    const auto shown = house.site.as("bo").get(url);
    CHECK(shown.status == 200);
    CHECK(shown.header("Content-Type") == "image/webp");
    CHECK(shown.header("Content-Disposition").starts_with("inline; "));
    CHECK(shown.header("Cache-Control") == "private, max-age=31536000, immutable");
    CHECK(shown.header("X-Content-Type-Options") == "nosniff");
    CHECK(shown.header("Content-Security-Policy").ends_with("sandbox"));
    CHECK(bytes_of(shown).substr(8, 4) == "WEBP");
    CHECK(static_cast<std::int64_t>(bytes_of(shown).size()) == sent.json()["size"].integer());

    const auto small = house.site.as("bo").get("/files/" + id + "/320.webp");
    CHECK(bytes_of(small).size() <= bytes_of(shown).size());
    CHECK(house.site.as("bo").get(url, {{"If-None-Match", shown.header("ETag")}}).status == 304);
    house.files.each([&](const files::Hash& hash, std::uint64_t) {
        CHECK(house.files.read(hash)->find("SECRET-PLACE") == std::string::npos);
    });
}

TEST_CASE("what a browser might run is only saved") {
    House house;
    const std::pair<std::string, std::string> files[] = {
        {"a.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"},
        {"a.html", "<script>alert(1)</script>"},
        {"a.xhtml", "<html xmlns='http://www.w3.org/1999/xhtml'><script/></html>"},
        {"a.js", "alert(1)"},
    };
    for (const auto& [name, bytes] : files) {
        const auto sent = house.send("bo", name, bytes);
        REQUIRE(sent.status == 201);
        const auto got = house.site.as("bo").get(text_of(sent, "url"));
        CHECK(got.header("Content-Type") == "application/octet-stream");
        CHECK(got.header("Content-Disposition").starts_with("attachment; "));
        CHECK(got.header("Content-Security-Policy").find("sandbox") != std::string::npos);
        CHECK(bytes_of(got) == bytes);
        CHECK(text_of(sent, "markdown").starts_with("[" + name + "]("));
    }
    const auto pdf = house.send("bo", "plan.pdf", "%PDF-1.7 <script>alert(1)</script>");
    CHECK(house.site.as("bo").get(text_of(pdf, "url")).header("Content-Disposition") ==
          "attachment; filename=\"plan.pdf\"; filename*=UTF-8''plan.pdf");
}

TEST_CASE("sound plays where it is, also from the middle") {
    House house;
    const auto sent = house.send("bo", "choir.mp3", "ID3\x04 tones and tones");
    const std::string url = text_of(sent, "url");
    const auto got = house.site.as("bo").get(url, {{"Range", "bytes=4-8"}});
    CHECK(got.status == 206);
    CHECK(got.header("Content-Type") == "audio/mpeg");
    CHECK(got.header("Content-Disposition").starts_with("inline; "));
    CHECK(bytes_of(got) == " tone");
}

TEST_CASE("a picture that is also a program is a picture and nothing else") {
    House house;
    std::string both = uploads::testing::content("src/platform/files/fixtures/plain.gif");
    both += "<script>alert('polyglot')</script>";
    const auto sent = house.send("bo", "both.html", both);
    REQUIRE(sent.status == 201);
    CHECK(text_of(sent, "name") == "both.webp");
    const auto got = house.site.as("bo").get(text_of(sent, "url"));
    CHECK(got.header("Content-Type") == "image/webp");
    CHECK(bytes_of(got).find("polyglot") == std::string::npos);
}

TEST_CASE("what cannot be kept is told in the member's language") {
    House house;
    auto& bo = house.site.as("bo");
    bo.viewer.language = "da";
    const auto refused = [&](std::string_view name, std::string bytes, int status,
                             std::string_view key) {
        const auto answer = house.send("bo", name, std::move(bytes));
        CHECK(answer.status == status);
        CHECK(answer.header("Content-Type") == "application/problem+json");
        CHECK(text_of(answer, "key") == key);
        CHECK(text_of(answer, "field") == "file");
        return text_of(answer, "title");
    };
    CHECK(refused("nothing.txt", "", 422, "uploads.empty") == "Filen er tom.");
    refused("", "", 422, "uploads.no_file");
    refused("broken.jpg", "\xFF\xD8\xFF\xE0 and no more", 422, "files.picture_unreadable");
    refused("words.png", "These are words.", 422, "files.picture_unreadable");
    refused("huge.png", png_of(50'000, 50'000), 422, "files.picture_too_large");
    const_cast<config::Config&>(house.site.services().config).max_upload = 1000;
    CHECK(refused("long.txt", std::string(1001, 'x'), 413, "uploads.too_large").find("1") !=
          std::string::npos);
    CHECK(house.files_kept() == 0);
}

TEST_CASE("more than the route takes is refused before anybody reads it") {
    House house;
    uploads::set_limit(house.site.routes(), 10'000);
    CHECK(house.send("bo", "a.txt", std::string(10'000, 'x')).status == 201);
    CHECK(house.send("bo", "a.txt", std::string(80'000, 'x')).status == 413);
    CHECK(house.api("bo", "a.txt", std::string(80'000, 'x')).status == 413);
}

TEST_CASE("a name in a wrong encoding loses the name, not the file") {
    House house;
    const auto name = [&](std::string_view sent) {
        return text_of(house.send("bo", sent, "words"), "name");
    };
    CHECK(name("%FF%FEplan.txt") == "file");
    CHECK(name("%zz") == "file");
    CHECK(name("..%2F..%2Fetc%2Fpasswd") == "passwd");
    CHECK(name("%E2%80%AEgpj.exe") == "gpj.exe");
    CHECK(name("a%00b.txt") == "ab.txt");
    CHECK(name("r%C3%B8dgr%C3%B8d.txt") == "rødgrød.txt");
    const auto sent = house.send("bo", "%23%3F%25%26%22.txt", "words");
    CHECK(house.site.as("bo").get(text_of(sent, "url")).status == 200);
}

TEST_CASE("the same bytes stand on the disk once") {
    House house;
    const auto first = house.send("bo", "a.txt", "the same");
    const auto second = house.send("cleo", "b.txt", "the same");
    CHECK(text_of(first, "id") != text_of(second, "id"));
    CHECK(house.files_kept() == 1);
    CHECK(house.site.as("cleo").get(text_of(second, "url")).status == 200);
    CHECK(house.site.as("cleo").get(text_of(first, "url")).status == 404);
}

TEST_CASE("a program gets the same, once for each key") {
    House house;
    const auto made = house.api("bo", "plan.txt", "one", "key-1");
    REQUIRE(made.status == 201);
    const std::string id = text_of(made, "id");
    CHECK(text_of(made, "url") == "http://square.test/files/" + id + "/plan.txt");
    CHECK(made.header("Location") == "http://square.test/api/v1/uploads/" + id);
    CHECK(text_of(house.api("bo", "plan.txt", "one", "key-1"), "id") == id);
    const auto other = house.api("bo", "plan.txt", "two", "key-1");
    CHECK(other.status == 409);
    CHECK(text_of(other, "key") == "web.key_reused");
    CHECK(text_of(house.site.as("bo").api("GET", "/api/v1/uploads/" + id), "name") == "plan.txt");
    CHECK(house.site.as("ada").api("GET", "/api/v1/uploads/" + id).status == 404);
}

TEST_CASE("without a script a form brings the file, and its line is shown") {
    House house;
    const auto sent = house.send_form("bo", "/uploads", "garden.jpg", photo(), house.token("bo"));
    CHECK(sent.status == 303);
    CHECK(sent.location().starts_with("/uploads#upload-"));
    const auto page = house.site.as("bo").get("/uploads");
    CHECK(page.has("![garden](/files/"));
    CHECK_FALSE(house.site.as("cleo").get("/uploads").has("garden"));

    const auto empty = house.send_form("bo", "/uploads", "", "", house.token("bo"));
    CHECK(empty.status == 422);
    CHECK(empty.has("Choose a file first."));
    CHECK(house.send_form("bo", "/uploads", "a.txt", "words", "forged").status == 403);
}

TEST_CASE("only members bring files, and nobody too many at once") {
    House house;
    CHECK(house.api("gus", "a.txt", "words").status == 201);  // in the Mill, where he is a member
    house.site.as("gus").host = "square.test";
    CHECK(house.api("gus", "a.txt", "words").status == 403);
    CHECK(house.send("", "a.txt", "words").status == 303);
    auto& cleo = house.site.as("cleo");
    cleo.viewer.pending = true;
    CHECK(house.send("cleo", "a.txt", "words").status == 403);

    int made = 0;
    while (made < 100 && house.send("bo", "a.txt", "words").status == 201) ++made;
    CHECK(made == 40);
    CHECK(house.send("ada", "a.txt", "words").status == 201);
}
