#include "platform/base/text.hpp"

#include <doctest/doctest.h>

using namespace torv;

TEST_CASE("well-formed UTF-8 is told from what only looks like it") {
    for (const char* good : {"", "abc", "æøå", "漢字", "🜁", "\u07FF\u0800\uFFFD"})
        CHECK_MESSAGE(is_utf8(good), good);
    for (const char* bad :
         {"\x80", "\xC3", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
          "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "a\xFFz", "\xE6\xBC"})
        CHECK_FALSE(is_utf8(bad));
    CHECK_FALSE(is_utf8(std::string_view("a\0b", 3)));
}

TEST_CASE("code points are counted and never cut") {
    CHECK(code_points("aæ漢🜁") == 4);
    CHECK(first_code_points("aæ漢🜁", 3) == "aæ漢");
    CHECK(first_code_points("aæ漢🜁", 4) == "aæ漢🜁");
    CHECK(first_code_points("aæ", 9) == "aæ");
    CHECK(first_code_points("aæ", 0).empty());
}

TEST_CASE("white space is trimmed at both ends, whatever its script") {
    CHECK(trimmed(" \t\n\u00A0\u3000a b\u200B\uFEFF\r ") == "a b");
    CHECK(trimmed("\u2028 ").empty());
    CHECK(trimmed("à") == "à");  // ends in the byte A0
}

TEST_CASE("a text is split at every separator") {
    CHECK(split("a,,b,", ',') == std::vector<std::string_view>{"a", "", "b", ""});
    CHECK(split("", ',') == std::vector<std::string_view>{""});
}

TEST_CASE("a title becomes a slug that can be read in the languages we speak") {
    CHECK(slugify("Ærø & Ørsted") == "aeroe-oersted");
    CHECK(slugify("  Å, så skønt! ÆØÅ ") == "aa-saa-skoent-aeoeaa");
    CHECK(slugify("Färg, köttbullar") == "faerg-koettbullar");
    CHECK(slugify("Coöperatie één ÿ Straße") == "cooeperatie-een-y-strasse");
    CHECK(slugify("漢字").empty());
    CHECK(slugify("a漢b") == "a-b");
    CHECK(slugify("\xFF\xC3").empty());
    CHECK(slugify(std::string(59, 'a') + " b") == std::string(59, 'a'));
    for (const char* title : {"Ærø & Ørsted", "--a--", "x"}) CHECK(is_slug(slugify(title)));
    for (const char* bad : {"", "-a", "a-", "a--b", "A", "æ", "a b"}) CHECK_FALSE(is_slug(bad));
    CHECK_FALSE(is_slug(std::string(61, 'a')));
}

TEST_CASE("bytes survive percent, hex and base64url encoding") {
    std::string all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    CHECK(percent_decode(percent_encode(all)) == all);
    CHECK(percent_encode("a b/æ~") == "a%20b%2F%C3%A6~");
    for (const char* bad : {"%", "%2", "%zz", "a%1g"}) CHECK_FALSE(percent_decode(bad));
    CHECK(hex(std::string_view("\x00\xff", 2)) == "00ff");
    for (std::size_t n = 0; n < 10; ++n)
        CHECK(from_base64url(base64url(all.substr(250 - n, n))) == all.substr(250 - n, n));
    CHECK(base64url("\xfb\xff") == "-_8");
    for (const char* bad : {"a", "ab=", "a+bc", "-_9"})
        CHECK_FALSE(from_base64url(bad));  // the last has loose bits
}
