#pragma once

#include "features/bookmarks/bookmarks.hpp"
#include "platform/web/web.hpp"

/// What pages and API of this slice share.
namespace torv::bookmarks {

/// A page of the list, and the cursor to the next one. Fault: Malformed "web.bad_cursor".
struct Slice {
    std::vector<Shown> items;
    std::string next;
};
Result<Slice> one_page(db::Tx& tx, const auth::Viewer& viewer, std::string_view cursor);

/// Somebody who puts aside faster than people do. Fault: TooMany.
Done calm(web::Context& ctx);

void api_routes(web::Routes& routes);

}  // namespace torv::bookmarks
