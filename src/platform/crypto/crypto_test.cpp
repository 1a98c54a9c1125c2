#include "platform/crypto/crypto.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <set>

namespace torv::crypto {
namespace {

std::string to_hex(std::string_view raw) {
    constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    for (const char c : raw) {
        text += kDigits[static_cast<unsigned char>(c) >> 4];
        text += kDigits[c & 15];
    }
    return text;
}

struct Folder {
    std::filesystem::path path;
    Folder() {
        char name[] = "/tmp/torv-crypto-XXXXXX";
        path = mkdtemp(name);
    }
    ~Folder() { std::filesystem::remove_all(path); }
};

constexpr auto kOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

}  // namespace

TEST_CASE("random tokens are URL-safe, long enough and never the same") {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) seen.insert(random_token());
    CHECK(seen.size() == 1000);
    CHECK(seen.begin()->size() == 43);
    for (const auto& token : seen)
        CHECK(token.find_first_not_of(
                  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
              token.npos);
    CHECK(random_bytes(7).size() == 7);
}

TEST_CASE("digests are those of the published examples") {
    CHECK(to_hex(sha256("abc")) == kOfAbc);
    CHECK(token_hash("abc") == kOfAbc);
    CHECK(Sha256().add("a").add("").add("bc").hex() == kOfAbc);
    // RFC 4231, case 2.
    CHECK(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    // BLAKE2b-256 of "abc", from b2sum -l 256.
    CHECK(to_hex(blake2b("", "abc")) ==
          "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    CHECK(blake2b("key", "abc") != blake2b("", "abc"));
    CHECK_THROWS(blake2b(std::string(65, 'k'), "abc"));
}

TEST_CASE("a file is hashed as its bytes are, and a missing one is a fault") {
    const Folder folder;
    const auto file = folder.path / "abc";
    std::ofstream(file) << "abc";
    CHECK(file_sha256(file) == kOfAbc);
    std::ofstream(file) << std::string(600'000, 'x');
    CHECK(file_sha256(file) == token_hash(std::string(600'000, 'x')));
    CHECK_THROWS(file_sha256(folder.path / "missing"));
}

TEST_CASE("equal means the same bytes of the same length") {
    CHECK(constant_time_equal("secret", "secret"));
    CHECK_FALSE(constant_time_equal("secret", "secreT"));
    CHECK_FALSE(constant_time_equal("secret", "secret "));
    CHECK(constant_time_equal("", ""));
}

TEST_CASE("a password fits its own hash only, and what is no hash fits nothing") {
    const auto hash = password_hash("correct horse");
    CHECK(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    CHECK(password_verify(hash, "correct horse"));
    CHECK_FALSE(password_verify(hash, "correct horsf"));
    CHECK_FALSE(password_verify(hash, ""));
    CHECK_FALSE(password_verify("", "correct horse"));
    CHECK_FALSE(password_verify("correct horse", "correct horse"));
    CHECK_FALSE(password_verify(std::string(5000, '$'), "correct horse"));
    CHECK(password_hash("correct horse") != hash);
}

TEST_CASE("a hash made with less cost asks to be made again") {
    CHECK_FALSE(password_needs_rehash(password_hash("x")));
    CHECK(
        password_needs_rehash("$argon2id$v=19$m=8192,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$"
                              "XOXSbaIr9yP2Kr7ynN1d4ImE4QYdY0uRyZDyVb3p1gs"));
    CHECK(password_needs_rehash("nonsense"));
}

TEST_CASE("a key is made once, for its owner's eyes, and a damaged one is a fault") {
    const Folder folder;
    const auto file = folder.path / "secret.key";
    const auto key = load_or_make_key(file);
    CHECK(key.size() == 32);
    CHECK(load_or_make_key(file) == key);
    struct stat status{};
    REQUIRE(::stat(file.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);

    std::ofstream(file) << "short";
    CHECK_THROWS(load_or_make_key(file));
    CHECK_THROWS(load_or_make_key(folder.path / "no" / "folder"));
}

}  // namespace torv::crypto
