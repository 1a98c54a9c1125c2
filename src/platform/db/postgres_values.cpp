#include "platform/db/postgres_values.hpp"

#include <libpq-fe.h>

#include <array>
#include <charconv>

namespace torv::db {
namespace {

// Numbers of PostgreSQL's own types: src/include/catalog/pg_type.dat.
enum TypeNumber : unsigned {
    kBool = 16,
    kBytes = 17,
    kBigint = 20,
    kSmallint = 21,
    kInt = 23,
    kOid = 26,
    kReal = 700,
    kDouble = 701,
    kNumeric = 1700,
    kXid8 = 5069,
};

template <class Number>
std::string text_of(Number number) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    return {text.data(), end};
}

std::string array_of(const Ids& ids) {
    std::string out = "{";
    for (const std::int64_t id : ids.values) {
        if (out.size() > 1) out += ',';
        out += text_of(id);
    }
    return out += '}';
}

std::string array_of(const Texts& texts) {
    std::string out = "{";
    for (const std::string& text : texts.values) {
        if (out.size() > 1) out += ',';
        out += '"';
        for (const char c : text) {
            if (c == '"' || c == '\\') out += '\\';
            out += c;
        }
        out += '"';
    }
    return out += '}';
}

int nibble(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

/// "\x4142" → "AB".
std::string bytes_of(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 2; i + 1 < text.size(); i += 2)
        bytes += static_cast<char>(nibble(text[i]) * 16 + nibble(text[i + 1]));
    return bytes;
}

template <class Number>
Number number_of(std::string_view text) {
    Number number{};
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// sum() of integers is a numeric: whole when it looks whole.
Cell numeric_of(std::string_view text) {
    if (text.find_first_of(".eENI") == std::string_view::npos) return number_of<std::int64_t>(text);
    return number_of<double>(text);
}

}  // namespace

PostgresParams::PostgresParams(std::span<const Param> params) {
    held_.reserve(params.size());
    for (const Param& param : params) add(param);
}

void PostgresParams::add(const Param& param) {
    if (const auto* number = std::get_if<std::int64_t>(&param)) return add_text(text_of(*number));
    if (const auto* real = std::get_if<double>(&param)) return add_text(text_of(*real));
    if (const auto* text = std::get_if<std::string_view>(&param))
        return add_text(std::string(*text));
    if (const auto* ids = std::get_if<const Ids*>(&param)) return add_text(array_of(**ids));
    if (const auto* texts = std::get_if<const Texts*>(&param)) return add_text(array_of(**texts));
    const auto* blob = std::get_if<Blob>(&param);
    values_.push_back(!blob ? nullptr : blob->bytes.data() ? blob->bytes.data() : "");
    lengths_.push_back(blob ? static_cast<int>(blob->bytes.size()) : 0);
    formats_.push_back(1);
}

void PostgresParams::add_text(std::string text) {
    if (text.find('\0') != std::string::npos)
        throw DbError(DbFault::Other, "PostgreSQL cannot hold a text with a zero byte");
    values_.push_back(held_.emplace_back(std::move(text)).c_str());
    lengths_.push_back(0);
    formats_.push_back(0);
}

PostgresRow::PostgresRow(const pg_result* result) : result_(result) {
    for (int i = 0; i < PQnfields(result); ++i) types_.push_back(PQftype(result, i));
}

void PostgresRow::go_to(int row) {
    row_ = row;
    bytes_.clear();
}

Cell PostgresRow::cell(int column) const {
    if (column < 0 || column >= columns()) throw DbError(DbFault::Other, "no such column");
    if (PQgetisnull(result_, row_, column)) return nullptr;
    const std::string_view text{PQgetvalue(result_, row_, column),
                                static_cast<std::size_t>(PQgetlength(result_, row_, column))};
    switch (types_[static_cast<std::size_t>(column)]) {
        case kBool: return std::int64_t{text == "t"};
        case kBigint:
        case kSmallint:
        case kInt:
        case kOid:
        case kXid8: return number_of<std::int64_t>(text);
        case kReal:
        case kDouble: return number_of<double>(text);
        case kNumeric: return numeric_of(text);
        case kBytes:
            bytes_.resize(types_.size());
            return std::string_view(bytes_[static_cast<std::size_t>(column)] = bytes_of(text));
        default: return text;
    }
}

}  // namespace torv::db
