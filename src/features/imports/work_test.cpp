#include <doctest/doctest.h>

#include "features/imports/fixture.hpp"
#include "features/imports/imports.hpp"
#include "features/imports/store.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/testing/site.hpp"

using namespace torv;
using imports::testing::Export;
using imports::testing::Files;
using torv::testing::Site;

namespace {

constexpr CommunityId kSquare{1};

/// One message a day.
Files days(int count) {
    const auto said = [](int day) {
        return R"([{"type":"message","user":"U1","text":"word","ts":"14335583)" +
               std::to_string(20 + day) + R"(.000002"}])";
    };
    Files files = imports::testing::general(said(0));
    for (int day = 1; day < count; ++day)
        files.emplace_back("general/2015-06-0" + std::to_string(6 + day) + ".json", said(day));
    return files;
}

/// An import as the browser leaves it behind: the file in its folder, the work in the queue.
imports::ImportId uploaded(Site& site, const Export& archive) {
    return site.db().write([&](db::Tx& tx) {
        const auto file = archive.path().filename().string();
        const auto id =
            imports::store::add(tx, kSquare, MemberId{21}, "export.zip", file, /*trial=*/false);
        jobs::enqueue(tx, {.community = kSquare,
                           .kind = "import.run",
                           .payload = R"({"import":")" + id.text() + R"("})"});
        return id;
    });
}

imports::Import finished(Site& site, const Export& archive, imports::ImportId id) {
    jobs::Runner runner(site.db());
    imports::work(runner, archive.path().parent_path());
    REQUIRE(runner.run_due() == 1);
    const auto import =
        site.db().read([&](db::Tx& tx) { return imports::store::find(tx, kSquare, id); });
    REQUIRE(import);
    REQUIRE(import->state == imports::State::Done);
    return *import;
}

/// Some days are in, and the power is gone.
void cut_off(Site& site, const Export& archive, imports::ImportId id, int after_days) {
    const imports::Options options{.by = MemberId{21},
                                   .should_stop = [&] { return after_days-- == 0; },
                                   .brought =
                                       [&](db::Tx& tx, std::int64_t posts) {
                                           imports::store::note_brought(tx, kSquare, id, posts);
                                       }};
    REQUIRE(imports::import_slack(site.db(), kSquare, archive.path(), options));
}

using Counts = std::map<std::string, std::int64_t>;

}  // namespace

TEST_CASE("an import that was cut off counts what it brought in before as its own") {
    Site site{imports::routes};
    const Export archive(days(3));
    const auto id = uploaded(site, archive);
    cut_off(site, archive, id, 2);
    const auto import = finished(site, archive, id);
    CHECK(import.brought == 3);
    CHECK(import.report.messages == Counts{{"posts", 3}});
}

TEST_CASE("what another import brought in is here already, also for one that was cut off") {
    Site site{imports::routes};
    const Export earlier(days(1));
    REQUIRE(imports::import_slack(site.db(), kSquare, earlier.path(), {.by = MemberId{21}}));
    const Export archive(days(3));
    const auto id = uploaded(site, archive);
    cut_off(site, archive, id, 2);
    const auto import = finished(site, archive, id);
    CHECK(import.brought == 2);
    CHECK(import.report.messages == Counts{{"known", 1}, {"posts", 2}});
}
