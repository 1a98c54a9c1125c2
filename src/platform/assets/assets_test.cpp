#include "platform/assets/assets.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

using namespace torv;

namespace {

/// A folder as web/build.mjs writes it; gone at the end.
struct Bundle {
    std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("torv-assets-" + std::to_string(getpid()));

    Bundle() { std::filesystem::create_directories(folder); }
    ~Bundle() {
        assets::read_from_disk("");
        std::filesystem::remove_all(folder);
    }
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(folder / name) << text;
    }
};

}  // namespace

TEST_CASE("the style sheet is embedded under its plain name and served under one with its hash") {
    const assets::Asset* sheet = assets::find("web/app.css");
    REQUIRE(sheet);
    CHECK(sheet->bytes.starts_with("@layer"));
    CHECK(sheet->type == "text/css; charset=utf-8");
    CHECK(sheet->url == "/assets/app-" + std::string(sheet->hash) + ".css");
    CHECK(assets::url("app.css") == sheet->url);
    CHECK(assets::served(sheet->url) == sheet);
}

TEST_CASE("what is not there is null, not a neighbour") {
    CHECK(assets::find("web/app.cs") == nullptr);
    CHECK(assets::find("web/") == nullptr);
    CHECK(assets::find("") == nullptr);
    CHECK(assets::served("/assets/app.css") == nullptr);
    CHECK(assets::served("") == nullptr);
    CHECK(assets::url("nothing.css") == "");
    CHECK(assets::under("nowhere/").empty());
}

TEST_CASE("files come in the order of their paths") {
    const auto bundle = assets::under("web/");
    REQUIRE(bundle.size() >= 3);
    for (std::size_t i = 1; i < bundle.size(); ++i) CHECK(bundle[i - 1].path < bundle[i].path);
}

TEST_CASE("in development the bundle is read from a folder, and again when it was built again") {
    Bundle disk;
    disk.write("app-0123456789abcdef.css", "a{}");
    disk.write("manifest.json", "{}");
    assets::read_from_disk(disk.folder.string());
    CHECK(assets::url("app.css") == "/assets/app-0123456789abcdef.css");
    CHECK(assets::find("web/app.css")->bytes == "a{}");
    CHECK(assets::url("app.js") == "");

    disk.write("app-fedcba9876543210.js", "1");
    std::filesystem::last_write_time(
        disk.folder / "manifest.json",
        std::filesystem::file_time_type::clock::now() + std::chrono::hours(1));
    CHECK(assets::served("/assets/app-fedcba9876543210.js")->bytes == "1");
}
