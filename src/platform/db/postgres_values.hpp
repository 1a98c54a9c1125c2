#pragma once

#include <span>
#include <string>
#include <vector>

#include "platform/db/db.hpp"

struct pg_result;

/// Values on their way to PostgreSQL and back. Only files of this module include it.
namespace torv::db {

/// Parameters in the form that libpq takes; valid as long as this object and the texts bound.
class PostgresParams {
public:
    /// Throws DbError for text with a zero byte, which PostgreSQL cannot hold.
    explicit PostgresParams(std::span<const Param> params);

    const char* const* values() const { return values_.data(); }
    const int* lengths() const { return lengths_.data(); }
    const int* formats() const { return formats_.data(); }
    int count() const { return static_cast<int>(values_.size()); }

private:
    void add(const Param& param);
    void add_text(std::string text);

    std::vector<std::string> held_;
    std::vector<const char*> values_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
};

/// A row of a result, read by the types of its columns.
class PostgresRow final : public Row {
public:
    explicit PostgresRow(const pg_result* result);

    void go_to(int row);
    int columns() const override { return static_cast<int>(types_.size()); }
    Cell cell(int column) const override;

private:
    const pg_result* result_;
    int row_ = 0;
    std::vector<unsigned> types_;
    mutable std::vector<std::string> bytes_;  ///< decoded blobs of this row, by column
};

}  // namespace torv::db
