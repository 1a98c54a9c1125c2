#include "app/built_in.hpp"
#include "app/app.hpp"
#include "platform/assets/assets.hpp"

/// What the program carries inside, as its parts want to have it.
namespace torv::app {

namespace {

/// "locales/da/topics.po" → {"da", "topics"}
i18n::File catalogue_file(const assets::Asset& asset) {
    const auto end = asset.path.rfind('/');
    const auto begin = asset.path.rfind('/', end - 1) + 1;
    const auto name = asset.path.substr(end + 1);
    return {.language = asset.path.substr(begin, end - begin),
            .slice = name.substr(0, name.rfind('.')),
            .text = asset.bytes};
}

}  // namespace

std::vector<i18n::File> catalogue_files() {
    std::vector<i18n::File> files;
    for (const auto& asset : assets::under("locales/"))
        if (asset.path.ends_with(".po")) files.push_back(catalogue_file(asset));
    return files;
}

std::span<const db::Migration> migrations() {
    static const auto all = [] {
        std::vector<db::Migration> list;
        for (const auto& asset : assets::under("migrations/")) {
            const auto name = asset.path.substr(asset.path.rfind('/') + 1);
            if (name[0] >= '0' && name[0] <= '9')
                list.push_back({.name = name, .sql = asset.bytes});
        }
        return list;
    }();
    return all;
}

std::string english(const Error& error) {
    static const i18n::Catalogue catalogue{catalogue_files()};
    return catalogue.words("en")(error);
}

}  // namespace torv::app
