#include "features/admin/admin.hpp"
#include "features/admin/audit_views.hpp"
#include "features/admin/views.hpp"
#include "features/members/members.hpp"
#include "platform/config/config.hpp"

namespace torv::admin {

using web::Access;
using web::Response;

namespace {

constexpr int kShown = 100;

web::PageOptions wide() { return {.section = "admin", .shape = "wide"}; }

Response show(web::Context& ctx) {
    const auto page = ctx.db.read([&](db::Tx& tx) -> Result<views::Overview> {
        views::Overview overview{.community = TRY(community::find(tx, ctx.place.id)),
                                 .mail_server = !ctx.services.config.mail_url.empty()};
        overview.waiting_members =
            TRY(members::list(tx, ctx.place.id,
                              {.state = members::State::Pending, .limit = kShown}))
                .items.size();
        overview.dead_jobs = jobs::list(tx, ctx.place.id, jobs::State::Dead, kShown).size();
        return overview;
    });
    if (!page) return ctx.refuse(page.error());
    return ctx.page(
        ctx.t("admin.title"), [&](html::Out& out) { views::overview(out, ctx, *page); }, wide());
}

/// Only the owner: a mail may hold a link with which one signs in.
Response show_mails(web::Context& ctx) {
    const auto mails =
        ctx.db.read([&](db::Tx& tx) { return mail::outbox(tx, ctx.place.id, {}, kShown); });
    return ctx.page(
        ctx.t("admin.mail"),
        [&](html::Out& out) {
            views::mails(out, ctx, mails, !ctx.services.config.mail_url.empty());
        },
        wide());
}

Response show_jobs(web::Context& ctx) {
    const auto page = ctx.db.read([&](db::Tx& tx) {
        return views::Jobs{.dead = jobs::list(tx, ctx.place.id, jobs::State::Dead, kShown),
                           .waiting = jobs::list(tx, ctx.place.id, jobs::State::Waiting, kShown)};
    });
    return ctx.page(
        ctx.t("admin.jobs"), [&](html::Out& out) { views::jobs(out, ctx, page); }, wide());
}

Response change_job(web::Context& ctx, Done (*change)(db::Tx&, CommunityId, jobs::JobId)) {
    const auto id = ctx.path_id<jobs::JobId>("job");
    const auto done = ctx.db.write([&](db::Tx& tx) { return change(tx, ctx.place.id, id); });
    if (!done) return ctx.refuse(done.error());
    return ctx.redirect("/admin/jobs");
}

Response retry(web::Context& ctx) { return change_job(ctx, jobs::retry); }

Response discard(web::Context& ctx) { return change_job(ctx, jobs::discard); }

}  // namespace

void routes(web::Routes& r) {
    r.get("/admin", Access::Admin, show);
    r.get("/admin/mail", Access::Owner, show_mails);
    r.get("/admin/jobs", Access::Admin, show_jobs);
    r.post("/admin/jobs/{job}/retry", Access::Admin, retry);
    r.post("/admin/jobs/{job}/discard", Access::Admin, discard);
    audit_routes(r);
}

}  // namespace torv::admin
