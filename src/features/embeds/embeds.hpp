#pragma once

namespace torv::web {
class Routes;
}

/// Topics on other people's pages: a bare page that any site may frame, and the oEmbed provider
/// that tells them how (oembed.com). By the rights of a guest, whoever looks.
namespace torv::embeds {

void routes(web::Routes& routes);

}  // namespace torv::embeds
