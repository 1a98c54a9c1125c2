#include "app/app.hpp"

#include <atomic>

#include "app/built_in.hpp"
#include "app/chores.hpp"
#include "app/health.hpp"
#include "features/accounts/accounts.hpp"
#include "features/admin/admin.hpp"
#include "features/api/api.hpp"
#include "features/audit/audit.hpp"
#include "features/bookmarks/bookmarks.hpp"
#include "features/canvas/canvas.hpp"
#include "features/catchup/catchup.hpp"
#include "features/chat/chat.hpp"
#include "features/circles/circles.hpp"
#include "features/community/community.hpp"
#include "features/curation/curation.hpp"
#include "features/devices/devices.hpp"
#include "features/drafts/drafts.hpp"
#include "features/embeds/embeds.hpp"
#include "features/feeds/feeds.hpp"
#include "features/home/home.hpp"
#include "features/imports/imports.hpp"
#include "features/install/install.hpp"
#include "features/invitations/invitations.hpp"
#include "features/leaders/leaders.hpp"
#include "features/lifting/lifting.hpp"
#include "features/members/members.hpp"
#include "features/messages/messages.hpp"
#include "features/notifications/notifications.hpp"
#include "features/profiles/profiles.hpp"
#include "features/questions/questions.hpp"
#include "features/scheduling/scheduling.hpp"
#include "features/search/search.hpp"
#include "features/shell/shell.hpp"
#include "features/sitemap/sitemap.hpp"
#include "features/spaces/spaces.hpp"
#include "features/tags/tags.hpp"
#include "features/topics/topics.hpp"
#include "features/uploads/uploads.hpp"
#include "platform/assets/assets.hpp"
#include "platform/config/config.hpp"
#include "platform/files/files.hpp"
#include "platform/files/media.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/live/live.hpp"
#include "platform/mail/mail.hpp"
#include "platform/web/guest_pages.hpp"

namespace torv::app {

web::Routes all_routes() {
    web::Routes table;
    community::routes(table);
    accounts::routes(table);
    members::routes(table);
    profiles::routes(table);
    invitations::routes(table);
    circles::routes(table);
    spaces::routes(table);
    uploads::routes(table);
    topics::routes(table);
    curation::routes(table);
    questions::routes(table);
    bookmarks::routes(table);
    scheduling::routes(table);
    catchup::routes(table);
    chat::routes(table);
    lifting::routes(table);
    leaders::routes(table);
    messages::routes(table);
    notifications::routes(table);
    devices::routes(table);
    canvas::routes(table);
    drafts::routes(table);
    shell::routes(table);
    home::routes(table);
    search::routes(table);
    tags::routes(table);
    sitemap::routes(table);
    feeds::routes(table);
    embeds::routes(table);
    imports::routes(table);
    admin::routes(table);
    api::routes(table);
    install::routes(table);
    live::routes(table);
    return table;
}

web::Resolver resolver() {
    return {.by_host = community::by_host,
            .by_default = community::by_default,
            .by_slug = community::by_slug,
            .viewer = members::viewer};
}

namespace {

/// What happens on open pages, by slice.
live::Registry live_slices() {
    live::Registry registry;
    registry.sessions(accounts::ended_sessions);
    registry.hidden(accounts::hidden);
    spaces::live(registry);
    topics::live(registry);
    notifications::live(registry);
    messages::live(registry);
    home::live(registry);
    lifting::live(registry);
    return registry;
}

}  // namespace

/// How many addresses of strangers are called at once.
constexpr int kCallThreads = 4;

struct App::Parts {
    const config::Config& config;
    db::Db& db;
    i18n::Catalogue catalogue{catalogue_files()};
    files::Store files{config.files_dir()};
    media::Processor media{media::beside_this_program(), files};
    activity::Runner activity{db};
    jobs::Runner jobs{db};
    jobs::Runner calls{db, kCallThreads};
    web::Routes routes = all_routes();
    web::GuestPages guest_pages{db, catalogue};
    web::Services services{
        .db = db,
        .config = config,
        .catalogue = catalogue,
        .files = &files,
        .media = &media,
        .activity = &activity,
        .jobs = &jobs,
        .resolver = resolver(),
        .frame = shell::frame,
        .secret = web::installation_secret(db),
    };
    live::Hub hub{services, live_slices()};
    Chores chores;
    db::Subscription audit_written;
    db::Subscription noted;  ///< before the chores go
    std::atomic<bool> stopping = false;

    Parts(const config::Config& settings, db::Db& database) : config(settings), db(database) {}
};

namespace {

constexpr std::chrono::hours kDaily{24};
constexpr std::chrono::seconds kSealing{10};  ///< when a wake was lost
constexpr std::chrono::seconds kMoments{2};
constexpr std::chrono::seconds kTurns{5};

/// How large a file or an archive may be is the administrator's to say.
void set_limits(web::Routes& routes, const config::Config& config) {
    uploads::set_limit(routes, static_cast<std::uint64_t>(config.max_upload));
    for (const auto& route : routes.all())
        if (route->spooled && route->pattern.ends_with("/imports"))
            route->max_body = static_cast<std::uint64_t>(config.max_import);
}

/// What PostgreSQL needs and SQLite does not: lists that are right within moments, also while many
/// write into one topic, and plans that fit a community that grows fast.
db::Subscription tend_postgres(Chores& chores, db::Db& db) {
    if (db.dialect() == db::Dialect::Sqlite) return {};
    chores.every(kMoments, "replies", [&db] { topics::fold_replies(db); });
    chores.every(kMoments, "statistics", [&db] { db.tend(); });
    return db.subscribe(topics::kRepliesNoted, [&chores] { chores.soon("replies"); });
}

/// What is told on devices: strangers' services are slow, so it has threads of its own.
void tell_devices(Chores& chores, jobs::Runner& calls, db::Db& db, const config::Config& config,
                  const i18n::Catalogue& catalogue) {
    devices::send_by(calls,
                     {.catalogue = catalogue,
                      .sender = {.keys = devices::keys(db),
                                 .contact = devices::contact(config.base_url(), config.mail_from)},
                      .inside = config.call_inside});
    chores.every(kTurns, "devices", [&db, &catalogue] { devices::take_turns(db, catalogue); });
    chores.every(kDaily, "old devices", [&db] { devices::sweep(db); });
}

/// What is done by itself: each day, and what must not wait so long.
void add_chores(Chores& chores, db::Db& db, files::Store& files) {
    chores.every(kSealing, "audit", [&db] { audit::seal(db); });
    chores.every(kDaily, "uploads", [&db, &files] { uploads::sweep(db, files); });
    chores.every(kDaily, "circles", [&db] { circles::refresh(db); });
    chores.every(kDaily, "requests", [&db] { web::forget_old_requests(db); });
    chores.every(kDaily, "mails", [&db] {
        const auto prune_all = [](db::Tx& tx) {
            for (const auto& one : community::all(tx)) mail::prune(tx, one.id);
        };
        db.write(prune_all, db::Priority::Background);
    });
}

}  // namespace

App::App(const config::Config& config, db::Db& db) : parts_(std::make_unique<Parts>(config, db)) {
    mail::send_by(parts_->jobs, {.url = config.mail_url, .from = config.mail_from});
    search::follow(parts_->activity);
    tags::follow(parts_->activity);
    const notifications::Keep keep{.read = std::chrono::days(config.keep_read_notices),
                                   .unread = std::chrono::days(config.keep_unread_notices)};
    notifications::follow(parts_->activity, parts_->jobs, keep);
    parts_->chores.every(kDaily, "notices", [&db, keep] { notifications::prune(db, keep); });
    bookmarks::follow(parts_->jobs);
    scheduling::follow(parts_->jobs);
    devices::follow(parts_->activity, parts_->jobs);
    imports::work(parts_->jobs, config.data / "imports");
    if (!config.mail_url.empty())
        parts_->chores.every(std::chrono::minutes(1), "letters", [parts = parts_.get()] {
            notifications::send_letters(parts->db, parts->catalogue, parts->services.secret);
        });
    parts_->services.live = &parts_->hub;
    parts_->services.position = [this](CommunityId id) { return parts_->hub.position(id); };
    parts_->hub.follow(parts_->activity);
    set_limits(parts_->routes, config);
    add_chores(parts_->chores, db, parts_->files);
    tell_devices(parts_->chores, parts_->calls, db, config, parts_->catalogue);
    community::prepare(db, config);
    if (config.assets.empty()) parts_->services.guest_pages = &parts_->guest_pages;
    else assets::read_from_disk(config.assets.string());
}

App::~App() { stop(); }

web::Services& App::services() { return parts_->services; }

http::BodyPlan App::body_plan(const http::Request& head) const {
    return web::body_plan(parts_->routes, head);
}

bool App::at_once(const http::Request& request, http::Response& response) const {
    if (request.path == "/livez") return response = live(), true;
    if (request.path.starts_with("/assets/")) return response = web::asset(request), true;
    const auto& services = parts_->services;
    return services.guest_pages && services.guest_pages->find(request, response);
}

http::Response App::answer(http::Request& request) {
    if (request.path == "/readyz")
        return ready(parts_->db, parts_->activity.health(), parts_->stopping);
    return web::answer(parts_->services, parts_->routes, request);
}

http::Response App::refusal(int status, const http::Request& head) const {
    return web::refusal(parts_->services, parts_->routes, status, head);
}

void App::start() {
    parts_->hub.start();
    parts_->activity.start();
    parts_->jobs.start();
    parts_->calls.start();
    parts_->noted = tend_postgres(parts_->chores, parts_->db);
    parts_->chores.start();
    parts_->audit_written =
        parts_->db.subscribe(audit::kWritten, [this] { parts_->chores.soon("audit"); });
}

void App::not_ready() { parts_->stopping = true; }

void App::stop() {
    parts_->audit_written = {};
    parts_->noted = {};
    parts_->chores.stop();
    parts_->calls.stop();
    parts_->jobs.stop();
    parts_->activity.stop();
    parts_->hub.stop();
}

std::string App::first_owner_path() { return accounts::first_owner_link(parts_->db); }

}  // namespace torv::app
