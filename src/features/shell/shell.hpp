#pragma once

#include <functional>
#include <string_view>

#include "platform/html/html.hpp"

namespace torv::web {
class Context;
class Routes;
struct PageOptions;
}  // namespace torv::web

/// The frame of every page: bars, the list of spaces, the message after a change.
namespace torv::shell {

/// web::Frame.
void frame(web::Context& ctx, const web::PageOptions& options, std::string_view title,
           html::Out& out, const std::function<void(html::Out&)>& body);

/// Choosing the language of the pages, for guests.
void routes(web::Routes& routes);

}  // namespace torv::shell
