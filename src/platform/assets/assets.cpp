#include "platform/assets/assets.hpp"

#include <algorithm>

#include "platform/assets/disk.hpp"
#include "platform/assets/table.hpp"

namespace torv::assets {
namespace {

std::span<const Asset> range(std::span<const Asset> sorted, std::string_view prefix) {
    const auto first =
        std::lower_bound(sorted.begin(), sorted.end(), prefix,
                         [](const Asset& asset, std::string_view p) { return asset.path < p; });
    const auto last = std::find_if(
        first, sorted.end(), [&](const Asset& asset) { return !asset.path.starts_with(prefix); });
    return {first, last};
}

const Asset* find_in(std::span<const Asset> sorted, std::string_view path) {
    const auto found = range(sorted, path);
    return !found.empty() && found.front().path == path ? &found.front() : nullptr;
}

/// The browser bundle: from disk in development, else what was built in.
std::span<const Asset> bundle() {
    static const std::span<const Asset> built_in = range(table(), "web/");
    if (const auto disk = from_disk()) return *disk;
    return built_in;
}

}  // namespace

const Asset* find(std::string_view path) {
    return find_in(path.starts_with("web/") ? bundle() : table(), path);
}

std::span<const Asset> under(std::string_view prefix) {
    return range(prefix.starts_with("web/") ? bundle() : table(), prefix);
}

const Asset* served(std::string_view url) {
    if (url.empty()) return nullptr;
    for (const Asset& asset : bundle())
        if (asset.url == url) return &asset;
    return nullptr;
}

std::string_view url(std::string_view name) {
    // Pages ask this a hundred times, so no string is made of "web/" and the name.
    const auto all = bundle();
    const auto found = std::lower_bound(
        all.begin(), all.end(), name,
        [](const Asset& asset, std::string_view n) { return asset.path.substr(4) < n; });
    return found != all.end() && found->path.substr(4) == name ? found->url : std::string_view{};
}

}  // namespace torv::assets
