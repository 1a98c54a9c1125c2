#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/db/db.hpp"
#include "platform/web/web.hpp"

namespace torv::activity {
class Runner;
}
namespace torv::jobs {
class Runner;
}

/// A whole community in one process for tests: the people and places of seeds/test.sql, a real
/// database (PostgreSQL when TORV_TEST_DATABASE is set, else an SQLite file), a clock that stands
/// still. Nothing is mocked but who is signed in: the cookie says the name.
namespace torv::testing {

/// Stands until somebody moves it.
class StandingClock final : public Clock {
public:
    Instant now() const override { return now_; }
    void advance(microseconds span) { now_ = now_ + span; }
    void set(Instant at) { now_ = at; }

private:
    Instant now_{1795255200000000};  // 2026-11-21T10:00:00Z
};

using Fields = std::vector<std::pair<std::string, std::string>>;

/// An answer, with what tests ask of it.
struct Answer {
    int status = 0;
    std::string body;
    http::Response response;

    std::string location() const { return std::string(response.header("Location")); }
    std::string header(std::string_view name) const { return std::string(response.header(name)); }
    bool has(std::string_view text) const { return body.find(text) != std::string::npos; }
    /// Body as JSON; a null value when it is none.
    json::Value json() const { return json::parse(body).value_or(json::Value{}); }
};

class Site;

/// Somebody in front of a browser. Sends the CSRF token by itself. `Site` outlives it.
class Person {
public:
    Person(Site& site, std::string name);

    Answer get(std::string_view target, const std::vector<http::Header>& headers = {});
    Answer post(std::string_view target, const Fields& form = {},
                const std::vector<http::Header>& headers = {});
    Answer put(std::string_view target, const Fields& form = {});
    Answer del(std::string_view target, const Fields& form = {});
    /// JSON to the API with an Idempotency-Key when `key` is given.
    Answer api(std::string_view method, std::string_view target, std::string_view body = {},
               std::string_view key = {});
    /// Anything: nothing is added but the Host and the cookie.
    Answer send(http::Request request);

    auth::Viewer viewer;  ///< who the site takes this person for; tests may change it
    std::string host = "square.test";

private:
    friend class Site;
    Answer form_request(std::string_view method, std::string_view target, const Fields& form,
                        const std::vector<http::Header>& headers);
    Site& site_;
};

class Site {
public:
    using Setup = void (*)(web::Routes&);
    /// The routes under test; real resolver and frame only when `resolver` and `frame` are given.
    explicit Site(std::initializer_list<Setup> setups, web::Frame frame = nullptr,
                  web::Resolver resolver = {});
    explicit Site(Setup setup) : Site({setup}) {}
    ~Site();

    /// "olga", "dan", "ada", "bo", "cleo", "gus", or "" for a guest.
    Person& as(std::string_view name);
    Person& guest() { return as(""); }

    db::Db& db();
    StandingClock& clock();
    web::Services& services();
    web::Routes& routes();
    activity::Runner& activity();  ///< consumers under test are registered here
    jobs::Runner& jobs();
    /// Runs consumers and due jobs until nothing is left.
    void settle();
    /// How many activity rows of that kind the Square has.
    int announced(std::string_view kind);
    /// Path of a data folder of its own, removed with the site.
    const std::string& folder() const;

private:
    friend class Person;
    Answer answer(const Person& person, http::Request request);
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace torv::testing
