#include "features/imports/store.hpp"

namespace torv::imports::store {

namespace {

Import import_row(const db::Row& row) {
    return {.id = row.get<ImportId>(0),
            .file_name = row.get<std::string>(1),
            .stored_as = row.get<std::string>(2),
            .trial = row.get<bool>(3),
            .state = row.get<State>(4),
            .report = Report::from_json(row.get<std::string_view>(5)),
            .fault = row.get<std::string>(6),
            .by = row.get<MemberId>(7),
            .created_at = row.get<Instant>(8),
            .finished_at = row.get<Instant>(9),
            .brought = row.get<std::int64_t>(10)};
}

}  // namespace

ImportId add(db::Tx& tx, CommunityId community, MemberId by, std::string_view file_name,
             std::string_view stored_as, bool trial) {
    const auto id = tx.new_id<ImportId>();
    tx.run(
        "INSERT INTO imports (id, community_id, system, file_name, stored_as, trial, created_by, "
        "created_at) VALUES ($1, $2, 'slack', $3, $4, $5, $6, $7)",
        id, community, file_name, stored_as, trial, by, tx.now());
    return id;
}

Result<Import> find(db::Tx& tx, CommunityId community, ImportId id) {
    const auto row = tx.one(R"sql(
        SELECT id, file_name, stored_as, trial, state, report, fault, created_by, created_at,
               finished_at, brought
          FROM imports
         WHERE community_id = $1 AND id = $2
    )sql",
                            community, id);
    if (!row) return fail(Fault::NotFound, "imports.not_found");
    return import_row(*row);
}

std::vector<Import> newest(db::Tx& tx, CommunityId community, int limit) {
    return tx.all(import_row, R"sql(
        SELECT id, file_name, stored_as, trial, state, report, fault, created_by, created_at,
               finished_at, brought
          FROM imports
         WHERE community_id = $1
         ORDER BY created_at DESC
         LIMIT $2
    )sql",
                  community, limit);
}

void progress(db::Tx& tx, CommunityId community, ImportId id, State state, const Report& report) {
    tx.run("UPDATE imports SET state = $3, report = $4 WHERE community_id = $1 AND id = $2",
           community, id, state, report.json());
}

void finish(db::Tx& tx, CommunityId community, ImportId id, State state, const Report* report,
            std::string_view fault) {
    if (report) progress(tx, community, id, state, *report);
    tx.run(
        "UPDATE imports SET state = $3, fault = $4, finished_at = $5 WHERE community_id = $1 AND "
        "id = $2",
        community, id, state, fault, tx.now());
}

void note_brought(db::Tx& tx, CommunityId community, ImportId id, std::int64_t posts) {
    tx.run("UPDATE imports SET brought = brought + $3 WHERE community_id = $1 AND id = $2",
           community, id, posts);
}

void forget_file(db::Tx& tx, CommunityId community, ImportId id) {
    tx.run("UPDATE imports SET stored_as = '' WHERE community_id = $1 AND id = $2", community, id);
}

bool take_event(db::Tx& tx, CommunityId community, std::string_view source) {
    return tx.run(
               "INSERT INTO import_events (community_id, source) VALUES ($1, $2) ON CONFLICT "
               "(community_id, source) DO NOTHING",
               community, source) > 0;
}

}  // namespace torv::imports::store
