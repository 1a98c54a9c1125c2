#include <unicode/datefmt.h>
#include <unicode/dtptngen.h>
#include <unicode/fpositer.h>
#include <unicode/locid.h>
#include <unicode/reldatefmt.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <array>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <unordered_map>

#include "platform/base/guarded.hpp"
#include "platform/i18n/i18n.hpp"

namespace torv::i18n {

namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;
constexpr std::size_t kKeptFormats = 128;
constexpr std::size_t kKeptDays = 1000;  ///< of each language and zone

std::string utf8(const icu::UnicodeString& text) {
    std::string out;
    return text.toUTF8String(out);
}

UDate icu_date(Instant at) { return static_cast<double>(at.us) / 1000.0; }

void must(UErrorCode status, const char* what) {
    if (U_FAILURE(status))
        throw std::runtime_error(std::string("ICU: ") + what + ": " + u_errorName(status));
}

/// English as the rest of Europe reads it: 21 November, 19:05.
icu::Locale locale_of(std::string_view language) {
    return icu::Locale(language == "en" ? "en_GB" : std::string(language).c_str());
}

}  // namespace

/// All that is made once for a language and a zone. ICU's const methods may run on several threads
/// at once.
struct Dates::Formats {
    std::unique_ptr<icu::TimeZone> zone;
    std::unique_ptr<icu::DateTimePatternGenerator> patterns;
    std::unique_ptr<icu::RelativeDateTimeFormatter> relative, relative_capital;
    std::unique_ptr<icu::DateFormat> date, short_date, month, time, date_time, day_month, day_year,
        weekday;

    Formats(const icu::Locale& locale, std::string_view zone_name) {
        zone.reset(
            icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(std::string(zone_name))));
        UErrorCode status = U_ZERO_ERROR;
        patterns.reset(icu::DateTimePatternGenerator::createInstance(locale, status));
        must(status, "patterns");
        relative = relative_for(locale, UDISPCTX_CAPITALIZATION_NONE);
        relative_capital = relative_for(locale, UDISPCTX_CAPITALIZATION_FOR_BEGINNING_OF_SENTENCE);
        date = by_skeleton(locale, u"yMMMMd");
        short_date = by_skeleton(locale, u"yMd");
        month = by_skeleton(locale, u"yMMMM");
        time = by_skeleton(locale, u"Hmm");
        day_month = by_skeleton(locale, u"MMMMd");
        day_year = by_skeleton(locale, u"yMMMMEEEEd");
        weekday = by_skeleton(locale, u"MMMMEEEEd");
        for (const auto& header : {day_year.get(), weekday.get()}) {
            header->setContext(UDISPCTX_CAPITALIZATION_FOR_BEGINNING_OF_SENTENCE, status);
            must(status, "capitals");
        }
        date_time.reset(icu::DateFormat::createDateTimeInstance(icu::DateFormat::kLong,
                                                                icu::DateFormat::kShort, locale));
        if (!date_time) throw std::runtime_error("ICU: no date format");
        date_time->setTimeZone(*zone);
    }

    std::unique_ptr<icu::RelativeDateTimeFormatter> relative_for(const icu::Locale& locale,
                                                                 UDisplayContext context) const {
        UErrorCode status = U_ZERO_ERROR;
        auto made = std::make_unique<icu::RelativeDateTimeFormatter>(
            locale, nullptr, UDAT_STYLE_LONG, context, status);
        must(status, "relative dates");
        return made;
    }

    std::unique_ptr<icu::DateFormat> by_skeleton(const icu::Locale& locale,
                                                 const char16_t* skeleton) {
        UErrorCode status = U_ZERO_ERROR;
        const icu::UnicodeString pattern = patterns->getBestPattern(skeleton, status);
        auto made = std::make_unique<icu::SimpleDateFormat>(pattern, locale, status);
        must(status, "date format");
        made->setTimeZone(*zone);
        return made;
    }

    /// Microseconds since 1970 on the clocks of the zone.
    std::int64_t local(Instant at) const {
        std::int32_t raw = 0, summer = 0;
        UErrorCode status = U_ZERO_ERROR;
        zone->getOffset(icu_date(at), false, raw, summer, status);
        return at.us + (std::int64_t{raw} + summer) * 1000;
    }
    static std::int64_t day_of(std::int64_t local) {
        return local / kDay - (local % kDay < 0 ? 1 : 0);
    }
    std::int64_t day_number(Instant at) const { return day_of(local(at)); }

    /// A day as ICU writes it, around the hour and the minute.
    struct Day {
        std::string before, between, after;
        bool plain = false;  ///< hour and minute are two digits each, in this order
    };
    mutable Guarded<std::unordered_map<std::int64_t, Day>> days;

    std::string date_and_time(Instant at) const;
    Day day_around(Instant at) const;

    /// "today", "yesterday", or nothing.
    std::string today_or_yesterday(std::int64_t days_ago,
                                   const icu::RelativeDateTimeFormatter& with) const {
        if (days_ago != 0 && days_ago != 1) return {};
        icu::UnicodeString text;
        UErrorCode status = U_ZERO_ERROR;
        with.format(days_ago == 0 ? UDAT_DIRECTION_THIS : UDAT_DIRECTION_LAST, UDAT_ABSOLUTE_DAY,
                    text, status);
        must(status, "relative day");
        return utf8(text);
    }
};

namespace {

std::string written(const icu::DateFormat& format, Instant at) {
    icu::UnicodeString text;
    return utf8(format.format(icu_date(at), text));
}

std::array<char, 2> two_digits(std::int64_t number) {
    return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

/// The largest unit that fits at least once.
struct Span {
    double count;
    URelativeDateTimeUnit unit;
};

Span span_of(std::int64_t seconds) {
    const std::int64_t past = std::llabs(seconds);
    const double sign = seconds < 0 ? -1 : 1;
    const auto of = [&](std::int64_t unit_seconds, URelativeDateTimeUnit unit) {
        return Span{sign * static_cast<double>(past / unit_seconds), unit};
    };
    if (past < 3600) return of(60, UDAT_REL_UNIT_MINUTE);
    if (past < 86400) return of(3600, UDAT_REL_UNIT_HOUR);
    if (past < 30 * 86400) return of(86400, UDAT_REL_UNIT_DAY);
    if (past < 365 * 86400) return of(30 * 86400, UDAT_REL_UNIT_MONTH);
    return of(365 * 86400, UDAT_REL_UNIT_YEAR);
}

}  // namespace

Dates::Formats::Day Dates::Formats::day_around(Instant at) const {
    icu::UnicodeString text;
    icu::FieldPositionIterator fields;
    UErrorCode status = U_ZERO_ERROR;
    date_time->format(icu_date(at), text, &fields, status);
    must(status, "date and time");
    icu::FieldPosition hour, minute, field;
    while (fields.next(field)) {
        if (field.getField() == UDAT_HOUR_OF_DAY0_FIELD) hour = field;
        if (field.getField() == UDAT_MINUTE_FIELD) minute = field;
    }
    const auto two = [](const icu::FieldPosition& one) {
        return one.getEndIndex() - one.getBeginIndex() == 2;
    };
    if (!two(hour) || !two(minute) || minute.getBeginIndex() < hour.getEndIndex()) return {};
    const auto part = [&](std::int32_t from, std::int32_t to) {
        return utf8(text.tempSubStringBetween(from, to));
    };
    return {.before = part(0, hour.getBeginIndex()),
            .between = part(hour.getEndIndex(), minute.getBeginIndex()),
            .after = part(minute.getEndIndex(), text.length()),
            .plain = true};
}

/// ICU takes 5 µs for a date, and a page shows dozens: it writes each day once, and we the clock.
std::string Dates::Formats::date_and_time(Instant at) const {
    const std::int64_t here = local(at);
    const std::int64_t number = day_of(here);
    const std::int64_t minutes = (here - number * kDay) / (60 * kSecond);
    // Three in the morning shows whether hours have two digits. A clock that counts to 12, digits
    // that are not ours, and the days on which clocks are changed are left to ICU.
    const Instant three{at.us + (3 * 60 - minutes) * 60 * kSecond};
    auto kept = days.lock();
    auto found = kept->find(number);
    if (found == kept->end()) {
        if (kept->size() >= kKeptDays) kept->clear();
        Day day = day_around(three);
        day.plain = day.plain && written(*date_time, three) ==
                                     day.before + "03" + day.between + "00" + day.after;
        found = kept->emplace(number, std::move(day)).first;
    }
    const Day& day = found->second;
    if (!day.plain) return written(*date_time, at);
    const auto hour = two_digits(minutes / 60);
    const auto minute = two_digits(minutes % 60);
    std::string out;
    out.reserve(day.before.size() + day.between.size() + day.after.size() + 4);
    out.append(day.before).append(hour.data(), 2);
    out.append(day.between).append(minute.data(), 2).append(day.after);
    return out;
}

Dates::Dates(std::string_view language, std::string_view time_zone)
    : zone_(is_time_zone(time_zone) ? time_zone : "UTC") {
    static Guarded<std::map<std::string, std::shared_ptr<const Formats>>> kept;
    const std::string key = std::string(language) + ' ' + zone_;
    auto formats = kept.lock();
    if (formats->size() > kKeptFormats) formats->clear();
    auto& entry = (*formats)[key];
    if (!entry) entry = std::make_shared<const Formats>(locale_of(language), zone_);
    formats_ = entry;
}

std::string Dates::date(Instant at) const { return written(*formats_->date, at); }
std::string Dates::short_date(Instant at) const { return written(*formats_->short_date, at); }
std::string Dates::month(Instant at) const { return written(*formats_->month, at); }
std::string Dates::time(Instant at) const { return written(*formats_->time, at); }
std::string Dates::date_time(Instant at) const { return formats_->date_and_time(at); }
std::int64_t Dates::day_number(Instant at) const { return formats_->day_number(at); }

Instant Dates::moment(std::int64_t day, int minute) const {
    const std::int64_t wanted = day * kDay + minute * 60 * kSecond;
    const auto ahead = [&](std::int64_t us) { return formats_->local(Instant{us}) - us; };
    return {wanted - ahead(wanted - ahead(wanted))};
}

std::string Dates::near(Instant at, Instant now) const {
    const std::int64_t days_ago = day_number(now) - day_number(at);
    const std::string day = formats_->today_or_yesterday(days_ago, *formats_->relative);
    if (!day.empty()) {
        icu::UnicodeString both;
        UErrorCode status = U_ZERO_ERROR;
        formats_->relative->combineDateAndTime(icu::UnicodeString::fromUTF8(day),
                                               icu::UnicodeString::fromUTF8(time(at)), both,
                                               status);
        must(status, "day and time");
        return utf8(both);
    }
    const bool recent = days_ago >= -300 && days_ago < 300;
    return recent ? written(*formats_->day_month, at) : date(at);
}

std::string Dates::day_header(Instant at, Instant now) const {
    const std::int64_t days_ago = day_number(now) - day_number(at);
    const std::string day = formats_->today_or_yesterday(days_ago, *formats_->relative_capital);
    if (!day.empty()) return day;
    const bool recent = days_ago >= -300 && days_ago < 300;
    return written(recent ? *formats_->weekday : *formats_->day_year, at);
}

std::string Dates::relative(Instant at, Instant now) const {
    const std::int64_t seconds = (at.us - now.us) / kSecond;
    icu::UnicodeString text;
    UErrorCode status = U_ZERO_ERROR;
    if (std::llabs(seconds) < 60) {
        formats_->relative->format(UDAT_DIRECTION_PLAIN, UDAT_ABSOLUTE_NOW, text, status);
    } else {
        const Span span = span_of(seconds);
        formats_->relative->formatNumeric(span.count, span.unit, text, status);
    }
    must(status, "relative date");
    return utf8(text);
}

const std::vector<std::string>& time_zones() {
    static const std::vector<std::string> zones = [] {
        std::vector<std::string> names{"UTC"};
        UErrorCode status = U_ZERO_ERROR;
        const std::unique_ptr<icu::StringEnumeration> all(
            icu::TimeZone::createTimeZoneIDEnumeration(UCAL_ZONE_TYPE_CANONICAL_LOCATION, nullptr,
                                                       nullptr, status));
        must(status, "time zones");
        while (const char* name = all->next(nullptr, status)) names.emplace_back(name);
        return names;
    }();
    return zones;
}

bool is_time_zone(std::string_view name) {
    if (name.empty() || name.size() > 64) return false;
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString canonical;
    UBool system = false;
    icu::TimeZone::getCanonicalID(icu::UnicodeString::fromUTF8(std::string(name)), canonical,
                                  system, status);
    return U_SUCCESS(status) && system;
}

}  // namespace torv::i18n
