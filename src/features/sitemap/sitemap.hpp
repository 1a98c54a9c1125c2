#pragma once

namespace torv::web {
class Routes;
}

/// What search engines are told of a community that is open to guests: which pages there are
/// (sitemaps.org) and which are not for them (robots.txt, RFC 9309). Only what guests may read; a
/// closed community has no sitemap and asks to be left alone.
namespace torv::sitemap {

/// Addresses in one part. The protocol allows 50,000; smaller parts are quicker made.
inline constexpr int kPartSize = 10'000;

void routes(web::Routes& routes);

}  // namespace torv::sitemap
