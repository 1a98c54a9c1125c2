#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

/// What must be unguessable or unforgeable. All of it is libsodium's; nothing here is our own
/// cryptography.
namespace torv::crypto {

/// Bytes nobody can foresee.
std::string random_bytes(std::size_t count);
/// Random bytes as base64url without padding: 32 bytes give 43 characters.
std::string random_token(std::size_t bytes = 32);

std::string sha256(std::string_view data);  ///< 32 raw bytes
std::string hmac_sha256(std::string_view key,
                        std::string_view data);  ///< 32 raw bytes; a key of any length
std::string blake2b(std::string_view key,
                    std::string_view data);  ///< 32 raw bytes; key at most 64 bytes, may be empty
bool constant_time_equal(std::string_view a,
                         std::string_view b);  ///< tells nothing by time but the length

/// What is stored of a random token (session, link, API): SHA-256 as hex. Right for 128 bits and
/// more, wrong for passwords.
std::string token_hash(std::string_view token);

/// Hashes a file without holding it in memory: SHA-256 as hex. Throws std::runtime_error when it
/// cannot be read.
std::string file_sha256(const std::filesystem::path& file);

/// SHA-256 in pieces.
class Sha256 {
public:
    Sha256();
    Sha256& add(std::string_view data);
    std::string hex();  ///< ends the hash

private:
    alignas(8) unsigned char state_[128];
};

/// Argon2id with 19 MiB and two passes, as a PHC string (OWASP's minimum; QUALITY S9). Takes some
/// 100 ms; at most two run at once, others wait, so that sign-ins cannot take the machine. Never
/// call it inside a transaction.
std::string password_hash(std::string_view password);
/// True when the password fits. Takes as long for a hash that is not one as for a good one.
bool password_verify(std::string_view hash, std::string_view password);
/// The hash was made with other parameters than today's: hash again at the next sign-in.
bool password_needs_rehash(std::string_view hash);

/// The 32 bytes in `file`; made, readable by its owner alone, when the file is not there. Throws
/// std::runtime_error.
std::string load_or_make_key(const std::filesystem::path& file);

}  // namespace torv::crypto
