#include <doctest/doctest.h>

#include "platform/testing/site.hpp"

using namespace torv;
using testing::Site;

namespace {

web::PageOptions shown() {
    return {.description = "What is \"new\"",
            .canonical = "/tea",
            .indexed = true,
            .preview = {.kind = "article",
                        .picture = "/files/7/960.webp",
                        .feed = "/tea/feed",
                        .data = R"({"name":"</script>"})",
                        .framed = true}};
}

web::Response open_page(web::Context& ctx) {
    return ctx.page("Tea & <bread>", [](html::Out& out) { html::put(out, "<p></p>"); }, shown());
}

web::Response hidden_page(web::Context& ctx) {
    auto options = shown();
    options.indexed = false;
    return ctx.page("Tea", [](html::Out& out) { html::put(out, "<p></p>"); }, options);
}

void routes(web::Routes& r) {
    r.get("/tea", web::Access::Anyone, open_page);
    r.get("/hidden", web::Access::Anyone, hidden_page);
}

constexpr const char* kForOthers[] = {"og:", "twitter:", "oembed", "ld+json"};

}  // namespace

TEST_CASE("a page that may be kept says to guests what others show of it") {
    Site site{routes};
    const auto page = site.guest().get("/tea");
    for (const auto* part :
         {R"(<link rel="canonical" href="http://square.test/tea">)",
          R"(<meta property="og:title" content="Tea &amp; &lt;bread&gt;">)",
          R"(<meta property="og:type" content="article">)",
          R"(<meta property="og:url" content="http://square.test/tea">)",
          R"(<meta property="og:description" content="What is &quot;new&quot;">)",
          R"(<meta property="og:image" content="http://square.test/files/7/960.webp">)",
          R"(<meta name="twitter:card" content="summary_large_image">)",
          R"(type="application/atom+xml" title="Tea &amp; &lt;bread&gt;" href="/tea/feed.atom">)",
          R"(type="application/feed+json" title="Tea &amp; &lt;bread&gt;" href="/tea/feed.json">)",
          R"(href="http://square.test/oembed?url=http:%2F%2Fsquare.test%2Ftea">)",
          R"(<script type="application/ld+json">{"name":"\u003c/script>"}</script>)"})
        CHECK_MESSAGE(page.has(part), part);
    CHECK_FALSE(page.has("noindex"));
}

TEST_CASE("members' pages are not made heavier by what is for search engines") {
    Site site{routes};
    const auto page = site.as("bo").get("/tea");
    CHECK(page.has("rel=\"canonical\""));
    CHECK(page.has("/tea/feed.atom"));
    for (const auto* part : kForOthers) CHECK_MESSAGE(!page.has(part), part);
}

TEST_CASE("a page that may not be kept is described to nobody") {
    Site site{routes};
    for (const auto* who : {"", "bo"}) {
        const auto page = site.as(who).get("/hidden");
        CHECK(page.has("noindex"));
        CHECK_FALSE(page.has("canonical"));
        for (const auto* part : kForOthers) CHECK_MESSAGE(!page.has(part), part);
    }
}
