#include "platform/html/markdown.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace torv;
using markdown::render;

namespace {

std::string html_of(std::string_view source) { return render(source).html; }

markdown::Options with_people() {
    return {
        .is_member = [](std::string_view handle) { return handle == "bo" || handle == "ada-lind"; },
        .picture = {},
        .tags = true};
}

}  // namespace

TEST_CASE("everyday Markdown becomes plain elements") {
    CHECK(html_of("Hello *you* and **you**, ~~me~~ `code <b>`") ==
          "<p>Hello <em>you</em> and <strong>you</strong>, <del>me</del> <code>code "
          "&lt;b&gt;</code></p>\n");
    CHECK(html_of("one\ntwo") == "<p>one<br>\ntwo</p>\n");
    CHECK(html_of("> quoted") == "<blockquote>\n<p>quoted</p>\n</blockquote>\n");
    CHECK(html_of("3. c\n4. d") == "<ol start=\"3\">\n<li>c</li>\n<li>d</li>\n</ol>\n");
    CHECK(html_of("---") == "<hr>\n");
    CHECK(html_of("```c++\na < b\n```") ==
          "<pre><code class=\"language-c++\">a &lt; b\n</code></pre>\n");
    CHECK(html_of("| a | b |\n|---|--:|\n| 1 | 2 |") ==
          "<div class=\"table-wrap\" tabindex=\"0\"><table><thead><tr><th>a</th><th "
          "class=\"cell--end\">b</th></tr>\n"
          "</thead><tbody><tr><td>1</td><td "
          "class=\"cell--end\">2</td></tr>\n</tbody></table></div>\n");
}

TEST_CASE("headings go down one step at a time, below those of the page") {
    CHECK(html_of("# Big\n\n## Less\n\n###### Small") ==
          "<h3>Big</h3>\n<h4>Less</h4>\n<h5>Small</h5>\n");
    CHECK(html_of("## One\n\n### Below\n\n## Two\n\n# Three") ==
          "<h3>One</h3>\n<h4>Below</h4>\n<h3>Two</h3>\n<h3>Three</h3>\n");
    CHECK(torv::markdown::render("### A\n\n## B\n\n### C", {.first_heading = 2}).html ==
          "<h2>A</h2>\n<h2>B</h2>\n<h3>C</h3>\n");
}

TEST_CASE("a list of tasks shows what is done") {
    CHECK(html_of("- [x] bread\n- [ ] milk") ==
          "<ul class=\"tasks\">\n<li class=\"task\"><span class=\"task__mark\">☑</span> "
          "bread</li>\n"
          "<li class=\"task\"><span class=\"task__mark\">☐</span> milk</li>\n</ul>\n");
    CHECK(html_of("- a") == "<ul>\n<li>a</li>\n</ul>\n");
}

TEST_CASE("raw HTML is shown, not run") {
    CHECK(html_of("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
    CHECK(html_of("a <img src=x onerror=alert(1)> b") ==
          "<p>a &lt;img src=x onerror=alert(1)&gt; b</p>\n");
    CHECK(html_of("<!-- x -->") == "<p>&lt;!-- x --&gt;</p>\n");
    CHECK(html_of("&lt;b&gt; &copy; &unknown; &#60;i&#62; &#0;") ==
          "<p>&lt;b&gt; © &amp;unknown; &lt;i&gt; \uFFFD</p>\n");
}

TEST_CASE("links lead to the web or to us, and nowhere else") {
    CHECK(html_of("[x](https://example.org/a?b=1&c=2 \"T\")") ==
          "<p><a href=\"https://example.org/a?b=1&amp;c=2\" title=\"T\" rel=\"nofollow ugc "
          "noopener\">x</a></p>\n");
    CHECK(html_of("[x](/t/7)") == "<p><a href=\"/t/7\">x</a></p>\n");
    CHECK(html_of("see www.example.org.") ==
          "<p>see <a href=\"http://www.example.org\" rel=\"nofollow ugc "
          "noopener\">www.example.org</a>.</p>\n");
    CHECK(html_of("bo@example.org") ==
          "<p><a href=\"mailto:bo@example.org\">bo@example.org</a></p>\n");
    for (const std::string_view bad :
         {"[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](javascript&colon;alert(1))",
          "[x](&#106;avascript:alert(1))", "[x](java&Tab;script:alert(1))",
          "[x](java&#10;script:alert(1))", "[x](vbscript:x)",
          "[x](data:text/html;base64,PHNjcmlwdD4=)", "[x](//evil.example)", "[x](/\\evil.example)",
          "[x](&sol;/evil.example)", "[x](file:///etc/passwd)", "[x](<java script:1>)",
          "[x][r]\n\n[r]: javascript:alert(1)", "![x](javascript:alert(1))",
          "![x](data:image/png;base64,AA)"})
        CHECK_MESSAGE(html_of(bad).find("href") == std::string::npos, bad);
    CHECK(html_of("<javascript:alert(1)>").find("href") == std::string::npos);
    CHECK(html_of("[x](javascript:1)") == "<p>x</p>\n");
}

TEST_CASE("a quote in an address, a title or a description stays in its attribute") {
    for (const std::string_view source :
         {"[x](https://a.b/\"onclick=x)", "[x](https://a.b '\"onclick=x')",
          "![\"onclick=x](/files/7/a.png)", "![x](/files/7/\"onclick=x)"})
        CHECK_MESSAGE(html_of(source).find("\"onclick") == std::string::npos, source);
}

TEST_CASE("only our own pictures are shown") {
    CHECK(html_of("![A *cat*](/files/7/cat.png)") ==
          "<p><a class=\"picture\" href=\"/files/7/cat.png\"><img src=\"/files/7/cat.png\" alt=\"A "
          "cat\" "
          "loading=\"lazy\" decoding=\"async\"></a></p>\n");
    CHECK(html_of("![cat](https://spy.example/p.gif)") ==
          "<p><a href=\"https://spy.example/p.gif\" rel=\"nofollow ugc noopener\">cat</a></p>\n");
    CHECK(html_of("[![cat](/files/7/c.png)](/t/1)") ==
          "<p><a href=\"/t/1\"><img src=\"/files/7/c.png\" alt=\"cat\" loading=\"lazy\" "
          "decoding=\"async\"></a></p>\n");

    const markdown::Options options{.is_member = {},
                                    .picture = [](UploadId id) -> std::optional<markdown::Picture> {
                                        if (id.value != 7) return std::nullopt;
                                        return markdown::Picture{640, 480, "/files/7/960.webp"};
                                    }};
    CHECK(render("![c](/files/7/c.png)", options).html ==
          "<p><a class=\"picture\" href=\"/files/7/c.png\"><img src=\"/files/7/960.webp\" "
          "alt=\"c\" loading=\"lazy\" "
          "decoding=\"async\" width=\"640\" height=\"480\"></a></p>\n");
    CHECK(render("![c](/files/8/c.pdf)", options).html ==
          "<p><a href=\"/files/8/c.pdf\" class=\"attachment\">c</a></p>\n");
}

TEST_CASE("a mention links to a member, and only to one there is") {
    const auto made =
        render("@bo, @Ada-Lind: hi @nobody, mail x@bo.dk, `@bo`, [@bo](/t/1) (@bo)", with_people());
    CHECK(made.mentions == std::vector<std::string>{"bo", "ada-lind"});
    CHECK(made.html.starts_with(
        "<p><a class=\"mention\" href=\"/m/bo\">@bo</a>, <a class=\"mention\" "
        "href=\"/m/ada-lind\">@Ada-Lind</a>: hi @nobody, mail "));
    CHECK(
        made.html.ends_with("<code>@bo</code>, <a href=\"/t/1\">@bo</a> (<a class=\"mention\" "
                            "href=\"/m/bo\">@bo</a>)</p>\n"));
    CHECK(html_of("@bo") == "<p>@bo</p>\n");
    CHECK(markdown::possible_mentions("@Bo and @bo, @cleo_ a@d1 @x") ==
          std::vector<std::string>{"bo", "cleo"});
}

TEST_CASE("a tag links to what is said of it") {
    const auto made = render("#Garden #ØL #1 a#b #", with_people());
    CHECK(made.tags == std::vector<std::string>{"garden", "øl"});
    CHECK(made.html.starts_with("<p><a class=\"tag\" href=\"/tags/garden\">#Garden</a> "));
    CHECK(made.html.ends_with("#1 a#b #</p>\n"));
    CHECK(html_of("#garden") == "<p>#garden</p>\n");
}

TEST_CASE("short names become emoji, with Slack's names and skin tones") {
    CHECK(html_of("well done :tada::+1: at 10:30:15 :nothing_such: `:tada:`") ==
          "<p>well done 🎉👍 at 10:30:15 :nothing_such: <code>:tada:</code></p>\n");
    CHECK(markdown::emoji("wave::skin-tone-2") == "👋🏻");
    CHECK(markdown::emoji("clap::skin-tone-6") == "👏🏿");
    CHECK(markdown::emoji("tada::skin-tone-3") == "🎉");
    CHECK(markdown::emoji("woman-raising-hand::skin-tone-4") == "🙋🏽‍♀️");
    CHECK(markdown::emoji("heart") == "❤️");
    CHECK(markdown::emoji("simple_smile") == "🙂");
    CHECK(markdown::emoji("thinking_face") == "🤔");
    CHECK(markdown::emoji("+1") == "👍");
    CHECK(markdown::emoji("zzz") == "💤");
    for (const std::string_view unknown :
         {"", "xy", "~", " ", "+", "wave::skin-tone-9", "wave::skin-tone-"})
        CHECK(markdown::emoji(unknown).empty());
}

TEST_CASE("the plain text is what a person reads") {
    const auto made = render(
        "# Picnic\n\nBring *bread* and\n- milk :tada:\n- [tea](https://tea.example)\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n![A cat](/files/7/c.png) [plan](/files/9/plan.pdf)");
    CHECK(made.text == "Picnic\nBring bread and\nmilk 🎉\ntea\na b \n1 2 \nA cat plan");
    CHECK(made.links == std::vector<std::string>{"https://tea.example"});
    CHECK(made.uploads == std::vector<UploadId>{UploadId{7}, UploadId{9}});
    CHECK_FALSE(made.cut);
}

TEST_CASE("an excerpt ends at a word") {
    CHECK(markdown::excerpt("one two\nthree", 100) == "one two three");
    CHECK(markdown::excerpt("one two three", 9) == "one two…");
    CHECK(markdown::excerpt("ærøskøbing", 5) == "ærøsk…");
    CHECK(markdown::excerpt("", 5).empty());
}
