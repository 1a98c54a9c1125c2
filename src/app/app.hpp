#pragma once

#include <memory>
#include <span>
#include <string>

#include "platform/base/result.hpp"
#include "platform/db/db.hpp"
#include "platform/http/http.hpp"
#include "platform/web/web.hpp"

namespace torv::app {

/// Every part of the program, built and joined in one place: app.cpp.
class App {
public:
    /// `config` and `db` outlive the App. Throws std::runtime_error when a part cannot be built.
    App(const config::Config& config, db::Db& db);
    ~App();  ///< stops
    App(const App&) = delete;

    web::Services& services();

    /// What http::Server asks: how much body, and the answer.
    http::BodyPlan body_plan(const http::Request& head) const;
    bool at_once(const http::Request& request, http::Response& response) const;
    http::Response answer(http::Request& request);
    http::Response refusal(int status, const http::Request& head) const;

    void start();      ///< consumers, jobs and chores begin
    void not_ready();  ///< /readyz says no from here on
    void stop();       ///< consumers, jobs and chores end what they are at

    /// "/link/…" with which the first visitor becomes the owner; "" when there is an owner.
    std::string first_owner_path();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

/// The routes of every slice.
web::Routes all_routes();
/// Which community was asked, and by whom.
web::Resolver resolver();
/// The migrations inside the program.
std::span<const db::Migration> migrations();
/// The sentence of a fault in English, for commands.
std::string english(const Error& error);

}  // namespace torv::app
