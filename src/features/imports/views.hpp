#pragma once

#include <vector>

#include "features/imports/store.hpp"
#include "platform/web/web.hpp"

namespace torv::imports::views {

/// The list, and the form with which one begins.
void list(html::Out& out, web::Context& ctx, const std::vector<Import>& imports,
          const Error* error);
/// One import: how far it is, then its report. `part` is what is asked for again while it runs.
void one(html::Out& out, web::Context& ctx, const Import& import);
void part(html::Out& out, web::Context& ctx, const Import& import);

}  // namespace torv::imports::views
