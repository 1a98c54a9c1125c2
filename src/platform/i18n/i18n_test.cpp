#include "platform/i18n/i18n.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "platform/base/log.hpp"

using namespace torv;
using i18n::Catalogue;
using i18n::File;

namespace {

constexpr std::string_view kEnglish = R"po(
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\n"

# A comment.
msgctxt "topics"
msgid "topics.locked"
msgstr "Locked"

msgctxt "topics"
msgid "topics.replies"
msgid_plural "topics.replies"
msgstr[0] "One reply"
msgstr[1] "{n} replies"

msgctxt "topics"
msgid "topics.moved"
msgstr ""
"Moved to {space} "
"by \"{who}\""

msgctxt "topics"
msgid "topics.moved_many"
msgid_plural "topics.moved_many"
msgstr[0] "One post moved to {space}"
msgstr[1] "{n} posts moved to {space}"

msgctxt "topics"
msgid "topics.only_english"
msgstr "Only English"
)po";

constexpr std::string_view kDanish = R"po(
msgctxt "topics"
msgid "topics.locked"
msgstr "Låst"

msgctxt "topics"
msgid "topics.replies"
msgid_plural "topics.replies"
msgstr[0] "Ét svar"
msgstr[1] "{n} svar"

msgctxt "topics"
msgid "topics.moved"
msgstr "Flyttet til {rum}"

msgctxt "topics"
msgid "topics.moved_many"
msgid_plural "topics.moved_many"
msgstr[0] "Ét indlæg flyttet til {space}"
msgstr[1] "{n} indlæg flyttet til {space}"

#~ msgid "topics.gone"
#~ msgstr "Væk"
)po";

const std::vector<File> kFiles{{"en", "topics", kEnglish}, {"da", "topics", kDanish}};

std::string refusal(std::string_view text) {
    const std::vector<File> files{{"en", "topics", text}};
    try {
        const Catalogue catalogue(files);
    } catch (const std::runtime_error& e) {
        return e.what();
    }
    return "read";
}

constexpr Instant kEvening{1795287900LL * 1'000'000};  // 2026-11-21T19:05:00Z, a Saturday
constexpr microseconds kMinute{60'000'000}, kHour{3600'000'000}, kDay{86400'000'000};

}  // namespace

TEST_CASE("a message is shown in the member's language, with its values and its number") {
    const Catalogue catalogue(kFiles);
    const auto& en = catalogue.words("en");
    const auto& da = catalogue.words("da-DK");
    CHECK(en("topics.locked") == "Locked");
    CHECK(da("topics.locked") == "Låst");
    CHECK(da("topics.replies", 1) == "Ét svar");
    CHECK(da("topics.replies", 0) == "0 svar");
    CHECK(da("topics.replies", 12345) == "12.345 svar");
    CHECK(en("topics.replies", -1234567) == "-1,234,567 replies");
    CHECK(en("topics.moved", {{"space", "Lounge"}, {"who", "Ada {space}"}}) ==
          "Moved to Lounge by \"Ada {space}\"");
    CHECK(en("topics.moved_many", 2, {{"space", "Attic"}}) == "2 posts moved to Attic");
    CHECK(en(Error{Fault::Invalid, "topics.moved", "", {{"space", "X"}, {"who", "Y"}}}) ==
          "Moved to X by \"Y\"");
    CHECK(da.own_name() == "Dansk");
    CHECK(da.direction() == "ltr");
}

TEST_CASE("a missing message falls back to English, then to its key") {
    log::set_level(log::Level::Error);
    const Catalogue catalogue(kFiles);
    CHECK(catalogue.words("da")("topics.only_english") == "Only English");
    CHECK(catalogue.words("da")("topics.nowhere") == "topics.nowhere");
    CHECK(catalogue.words("da")("topics.nowhere", 3) == "topics.nowhere");
    CHECK(catalogue.words("xx")("topics.locked") == "Locked");
}

TEST_CASE("what translators should mend is told") {
    const auto problems = Catalogue(kFiles).problems();
    CHECK(problems ==
          std::vector<std::string>{"da: topics.moved has other {names} than the English text",
                                   "da: topics.only_english is missing"});
}

TEST_CASE("a broken catalogue stops the start and says where") {
    CHECK(refusal("msgid \"topics.a\"\nmsgstr \"x\"") == "read");
    CHECK(refusal("msgid \"topics.a\"\nmsgstr x") ==
          "locales/en/topics.po: line 2: text in quotes expected");
    CHECK(refusal("\"a\"") == "locales/en/topics.po: line 1: text without a keyword");
    CHECK(refusal("msgid \"spaces.a\"\nmsgstr \"x\"") ==
          "locales/en/topics.po: line 1: spaces.a does not begin with the name of its slice");
    CHECK(refusal("msgid \"topics.a\"\nmsgstr \"x\"\nmsgid \"topics.a\"\nmsgstr \"x\"") ==
          "locales/en/topics.po: line 3: topics.a is there twice");
}

TEST_CASE("the browser's languages are heard in its order") {
    const Catalogue catalogue(kFiles);
    CHECK(catalogue.negotiate("da-DK,da;q=0.9,en;q=0.8") == "da");
    CHECK(catalogue.negotiate("fr, en;q=0.2, da;q=0.5") == "da");
    CHECK(catalogue.negotiate("fr;q=0.9", "da") == "da");
    CHECK(catalogue.negotiate("da;q=0, en") == "en");
    CHECK(catalogue.negotiate("nb-NO") == "da");
    CHECK(catalogue.negotiate(";;q=,,\xff", "en") == "en");
    CHECK(catalogue.languages() == std::vector<std::string>{"da", "en"});
}

TEST_CASE("dates and times are written as people of the language write them") {
    const i18n::Dates en("en", "UTC"), da("da", "Europe/Copenhagen"), sv("sv", "UTC"),
        nl("nl", "UTC");
    CHECK(en.date(kEvening) == "21 November 2026");
    CHECK(en.time(kEvening) == "19:05");
    CHECK(en.month(kEvening) == "November 2026");
    CHECK(en.short_date(kEvening) == "21/11/2026");
    CHECK(en.date_time(kEvening) == "21 November 2026 at 19:05");
    CHECK(da.date(kEvening) == "21. november 2026");
    CHECK(da.time(kEvening) == "20.05");
    CHECK(sv.date(kEvening) == "21 november 2026");
    CHECK(nl.date_time(kEvening) == "21 november 2026 om 19:05");
}

TEST_CASE("near dates are told from today") {
    const i18n::Dates en("en", "UTC"), da("da", "Europe/Copenhagen");
    CHECK(en.near(kEvening, kEvening + kMinute) == "today, 19:05");
    CHECK(en.near(kEvening - kDay, kEvening) == "yesterday, 19:05");
    CHECK(en.near(kEvening - 5 * kDay, kEvening) == "16 November");
    CHECK(en.near(kEvening - 400 * kDay, kEvening) == "17 October 2025");
    CHECK(en.day_header(kEvening, kEvening) == "Today");
    CHECK(en.day_header(kEvening - 3 * kDay, kEvening) == "Wednesday, 18 November");
    CHECK(da.day_header(kEvening - kDay, kEvening) == "I går");
    CHECK(da.day_header(kEvening - 3 * kDay, kEvening).starts_with("Onsdag"));
    CHECK(en.relative(kEvening - 3 * kMinute, kEvening) == "3 minutes ago");
    CHECK(en.relative(kEvening + 2 * kDay, kEvening) == "in 2 days");
    CHECK(da.relative(kEvening - kHour, kEvening) == "for 1 time siden");
    CHECK(en.relative(kEvening, kEvening) == "now");
}

TEST_CASE("a day begins at midnight of the member's own clock") {
    const i18n::Dates utc("en", "UTC"), copenhagen("en", "Europe/Copenhagen"),
        odd("en", "Mars/Olympus");
    const Instant late = kEvening + 4 * kHour;  // 23:05 UTC, 00:05 in Copenhagen
    CHECK(utc.day_number(late) == utc.day_number(kEvening));
    CHECK(copenhagen.day_number(late) == copenhagen.day_number(kEvening) + 1);
    CHECK(odd.zone() == "UTC");
    CHECK(utc.day_number(Instant{-1}) == -1);
}

TEST_CASE("a minute on the clock of a zone is one moment") {
    const i18n::Dates copenhagen("en", "Europe/Copenhagen"), utc("en", "UTC");
    const auto at = [](std::string_view text) { return Instant::parse_rfc3339(text).value(); };
    const auto day = [&](std::string_view text) { return utc.day_number(at(text)); };
    const std::int64_t spring = day("2026-03-29T12:00:00Z"), autumn = day("2026-10-25T12:00:00Z");
    CHECK(utc.moment(spring, 90) == at("2026-03-29T01:30:00Z"));
    CHECK(copenhagen.moment(spring, 0) == at("2026-03-28T23:00:00Z"));
    CHECK(copenhagen.moment(spring, 8 * 60) == at("2026-03-29T06:00:00Z"));
    CHECK(copenhagen.moment(autumn, 8 * 60) == at("2026-10-25T07:00:00Z"));
    // 02:30 is skipped in spring, and comes twice in autumn.
    CHECK(copenhagen.time(copenhagen.moment(spring, 150)) == "03:30");
    CHECK(copenhagen.moment(autumn, 150) == at("2026-10-25T01:30:00Z"));
}

TEST_CASE("one Dates may be used by many threads at once") {
    const i18n::Dates da("da", "Europe/Copenhagen");
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&da] {
            for (int k = 0; k < 500; ++k)
                if (da.date(kEvening) != "21. november 2026" ||
                    da.day_header(kEvening, kEvening) != "I dag")
                    std::abort();
        });
    for (auto& thread : threads) thread.join();
}

TEST_CASE("time zones can be chosen by name") {
    const auto& zones = i18n::time_zones();
    CHECK(std::find(zones.begin(), zones.end(), "Europe/Copenhagen") != zones.end());
    CHECK(zones.size() > 300);
    CHECK(i18n::is_time_zone("America/New_York"));
    CHECK_FALSE(i18n::is_time_zone("Nowhere/Land"));
    CHECK_FALSE(i18n::is_time_zone(""));
}

TEST_CASE("names sort as their language sorts them") {
    const auto sorted = [](std::string_view language) {
        std::vector<std::string> names{"Åse", "Zoe", "Anna", "Ørsted", "anders", "Ærø"};
        std::sort(names.begin(), names.end(), [&](const auto& a, const auto& b) {
            return i18n::sort_key(language, a) < i18n::sort_key(language, b);
        });
        return names;
    };
    CHECK(sorted("da") ==
          std::vector<std::string>{"anders", "Anna", "Zoe", "Ærø", "Ørsted", "Åse"});
    CHECK(sorted("en").back() == "Zoe");
    CHECK(i18n::sort_key("da", std::string(500, 'a')) <
          i18n::sort_key("da", std::string(501, 'a')));
}

TEST_CASE("what looks the same is the same") {
    CHECK(i18n::nfc("e\u0301") == "é");
    CHECK(i18n::nfc("a\xff") == "a\uFFFD");
    CHECK(i18n::fold("Maja@Example.ORG") == "maja@example.org");
    CHECK(i18n::fold("ＡＤＡ") == "ada");
    CHECK(i18n::fold("STRASSE") == i18n::fold("straße"));
}

TEST_CASE("an avatar has the letters of a name") {
    CHECK(i18n::initials("Maja Juhl") == "MJ");
    CHECK(i18n::initials("  åse ") == "Å");
    CHECK(i18n::initials("Jan van der Berg") == "JB");
    CHECK(i18n::initials("\"Bo\" (ten) 9") == "B9");
    CHECK(i18n::initials("🔥") == "🔥");
    CHECK(i18n::initials("") == "?");
}
