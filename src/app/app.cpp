#include "app/app.hpp"

#include <atomic>

#include "app/built_in.hpp"
#include "app/chores.hpp"
#include "app/health.hpp"
#include "platform/assets/assets.hpp"
#include "platform/config/config.hpp"

namespace torv::app {

web::Routes all_routes() {
    web::Routes table;
    return table;
}

namespace {

const web::Resolver kResolver{
    .by_host = [](db::Tx&, std::string_view) { return std::optional<web::Place>(); },
    .by_default = [](db::Tx&) { return std::optional<web::Place>(); },
    .by_slug = [](db::Tx&, std::string_view) { return std::optional<web::Place>(); },
};

}  // namespace

struct App::Parts {
    const config::Config& config;
    db::Db& db;
    i18n::Catalogue catalogue{catalogue_files()};
    web::Routes routes = all_routes();
    web::Services services{
        .db = db,
        .config = config,
        .catalogue = catalogue,
        .resolver = kResolver,
        .secret = web::installation_secret(db),
    };
    Chores chores;
    std::atomic<bool> stopping = false;

    Parts(const config::Config& settings, db::Db& database) : config(settings), db(database) {}
};

App::App(const config::Config& config, db::Db& db) : parts_(std::make_unique<Parts>(config, db)) {
    if (!config.assets.empty()) assets::read_from_disk(config.assets.string());
}

App::~App() { stop(); }

web::Services& App::services() { return parts_->services; }

http::BodyPlan App::body_plan(const http::Request& head) const {
    return web::body_plan(parts_->routes, head);
}

http::Response App::answer(http::Request& request) {
    if (request.path == "/livez") return live();
    if (request.path == "/readyz") return ready(parts_->db, {}, parts_->stopping);
    return web::answer(parts_->services, parts_->routes, request);
}

http::Response App::refusal(int status, const http::Request& head) const {
    return web::refusal(parts_->services, status, head);
}

void App::start() { parts_->chores.start(); }

void App::not_ready() { parts_->stopping = true; }

void App::stop() { parts_->chores.stop(); }

std::string App::first_owner_path() { return {}; }

}  // namespace torv::app
