#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace torv {

using std::chrono::microseconds;

/// A moment: UTC microseconds since 1970. Stored as BIGINT.
struct Instant {
    std::int64_t us = 0;

    auto operator<=>(const Instant&) const = default;
    explicit operator bool() const { return us != 0; }
    /// "2026-11-21T09:30:00.123456Z" (RFC 3339; fraction only when it is not zero).
    std::string rfc3339() const;
    static std::optional<Instant> parse_rfc3339(std::string_view text);
    /// "Sat, 21 Nov 2026 09:30:00 GMT", for HTTP headers.
    std::string http_date() const;
};

inline Instant operator+(Instant at, microseconds span) { return {at.us + span.count()}; }
inline Instant operator-(Instant at, microseconds span) { return {at.us - span.count()}; }
inline microseconds operator-(Instant a, Instant b) { return microseconds{a.us - b.us}; }

/// Tells the time; tests set it. Thread-safe.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock {
public:
    Instant now() const override;
};

}  // namespace torv
