#include "platform/web/web.hpp"
#include "features/audit/audit.hpp"
#include "features/imports/imports.hpp"
#include "features/imports/slack_archive.hpp"
#include "features/imports/store.hpp"
#include "features/imports/views.hpp"
#include "platform/base/text.hpp"
#include "platform/config/config.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/jobs/jobs.hpp"

namespace torv::imports {

using web::Access;
using web::Response;

namespace {

constexpr int kShown = 50;
constexpr std::uint64_t kUploadMax = 2048ull << 20;  ///< bytes

std::string path(ImportId id) { return "/admin/imports/" + id.text(); }

Response list(web::Context& ctx, const Error* error) {
    const auto imports =
        ctx.db.read([&](db::Tx& tx) { return store::newest(tx, ctx.place.id, kShown); });
    return ctx.page(ctx.t("imports.title"),
                    [&](html::Out& out) { views::list(out, ctx, imports, error); },
                    {.status = error ? 422 : 200, .section = "admin", .shape = "wide"});
}

Response show_list(web::Context& ctx) { return list(ctx, nullptr); }

/// Puts the import and its job into one transaction, so that neither is there without the other.
Result<ImportId> enqueue(db::Tx& tx, const auth::Viewer& viewer, std::string_view file_name,
                         std::string_view stored_as, bool trial) {
    const ImportId id = store::add(tx, viewer.community, viewer.id, file_name, stored_as, trial);
    audit::record(tx, viewer, "import.started", {"import", id.value}, "{}",
                  audit::fact("trial", trial ? 1 : 0));
    json::Writer payload;
    payload.object().field("import", id).end();
    jobs::enqueue(tx, {.community = viewer.community,
                       .kind = "import.run",
                       .payload = payload.take(),
                       .max_attempts = 20});
    return id;
}

void drop_file(const std::filesystem::path& file) {
    std::error_code gone;
    std::filesystem::remove(file, gone);
}

/// Keeps the file beside the others that wait, after a look whether it is an archive at all: a
/// wrong file is refused at once.
Result<ImportId> take_file(web::Context& ctx) {
    if (!ctx.file() || ctx.file()->length == 0)
        return fail(Fault::Invalid, "imports.no_file", "file");
    const std::string stored_as = crypto::random_token(16) + ".zip";
    const auto to = ctx.services.config.data / "imports" / stored_as;
    web::save(*ctx.file(), to);
    const auto archive = slack::Archive::open(to);
    if (!archive) {
        drop_file(to);
        return std::unexpected(archive.error());
    }
    const std::string name = ctx.file()->name.empty() ? std::string("slack.zip") : ctx.file()->name;
    bool taken = false;
    const auto id = ctx.create([&](db::Tx& tx) {
        taken = true;
        return enqueue(tx, ctx.viewer, name, stored_as, true);
    });
    if (!taken) drop_file(to);  // sent again: the first one is there
    return id;
}

Response upload(web::Context& ctx) {
    const auto id = take_file(ctx);
    if (!id)
        return ctx.is_api() || ctx.wants_fragment() ? ctx.refuse(id.error())
                                                    : list(ctx, &id.error());
    return ctx.redirect(path(*id));
}

Response show(web::Context& ctx) {
    const auto id = ctx.path_id<ImportId>("import");
    const auto import = ctx.db.read([&](db::Tx& tx) { return store::find(tx, ctx.place.id, id); });
    if (!import) return ctx.refuse(import.error());
    if (ctx.wants_fragment())
        return ctx.fragment([&](html::Out& out) { views::part(out, ctx, *import); });
    return ctx.page(import->file_name, [&](html::Out& out) { views::one(out, ctx, *import); },
                    {.section = "admin", .shape = "wide"});
}

/// The real run after the trial, with the same file; asked twice it is still one.
Result<ImportId> start(web::Context& ctx) {
    const auto id = ctx.path_id<ImportId>("import");
    return ctx.create([&](db::Tx& tx) -> Result<ImportId> {
        const auto trial = TRY(store::find(tx, ctx.place.id, id));
        if (!trial.trial || trial.state != State::Done || trial.stored_as.empty())
            return fail(Fault::Conflict, "imports.not_ready");
        store::forget_file(tx, ctx.place.id, id);
        return enqueue(tx, ctx.viewer, trial.file_name, trial.stored_as, false);
    });
}

Response run(web::Context& ctx) {
    const auto started = start(ctx);
    if (!started) return ctx.refuse(started.error());
    return ctx.redirect(path(*started));
}

std::string as_json(const Import& import) {
    static constexpr std::string_view states[] = {"waiting", "running", "done", "failed"};
    json::Writer w;
    w.object()
        .field("id", import.id)
        .field("system", "slack")
        .field("file_name", import.file_name)
        .field("trial", import.trial);
    w.field("state", states[static_cast<std::size_t>(import.state)])
        .field("created_at", import.created_at);
    if (!import.fault.empty()) w.field("fault", import.fault);
    w.key("report").raw(import.report.json()).end();
    return w.take();
}

Response api_list(web::Context& ctx) {
    const auto imports =
        ctx.db.read([&](db::Tx& tx) { return store::newest(tx, ctx.place.id, kShown); });
    std::string items;
    for (const Import& import : imports) items += (items.empty() ? "" : ",") + as_json(import);
    return ctx.json_items("[" + items + "]");
}

Response api_show(web::Context& ctx) {
    const auto import = ctx.db.read(
        [&](db::Tx& tx) { return store::find(tx, ctx.place.id, ctx.path_id<ImportId>("import")); });
    return import ? ctx.json(as_json(*import)) : ctx.refuse(import.error());
}

Response api_made(web::Context& ctx, const Result<ImportId>& id) {
    if (!id) return ctx.refuse(id.error());
    const auto import = ctx.db.read([&](db::Tx& tx) { return store::find(tx, ctx.place.id, *id); });
    if (!import) return ctx.refuse(import.error());
    return ctx.json(as_json(*import), 201).set("Location", "/api/v1/imports/" + id->text());
}

Response api_upload(web::Context& ctx) { return api_made(ctx, take_file(ctx)); }

Response api_run(web::Context& ctx) { return api_made(ctx, start(ctx)); }

}  // namespace

void routes(web::Routes& r) {
    r.get("/admin/imports", Access::Admin, show_list);
    auto& page_upload = r.post("/admin/imports", Access::Admin, upload);
    page_upload.max_body = kUploadMax;
    page_upload.spooled = true;
    r.get("/admin/imports/{import}", Access::Admin, show);
    r.post("/admin/imports/{import}/run", Access::Admin, run);
    r.get("/api/v1/imports", Access::Admin, api_list);
    auto& file = r.post("/api/v1/imports", Access::Admin, api_upload);
    file.max_body = kUploadMax;
    file.spooled = true;
    r.get("/api/v1/imports/{import}", Access::Admin, api_show);
    r.post("/api/v1/imports/{import}/run", Access::Admin, api_run);
}

}  // namespace torv::imports
