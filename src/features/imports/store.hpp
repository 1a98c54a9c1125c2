#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/imports/imports.hpp"

namespace torv::imports {

/// Stored as its number.
enum class State { Waiting = 0, Running = 1, Done = 2, Failed = 3 };

struct Import {
    ImportId id;
    std::string file_name;
    std::string stored_as;
    bool trial = false;
    State state = State::Waiting;
    Report report;
    std::string fault;
    MemberId by;
    Instant created_at;
    Instant finished_at;
    std::int64_t brought = 0;  ///< posts that it has brought in so far
};

namespace store {

ImportId add(db::Tx& tx, CommunityId community, MemberId by, std::string_view file_name,
             std::string_view stored_as, bool trial);
/// Fault: NotFound "imports.not_found".
Result<Import> find(db::Tx& tx, CommunityId community, ImportId id);
std::vector<Import> newest(db::Tx& tx, CommunityId community, int limit);
void progress(db::Tx& tx, CommunityId community, ImportId id, State state, const Report& report);
void finish(db::Tx& tx, CommunityId community, ImportId id, State state, const Report* report,
            std::string_view fault);
/// To be called in the transaction that brings them in.
void note_brought(db::Tx& tx, CommunityId community, ImportId id, std::int64_t posts);
/// The file is gone from the data folder.
void forget_file(db::Tx& tx, CommunityId community, ImportId id);
/// False when this event of an archive is in the record already.
bool take_event(db::Tx& tx, CommunityId community, std::string_view source);

}  // namespace store
}  // namespace torv::imports
