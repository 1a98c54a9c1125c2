// A zip that calls itself a Slack export: read within limits, or refused.
#include "features/imports/zip.hpp"

#include <unistd.h>
#include <cstdint>
#include <filesystem>
#include <fstream>

#include "features/imports/slack_archive.hpp"
#include "tests/fuzz/check.hpp"

namespace {

using namespace torv::imports;

void read_all(const std::filesystem::path& path) {
    const auto zip = Zip::open(path);
    if (!zip) return;
    HOLDS(zip->entries().size() <= Zip::kMaxEntries);
    int count = 0;
    for (const auto& entry : zip->entries()) {
        if (++count > 20) break;
        const auto text = zip->read(entry);
        if (text) HOLDS(text->size() <= Zip::kMaxEntryBytes);
    }
}

void read_archive(const std::filesystem::path& path) {
    const auto archive = slack::Archive::open(path);
    if (!archive) return;
    archive->strangers();
    for (const auto& channel : archive->channels())
        for (const auto* day : archive->days(channel))
            if (const auto said = archive->day(*day))
                for (const auto& message : said->messages.items()) slack::message_from(message);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const std::filesystem::path path =
        std::filesystem::path("/dev/shm") / ("torv-fuzz-zip-" + std::to_string(getpid()));
    std::ofstream(path, std::ios::binary | std::ios::trunc)
        .write(reinterpret_cast<const char*>(bytes), static_cast<std::streamsize>(size));
    read_all(path);
    read_archive(path);
    std::filesystem::remove(path);
    return 0;
}
