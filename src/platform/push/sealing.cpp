#include "platform/push/sealing.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/param_build.h>

#include <array>
#include <memory>
#include <stdexcept>

#include "platform/base/text.hpp"
#include "platform/json/json.hpp"

namespace torv::push {

namespace {

constexpr std::size_t kPoint = 65, kSecret = 32, kTag = 16, kSalt = 16, kKey = 16, kNonce = 12;
constexpr std::size_t kNumber = 32;  // r and s of a signature
constexpr std::uint32_t kRecord = 4096;

template <auto Free>
struct With {
    template <class T>
    void operator()(T* what) const {
        Free(what);
    }
};
template <class T, auto Free>
using Held = std::unique_ptr<T, With<Free>>;
using Key = Held<EVP_PKEY, EVP_PKEY_free>;
using KeyContext = Held<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using Cipher = Held<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;
using Digest = Held<EVP_MD_CTX, EVP_MD_CTX_free>;
using Number = Held<BIGNUM, BN_clear_free>;
using Signature = Held<ECDSA_SIG, ECDSA_SIG_free>;

void must(bool good) {
    if (!good) throw std::runtime_error("libcrypto failed");
}

const unsigned char* raw(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* raw(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

/// Null when the point is none of the curve.
Key key_from(std::string_view open, std::string_view secret = {}) {
    const Held<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> builder(OSSL_PARAM_BLD_new());
    Number number;
    must(builder && OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME,
                                                    "prime256v1", 0));
    must(OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, open.data(),
                                          open.size()));
    if (!secret.empty()) {
        number.reset(BN_secure_new());
        must(number && BN_bin2bn(raw(secret), static_cast<int>(secret.size()), number.get()));
        must(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, number.get()));
    }
    const Held<OSSL_PARAM, OSSL_PARAM_free> params(OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    must(params && context && EVP_PKEY_fromdata_init(context.get()) == 1);
    EVP_PKEY* key = nullptr;
    const int selection = secret.empty() ? EVP_PKEY_PUBLIC_KEY : EVP_PKEY_KEYPAIR;
    EVP_PKEY_fromdata(context.get(), &key, selection, params.get());
    return Key(key);
}

std::string shared_secret(const Keys& ours, std::string_view theirs) {
    const Key own = key_from(ours.open, ours.secret), other = key_from(theirs);
    must(own && other);
    const KeyContext context(EVP_PKEY_CTX_new(own.get(), nullptr));
    std::string secret(kSecret, '\0');
    std::size_t size = secret.size();
    must(context && EVP_PKEY_derive_init(context.get()) == 1);
    must(EVP_PKEY_derive_set_peer(context.get(), other.get()) == 1);
    must(EVP_PKEY_derive(context.get(), raw(secret), &size) == 1 && size == kSecret);
    return secret;
}

/// RFC 5869.
std::string hkdf(std::string_view salt, std::string_view secret, std::string_view info,
                 std::size_t size) {
    const Held<EVP_KDF, EVP_KDF_free> kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
    must(kdf != nullptr);
    const Held<EVP_KDF_CTX, EVP_KDF_CTX_free> context(EVP_KDF_CTX_new(kdf.get()));
    const auto bytes = [](const char* name, std::string_view value) {
        return OSSL_PARAM_construct_octet_string(name, const_cast<char*>(value.data()),
                                                 value.size());
    };
    char digest[] = "SHA256";
    const std::array<OSSL_PARAM, 5> params{
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
        bytes(OSSL_KDF_PARAM_SALT, salt), bytes(OSSL_KDF_PARAM_KEY, secret),
        bytes(OSSL_KDF_PARAM_INFO, info), OSSL_PARAM_construct_end()};
    std::string out(size, '\0');
    must(context && EVP_KDF_derive(context.get(), raw(out), size, params.data()) == 1);
    return out;
}

std::string aes_gcm(std::string_view key, std::string_view nonce, std::string_view text) {
    const Cipher context(EVP_CIPHER_CTX_new());
    std::string out(text.size() + kTag, '\0');
    int size = 0;
    must(context &&
         EVP_EncryptInit_ex(context.get(), EVP_aes_128_gcm(), nullptr, raw(key), raw(nonce)) == 1);
    must(EVP_EncryptUpdate(context.get(), raw(out), &size, raw(text),
                           static_cast<int>(text.size())) == 1);
    must(EVP_EncryptFinal_ex(context.get(), raw(out) + size, &size) == 1);
    must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kTag, raw(out) + text.size()) ==
         1);
    return out;
}

std::string big_endian(std::uint32_t number) {
    std::string out;
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift & 0xFF);
    return out;
}

/// r and s side by side, as JWS wants them (RFC 7518, 3.4), instead of DER.
std::string sign(std::string_view text, const Keys& keys) {
    const Key key = key_from(keys.open, keys.secret);
    const Digest context(EVP_MD_CTX_new());
    std::size_t size = 0;
    must(key && context &&
         EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1);
    must(EVP_DigestSign(context.get(), nullptr, &size, raw(text), text.size()) == 1);
    std::string der(size, '\0');
    must(EVP_DigestSign(context.get(), raw(der), &size, raw(text), text.size()) == 1);
    const unsigned char* from = raw(der);
    const Signature parts(d2i_ECDSA_SIG(nullptr, &from, static_cast<long>(size)));
    must(parts != nullptr);
    std::string out(2 * kNumber, '\0');
    must(BN_bn2binpad(ECDSA_SIG_get0_r(parts.get()), raw(out), kNumber) == kNumber);
    must(BN_bn2binpad(ECDSA_SIG_get0_s(parts.get()), raw(out) + kNumber, kNumber) == kNumber);
    return out;
}

}  // namespace

Keys make_keys() {
    const Key key(EVP_EC_gen("prime256v1"));
    must(key != nullptr);
    Keys keys{.secret = std::string(kSecret, '\0'), .open = std::string(kPoint, '\0')};
    std::size_t size = 0;
    must(EVP_PKEY_get_octet_string_param(key.get(), OSSL_PKEY_PARAM_PUB_KEY, raw(keys.open), kPoint,
                                         &size) == 1 &&
         size == kPoint);
    BIGNUM* taken = nullptr;
    must(EVP_PKEY_get_bn_param(key.get(), OSSL_PKEY_PARAM_PRIV_KEY, &taken) == 1);
    const Number number(taken);
    must(BN_bn2binpad(number.get(), raw(keys.secret), kSecret) == kSecret);
    return keys;
}

bool is_point(std::string_view key) {
    return key.size() == kPoint && key[0] == '\x04' && key_from(key) != nullptr;
}

std::string sealed(std::string_view text, const Address& to, const Keys& maker,
                   std::string_view salt, std::size_t padding) {
    using namespace std::string_view_literals;
    must(salt.size() == kSalt);
    std::string info("WebPush: info\0"sv);
    info += to.key + maker.open;
    const std::string secret = hkdf(to.auth, shared_secret(maker, to.key), info, kSecret);
    const std::string key = hkdf(salt, secret, "Content-Encoding: aes128gcm\0"sv, kKey);
    const std::string nonce = hkdf(salt, secret, "Content-Encoding: nonce\0"sv, kNonce);
    std::string record(text);
    record += '\x02';  // the last record
    record.append(padding, '\0');
    std::string out(salt);
    out += big_endian(kRecord);
    out += static_cast<char>(kPoint);
    out += maker.open;
    return out + aes_gcm(key, nonce, record);
}

std::string token(std::string_view audience, std::string_view contact, const Keys& keys,
                  Instant expires) {
    json::Writer claims;
    claims.object()
        .field("aud", audience)
        .field("exp", expires.us / 1'000'000)
        .field("sub", contact)
        .end();
    const std::string head = base64url(R"({"typ":"JWT","alg":"ES256"})");
    const std::string text = head + "." + base64url(claims.text());
    return text + "." + base64url(sign(text, keys));
}

}  // namespace torv::push
