#include "platform/push/push.hpp"

#include <doctest/doctest.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "platform/base/text.hpp"
#include "platform/fetch/testing.hpp"
#include "platform/json/json.hpp"
#include "platform/push/sealing.hpp"

using namespace torv;
using fetch::testing::Counterpart;

namespace {

std::string raw(std::string_view text) { return from_base64url(text).value(); }

/// The browser of RFC 8291, appendix A.
constexpr std::string_view kBrowser =
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
constexpr std::string_view kAuth = "BTBZMqHH6r4Tts7J_aSIgg";
constexpr Instant kNow{1'795'255'200'000'000};

push::Address browser(const Counterpart& service) {
    return push::address(service.url("/wpush/v2/abc"), kBrowser, kAuth, {service.host()}).value();
}

/// Did the holder of the open key sign this token?
bool is_signed(std::string_view token, const std::string& open) {
    const auto dot = token.rfind('.');
    const std::string signature = raw(token.substr(dot + 1));
    if (signature.size() != 64) return false;
    const auto* bytes = reinterpret_cast<const unsigned char*>(signature.data());
    ECDSA_SIG* parts = ECDSA_SIG_new();
    ECDSA_SIG_set0(parts, BN_bin2bn(bytes, 32, nullptr), BN_bin2bn(bytes + 32, 32, nullptr));
    unsigned char* der = nullptr;
    const int size = i2d_ECDSA_SIG(parts, &der);
    // SubjectPublicKeyInfo of a point of P-256, as RFC 5480 has it.
    const std::string info = raw("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE") + open.substr(1);
    const auto* from = reinterpret_cast<const unsigned char*>(info.data());
    EVP_PKEY* key = d2i_PUBKEY(nullptr, &from, static_cast<long>(info.size()));
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    EVP_DigestVerifyInit(context, nullptr, EVP_sha256(), nullptr, key);
    const bool good =
        EVP_DigestVerify(context, der, static_cast<std::size_t>(size),
                         reinterpret_cast<const unsigned char*>(token.data()), dot) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    OPENSSL_free(der);
    ECDSA_SIG_free(parts);
    return good;
}

}  // namespace

TEST_CASE("a message is sealed as RFC 8291, appendix A, has it") {
    const push::Keys maker{
        .secret = raw("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
        .open = raw("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6P"
                    "Bru3jl7A8")};
    const push::Address to{.endpoint = {}, .key = raw(kBrowser), .auth = raw(kAuth)};
    const auto body = push::sealed("When I grow up, I want to be a watermelon", to, maker,
                                   raw("DGv6ra1nlYgDCS1FRnbzlw"), 0);
    CHECK(
        base64url(body) ==
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYW"
        "AmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgS"
        "xsj_Qulcy4a-fN");
}

TEST_CASE("keys are made anew each time, and a token is signed by them alone") {
    const auto keys = push::make_keys(), others = push::make_keys();
    CHECK(keys.secret.size() == 32);
    CHECK(push::is_point(keys.open));
    CHECK(keys.open != others.open);
    const auto token = push::token("https://push.example", "https://square.test", keys, kNow);
    CHECK(is_signed(token, keys.open));
    CHECK_FALSE(is_signed(token, others.open));
    CHECK_FALSE(is_signed("x" + token, keys.open));
    const auto parts = split(token, '.');
    REQUIRE(parts.size() == 3);
    CHECK(raw(parts[0]) == R"({"typ":"JWT","alg":"ES256"})");
    CHECK(raw(parts[1]) ==
          R"({"aud":"https://push.example","exp":1795255200,"sub":"https://square.test"})");
}

TEST_CASE("an address is taken only with a point of the curve, a secret, and a place outside") {
    const auto field = [](std::string_view endpoint, std::string_view key, std::string_view auth) {
        const auto made = push::address(endpoint, key, auth, {});
        return made ? std::string("good") : made.error().field;
    };
    CHECK(field("https://push.example/a", kBrowser, kAuth) == "good");
    CHECK(field("https://10.0.0.1/a", kBrowser, kAuth) == "endpoint");
    CHECK(field("https://push.example/a", kBrowser.substr(0, 80), kAuth) == "p256dh");
    std::string off_curve = raw(kBrowser);
    off_curve.back() ^= 1;
    CHECK(field("https://push.example/a", base64url(off_curve), kAuth) == "p256dh");
    CHECK(field("https://push.example/a", base64url(std::string(65, '\0')), kAuth) == "p256dh");
    CHECK(field("https://push.example/a", kBrowser, "AAAA") == "auth");
    CHECK(field("https://push.example/a", kBrowser, "!") == "auth");
}

TEST_CASE("a message goes sealed, with who we are, how long it lives and what it replaces") {
    Counterpart service;
    const push::Sender from{.keys = push::make_keys(), .contact = "https://square.test"};
    const auto answer = push::send({.text = R"({"title":"Picnic"})",
                                    .lives = std::chrono::hours(1),
                                    .urgency = push::Urgency::High,
                                    .topic = "t7"},
                                   browser(service), from, kNow, {service.host()});
    CHECK(answer.outcome == push::Outcome::Taken);
    REQUIRE(service.received().size() == 1);
    const std::string request = service.received()[0];
    for (const auto* line :
         {"TTL: 3600\r\n", "Urgency: high\r\n", "Topic: t7\r\n", "Content-Encoding: aes128gcm\r\n"})
        CHECK_MESSAGE(request.find(line) != std::string::npos, line);
    CHECK(request.find("Picnic") == std::string::npos);
    const auto at = request.find("vapid t=") + 8, end = request.find(", k=", at);
    const std::string token = request.substr(at, end - at);
    CHECK(is_signed(token, from.keys.open));
    const auto claims = json::parse(raw(split(token, '.')[1])).value();
    CHECK(claims["aud"].string_or("") == "http://" + service.host());
    CHECK(claims["exp"].integer() == kNow.us / 1'000'000 + 12 * 3600);
    CHECK(claims["sub"].string_or("") == "https://square.test");
    const auto key = request.substr(end + 4, request.find("\r\n", end) - end - 4);
    CHECK(key == base64url(from.keys.open));
}

TEST_CASE("texts of unlike length look alike, and the longest still fits") {
    Counterpart service;
    const push::Sender from{.keys = push::make_keys(), .contact = "https://square.test"};
    const auto size = [&](std::size_t text) {
        push::send({.text = std::string(text, 'a')}, browser(service), from, kNow,
                   {service.host()});
        const std::string request = service.received().back();
        return request.size() - request.find("\r\n\r\n") - 4;
    };
    CHECK(size(1) == size(200));
    CHECK(size(200) < size(300));
    CHECK(size(push::kMostText) <= 4096);
}

TEST_CASE("what a service answers decides whether to try again, and when") {
    Counterpart service;
    const push::Sender from{.keys = push::make_keys(), .contact = "https://square.test"};
    const auto told = [&](const std::string& status, const std::string& headers = "") {
        service.answer("HTTP/1.1 " + status + "\r\n" + headers +
                       "Content-Length: 0\r\nConnection: close\r\n\r\n");
        return push::send({.text = "x"}, browser(service), from, kNow, {service.host()});
    };
    CHECK(told("201 Created").outcome == push::Outcome::Taken);
    CHECK(told("404 Not Found").outcome == push::Outcome::Gone);
    CHECK(told("410 Gone").outcome == push::Outcome::Gone);
    CHECK(told("400 Bad").outcome == push::Outcome::Refused);
    CHECK(told("413 Large").outcome == push::Outcome::Refused);
    CHECK(told("500 Oh").outcome == push::Outcome::Later);
    const auto slow = told("429 Slow", "Retry-After: 90\r\n");
    CHECK(slow.outcome == push::Outcome::Later);
    CHECK(slow.retry_after == std::chrono::seconds(90));
    CHECK(told("503 Down", "Retry-After: 999999999\r\n").retry_after == std::chrono::hours(6));
    CHECK_FALSE(told("503 Down", "Retry-After: soon\r\n").retry_after);
    // It was a good address when it was given; it is judged again when it is used.
    const auto inside = push::send({.text = "x"}, browser(service), from, kNow, {});
    CHECK(inside.outcome == push::Outcome::Refused);
}
