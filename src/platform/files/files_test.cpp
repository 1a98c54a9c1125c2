#include "platform/files/files.hpp"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

using namespace torv;
using namespace std::chrono_literals;
using files::Hash;
using files::Store;
namespace fs = std::filesystem;

namespace {

/// A folder of its own for one test.
struct Folder {
    fs::path path = fs::temp_directory_path() / ("torv-files-" + std::to_string(::getpid()));
    Folder() { fs::remove_all(path); }
    ~Folder() { fs::remove_all(path); }
};

constexpr std::string_view kAbc =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

}  // namespace

TEST_CASE("a file is kept once, under the hash of its content") {
    const Folder folder;
    Store store(folder.path);
    const auto first = store.put("abc");
    const auto again = store.put("abc");
    REQUIRE(first);
    CHECK(first->hash.text() == kAbc);
    CHECK(first->size == 3);
    CHECK(again->hash == first->hash);
    CHECK(store.path(first->hash) == folder.path / "ba" / kAbc.substr(2));
    CHECK(store.read(first->hash) == "abc");
    int count = 0;
    store.each([&](const Hash&, std::uint64_t size) { count += size == 3 ? 1 : 100; });
    CHECK(count == 1);
    CHECK(store.remove(first->hash));
    CHECK_FALSE(store.has(first->hash));
    CHECK_FALSE(store.read(first->hash));
}

TEST_CASE("a file on disk is taken over") {
    const Folder folder;
    Store store(folder.path / "store");
    std::ofstream(folder.path / "upload") << "abc";
    const auto kept = store.put_file(folder.path / "upload");
    REQUIRE(kept);
    CHECK(kept->hash.text() == kAbc);
    CHECK(store.read(kept->hash) == "abc");
    CHECK(fs::is_empty(folder.path / "store" / "tmp"));
}

TEST_CASE("only a hash becomes a path") {
    CHECK(Hash::parse(kAbc));
    CHECK_FALSE(Hash::parse(""));
    CHECK_FALSE(
        Hash::parse("../../../../../../../../../../../../../../../../../../../etc/passwd0"));
    CHECK_FALSE(Hash::parse(std::string(64, 'A')));
    CHECK_FALSE(Hash::parse(std::string(63, 'a')));
}

TEST_CASE("a changed or foreign file is noticed") {
    const Folder folder;
    Store store(folder.path);
    const auto kept = store.put("abc");
    CHECK(store.check().empty());
    std::ofstream(store.path(kept->hash)) << "abd";
    std::ofstream(folder.path / "ba" / "stranger") << "x";
    CHECK(store.check() ==
          std::vector<std::string>{(folder.path / "ba/stranger").string() + ": not one of ours",
                                   store.path(kept->hash).string() + ": content has changed"});
}

TEST_CASE("a sweep takes what nobody uses, but nothing young") {
    const Folder folder;
    Store store(folder.path);
    const auto used = store.put("used")->hash, unused = store.put("unused")->hash;
    const auto is_used = [&](const Hash& hash) { return hash == used; };
    CHECK(store.sweep(is_used, 1h).files == 0);
    const auto swept = store.sweep(is_used, 0s);
    CHECK(swept.files == 1);
    CHECK(swept.bytes == 6);
    CHECK(store.has(used));
    CHECK_FALSE(store.has(unused));
}

TEST_CASE("a full disk is a fault, and leaves nothing behind") {
    const Folder folder;
    Store store(folder.path);
    // A limit on the size of files stands for the disk: it fails in the same place, in the middle
    // of a write.
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    const rlimit small{4096, before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
    const auto kept = store.put(std::string(10'000, 'x'));
    ::setrlimit(RLIMIT_FSIZE, &before);
    REQUIRE_FALSE(kept);
    CHECK(kept.error().fault == Fault::Unavailable);
    CHECK(kept.error().key == "files.disk_full");
    CHECK(fs::is_empty(folder.path / "tmp"));
    CHECK(store.put(std::string(10'000, 'x')));
}

TEST_CASE("many may keep the same file at once, while it is swept") {
    const Folder folder;
    Store store(folder.path);
    std::vector<std::thread> threads;
    std::atomic<int> lost{0};
    for (int t = 0; t < 3; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 50; ++i)
                if (!store.put("shared " + std::to_string(i))) ++lost;
        });
    threads.emplace_back([&] {
        for (int i = 0; i < 20; ++i) store.sweep([](const Hash&) { return false; }, 3600s);
    });
    for (auto& thread : threads) thread.join();
    CHECK(lost == 0);
    CHECK(store.check().empty());
    int count = 0;
    store.each([&](const Hash&, std::uint64_t) { ++count; });
    CHECK(count == 50);
}
