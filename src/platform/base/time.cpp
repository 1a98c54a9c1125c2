#include "platform/base/time.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace torv {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::sys_days;
using std::chrono::sys_time;
using std::chrono::year_month_day;

struct Parts {
    int year = 0;
    unsigned month = 0, day = 0, weekday = 0;
    int hour = 0, minute = 0, second = 0, micros = 0;
};

Parts parts_of(Instant at) {
    const sys_time<microseconds> point{microseconds{at.us}};
    const sys_days date = floor<days>(point);
    const year_month_day ymd{date};
    std::int64_t rest = (point - date).count();
    Parts parts;
    parts.year = static_cast<int>(ymd.year());
    parts.month = static_cast<unsigned>(ymd.month());
    parts.day = static_cast<unsigned>(ymd.day());
    parts.weekday = std::chrono::weekday{date}.c_encoding();
    parts.micros = static_cast<int>(rest % 1'000'000);
    rest /= 1'000'000;
    parts.second = static_cast<int>(rest % 60);
    parts.minute = static_cast<int>(rest / 60 % 60);
    parts.hour = static_cast<int>(rest / 3600);
    return parts;
}

/// Reads a text from the left; every step that does not fit makes `ok` false.
struct Reader {
    std::string_view rest;
    bool ok = true;

    int digits(std::size_t count) {
        int number = 0;
        if (rest.size() < count) return ok = false, 0;
        for (const char c : rest.substr(0, count)) {
            if (c < '0' || c > '9') return ok = false, 0;
            number = number * 10 + (c - '0');
        }
        rest.remove_prefix(count);
        return number;
    }
    bool take(std::string_view any_of) {
        if (rest.empty() || any_of.find(rest[0]) == std::string_view::npos) return false;
        rest.remove_prefix(1);
        return true;
    }
    void need(std::string_view any_of) {
        if (!take(any_of)) ok = false;
    }
};

/// ".123456789" as microseconds; digits below that are dropped.
int fraction(Reader& in) {
    int micros = 0;
    int place = 100'000;
    bool any = false;
    while (!in.rest.empty() && in.rest[0] >= '0' && in.rest[0] <= '9') {
        micros += (in.rest[0] - '0') * place;
        place /= 10;
        any = true;
        in.rest.remove_prefix(1);
    }
    if (!any) in.ok = false;
    return micros;
}

/// "Z" or "+02:00", in minutes east of Greenwich.
int offset_minutes(Reader& in) {
    if (in.take("Zz")) return 0;
    const int sign = in.rest.starts_with('-') ? -1 : 1;
    in.need("+-");
    const int hours = in.digits(2);
    in.need(":");
    const int minutes = in.digits(2);
    if (hours > 23 || minutes > 59) in.ok = false;
    return sign * (hours * 60 + minutes);
}

}  // namespace

std::string Instant::rfc3339() const {
    const Parts p = parts_of(*this);
    std::string out;
    out.reserve(27);
    // By hand: a page holds dozens of times, and printf takes longer than all else about them.
    const auto digits = [&](char before, unsigned number, unsigned highest_place) {
        if (before) out += before;
        for (unsigned place = highest_place; place > 0; place /= 10)
            out += static_cast<char>('0' + number / place % 10);
    };
    digits(0, static_cast<unsigned>(p.year), 1000);
    digits('-', p.month, 10);
    digits('-', p.day, 10);
    digits('T', static_cast<unsigned>(p.hour), 10);
    digits(':', static_cast<unsigned>(p.minute), 10);
    digits(':', static_cast<unsigned>(p.second), 10);
    if (p.micros != 0) digits('.', static_cast<unsigned>(p.micros), 100'000);
    return out += 'Z';
}

std::optional<Instant> Instant::parse_rfc3339(std::string_view text) {
    Reader in{text};
    const int year = in.digits(4);
    in.need("-");
    const int month = in.digits(2);
    in.need("-");
    const int day = in.digits(2);
    in.need("Tt ");
    const int hour = in.digits(2);
    in.need(":");
    const int minute = in.digits(2);
    in.need(":");
    const int second = in.digits(2);
    const int micros = in.take(".") ? fraction(in) : 0;
    const int offset = offset_minutes(in);
    const year_month_day date{std::chrono::year{year},
                              std::chrono::month(static_cast<unsigned>(month)),
                              std::chrono::day(static_cast<unsigned>(day))};
    if (!in.ok || !in.rest.empty() || !date.ok() || hour > 23 || minute > 59 || second > 60)
        return std::nullopt;
    const std::int64_t midnight = sys_days{date}.time_since_epoch().count() * 86'400LL;
    const std::int64_t seconds = midnight + hour * 3600LL + minute * 60LL + second - offset * 60LL;
    return Instant{seconds * 1'000'000 + micros};
}

std::string Instant::http_date() const {
    static constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const Parts p = parts_of(*this);
    std::array<char, 64> text{};
    const int length = std::snprintf(
        text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT", kDays.at(p.weekday), p.day,
        kMonths.at(p.month - 1), p.year, p.hour, p.minute, p.second);
    return {text.data(), static_cast<std::size_t>(length)};
}

Instant SystemClock::now() const {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<microseconds>(now).count()};
}

}  // namespace torv
