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
    if (const auto disk = from_disk()) return *disk;
    return range(table(), "web/");
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
    for (const Asset& asset : bundle())
        if (asset.path.substr(4) == name) return asset.url;
    return {};
}

}  // namespace torv::assets
