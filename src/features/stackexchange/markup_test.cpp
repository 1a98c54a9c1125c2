#include "features/stackexchange/markup.hpp"

#include <doctest/doctest.h>

#include "platform/html/markdown.hpp"

namespace torv::stackexchange {

namespace {

std::string shown(std::string_view html) { return markdown::render(to_markdown(html)).text; }
std::string html_of(std::string_view html) { return markdown::render(to_markdown(html)).html; }
bool has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

}  // namespace

TEST_CASE("bodies become Markdown that says the same") {
    CHECK(to_markdown("<p>One <strong>two</strong> <em>three</em>.</p>\n\n<p>Four</p>\n") ==
          "One **two** *three*.\n\nFour");
    CHECK(to_markdown("<h2>Head</h2><p>a<br>b</p><hr>") == "## Head\n\na\\\nb\n\n---");
    CHECK(to_markdown("<ul>\n<li>one</li>\n<li>two <b>x</b></li>\n</ul>") == "- one\n- two **x**");
    CHECK(to_markdown("<ol start=\"3\"><li>one</li><li><p>two</p><p>more</p></li></ol>") ==
          "3. one\n\n4. two\n\n   more");
    CHECK(to_markdown("<ul><li>a<ul><li>b</li></ul></li></ul>") == "- a\n\n  - b");
    CHECK(to_markdown("<blockquote><p>a</p><p>b</p></blockquote>") == "> a\n>\n> b");
    CHECK(to_markdown("<pre><code>if (a &lt; b)\n  c `d`\n</code></pre>") ==
          "```\nif (a < b)\n  c `d`\n```");
    CHECK(to_markdown("<p>Use <code>a*b</code> or <code>`x</code></p>") == "Use `a*b` or `` `x ``");
    CHECK(to_markdown("<p><a href=\"http://a.example/x_(y)\">here</a></p>") ==
          "[here](<http://a.example/x_(y)>)");
    CHECK(to_markdown("<p><a href=\"http://a.example/\">http://a.example/</a></p>") ==
          "<http://a.example/>");
    CHECK(to_markdown("<img src=\"//i.example/a b.jpg\" alt=\"A [cup]\">") ==
          "![A \\[cup\\]](<https://i.example/a%20b.jpg>)");
    CHECK(to_markdown("<ul><li>a</li></ul><ul><li>b</li></ul>") == "- a\n\n* b");
    CHECK(to_markdown("") == "");
    CHECK(to_markdown(" \n") == "");
}

TEST_CASE("what only looks like Markdown stays what it was") {
    for (const auto* text :
         {"2 * 3 * 4", "a_b_c and __init__", "[not](a link)", "1. is no list", "# is no heading",
          "- is no list", "+ nor is this", "> is no quote", "`tick`", "back\\slash", "~~no~~",
          "a < b > c", "&amp; stays", "![no](picture)", "| a | b |", "1986) a year"}) {
        const std::string html = "<p>" + [&] {
            std::string safe;
            for (const char* c = text; *c; ++c)
                safe += *c == '&'   ? "&amp;"
                        : *c == '<' ? "&lt;"
                        : *c == '>' ? "&gt;"
                                    : std::string(1, *c);
            return safe;
        }() + "</p>";
        CHECK_MESSAGE(shown(html) == text, text);
    }
    CHECK(has(html_of("<p>see http://a.example/x_y_z now</p>"), "http://a.example/x_y_z"));
}

TEST_CASE("hostile bodies give words and nothing else") {
    CHECK_FALSE(has(html_of("<p>a</p><script>alert(1)</script>"), "alert"));
    CHECK_FALSE(has(html_of("<a href=\"javascript:alert(1)\">x</a>"), "href=\"javascript"));
    CHECK_FALSE(
        has(html_of("<p onclick=\"x()\">&lt;script&gt;alert(1)&lt;/script&gt;</p>"), "<script"));
    std::string deep;
    for (int i = 0; i < 5000; ++i) deep += "<blockquote>";
    CHECK(to_markdown(deep + "end").size() < 100'000);
    std::string open;
    for (int i = 0; i < 20000; ++i) open += "<b><i>";
    CHECK(to_markdown(open + "end").size() < 1'000'000);
    CHECK(has(shown("<p>unclosed <b>bold <p>next &nbsp; &eacute; &#233;"), "é"));
}

}  // namespace torv::stackexchange
