#include "platform/html/kept.hpp"

#include <doctest/doctest.h>

#include "platform/html/markdown.hpp"

using namespace torv;

namespace {

markdown::Options with_pictures() {
    return {.is_member = [](std::string_view handle) { return handle == "bo"; },
            .picture =
                [](UploadId) {
                    return std::optional(markdown::Picture{960, 640, "/files/7/960.webp"});
                },
            .tags = true};
}

}  // namespace

TEST_CASE("the words of a post are what was written, without its markup") {
    const auto post = markdown::render(
        "Tea & <b>bread</b> for \"all\", it's *here*\n\n- one\n- two\n\n`a < b` @bo #tea",
        with_pictures());
    CHECK(html::words_of(post.html, 500) ==
          "Tea & <b>bread</b> for \"all\", it's here\n\none\ntwo\n\na < b @bo #tea");
    CHECK(html::words_of(post.html, 3) == "Tea");
    CHECK(html::words_of("<p>æøå</p>", 2) == "æø");
    CHECK(html::words_of("<p", 9).empty());
    CHECK(html::words_of("&amp;lt;", 9) == "&lt;");
}

TEST_CASE("paths become addresses, words and other hosts stay as they are") {
    const auto post = markdown::render(
        "@bo #tea [here](/t/7) [there](https://x.test/a) ![plan](/files/7/plan.webp) `href=\"/x`",
        with_pictures());
    const auto moved = html::with_base(post.html, "https://square.test");
    CHECK(moved.find(R"(href="https://square.test/m/bo")") != moved.npos);
    CHECK(moved.find(R"(href="https://square.test/tags/tea")") != moved.npos);
    CHECK(moved.find(R"(href="https://square.test/t/7")") != moved.npos);
    CHECK(moved.find(R"(href="https://x.test/a")") != moved.npos);
    CHECK(moved.find(R"(src="https://square.test/files/7/960.webp")") != moved.npos);
    CHECK(moved.find("href=&quot;/x") != moved.npos);
    CHECK(moved.find(R"(="/)") == moved.npos);
    CHECK(html::with_base("plain", "https://x.test") == "plain");
}

TEST_CASE("the first picture of a post is the one for previews") {
    const auto post =
        markdown::render("Look\n\n![a](/files/7/a.webp) ![b](/files/8/b.webp)", with_pictures());
    CHECK(html::first_picture(post.html) == "/files/7/960.webp");
    CHECK(html::first_picture("<p>none</p>").empty());
}

TEST_CASE("no title ends the data of a page") {
    html::Out out;
    html::put_data(out, R"({"headline":"</script><script>alert(1)</script><!--"})");
    const std::string text = out.take();
    CHECK(text.find("</script>") == text.size() - 9);
    CHECK(text.find("<!--") == text.npos);
    CHECK(text.find(R"(\u003c/script>)") != text.npos);
}
