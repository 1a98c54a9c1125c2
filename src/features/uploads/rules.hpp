#pragma once

#include <string_view>
#include <vector>

#include "features/uploads/keeping.hpp"
#include "features/uploads/uploads.hpp"

/// The rules behind the pages.
namespace torv::uploads {

inline constexpr int kOwnShown = 20;

/// What shows an upload; stored as its number.
enum class Place { Post = 0, Face = 1, Logo = 2 };

/// A row for what is in the data folder; it belongs to the viewer. Fault: Forbidden.
Result<UploadId> add(db::Tx& tx, const auth::Viewer& viewer, const Kept& kept);
/// An upload that the viewer may see, and the file behind a name below /files/{id}/: "960.webp" is
/// that width, everything else the largest. Fault: NotFound "uploads.not_found".
struct Served {
    Upload upload;
    Part part;
};
Result<Served> served(db::Tx& tx, const auth::Viewer& viewer, UploadId id, std::string_view name);
std::vector<Upload> own(db::Tx& tx, const auth::Viewer& viewer);

/// The viewer's own picture. Announces member.changed.
Done set_face(db::Tx& tx, const auth::Viewer& viewer, const Kept& kept);
void drop_face(db::Tx& tx, const auth::Viewer& viewer);
/// The community's logo; admins and the owner. Announces community.look_changed. Fault: Forbidden.
Done set_logo(db::Tx& tx, const auth::Viewer& viewer, const Kept& kept);
Done drop_logo(db::Tx& tx, const auth::Viewer& viewer);

}  // namespace torv::uploads
