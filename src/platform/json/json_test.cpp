#include "platform/json/json.hpp"

#include <doctest/doctest.h>

using namespace torv;
using json::parse;
using json::Writer;

TEST_CASE("JSON is read into values that say what they are") {
    const auto read = parse(
        R"({"a": 1, "b": [true, null, -2.5, "æ\n\u00e6"], "c": {"d": "x"}, "a": 9223372036854775807})");
    REQUIRE(read);
    const auto& value = *read;
    CHECK(value["a"].integer() == 9223372036854775807);
    CHECK(value.members().size() == 3);
    CHECK(value["b"].items().size() == 4);
    CHECK(value["b"].items()[0].boolean() == true);
    CHECK(value["b"].items()[1].is_null());
    CHECK(value["b"].items()[2].number() == -2.5);
    CHECK_FALSE(value["b"].items()[2].integer());
    CHECK(value["b"].items()[3].string() == "æ\næ");
    CHECK(value["c"]["d"].string_or("-") == "x");
    CHECK(value["c"]["none"]["deeper"].is_null());
    CHECK(value["c"].string_or("-") == "-");
    CHECK(value["a"].number() == 9223372036854775807.0);
    CHECK(parse("3")->integer() == 3);
    CHECK(parse("18446744073709551615")->integer() == std::nullopt);
}

TEST_CASE("a name that appears twice keeps its last value, in small objects and large") {
    std::string large = "{";
    for (int i = 0; i < 300; ++i)
        large += "\"k" + std::to_string(i % 150) + "\":" + std::to_string(i) + ",";
    large.back() = '}';
    const auto value = parse(large);
    REQUIRE(value);
    CHECK(value->members().size() == 150);
    CHECK((*value)["k7"].integer() == 157);
    CHECK(value->members()[7].first == "k7");
}

TEST_CASE("what is not JSON is refused") {
    for (const char* bad : {"", " ", "{", "[1,]", "{'a':1}", "01", "1 2", "nul", "\"\xff\"",
                            "\"\t\"", "[1", "NaN", "\"\\ud800\""}) {
        CAPTURE(bad);
        const auto value = parse(bad);
        REQUIRE_FALSE(value);
        CHECK(value.error().fault == Fault::Malformed);
        CHECK(value.error().key == "web.bad_json");
    }
    CHECK(parse(std::string(100, '[') + std::string(100, ']')));
    CHECK_FALSE(parse(std::string(200, '[') + std::string(200, ']')));
    CHECK_FALSE(parse(std::string(1'000'000, '[')));
}

TEST_CASE("what is written is compact and can be read back") {
    Writer w;
    w.object()
        .field("id", PostId{7})
        .field("title", "a \"b\" \\ \n\x01 æ</script>")
        .key("list")
        .array()
        .value(1)
        .value(2.5)
        .value(true)
        .null();
    w.object()
        .end()
        .array()
        .end()
        .end()
        .field("at", Instant{0})
        .field("none", std::optional<std::int64_t>())
        .key("raw")
        .raw("[1]")
        .end();
    CHECK(
        w.text() ==
        R"({"id":"7","title":"a \"b\" \\ \n\u0001 æ</script>","list":[1,2.5,true,null,{},[]],"at":"1970-01-01T00:00:00Z","none":null,"raw":[1]})");
    const auto value = parse(w.text());
    REQUIRE(value);
    CHECK((*value)["title"].string() == "a \"b\" \\ \n\x01 æ</script>");
}

TEST_CASE("a name that stands twice counts with its last value, or is refused") {
    CHECK(parse(R"({"a":1,"a":2})")->operator[]("a").integer() == 2);
    for (const auto* text :
         {R"({"a":1,"a":2})", R"([{"b":{"a":1,"a":1}}])", R"({"a":1,"\u0061":2})"})
        CHECK_FALSE(parse(text, json::Repeats::Refused));
    CHECK(parse(R"([{"a":1},{"a":{"a":2}}])", json::Repeats::Refused));
}

TEST_CASE("numbers of every size are read again as they were written") {
    for (const double number :
         {0.0, -0.0, 0.1, -2.5e3, 1e15, 18446744073709551616.0, 1e300, 5e-324}) {
        Writer w;
        w.value(number);
        const auto read = parse(w.text());
        REQUIRE_MESSAGE(read, w.text());
        CHECK(read->number() == number);
    }
}
