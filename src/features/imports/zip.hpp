#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.hpp"

namespace torv::imports {

/// A zip file from a stranger, read without unpacking to disk and under limits: a file that would
/// unpack to more than it may is refused before a byte of it is unpacked, and what an entry says of
/// its own size is not believed.
class Zip {
public:
    static constexpr std::uint64_t kMaxEntries = 300'000;
    static constexpr std::uint64_t kMaxEntryBytes = 64ull << 20;
    static constexpr std::uint64_t kMaxTotalBytes = 8ull << 30;
    /// JSON packs to a twentieth at best; bombs are over a thousand.
    static constexpr std::uint64_t kMaxRatio = 200;

    /// Faults: Invalid "imports.not_a_zip", "imports.zip_encrypted", "imports.zip_bomb".
    static Result<Zip> open(const std::filesystem::path& path);

    struct Entry {
        std::string name;  ///< as in the archive, with '/'
        std::uint64_t index = 0;
        std::uint64_t bytes = 0;  ///< as the archive says
    };
    const std::vector<Entry>& entries() const { return entries_; }
    const Entry* find(std::string_view name) const;
    /// The whole entry. Faults: Invalid "imports.zip_broken" (bad sums, cut off),
    /// "imports.zip_bomb".
    Result<std::string> read(const Entry& entry) const;

private:
    struct Closer {
        void operator()(void* archive) const;
    };
    std::unique_ptr<void, Closer> archive_;
    std::vector<Entry> entries_;
};

}  // namespace torv::imports
