#include "platform/crypto/crypto.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <new>
#include <semaphore>
#include <stdexcept>
#include <system_error>

namespace torv::crypto {

namespace {

constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemory = 19 << 20;
constexpr std::size_t kKeyBytes = 32;
constexpr std::ptrdiff_t kHashesAtOnce = 2;

static_assert(sizeof(crypto_hash_sha256_state) <= 128);

const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

/// libsodium must be told to look at the machine before it is used from several threads.
void ready() {
    static const int status = sodium_init();
    if (status < 0) throw std::runtime_error("libsodium cannot start");
}

/// A place among the password hashes that run at the same time.
class Turn {
public:
    Turn() { places().acquire(); }
    ~Turn() { places().release(); }
    Turn(const Turn&) = delete;

private:
    static std::counting_semaphore<kHashesAtOnce>& places() {
        static std::counting_semaphore<kHashesAtOnce> semaphore{kHashesAtOnce};
        return semaphore;
    }
};

bool verify(const std::string& hash, std::string_view password) {
    return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

std::string hex_of(const std::string& raw) {
    std::string text(raw.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes(raw), raw.size());
    text.pop_back();
    return text;
}

crypto_hash_sha256_state* state_of(unsigned char* place) {
    return reinterpret_cast<crypto_hash_sha256_state*>(place);
}

std::runtime_error file_error(const std::filesystem::path& file) {
    return std::runtime_error(file.string() + ": " + std::system_category().message(errno));
}

/// False when the file is there already.
bool make_key_file(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0 && errno == EEXIST) return false;
    if (descriptor < 0) throw file_error(file);
    const auto key = random_bytes(kKeyBytes);
    const bool written =
        ::write(descriptor, key.data(), key.size()) == static_cast<ssize_t>(key.size()) &&
        ::fsync(descriptor) == 0;
    const int error = errno;
    ::close(descriptor);
    if (written) return true;
    ::unlink(file.c_str());  // half a key would be taken for a damaged one
    errno = error;
    throw file_error(file);
}

}  // namespace

std::string random_bytes(std::size_t count) {
    ready();
    std::string raw(count, '\0');
    randombytes_buf(raw.data(), raw.size());
    return raw;
}

std::string random_token(std::size_t count) {
    const auto raw = random_bytes(count);
    constexpr int kUrlSafe = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_encoded_len(raw.size(), kUrlSafe), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes(raw), raw.size(), kUrlSafe);
    text.pop_back();
    return text;
}

std::string sha256(std::string_view data) {
    std::string digest(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(bytes(digest), bytes(data), data.size());
    return digest;
}

std::string hmac_sha256(std::string_view key, std::string_view data) {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, bytes(key), key.size());
    crypto_auth_hmacsha256_update(&state, bytes(data), data.size());
    std::string digest(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256_final(&state, bytes(digest));
    return digest;
}

std::string blake2b(std::string_view key, std::string_view data) {
    ready();
    if (key.size() > crypto_generichash_KEYBYTES_MAX)
        throw std::invalid_argument("BLAKE2b key over 64 bytes");
    std::string digest(32, '\0');
    crypto_generichash(bytes(digest), digest.size(), bytes(data), data.size(), bytes(key),
                       key.size());
    return digest;
}

bool constant_time_equal(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string token_hash(std::string_view token) { return hex_of(sha256(token)); }

std::string file_sha256(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw file_error(file);
    Sha256 hash;
    std::string piece(256 * 1024, '\0');
    while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0)
        hash.add(std::string_view(piece).substr(0, static_cast<std::size_t>(in.gcount())));
    if (in.bad()) throw file_error(file);
    return hash.hex();
}

Sha256::Sha256() {
    new (state_) crypto_hash_sha256_state;
    crypto_hash_sha256_init(state_of(state_));
}

Sha256& Sha256::add(std::string_view data) {
    crypto_hash_sha256_update(state_of(state_), bytes(data), data.size());
    return *this;
}

std::string Sha256::hex() {
    std::string digest(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256_final(state_of(state_), bytes(digest));
    return hex_of(digest);
}

std::string password_hash(std::string_view password) {
    ready();
    const Turn turn;
    std::string hash(crypto_pwhash_STRBYTES, '\0');
    if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), kPasses, kMemory,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::bad_alloc();
    hash.resize(hash.find('\0'));
    return hash;
}

bool password_verify(std::string_view hash, std::string_view password) {
    ready();
    // An unknown account, or one without a password, must not answer sooner than a wrong password.
    static const std::string nobody = password_hash(random_bytes(kKeyBytes));
    const Turn turn;
    const bool is_hash = hash.starts_with("$argon2") && hash.size() < crypto_pwhash_STRBYTES;
    const bool fits = verify(is_hash ? std::string(hash) : nobody, password);
    return is_hash && fits;
}

bool password_needs_rehash(std::string_view hash) {
    ready();
    if (hash.size() >= crypto_pwhash_STRBYTES) return true;
    return crypto_pwhash_str_needs_rehash(std::string(hash).c_str(), kPasses, kMemory) != 0;
}

std::string load_or_make_key(const std::filesystem::path& file) {
    make_key_file(file);
    std::ifstream in(file, std::ios::binary);
    std::string key(kKeyBytes + 1, '\0');
    in.read(key.data(), static_cast<std::streamsize>(key.size()));
    if (in.gcount() != kKeyBytes)
        throw std::runtime_error(file.string() + " cannot be read, or is not a key of 32 bytes");
    key.resize(kKeyBytes);
    return key;
}

}  // namespace torv::crypto
