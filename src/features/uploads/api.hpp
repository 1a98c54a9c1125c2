#pragma once

#include <string>
#include <string_view>

#include "features/uploads/keeping.hpp"
#include "features/uploads/uploads.hpp"
#include "platform/web/web.hpp"

/// The same for programs, and what pages and programs share.
namespace torv::uploads {

/// Keeps the file of the request as an upload of the viewer; once for an idempotency key. Faults:
/// as keep(), TooMany, Conflict "web.key_reused".
Result<Upload> take(web::Context& ctx);
/// Keeps a picture that is to stand for somebody. Faults: as keep(), TooMany.
Result<Kept> take_face(web::Context& ctx);

/// `base` stands before the path in "url": "https://square.example", or nothing.
std::string json(const Upload& upload, std::string_view base);
/// A fault for a script on a page's route, which reads no pages.
web::Response problem(web::Context& ctx, const Error& error);

void api_routes(web::Routes& routes);

}  // namespace torv::uploads
