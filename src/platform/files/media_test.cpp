#include "platform/files/media.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <string>

#include "platform/base/log.hpp"
#include "platform/files/pictures_test.hpp"

using namespace torv;
using files::testing::big_endian;
using files::testing::png_of;
namespace fs = std::filesystem;

namespace {

const fs::path kFixtures = "src/platform/files/fixtures";

/// torv-media is built one folder above the test programs.
fs::path program() {
    return fs::read_symlink("/proc/self/exe").parent_path().parent_path() / "torv-media";
}

struct Bench {
    fs::path folder = fs::temp_directory_path() / ("torv-media-" + std::to_string(::getpid()));
    files::Store store{folder / "store"};
    media::Processor processor{program(), store};

    Bench() { log::set_level(log::Level::Error); }
    ~Bench() { fs::remove_all(folder); }
    fs::path file(std::string_view bytes) const {
        std::ofstream(folder / "picture", std::ios::binary) << bytes;
        return folder / "picture";
    }
};

std::string content(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

void check_refused(Bench& bench, const fs::path& file, std::string_view key) {
    const auto made = bench.processor.picture(file);
    REQUIRE_MESSAGE(!made, content(file).substr(0, 40));
    CHECK(made.error().fault == Fault::Invalid);
    CHECK(made.error().key == key);
}

}  // namespace

TEST_CASE("a picture loses its place, its camera and its sideways look") {
    Bench bench;
    const std::string original = content(kFixtures / "gps.jpg");
    REQUIRE(original.find("SECRET-PLACE") != std::string::npos);
    REQUIRE(original.find("Exif") != std::string::npos);

    const auto made = bench.processor.picture(kFixtures / "gps.jpg");
    REQUIRE(made);
    CHECK(made->format == "jpeg");
    CHECK(made->width == 48);  // kept as 64 × 48, to be turned by 90°
    CHECK(made->height == 64);
    REQUIRE(made->variants.size() == 1);
    const auto& variant = made->variants.front();
    CHECK(variant.name == "320");
    CHECK(variant.width == 48);
    const std::string webp = *bench.store.read(variant.hash);
    CHECK(webp.size() == variant.size);
    for (const std::string_view trace : {"SECRET-PLACE", "Exif", "EXIF", "GPS", "ICCP", "XMP "})
        CHECK_MESSAGE(webp.find(trace) == std::string::npos, trace);
}

TEST_CASE("an avatar is square in two sizes") {
    Bench bench;
    const auto made = bench.processor.avatar(kFixtures / "plain.webp");
    REQUIRE(made);
    REQUIRE(made->variants.size() == 2);
    CHECK(made->variants[0].width == 96);
    CHECK(made->variants[0].height == 96);
    CHECK(made->variants[1].width == 256);
}

TEST_CASE("a GIF becomes its first frame") {
    Bench bench;
    const auto made = bench.processor.picture(kFixtures / "plain.gif");
    REQUIRE(made);
    CHECK(made->format == "gif");
    CHECK_FALSE(made->animated);
}

TEST_CASE("a picture of 50,000 by 50,000 is refused by its first bytes") {
    Bench bench;
    const auto start = std::chrono::steady_clock::now();
    check_refused(bench, bench.file(png_of(50'000, 50'000)), "files.picture_too_large");
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
}

TEST_CASE("what is not a whole picture is refused, and the server lives") {
    Bench bench;
    const std::string jpeg = content(kFixtures / "gps.jpg");
    check_refused(bench, bench.file(jpeg.substr(0, jpeg.size() / 2)), "files.picture_unreadable");
    const std::string webp = content(kFixtures / "plain.webp");
    check_refused(bench, bench.file(webp.substr(0, webp.size() / 2)), "files.picture_unreadable");
    check_refused(bench, bench.file(""), "files.picture_unreadable");
    check_refused(bench,
                  bench.file("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'></svg>"),
                  "files.picture_unreadable");
    check_refused(bench, bench.file("%PDF-1.4 and more of the same to make it long enough"),
                  "files.picture_unreadable");
    check_refused(bench,
                  bench.file(std::string("\0\0\0\x1c"
                                         "ftypavif",
                                         12) +
                             std::string(500, 'x')),
                  "files.picture_unreadable");
}

TEST_CASE("a picture that is also a script comes out as a picture only") {
    Bench bench;
    const auto made = bench.processor.picture(
        bench.file(content(kFixtures / "gps.jpg") + "<script>alert(1)</script>"));
    REQUIRE(made);
    CHECK(bench.store.read(made->variants.front().hash)->find("<script>") == std::string::npos);
}

TEST_CASE("a decoder that hangs, floods or dies is cut off") {
    Bench bench;
    const auto with = [&](std::string_view script) {
        const fs::path fake = bench.folder / "decoder";
        std::ofstream(fake) << "#!/bin/sh\n" << script << "\n";
        fs::permissions(fake, fs::perms::owner_all);
        media::Processor processor{fake, bench.store, {.seconds = 1}};
        return processor.picture(kFixtures / "gps.jpg");
    };
    const auto start = std::chrono::steady_clock::now();
    CHECK_FALSE(with("while :; do :; done"));
    CHECK_FALSE(with("kill -SEGV $$"));
    CHECK_FALSE(with("while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done"));
    CHECK_FALSE(with("echo picture 1 1 0 jpeg; echo 320 1 1 99999999; echo end"));
    CHECK_FALSE(with("echo picture 1 1 0 svg; echo end"));
    CHECK_FALSE(with("printf 'picture 1 1 0 jpeg\\n320 1 1 5\\nhello\\nend\\n'"));
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
}
