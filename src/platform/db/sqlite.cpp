#include "platform/db/file_lock.hpp"
#include "platform/db/schema.hpp"
#include "platform/db/sqlite_connection.hpp"
#include "platform/db/sqlite_writer.hpp"

namespace torv::db {
namespace {

class Sqlite final : public Engine {
public:
    Sqlite(const Options& options, const Clock& clock) : path_(options.database), clock_(clock) {
        if (options.role == Role::Serve) lock_.emplace(path_ + ".lock", FileLock::Wait::No);
        writer_.emplace(path_, options.create, clock_, bus_, options.role);
    }

    Dialect dialect() const override { return Dialect::Sqlite; }

    void read(const ReadWork& work) override {
        auto connection = take_reader();
        connection->execute("BEGIN", {});
        try {
            Tx tx(*connection, clock_.now(), kNoNode);
            work(tx);
        } catch (...) {
            if (connection->in_transaction()) connection->execute("ROLLBACK", {});
            give_back(std::move(connection));
            throw;
        }
        connection->execute("COMMIT", {});
        give_back(std::move(connection));
    }

    void write(const WriteWork& work, Priority priority) override {
        writer_->write(work, priority);
    }

    Subscription subscribe(std::string_view channel, std::function<void()> woken) override {
        return bus_.subscribe(channel, std::move(woken));
    }
    void shout(std::string_view, std::string_view) override {}  // there is no other node
    Subscription hear(std::string_view channel, Hearer hearer) override {
        return bus_.hear(channel, std::move(hearer));
    }

    std::uint64_t changes() const override { return bus_.changes(); }

    std::vector<std::string> migrate(std::span<const Migration> migrations) override {
        std::vector<std::string> applied;
        readers_.lock()->clear();  // their statements know the old tables
        writer_->alone([&](SqliteConnection& connection) {
            applied = migrate_sqlite(connection, path_, migrations, clock_.now());
        });
        return applied;
    }

    std::vector<std::string> check() override {
        auto connection = take_reader();
        return check_sqlite(*connection);
    }

    std::string dump_schema() override {
        auto connection = take_reader();
        return dump_sqlite(*connection);
    }

private:
    using Reader = std::unique_ptr<SqliteConnection>;

    /// The reader given back last: its pages are the warmest. There are as many as threads that
    /// read at once.
    Reader take_reader() {
        {
            auto readers = readers_.lock();
            if (!readers->empty()) {
                Reader reader = std::move(readers->back());
                readers->pop_back();
                return reader;
            }
        }
        return std::make_unique<SqliteConnection>(path_, SqliteConnection::Mode::Reader, false);
    }
    void give_back(Reader reader) { readers_.lock()->push_back(std::move(reader)); }

    std::string path_;
    const Clock& clock_;
    Bus bus_;
    std::optional<FileLock> lock_;        ///< one process alone serves the file
    std::optional<SqliteWriter> writer_;  ///< closes after the readers, with the last checkpoint
    Guarded<std::vector<Reader>> readers_;
};

}  // namespace

std::unique_ptr<Engine> make_sqlite(const Options& options, const Clock& clock) {
    return std::make_unique<Sqlite>(options, clock);
}

}  // namespace torv::db
