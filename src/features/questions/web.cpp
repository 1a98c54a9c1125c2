#include "platform/web/web.hpp"

#include "features/questions/questions.hpp"

namespace torv::questions {

namespace {

using web::Access;
using web::Context;
using web::Response;

using Deed = Done (*)(db::Tx&, const auth::Viewer&, PostId);

/// More than people do in a minute is no deciding. Fault: TooMany.
Done change(Context& ctx, Deed deed) {
    TRY(ctx.limit("accept:" + ctx.viewer.id.text(), 30, 30));
    const auto id = ctx.path_id<PostId>("post");
    return ctx.db.write([&](db::Tx& tx) { return deed(tx, ctx.viewer, id); });
}

/// Back to the answer, which says now what it is.
Response changed(Context& ctx, Deed deed, std::string_view words) {
    const auto done = change(ctx, deed);
    if (!done) return ctx.refuse(done.error());
    return ctx.redirect_with(topics::path(ctx.path_id<PostId>("post")), words);
}

Response take(Context& ctx) { return changed(ctx, accept, "questions.accepted"); }
Response take_back(Context& ctx) { return changed(ctx, unaccept, "questions.unaccepted"); }

Response take_json(Context& ctx) {
    const auto done = change(ctx, accept);
    return done ? ctx.no_content() : ctx.refuse(done.error());
}

Response take_back_json(Context& ctx) {
    const auto done = change(ctx, unaccept);
    return done ? ctx.no_content() : ctx.refuse(done.error());
}

}  // namespace

void routes(web::Routes& routes) {
    // Members, because who asked decides as well as moderators do: the rules say who.
    routes.put("/p/{post}/accepted", Access::Member, take);
    routes.del("/p/{post}/accepted", Access::Member, take_back);
    routes.put("/api/v1/posts/{post}/accepted", Access::Member, take_json);
    routes.del("/api/v1/posts/{post}/accepted", Access::Member, take_back_json);
}

}  // namespace torv::questions
