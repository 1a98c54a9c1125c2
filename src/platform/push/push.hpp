#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "platform/base/result.hpp"
#include "platform/base/time.hpp"
#include "platform/fetch/fetch.hpp"

/// Web push: a message for a browser that is closed, sealed for that browser alone (RFC 8291) and
/// left at its maker's push service (RFC 8030), to which we show who we are (RFC 8292).
namespace torv::push {

/// A pair of keys on the curve P-256.
struct Keys {
    std::string secret;  ///< 32 bytes
    std::string open;    ///< 65 bytes, an uncompressed point
};
Keys make_keys();

/// Where a browser is reached, and the keys it made for that.
struct Address {
    std::string endpoint;
    std::string key;   ///< 65 bytes
    std::string auth;  ///< 16 bytes
};
/// From what a browser says of itself; both keys as base64url. Faults: Invalid "push.bad_address"
/// with field "endpoint", "p256dh" or "auth".
Result<Address> address(std::string_view endpoint, std::string_view p256dh, std::string_view auth,
                        const fetch::Inside& inside);

enum class Urgency { VeryLow, Low, Normal, High };

struct Message {
    std::string text;               ///< UTF-8, at most kMostText bytes
    std::chrono::seconds lives{0};  ///< how long the service keeps it for a device that sleeps
    Urgency urgency = Urgency::Normal;
    std::string topic;  ///< replaces an undelivered one of the same; [A-Za-z0-9_-], at most 32
};
inline constexpr std::size_t kMostText = 3800;  ///< what every service takes, RFC 8291 section 4

/// Who sends: the installation's keys and where its operator is reached ("https://…", "mailto:…").
struct Sender {
    Keys keys;
    std::string contact;
};

enum class Outcome {
    Taken,
    Gone,     ///< the browser is not there any more: forget the address
    Later,    ///< not now: too many, or the service is down
    Refused,  ///< never: the message or the address is at fault
};
struct Answer {
    Outcome outcome = Outcome::Later;
    std::optional<std::chrono::seconds> retry_after;
    int status = 0;      ///< 0: no answer came
    std::string reason;  ///< for the log; never the address
};
/// Seals and sends. Takes up to ten seconds.
Answer send(const Message& message, const Address& to, const Sender& from, Instant now,
            const fetch::Inside& inside);

}  // namespace torv::push
