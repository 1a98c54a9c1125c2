#include "platform/base/time.hpp"

#include <doctest/doctest.h>

using torv::Instant;

TEST_CASE("a moment is written and read as RFC 3339") {
    CHECK(Instant{0}.rfc3339() == "1970-01-01T00:00:00Z");
    CHECK(Instant{1'795'253'400'123'456}.rfc3339() == "2026-11-21T09:30:00.123456Z");
    CHECK(Instant{-1}.rfc3339() == "1969-12-31T23:59:59.999999Z");
    for (const std::int64_t us :
         {0LL, 1LL, -1LL, 951'782'400'000'000LL, 1'795'253'400'123'456LL, 4'102'444'799'999'999LL})
        CHECK(Instant::parse_rfc3339(Instant{us}.rfc3339()) == Instant{us});
    CHECK(Instant::parse_rfc3339("2026-11-21T10:30:00.5+01:00")->us == 1'795'253'400'500'000);
    CHECK(Instant::parse_rfc3339("2026-11-21t04:00:00.123456789-05:30")->us ==
          1'795'253'400'123'456);
}

TEST_CASE("what is not a moment is not read as one") {
    for (const char* bad :
         {"", "2026-11-21", "2026-11-21T09:30:00", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
          "2026-11-21T24:00:00Z", "2026-11-21T09:60:00Z", "2026-11-21T09:30:00.Z",
          "2026-11-21T09:30:00Zx", "2026-11-21T09:30:00+1:00", "+026-11-21T09:30:00Z"})
        CHECK_MESSAGE(!Instant::parse_rfc3339(bad), bad);
}

TEST_CASE("a moment is written for HTTP") {
    CHECK(Instant{1'795'253'400'123'456}.http_date() == "Sat, 21 Nov 2026 09:30:00 GMT");
    CHECK(Instant{784'111'777'000'000}.http_date() == "Sun, 06 Nov 1994 08:49:37 GMT");
}
