#include "platform/xml/xml.hpp"

#include <doctest/doctest.h>

using namespace torv;

TEST_CASE("a document is well-formed, whatever the texts hold") {
    xml::Writer w;
    w.start("list").attribute("name", "a \"b\" <c> & 'd'\n");
    w.element("item", "1 < 2 & 3 ]]> æ 🍞");
    w.element("item", "");
    CHECK(w.take() ==
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<list name=\"a &quot;b&quot; &lt;c&gt; &amp; 'd'&#10;\">"
          "<item>1 &lt; 2 &amp; 3 ]]&gt; æ 🍞</item><item></item></list>\n");
}

TEST_CASE("signs that XML does not have are left out") {
    xml::Writer w;
    w.element("item",
              "a\x01"
              "b\x0B\x1F\r"
              "c\t\n\xEF\xBF\xBE"
              "d\xEF\xBF\xBF\xEF\xBF\xBD");
    CHECK(w.take().find("<item>abc\t\nd\xEF\xBF\xBD</item>") != std::string::npos);
}
