#include "features/imports/imports.hpp"
#include "features/imports/store.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/json/json.hpp"

namespace torv::imports {

namespace {

jobs::Outcome run(jobs::Run& run, const std::filesystem::path& folder) {
    const CommunityId community = run.job().community;
    const auto payload = json::parse(run.job().payload).value_or(json::Value{});
    const auto id = ImportId::parse(payload["import"].string_or("")).value_or(ImportId{});
    const auto import = run.db().read([&](db::Tx& tx) { return store::find(tx, community, id); });
    if (!import || import->state == State::Done || import->state == State::Failed)
        return jobs::Outcome::Done;

    Options options{.trial = import->trial, .by = import->by, .brought_before = import->brought};
    options.progress = [&](const Report& report) {
        run.db().write(
            [&](db::Tx& tx) { store::progress(tx, community, id, State::Running, report); },
            db::Priority::Background);
    };
    options.should_stop = [&] { return run.should_stop(); };
    options.brought = [&](db::Tx& tx, std::int64_t posts) {
        store::note_brought(tx, community, id, posts);
    };
    const auto path = folder / import->stored_as;
    const auto report = import_slack(run.db(), community, path, options);
    if (run.should_stop()) return jobs::Outcome::Again;
    run.db().write([&](db::Tx& tx) {
        store::finish(tx, community, id, report ? State::Done : State::Failed,
                      report ? &*report : nullptr, report ? "" : report.error().key);
    });
    // A trial keeps the file for the real run; after that nobody needs it.
    if (!import->trial || !report) {
        std::error_code gone;
        std::filesystem::remove(path, gone);
        run.db().write([&](db::Tx& tx) { store::forget_file(tx, community, id); });
    }
    return jobs::Outcome::Done;
}

}  // namespace

void work(jobs::Runner& runner, const std::filesystem::path& folder) {
    runner.on("import.run", [folder](jobs::Run& job) { return run(job, folder); });
}

}  // namespace torv::imports
