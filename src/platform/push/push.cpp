#include "platform/push/push.hpp"

#include <algorithm>

#include "platform/base/text.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/push/sealing.hpp"

namespace torv::push {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t kAuth = 16, kSalt = 16;
constexpr std::size_t kStep = 256;         // lengths are rounded up to this: they tell little
constexpr microseconds kTokenLives = 12h;  // a day at most, RFC 8292 section 2
constexpr std::chrono::seconds kLongestWait = 6h;

std::string_view urgency_name(Urgency urgency) {
    switch (urgency) {
        case Urgency::VeryLow: return "very-low";
        case Urgency::Low: return "low";
        case Urgency::Normal: return "normal";
        case Urgency::High: return "high";
    }
    return {};
}

std::size_t padding_for(std::size_t size) {
    const std::size_t whole = (size / kStep + 1) * kStep;
    return std::min(whole, std::max(kMostText, size)) - size;
}

/// Seconds; the other form, a date, is taken as "later".
std::optional<std::chrono::seconds> wait_asked(std::string_view header) {
    const auto seconds = parse_int<std::int64_t>(header);
    if (!seconds || *seconds < 0) return std::nullopt;
    return std::min(std::chrono::seconds(*seconds), kLongestWait);
}

Outcome outcome_of(int status) {
    if (status >= 200 && status < 300) return Outcome::Taken;
    if (status == 404 || status == 410) return Outcome::Gone;
    if (status == 408 || status == 429 || status >= 500) return Outcome::Later;
    return Outcome::Refused;
}

/// What never gets better: an address that is none, or leads inside.
bool is_for_good(fetch::Failure failure) {
    return failure == fetch::Failure::BadUrl || failure == fetch::Failure::LedInside;
}

}  // namespace

Result<Address> address(std::string_view endpoint, std::string_view p256dh, std::string_view auth,
                        const fetch::Inside& inside) {
    if (!fetch::check(endpoint, inside))
        return fail(Fault::Invalid, "push.bad_address", "endpoint");
    auto key = from_base64url(p256dh);
    if (!key || !is_point(*key)) return fail(Fault::Invalid, "push.bad_address", "p256dh");
    auto secret = from_base64url(auth);
    if (!secret || secret->size() != kAuth) return fail(Fault::Invalid, "push.bad_address", "auth");
    return Address{
        .endpoint = std::string(endpoint), .key = *std::move(key), .auth = *std::move(secret)};
}

Answer send(const Message& message, const Address& to, const Sender& from, Instant now,
            const fetch::Inside& inside) {
    const auto url = fetch::check(to.endpoint, inside);
    if (!url) return {.outcome = Outcome::Refused, .reason = "bad address"};
    const std::string proof = token(url->origin(), from.contact, from.keys, now + kTokenLives);
    fetch::Request request{
        .method = "POST",
        .url = to.endpoint,
        .headers = {{"Authorization", "vapid t=" + proof + ", k=" + base64url(from.keys.open)},
                    {"Content-Encoding", "aes128gcm"},
                    {"Content-Type", "application/octet-stream"},
                    {"TTL", std::to_string(message.lives.count())},
                    {"Urgency", std::string(urgency_name(message.urgency))}},
        .body = sealed(message.text, to, make_keys(), crypto::random_bytes(kSalt),
                       padding_for(message.text.size()))};
    if (!message.topic.empty()) request.headers.emplace_back("Topic", message.topic);
    const auto reply = fetch::send(request, inside);
    if (!reply)
        return {.outcome = is_for_good(reply.error()) ? Outcome::Refused : Outcome::Later,
                .reason = std::string(fetch::failure_name(reply.error()))};
    return {.outcome = outcome_of(reply->status),
            .retry_after = wait_asked(reply->header("retry-after")),
            .status = reply->status,
            .reason = "status " + std::to_string(reply->status)};
}

}  // namespace torv::push
