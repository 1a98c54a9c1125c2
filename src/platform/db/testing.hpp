#pragma once

#include <memory>
#include <string>
#include <vector>

#include "platform/db/db.hpp"

/// Fresh databases for tests, made in milliseconds from a migrated template. Only tests use this.
namespace torv::db::testing {

/// What tests run on: SQLite, and PostgreSQL when TORV_TEST_DATABASE (a postgres:// address whose
/// user may create databases) is set.
std::vector<Dialect> dialects();

/// The files of migrations/ as they are on disk. Tests run in the repository's root.
std::vector<Migration> migrations();

/// A migrated, empty database that is removed with this object.
class Scratch {
public:
    /// `clock` outlives this; the machine's clock when it is null.
    explicit Scratch(Dialect dialect, const Clock* clock = nullptr);
    ~Scratch();
    Scratch(const Scratch&) = delete;

    Db& db() { return *db_; }
    /// What Options::database takes, for opening it once more.
    const std::string& address() const { return address_; }
    /// Closes the database, and opens it again as a process that was started anew.
    void reopen();

private:
    Dialect dialect_;
    const Clock* clock_;
    std::string address_;
    std::unique_ptr<Db> db_;
};

}  // namespace torv::db::testing
