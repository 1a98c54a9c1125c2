#pragma once

#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "features/uploads/keeping.hpp"
#include "features/uploads/rules.hpp"
#include "features/uploads/uploads.hpp"

/// All SQL of the slice.
namespace torv::uploads::store {

/// For whom, and what they may see besides their own.
struct Reader {
    CommunityId community;
    MemberId member;
    const db::Ids& readable;  ///< spaces
    int faces = 0;            ///< 1: the pictures of members
};

void insert(db::Tx& tx, CommunityId community, MemberId member, UploadId id, const Kept& kept);
std::optional<Upload> visible(db::Tx& tx, const Reader& reader, UploadId id);
/// Those of `ids` that the reader may see, locked against the sweep.
std::vector<UploadId> locked_visible(db::Tx& tx, const Reader& reader, const db::Ids& ids);
/// The newest that the member brought.
std::vector<Upload> own(db::Tx& tx, CommunityId community, MemberId member, int limit);
/// Smallest first; empty when there is no such upload, or it is not of that kind.
std::vector<Part> parts(db::Tx& tx, CommunityId community, UploadId id);
std::vector<Part> picture_parts(db::Tx& tx, CommunityId community, UploadId id);

/// The uploads that a subject shows.
std::vector<UploadId> shown(db::Tx& tx, CommunityId community, Place place, std::int64_t subject);
/// What posts show, in the order of posts; at most 1,000.
std::vector<Shown> shown_in(db::Tx& tx, CommunityId community, const db::Ids& posts);
/// The subject shows exactly these.
void set_shown(db::Tx& tx, CommunityId community, Place place, std::int64_t subject,
               const db::Ids& ids);

struct Idle {
    CommunityId community;
    UploadId id;
};
/// Uploads of any community from before `before` that nothing shows, locked; at most 200.
std::vector<Idle> locked_idle(db::Tx& tx, Instant before);
void remove(db::Tx& tx, CommunityId community, UploadId id);
/// Of all communities: the files in the data folder that are needed.
std::unordered_set<std::string> hashes(db::Tx& tx);

}  // namespace torv::uploads::store
