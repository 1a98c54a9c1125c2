#include "features/imports/slack_text.hpp"

#include <doctest/doctest.h>

#include <chrono>

#include "features/imports/slack_archive.hpp"
#include "platform/html/markdown.hpp"

using namespace torv;
using imports::slack::to_markdown;

namespace {

const imports::slack::Names kNames{
    .handle = [](std::string_view id) { return id == "U1" ? std::string("ada") : std::string(); },
    .channel =
        [](std::string_view id, std::string_view) {
            return id == "C1" ? std::string("/s/general") : std::string();
        },
};

std::string html(std::string_view slack) {
    return markdown::render(to_markdown(slack, kNames).markdown,
                            {.is_member = [](std::string_view handle) { return handle == "ada"; }})
        .html;
}

bool shows(std::string_view slack, std::string_view part) {
    const std::string made = html(slack);
    const bool found = made.find(part) != std::string::npos;
    if (!found) MESSAGE(made);
    return found;
}

}  // namespace

TEST_CASE("Slack's styles become the same styles here") {
    CHECK(shows("this is *bold* and _slanted_ and ~gone~", "<strong>bold</strong>"));
    CHECK(shows("this is *bold* and _slanted_ and ~gone~", "<em>slanted</em>"));
    CHECK(shows("this is *bold* and _slanted_ and ~gone~", "<del>gone</del>"));
    CHECK(shows("*bold with _slant_ inside*", "<strong>bold with <em>slant</em> inside</strong>"));
    CHECK(shows("`a * b`", "<code>a * b</code>"));
    CHECK(shows("```x &lt; y\n*not bold*```", "x &lt; y\n*not bold*"));
    CHECK(shows("&gt; quoted", "<blockquote>"));
}

TEST_CASE("what only looks like Markdown stays what was typed") {
    CHECK(shows("snake_case_name", "snake_case_name"));
    CHECK(shows("2*3*4", "2*3*4"));
    CHECK(shows("# not a heading", "# not a heading"));
    CHECK(shows("[x](y)", "[x](y)"));
    CHECK(shows("a &lt;b&gt; &amp; c", "a &lt;b&gt; &amp; c"));
    CHECK(shows("&amp;lt;", "&amp;lt;"));
    CHECK(shows("one\ntwo", "<br"));
}

TEST_CASE("people, channels, calls, dates and links are told apart") {
    CHECK(shows("hi <@U1>", "href=\"/m/ada\""));
    CHECK(shows("hi <@U1|ada.holm>", "href=\"/m/ada\""));
    CHECK(shows("see <#C1|general>", "href=\"/s/general\""));
    CHECK(shows("see <#C9|secret>", "#secret"));
    CHECK(shows("<!here> <!channel>", "@here @channel"));
    CHECK(shows("<!date^1392734382^{date}|Feb 18>", "Feb 18"));
    CHECK(
        shows("<https://example.org/a?b=1&amp;c=2>", "href=\"https://example.org/a?b=1&amp;c=2\""));
    CHECK(shows("<https://example.org/x(y)|the *label*>", ">the *label*</a>"));
    CHECK(shows("<javascript:alert(1)|click>", "click"));
    CHECK(html("<javascript:alert(1)|click>").find("href") == std::string::npos);
    const auto odd = to_markdown("hello <@U9|gone> :nonsense_emoji:", kNames);
    CHECK(odd.unknown_people == std::vector<std::string>{"U9"});
    CHECK(odd.unknown_emoji == std::vector<std::string>{"nonsense_emoji"});
}

TEST_CASE("short names of emoji become emoji, times of day do not") {
    CHECK(shows(":tada: at 10:30:00", "🎉"));
    CHECK(shows(":tada: at 10:30:00", "10:30:00"));
    CHECK(imports::slack::emoji_of("+1") == "👍");
    CHECK_FALSE(imports::slack::emoji_of("clap::skin-tone-3").empty());
    CHECK(imports::slack::emoji_of("our_logo").empty());
}

TEST_CASE("hostile text takes no longer than it is long") {
    for (const char* piece : {"*a ", "<@", "`", "&gt;", ":a", "_*~", "<http://x|", "```<", "a<"}) {
        std::string text = piece == std::string_view("a<") ? "```" : "";
        while (text.size() < 60'000) text += piece;
        const auto start = std::chrono::steady_clock::now();
        (void)to_markdown(text, kNames);
        // Milliseconds when it is linear; the rest is for busy machines.
        CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(2));
    }
}

TEST_CASE("a time is kept to the microsecond and nonsense is none") {
    using imports::slack::parse_ts;
    CHECK(parse_ts("1433558319.000002")->us == 1433558319000002);
    CHECK(parse_ts("1433558319")->us == 1433558319000000);
    CHECK(parse_ts("1433558319.5")->us == 1433558319500000);
    for (const char* bad : {"", "x", "-1.0", "0.0", "1.x", "99999999999999"})
        CHECK_FALSE(parse_ts(bad));
}
