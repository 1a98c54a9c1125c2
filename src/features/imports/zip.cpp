#include "features/imports/zip.hpp"

#include <zip.h>

#include <algorithm>

#include "features/imports/text_rescue.hpp"
#include "platform/base/text.hpp"

namespace torv::imports {

void Zip::Closer::operator()(void* archive) const { zip_discard(static_cast<zip_t*>(archive)); }

Result<Zip> Zip::open(const std::filesystem::path& path) {
    int code = 0;
    Zip zip;
    zip.archive_.reset(zip_open(path.c_str(), ZIP_RDONLY, &code));
    if (!zip.archive_) return fail(Fault::Invalid, "imports.not_a_zip", "file");
    auto* archive = static_cast<zip_t*>(zip.archive_.get());
    const auto count = zip_get_num_entries(archive, 0);
    if (count < 0 || static_cast<std::uint64_t>(count) > kMaxEntries)
        return fail(Fault::Invalid, "imports.zip_bomb", "file");
    std::uint64_t total = 0;
    for (zip_int64_t i = 0; i < count; ++i) {
        zip_stat_t stat;
        if (zip_stat_index(archive, static_cast<zip_uint64_t>(i), 0, &stat) != 0 ||
            !(stat.valid & ZIP_STAT_NAME))
            return fail(Fault::Invalid, "imports.zip_broken", "file");
        if (stat.valid & ZIP_STAT_ENCRYPTION_METHOD && stat.encryption_method != ZIP_EM_NONE)
            return fail(Fault::Invalid, "imports.zip_encrypted", "file");
        const std::uint64_t bytes = stat.valid & ZIP_STAT_SIZE ? stat.size : 0;
        const std::uint64_t packed =
            stat.valid & ZIP_STAT_COMP_SIZE ? std::max<std::uint64_t>(stat.comp_size, 1) : 1;
        total += bytes;
        const bool squeezed = bytes > (1u << 20) && bytes / packed > kMaxRatio;
        if (total > kMaxTotalBytes || squeezed)
            return fail(Fault::Invalid, "imports.zip_bomb", "file");
        std::string name(stat.name);
        if (!is_utf8(name)) rescue(name);  // from an old tool: shown in the report at least
        zip.entries_.push_back(
            {.name = std::move(name), .index = static_cast<std::uint64_t>(i), .bytes = bytes});
    }
    std::sort(zip.entries_.begin(), zip.entries_.end(),
              [](const Entry& a, const Entry& b) { return a.name < b.name; });
    return zip;
}

const Zip::Entry* Zip::find(std::string_view name) const {
    const auto found = std::find_if(entries_.begin(), entries_.end(),
                                    [&](const Entry& entry) { return entry.name == name; });
    return found == entries_.end() ? nullptr : &*found;
}

Result<std::string> Zip::read(const Entry& entry) const {
    if (entry.bytes > kMaxEntryBytes) return fail(Fault::Invalid, "imports.zip_bomb", "file");
    auto* archive = static_cast<zip_t*>(archive_.get());
    zip_file_t* file = zip_fopen_index(archive, entry.index, 0);
    if (!file) return fail(Fault::Invalid, "imports.zip_broken", "file");
    std::string bytes;
    char piece[65536];
    zip_int64_t n = 0;
    while (bytes.size() <= kMaxEntryBytes && (n = zip_fread(file, piece, sizeof piece)) > 0)
        bytes.append(piece, static_cast<std::size_t>(n));
    zip_fclose(file);
    if (bytes.size() > kMaxEntryBytes) return fail(Fault::Invalid, "imports.zip_bomb", "file");
    if (n < 0) return fail(Fault::Invalid, "imports.zip_broken", "file");
    return bytes;
}

}  // namespace torv::imports
