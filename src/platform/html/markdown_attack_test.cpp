#include <doctest/doctest.h>

#include <chrono>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "platform/html/markdown.hpp"

using namespace torv;
using markdown::render;

namespace {

std::string repeated(std::string_view piece, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += piece;
    return text;
}

/// Every tag that is opened is closed in order, and nothing but our own tags is there.
bool well_formed(std::string_view html) {
    std::vector<std::string_view> open;
    for (std::size_t at = html.find('<'); at != html.npos; at = html.find('<', at + 1)) {
        const std::size_t end = html.find('>', at);
        if (end == html.npos) return false;
        const bool closing = html[at + 1] == '/';
        const std::size_t from = at + (closing ? 2 : 1);
        const std::string_view name = html.substr(from, html.find_first_of(" >", from) - from);
        if (name == "br" || name == "hr" || name == "img" || name == "input") continue;
        if (!closing) {
            open.push_back(name);
        } else {
            if (open.empty() || open.back() != name) return false;
            open.pop_back();
        }
    }
    return open.empty();
}

struct Attack {
    const char* name;
    std::string source;
};

std::vector<Attack> attacks() {
    constexpr std::size_t all = markdown::kMaxSourceBytes;
    std::string table =
        repeated("|a", 2000) + "|\n" + repeated("|---", 2000) + "|\n" + repeated("|b|\n", 300);
    return {
        {"table of 2,000 columns", table},
        {"50,000 quotes", repeated(">", 50'000)},
        {"quotes with text", repeated("> ", 20'000) + "a"},
        {"nested lists", repeated("- ", 30'000) + "a"},
        {"lists ever deeper",
         [] {
             std::string text;
             for (int i = 0; i < 300; ++i)
                 text += std::string(static_cast<std::size_t>(i) * 2 / 2, ' ') + "- a\n";
             return text;
         }()},
        {"50,000 brackets", repeated("[", 50'000)},
        {"brackets both ways", repeated("[", 25'000) + repeated("]", 25'000)},
        {"links in links", repeated("[a](", 16'000)},
        {"pictures in pictures", repeated("![a](", 12'000)},
        {"pictures that close", repeated("![", 10'000) + "a" + repeated("](b)", 10'000)},
        {"stars", repeated("*a ", 20'000)},
        {"stars both ways", repeated("**a *", 12'000)},
        {"underscores and stars", repeated("*_", 30'000) + "a" + repeated("_*", 1'000)},
        {"backticks",
         [] {
             std::string text;
             for (std::size_t i = 1; i < 350; ++i) text += "e" + std::string(i, '`');
             return text;
         }()},
        {"mail addresses", repeated("a@a.", 16'000)},
        {"ats", repeated("@", all)},
        {"mentions", repeated("@bo ", 16'000)},
        {"many handles",
         [] {
             std::string text;
             for (int i = 0; i < 8'000; ++i) text += "@b" + std::to_string(i) + " ";
             return text;
         }()},
        {"colons", repeated(":", all)},
        {"emoji names that do not end", repeated(":tada", 12'000)},
        {"emoji", repeated(":tada:", 10'000)},
        {"tags", repeated("#a ", 20'000)},
        {"addresses", repeated("http://a.b ", 5'900)},
        {"definitions", repeated("[a]: /b\n", 8'000) + "[a]"},
        {"uses of a definition",
         "[a]: /" + std::string(5'000, 'b') + "\n\n" + repeated("[a] ", 14'000)},
        {"entities", repeated("&amp;", 13'000)},
        {"open tags", repeated("<a", 30'000)},
        {"open comments", repeated("<!--", 16'000)},
        {"strikes", repeated("~~a ", 16'000)},
        {"one long line", std::string(all, 'a')},
        {"much more than allowed", repeated("word ", all)},
        {"nothing but NUL", std::string(all, '\0')},
        {"quotation marks", repeated("\"<>&'", 13'000)},
    };
}

}  // namespace

TEST_CASE("no text takes long, makes much or breaks the page") {
    markdown::Options options{
        .is_member = [](std::string_view) { return true; }, .picture = {}, .tags = true};
    for (const Attack& attack : attacks()) {
        const auto start = std::chrono::steady_clock::now();
        const auto made = render(attack.source, options);
        const auto took = std::chrono::steady_clock::now() - start;
        // On a quiet machine each takes under 30 ms; what is not linear takes seconds.
        CHECK_MESSAGE(took < std::chrono::milliseconds(1'500), attack.name);
        CHECK_MESSAGE(made.html.size() < 2 * markdown::kMaxHtmlBytes, attack.name);
        CHECK_MESSAGE(well_formed(made.html), attack.name);
    }
}

TEST_CASE("deep nesting is flattened, and says all that was written") {
    const auto made = render(repeated("> ", 200) + "the end");
    CHECK(made.text == "the end");
    std::size_t quotes = 0;
    for (std::size_t at = made.html.find("<blockquote"); at != made.html.npos;
         at = made.html.find("<blockquote", at + 1))
        ++quotes;
    CHECK(quotes == static_cast<std::size_t>(markdown::kMaxDepth));
}

TEST_CASE("too long a text is cut at a character") {
    const auto made = render(repeated("æ", markdown::kMaxSourceBytes));
    CHECK(made.cut);
    CHECK(made.text.size() == markdown::kMaxSourceBytes);
    CHECK_FALSE(render(std::string(markdown::kMaxSourceBytes, 'a')).cut);
}

TEST_CASE("whatever is typed, the page stays whole") {
    constexpr std::string_view pieces[] = {
        "*",    "**",       "_",      "~~",          "`",          "```\n",      "[",
        "](",   ")",        "![",     "]",           "<",          ">",          "> ",
        "- ",   "1. ",      "\n",     "\n\n",        "|",          "|---|\n",    "# ",
        "    ", "&#",       "&amp;",  "javascript:", "/files/7/a", "\"",         "'",
        "@bo",  "#tag",     ":tada:", "a",           "\\",         "http://a.b", "- [x] ",
        "\t",   "<script>", "æ",      "---\n",       "=",          "[r]: /x\n"};
    std::mt19937 random(7);
    for (int round = 0; round < 3'000; ++round) {
        std::string source;
        const std::size_t length = random() % 60;
        for (std::size_t i = 0; i < length; ++i) source += pieces[random() % std::size(pieces)];
        const auto made = render(
            source,
            {.is_member = [](std::string_view) { return true; }, .picture = {}, .tags = true});
        REQUIRE_MESSAGE(well_formed(made.html), source);
        REQUIRE_MESSAGE(made.html.find("<script") == std::string::npos, source);
        REQUIRE_MESSAGE(made.html.find("href=\"javascript") == std::string::npos, source);
    }
}
