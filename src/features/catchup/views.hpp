#pragma once

#include "features/catchup/catchup.hpp"
#include "platform/html/html.hpp"
#include "platform/web/web.hpp"

/// The markup of this slice.
namespace torv::catchup::views {

void page(html::Out& out, const web::Context& ctx, const Page& page);

}  // namespace torv::catchup::views
