#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.hpp"

/// Files by their content: the same bytes are kept once, under their SHA-256.
namespace torv::files {

/// Lower-case SHA-256 of a file's bytes; can only be valid, so that no path can be made from it but
/// one of ours.
class Hash {
public:
    static std::optional<Hash> parse(std::string_view hex);
    const std::string& text() const { return hex_; }
    auto operator<=>(const Hash&) const = default;

private:
    explicit Hash(std::string hex) : hex_(std::move(hex)) {}
    std::string hex_;
};

struct Stored {
    Hash hash;
    std::uint64_t size = 0;
};

struct Swept {
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
};

/// The folder. Thread-safe, also between processes: a file appears whole or not at all and is
/// durable when `put` returns.
class Store {
public:
    /// Makes the folder. Throws std::filesystem::filesystem_error.
    explicit Store(std::filesystem::path folder);

    /// Faults: Unavailable "files.disk_full". Throws std::system_error for other failures.
    Result<Stored> put(std::string_view bytes);
    /// The same from a file, which may be moved away.
    Result<Stored> put_file(const std::filesystem::path& file);

    bool has(const Hash& hash) const;
    std::filesystem::path path(
        const Hash& hash) const;  ///< FOLDER/ab/cdef…; whether or not it is there
    std::optional<std::string> read(const Hash& hash) const;
    bool remove(const Hash& hash);

    /// Removes what `is_used` does not know and is older than `age` (younger ones may belong to a
    /// transaction under way).
    Swept sweep(const std::function<bool(const Hash&)>& is_used, std::chrono::seconds age);
    /// Reads every file again; gives what is wrong.
    std::vector<std::string> check() const;
    /// Every file that is there.
    void each(const std::function<void(const Hash&, std::uint64_t size)>& call) const;

private:
    Result<Stored> keep(const Hash& hash, std::uint64_t size,
                        const std::function<int(const std::filesystem::path&)>& write);
    std::filesystem::path folder_;
};

}  // namespace torv::files
