#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/auth/auth.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"
#include "platform/files/files.hpp"
#include "platform/html/markdown.hpp"

namespace torv::web {
class Routes;
}

/// Files that members bring. An upload belongs to its uploader alone until something shows it; then
/// whoever may see that may see the upload.
namespace torv::uploads {

/// What it is by its content, never by its name; stored as its number.
enum class Kind { File = 0, Picture = 1, Audio = 2, Video = 3 };
std::string_view kind_name(Kind kind);  ///< "file", "picture", …: the words of the API

struct Upload {
    UploadId id;
    MemberId member;  ///< who brought it
    Kind kind = Kind::File;
    std::string name;        ///< "plan.pdf"; a picture's ends in ".webp"
    std::string media_type;  ///< as it is served
    std::int64_t size = 0;   ///< bytes as it is served
    int width = 0;           ///< pixels as it is served; 0: no picture
    int height = 0;
    std::string content;  ///< SHA-256 of what was sent
    Instant created_at;
};

std::string path(const Upload& upload);      ///< "/files/7/plan.pdf"
std::string markdown(const Upload& upload);  ///< what shows it in a post

/// What the viewer may see: their own, and what stands in a post of a space they may read, in a
/// member's picture or in the logo. Fault: NotFound "uploads.not_found".
Result<Upload> visible(db::Tx& tx, const auth::Viewer& viewer, UploadId id);

/// For markdown::Options::picture: how a page shows a picture of this community. Asks the database
/// once per picture, and for at most 100 of them; the rest become links. `tx` outlives it.
using Pictures = std::function<std::optional<markdown::Picture>(UploadId)>;
Pictures pictures(db::Tx& tx, CommunityId community);
/// The same for what a member writes: pictures that the writer may not see become links, as those
/// that are not there do.
Pictures pictures(db::Tx& tx, const auth::Viewer& writer);
/// The post shows exactly these from now on. Call it in the transaction that writes the post, with
/// markdown::Rendered::uploads. What the writer may not see, and the post did not show before, is
/// left out: nobody opens a file to others by naming it. Give the `former` text of a post that
/// somebody else wrote: what it named in vain stays closed, though the editor may see it.
void show_in(db::Tx& tx, const auth::Viewer& writer, PostId post,
             const std::vector<UploadId>& uploads, std::string_view former = {});

struct Shown {
    PostId post;
    Upload upload;
};
/// What these posts show; whoever may read the post may see it. At most 1,000.
std::vector<Shown> shown_in(db::Tx& tx, CommunityId community, const db::Ids& posts);

/// Removes uploads that nothing has shown for a week after they came, and no draft of whoever
/// brought them names, and files in the data folder
/// that no upload needs. Once a day is enough.
void sweep(db::Db& db, files::Store& store);
/// What uploads need and the data folder does not have, for `torv check`.
std::vector<std::string> check(db::Db& db, const files::Store& store);

void routes(web::Routes& routes);
/// Lets the upload routes take files of up to `bytes`. Call it after `routes`; 64 MiB without.
void set_limit(web::Routes& routes, std::uint64_t bytes);

}  // namespace torv::uploads
