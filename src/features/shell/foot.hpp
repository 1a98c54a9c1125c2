#pragma once

#include "platform/html/html.hpp"
#include "platform/web/web.hpp"

/// What ends every page. Private to shell.
namespace torv::shell {

/// The keys that work everywhere, as a dialog.
void keys(html::Out& out, const web::Context& ctx);
/// The languages of the pages, for guests.
void languages(html::Out& out, const web::Context& ctx);

}  // namespace torv::shell
