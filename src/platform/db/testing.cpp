#include "platform/db/testing.hpp"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "platform/db/file_lock.hpp"
#include "platform/db/schema.hpp"

namespace torv::db::testing {
namespace {

namespace fs = std::filesystem;

struct File {
    std::string name;
    std::string text;
};

const std::vector<File>& files() {
    static const std::vector<File> read = [] {
        std::vector<File> list;
        if (!fs::exists("migrations"))
            throw std::runtime_error("tests run in the repository's root");
        for (const auto& entry : fs::directory_iterator("migrations")) {
            const std::string name = entry.path().filename().string();
            if (!name.ends_with(".sql") || name.starts_with("schema.")) continue;
            std::ostringstream text;
            text << std::ifstream(entry.path()).rdbuf();
            list.push_back({name, text.str()});
        }
        std::sort(list.begin(), list.end(),
                  [](const File& a, const File& b) { return a.name < b.name; });
        return list;
    }();
    return read;
}

/// Changes when any migration does.
std::string fingerprint() {
    std::string all;
    for (const File& file : files()) all += file.name + '\n' + file.text;
    return std::to_string(std::hash<std::string>{}(all));
}

fs::path temporary(const std::string& name) { return fs::temp_directory_path() / name; }

/// A migrated SQLite file, made once for all test programs.
fs::path sqlite_template() {
    const std::string name = "torv-template-" + std::to_string(::getuid()) + "-" + fingerprint();
    const fs::path ready = temporary(name + ".db");
    const FileLock lock(temporary(name + ".lock").string(),
                        FileLock::Wait::Yes);  // test programs run side by side
    if (fs::exists(ready)) return ready;
    const fs::path unfinished = temporary(name + ".unfinished");
    fs::remove(unfinished);
    Db({.database = unfinished.string()}).migrate(migrations());
    fs::rename(unfinished, ready);
    return ready;
}

std::string unique_name() {
    static std::atomic<int> count{0};
    return "torv-test-" + std::to_string(::getpid()) + "-" + std::to_string(++count);
}

std::string new_sqlite() {
    const fs::path folder = temporary(unique_name());
    fs::remove_all(folder);
    fs::create_directories(folder);
    fs::copy_file(sqlite_template(), folder / "torv.db");
    return (folder / "torv.db").string();
}

/// The address of another database on the server that the tests were given.
std::string postgres_address(const std::string& database) {
    const std::string given = std::getenv("TORV_TEST_DATABASE");
    const std::size_t host = given.find("://") + 3;
    const std::size_t path = std::min(given.find('/', host), given.find('?', host));
    const std::size_t query = given.find('?', host);
    return given.substr(0, path) + "/" + database +
           (query == std::string::npos ? "" : given.substr(query));
}

bool postgres_has(PostgresConnection& server, const std::string& database) {
    const Param params[] = {std::string_view(database)};
    return !column_of(server, "SELECT datname FROM pg_database WHERE datname = CAST($1 AS TEXT)",
                      params)
                .empty();
}

/// A migrated database, made once for all test programs on this server.
std::string postgres_template(PostgresConnection& server) {
    const std::string name = "torv_template_" + fingerprint();
    server.script(
        "SET statement_timeout = 0; SET lock_timeout = 0; SELECT pg_advisory_lock(76696238)");
    if (!postgres_has(server, name)) {
        server.script("DROP DATABASE IF EXISTS torv_unfinished");
        server.script("CREATE DATABASE torv_unfinished TEMPLATE template0");
        Db({.database = postgres_address("torv_unfinished")}).migrate(migrations());
        server.script("ALTER DATABASE torv_unfinished RENAME TO " + name);
    }
    server.script("SELECT pg_advisory_unlock(76696238)");
    return name;
}

std::string new_postgres() {
    PostgresConnection server(std::getenv("TORV_TEST_DATABASE"));
    std::string name = unique_name();
    std::replace(name.begin(), name.end(), '-', '_');
    const std::string from = postgres_template(server);
    server.script("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    server.script("CREATE DATABASE " + name + " TEMPLATE " + from);
    return postgres_address(name);
}

void drop_postgres(const std::string& address) {
    const std::size_t slash = address.find('/', address.find("://") + 3);
    const std::string name = address.substr(slash + 1, address.find('?') - slash - 1);
    PostgresConnection(std::getenv("TORV_TEST_DATABASE"))
        .script("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
}

}  // namespace

std::vector<Dialect> dialects() {
    std::vector<Dialect> list{Dialect::Sqlite};
    if (std::getenv("TORV_TEST_DATABASE")) list.push_back(Dialect::Postgres);
    return list;
}

std::vector<Migration> migrations() {
    std::vector<Migration> list;
    for (const File& file : files()) list.push_back({file.name, file.text});
    return list;
}

Scratch::Scratch(Dialect dialect, const Clock* clock) : dialect_(dialect), clock_(clock) {
    address_ = dialect == Dialect::Sqlite ? new_sqlite() : new_postgres();
    reopen();
}

void Scratch::reopen() {
    db_.reset();
    db_ = std::make_unique<Db>(
        Options{.database = address_, .clock = clock_, .create = false, .role = Role::Serve});
}

Scratch::~Scratch() {
    db_.reset();
    std::error_code ignored;
    if (dialect_ == Dialect::Sqlite) fs::remove_all(fs::path(address_).parent_path(), ignored);
    else drop_postgres(address_);
}

}  // namespace torv::db::testing
