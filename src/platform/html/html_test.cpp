#include "platform/html/html.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <optional>
#include <string>

using namespace torv;
using html::Out;

namespace {

template <class Draw>
std::string drawn(Draw draw) {
    Out out;
    draw(out);
    return out.take();
}

std::string link_to(std::string_view url) {
    return drawn([&](Out& out) { put(out, R"(<a href="{}">x</a>)", url); });
}

}  // namespace

TEST_CASE("what a person wrote is shown as text, in text and in attributes") {
    const std::string bad = R"(<script>alert('1')</script> & "x")";
    const std::string shown = "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot;";
    CHECK(drawn([&](Out& out) { put(out, R"(<p title="{}">{}</p>)", bad, bad); }) ==
          "<p title=\"" + shown + "\">" + shown + "</p>");
}

TEST_CASE("numbers and ids are written plainly") {
    CHECK(drawn([&](Out& out) {
              put(out, "<p>{} {} {}</p>", 7, -12, TopicId{9007199254740993});
          }) == "<p>7 -12 9007199254740993</p>");
    CHECK(drawn([&](Out& out) {
              put(out, "<p>{}</p>", std::numeric_limits<std::int64_t>::min());
          }) == "<p>-9223372036854775808</p>");
    CHECK(drawn([&](Out& out) { put(out, "<p>{}</p>", 0); }) == "<p>0</p>");
}

TEST_CASE("an address that is not one of ours or of the web is blocked") {
    for (const std::string_view bad :
         {"javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)",
          "\x01javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "vbscript:x",
          "file:///etc/passwd", "//evil.example", "/\\evil.example", "\\\\evil.example",
          "https:evil.example", "blob:x", "java\nscript:x"})
        CHECK_MESSAGE(link_to(bad) == "<a href=\"#blocked\">x</a>", bad);
    for (const std::string_view good :
         {"/t/7", "https://example.org/?a=1", "HTTP://example.org", "mailto:a@example.org",
          "tel:+4512345678", "#post-7", "?page=2", "docs/a", "", "/a:b", "?x=javascript:1"})
        CHECK_MESSAGE(link_to(good) == "<a href=\"" + std::string(good) + "\">x</a>", good);
}

TEST_CASE("a part of an address cannot leave its place") {
    const auto at = [](std::string_view name) {
        return drawn(
            [&](Out& out) { put(out, R"(<a href="/files/{}/{}?q={}">x</a>)", 7, name, name); });
    };
    CHECK(at("a b&c.png") == R"(<a href="/files/7/a%20b%26c.png?q=a%20b%26c.png">x</a>)");
    CHECK(at("../x\"") == R"(<a href="/files/7/..%2Fx%22?q=..%2Fx%22">x</a>)");
    CHECK(at("..") == R"(<a href="/files/7/%2E%2E?q=%2E%2E">x</a>)");
    CHECK(at("æ") == R"(<a href="/files/7/%C3%A6?q=%C3%A6">x</a>)");
}

TEST_CASE("an attribute can be put in or left out") {
    const auto box = [](bool on, std::optional<std::string> hint) {
        return drawn([&](Out& out) {
            put(out, R"(<input name="a" {} {}>)", html::flag("checked", on),
                html::attr("placeholder", hint));
        });
    };
    CHECK(box(true, std::nullopt) == R"(<input name="a" checked>)");
    CHECK(box(false, "\"onclick=x") == R"(<input name="a" placeholder="&quot;onclick=x">)");
}

TEST_CASE("a field's first empty line survives the browser") {
    CHECK(drawn([](Out& out) { put(out, R"(<textarea name="b">{}</textarea>)", "\nx"); }) ==
          "<textarea name=\"b\">\n\nx</textarea>");
    CHECK(drawn([](Out& out) { put(out, R"(<textarea name="b">{}</textarea>)", "x"); }) ==
          "<textarea name=\"b\">x</textarea>");
}

TEST_CASE("kept markup goes out as it is") {
    Out part;
    put(part, "<b>{}</b>", "1 < 2");
    CHECK(drawn([&](Out& out) { put(out, "<p>{}</p>", html::Safe(part)); }) ==
          "<p><b>1 &lt; 2</b></p>");
    CHECK(drawn([&](Out& out) { put(out, html::Safe::kept("<i>x</i>")); }) == "<i>x</i>");
}

TEST_CASE("a list of pictures is checked one by one") {
    CHECK(drawn([](Out& out) {
              put(out, R"(<img src="{}" srcset="{} 320w, /files/{}/960.webp 960w" alt="">)",
                  "/a.webp", "javascript:1", 7);
          }) == R"(<img src="/a.webp" srcset="#blocked 320w, /files/7/960.webp 960w" alt="">)");
}
