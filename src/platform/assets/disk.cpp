#include "platform/assets/disk.hpp"

#include <algorithm>
#include <atomic>
#include <deque>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "platform/base/guarded.hpp"

namespace torv::assets {
namespace {

namespace fs = std::filesystem;

struct Bundle {
    std::deque<std::string> texts;  ///< a deque, so that views into its strings stay good
    std::vector<Asset> assets;
};

struct State {
    fs::path folder;
    fs::file_time_type read_at{};
    std::vector<std::unique_ptr<Bundle>> versions;
};

/// False in every release, where the lock below is then never taken.
std::atomic<bool> in_use = false;

/// The one global of the program, for development only: the folder and what was read from it.
Guarded<State>& state() {
    static Guarded<State> one;
    return one;
}

std::string read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream all;
    all << in.rdbuf();
    return std::move(all).str();
}

std::string_view type_of(const std::string& name) {
    const std::string suffix = fs::path(name).extension();
    if (suffix == ".css") return "text/css; charset=utf-8";
    if (suffix == ".js") return "text/javascript; charset=utf-8";
    if (suffix == ".svg") return "image/svg+xml";
    if (suffix == ".woff2") return "font/woff2";
    return "application/octet-stream";
}

/// "app-0123456789abcdef.css" → "app.css" and the hash.
std::pair<std::string, std::string> plain_name(const std::string& file) {
    const std::size_t dash = file.rfind('-'), dot = file.rfind('.');
    if (dash == std::string::npos || dot == std::string::npos || dot < dash) return {file, file};
    return {file.substr(0, dash) + file.substr(dot), file.substr(dash + 1, dot - dash - 1)};
}

std::unique_ptr<Bundle> read_bundle(const fs::path& folder) {
    auto bundle = std::make_unique<Bundle>();
    const auto keep = [&](std::string text) -> std::string_view {
        return bundle->texts.emplace_back(std::move(text));
    };
    for (const auto& entry : fs::directory_iterator(folder)) {
        const std::string file = entry.path().filename();
        if (file == "manifest.json") continue;
        const auto [name, hash] = plain_name(file);
        bundle->assets.push_back({
            .path = keep("web/" + name),
            .bytes = keep(read_file(entry.path())),
            .hash = keep(hash),
            .url = keep("/assets/" + file),
            .type = type_of(name),
        });
    }
    std::sort(bundle->assets.begin(), bundle->assets.end(),
              [](const Asset& a, const Asset& b) { return a.path < b.path; });
    return bundle;
}

}  // namespace

void read_from_disk(std::string_view folder) {
    auto at = state().lock();
    at->folder = fs::path(folder);
    at->read_at = {};
    at->versions.clear();
    in_use = !folder.empty();
}

std::optional<std::span<const Asset>> from_disk() {
    if (!in_use) return std::nullopt;
    auto at = state().lock();
    std::error_code error;
    const auto written = fs::last_write_time(at->folder / "manifest.json", error);
    if (!error && written != at->read_at) {
        at->versions.push_back(read_bundle(at->folder));
        at->read_at = written;
    }
    if (at->versions.empty()) return std::nullopt;
    return std::span<const Asset>(at->versions.back()->assets);
}

}  // namespace torv::assets
