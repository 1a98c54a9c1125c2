#include "platform/base/emoji.hpp"

#include <doctest/doctest.h>

using namespace torv;

TEST_CASE("one emoji is an emoji, whatever it is made of") {
    for (const char* emoji : {"👍", "❤️", "❤", "👍🏽", "👩‍👩‍👧", "🇩🇰", "1️⃣",
                              "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "✅", "☕", "🏳️‍🌈"})
        CHECK_MESSAGE(is_emoji(emoji), emoji);
}

TEST_CASE("words, markup, several emoji and empty joins are no emoji") {
    for (const char* text : {"", "a", "1", "👍👍", "👍a", "<b>", "👍‍", "‍👍", " 👍", "🏽",
                             "\xEF\xB8\x8F", "🇩"})
        CHECK_MESSAGE(!is_emoji(text), text);
    std::string family = "👩";
    for (int i = 0; i < 40; ++i) family += "‍👩";
    CHECK(!is_emoji(family));  // valid in form, but endless
}

TEST_CASE("two ways of writing a heart are one reaction") {
    CHECK(normal_emoji("❤") == normal_emoji("❤️"));
    CHECK(normal_emoji("👍") == "👍");
    CHECK(normal_emoji("✅") == "✅");
}
