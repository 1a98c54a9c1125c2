#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "platform/base/result.hpp"

namespace torv::stackexchange {

/// A row of a dump: its attributes by name.
class Row {
public:
    std::map<std::string, std::string, std::less<>> attributes;

    std::string_view operator[](std::string_view name) const;  ///< empty when it is not there
    /// 0 when it is not there or no number.
    std::int64_t number(std::string_view name) const;
};

/// How much larger than its file a packed text may be, once it is larger than `kFreeBytes`.
inline constexpr std::int64_t kMaxRatio = 60;
inline constexpr std::int64_t kFreeBytes = 64 << 20;

/// Calls `each` for every row below the root, as the file is read; false: enough. Plain or packed
/// by gzip. Faults: Invalid "stackexchange.no_file", "stackexchange.not_posts" (another root than
/// `root`, or a document type, whose entities nobody needs), "stackexchange.broken",
/// "stackexchange.bomb".
Done each_row(const std::filesystem::path& file, std::string_view root,
              const std::function<bool(const Row&)>& each);

}  // namespace torv::stackexchange
