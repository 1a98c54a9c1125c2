#include "features/imports/imports.hpp"

#include <algorithm>

#include "platform/json/json.hpp"

namespace torv::imports {

namespace {

constexpr std::size_t kOdditiesKept = 1000;

void write_counts(json::Writer& w, std::string_view name,
                  const std::map<std::string, std::int64_t>& counts) {
    w.key(name).object();
    for (const auto& [what, count] : counts) w.field(what, count);
    w.end();
}

std::map<std::string, std::int64_t> read_counts(const json::Value& value) {
    std::map<std::string, std::int64_t> counts;
    for (const auto& [what, count] : value.members()) counts[what] = count.integer().value_or(0);
    return counts;
}

}  // namespace

void Report::add(std::string where, std::string what, std::string detail) {
    if (oddities.size() < kOdditiesKept)
        oddities.push_back({std::move(where), std::move(what), std::move(detail)});
    else ++oddities_left_out;
}

void Report::add_posts(std::int64_t fresh, std::int64_t known, std::int64_t& from_before) {
    const std::int64_t own = std::min(known, from_before);
    from_before -= own;
    messages["posts"] += fresh + own;
    if (known > own) messages["known"] += known - own;
}

std::string Report::json() const {
    json::Writer w;
    w.object().field("trial", trial).field("total", total).field("done", done);
    write_counts(w, "messages", messages);
    write_counts(w, "things", things);
    w.key("oddities").array();
    for (const auto& oddity : oddities)
        w.object()
            .field("where", oddity.where)
            .field("what", oddity.what)
            .field("detail", oddity.detail)
            .end();
    w.end().field("oddities_left_out", oddities_left_out).end();
    return w.take();
}

Report Report::from_json(std::string_view text) {
    Report report;
    const auto value = json::parse(text);
    if (!value) return report;
    report.trial = (*value)["trial"].boolean().value_or(false);
    report.total = (*value)["total"].integer().value_or(0);
    report.done = (*value)["done"].integer().value_or(0);
    report.messages = read_counts((*value)["messages"]);
    report.things = read_counts((*value)["things"]);
    for (const auto& oddity : (*value)["oddities"].items())
        report.oddities.push_back({oddity["where"].string_or(""), oddity["what"].string_or(""),
                                   oddity["detail"].string_or("")});
    report.oddities_left_out = (*value)["oddities_left_out"].integer().value_or(0);
    return report;
}

}  // namespace torv::imports
