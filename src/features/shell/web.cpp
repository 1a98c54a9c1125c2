#include "platform/web/web.hpp"
#include "features/shell/shell.hpp"

namespace torv::shell {

namespace {

constexpr std::chrono::seconds kYear = std::chrono::hours(24 * 365);

/// A guest's choice is kept in the browser alone, and lasts a year.
web::Response choose_language(web::Context& ctx) {
    const auto code = ctx.path("code");
    if (!ctx.services.catalogue.has(code))
        return ctx.refuse(Error{Fault::NotFound, "web.not_found", {}, {}});
    ctx.set_cookie("language", code, kYear);
    return ctx.back_to(ctx.query("to"), "/");
}

}  // namespace

void routes(web::Routes& r) { r.get("/language/{code}", web::Access::Anyone, choose_language); }

}  // namespace torv::shell
