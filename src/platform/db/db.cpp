#include "platform/db/db.hpp"

#include "platform/base/log.hpp"
#include "platform/db/engine.hpp"

namespace torv::db {
namespace {

const Clock& clock_or_system(const Clock* clock) {
    static const SystemClock system;
    return clock ? *clock : system;
}

bool is_postgres(std::string_view address) {
    return address.starts_with("postgres://") || address.starts_with("postgresql://");
}

OwnedRow::Value owned(const Cell& cell) {
    if (const auto* text = std::get_if<std::string_view>(&cell)) return std::string(*text);
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return *number;
    if (const auto* real = std::get_if<double>(&cell)) return *real;
    return nullptr;
}

/// UPDATE … RETURNING and its like give rows and change some.
bool is_select(std::string_view sql) {
    const auto start = sql.find_first_not_of(" \n");
    return start != sql.npos && sql.substr(start).starts_with("SELECT");
}

}  // namespace

Cell OwnedRow::cell(int column) const {
    const Value& value = values_.at(static_cast<std::size_t>(column));
    if (const auto* text = std::get_if<std::string>(&value)) return std::string_view(*text);
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
    if (const auto* real = std::get_if<double>(&value)) return *real;
    return nullptr;
}

Dialect Tx::dialect() const { return connection_.dialect(); }

int Tx::node() const {
    if (node_ < 0) throw std::logic_error("a transaction that cannot write makes no ids");
    return node_;
}

std::optional<OwnedRow> Tx::one_row(std::string_view sql, std::span<const Param> params) {
    std::optional<OwnedRow> first;
    const auto keep = [](void* with, const Row& row) {
        auto& kept = *static_cast<std::optional<OwnedRow>*>(with);
        if (kept) return;
        std::vector<OwnedRow::Value> values;
        for (int i = 0; i < row.columns(); ++i) values.push_back(owned(row.cell(i)));
        kept.emplace(std::move(values));
    };
    rows(sql, params, keep, &first);
    return first;
}

std::int64_t Tx::execute(std::string_view sql, std::span<const Param> params) {
    ++statements_;
    const auto count = connection_.execute(sql, params);
    changed_ = changed_ || count > 0;
    return count;
}

void Tx::send(std::string_view sql, std::span<const Param> params) {
    ++statements_;
    changed_ = true;  // nobody asks how many rows
    connection_.later(sql, params);
}

void Tx::rows(std::string_view sql, std::span<const Param> params, EachRow visit, void* with) {
    ++statements_;
    changed_ = changed_ || !is_select(sql);
    connection_.rows(sql, params, visit, with);
}

void Tx::after_commit(std::function<void()> action) { after_commit_.push_back(std::move(action)); }

void Tx::wake(std::string_view channel) {
    for (const std::string& known : wakes_)
        if (known == channel) return;
    wakes_.emplace_back(channel);
}

void Engine::committed(Tx& tx, Bus& bus) {
    if (tx.changed_ && !tx.own_only_) bus.note_change();
    try {
        for (const auto& action : tx.after_commit_) action();
        for (const std::string& channel : tx.wakes_) bus.wake_all(channel);
    } catch (const std::exception& e) {
        // The work is committed: its caller must hear so.
        log::error("db.after_commit_failed", {{"what", e.what()}});
    }
}

struct Db::Impl {
    const Clock& clock;
    std::unique_ptr<Engine> engine;
};

Db::Db(Options options) {
    const Clock& clock = clock_or_system(options.clock);
    auto engine =
        is_postgres(options.database) ? make_postgres(options, clock) : make_sqlite(options, clock);
    impl_ = std::make_unique<Impl>(Impl{clock, std::move(engine)});
}

Db::~Db() = default;

Dialect Db::dialect() const { return impl_->engine->dialect(); }
const Clock& Db::clock() const { return impl_->clock; }

std::uint64_t Db::changes() const { return impl_->engine->changes(); }

void Db::run_read(const std::function<void(Tx&)>& fn) { impl_->engine->read(fn); }

void Db::run_write(const std::function<bool(Tx&)>& fn, Priority priority) {
    impl_->engine->write(fn, priority);
}

Subscription Db::subscribe(std::string_view channel, std::function<void()> woken) {
    return impl_->engine->subscribe(channel, std::move(woken));
}

void Db::shout(std::string_view channel, std::string_view text) {
    impl_->engine->shout(channel, text);
}

Subscription Db::hear(std::string_view channel, Hearer hearer) {
    return impl_->engine->hear(channel, std::move(hearer));
}

std::vector<std::string> Db::migrate(std::span<const Migration> migrations) {
    return impl_->engine->migrate(migrations);
}

void Db::tend() { impl_->engine->tend(); }

std::vector<std::string> Db::check() { return impl_->engine->check(); }
std::string Db::dump_schema() { return impl_->engine->dump_schema(); }

}  // namespace torv::db
