#pragma once

namespace torv::web {
class Routes;
}

/// Atom (RFC 4287, paged by RFC 5005) and JSON Feed 1.1 of what guests may read: of the community,
/// of a space, a tag, a member. The same for everybody who asks, signed in or not; a closed
/// community has none.
namespace torv::feeds {

inline constexpr int kEntries = 30;  ///< on a page of a feed

void routes(web::Routes& routes);

}  // namespace torv::feeds
