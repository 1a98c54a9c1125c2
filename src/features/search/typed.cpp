#include "features/search/typed.hpp"

#include <chrono>
#include <optional>

#include "platform/base/text.hpp"

namespace torv::search {

namespace {

constexpr std::size_t kMostOfOne = 5;  ///< values of one filter

/// A word, or a filter with its quotes taken away.
struct Part {
    std::string_view whole;  ///< as typed
    std::string_view name;   ///< empty: a word
    std::string_view value;
};

bool is_name(std::string_view name) {
    for (const std::string_view one : {"in", "by", "tag", "before", "after", "is", "has"})
        if (ascii_lower(name) == one) return true;
    return false;
}

/// The length of what stands up to the next space that no quotes hold.
std::size_t part_length(std::string_view text) {
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') quoted = !quoted;
        if (text[i] == ' ' && !quoted) return i;
    }
    return text.size();
}

Part part_of(std::string_view whole) {
    if (whole.starts_with('#') && whole.size() > 1)
        return {.whole = whole, .name = "tag", .value = whole.substr(1)};
    const auto colon = whole.find(':');
    if (colon == whole.npos || !is_name(whole.substr(0, colon))) return {.whole = whole};
    auto value = whole.substr(colon + 1);
    while (value.starts_with('"')) value.remove_prefix(1);
    while (value.ends_with('"')) value.remove_suffix(1);
    return {.whole = whole, .name = whole.substr(0, colon), .value = trimmed(value)};
}

bool add(std::vector<std::string>& list, std::string_view value) {
    if (value.empty() || list.size() >= kMostOfOne) return false;
    list.emplace_back(value);
    return true;
}

/// "2026", "2026-05", "2026-05-02": where it begins.
std::optional<Instant> beginning(std::string_view text, const i18n::Dates& dates) {
    const auto parts = torv::split(text, '-');
    if (parts.empty() || parts.size() > 3 || parts[0].size() != 4) return std::nullopt;
    int numbers[3] = {0, 1, 1};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto number = parse_int<int>(parts[i]);
        if (!number || *number < 1 || (i > 0 && parts[i].size() > 2)) return std::nullopt;
        numbers[i] = *number;
    }
    const std::chrono::year_month_day day{std::chrono::year{numbers[0]},
                                          std::chrono::month{static_cast<unsigned>(numbers[1])},
                                          std::chrono::day{static_cast<unsigned>(numbers[2])}};
    if (!day.ok() || numbers[0] < 1970) return std::nullopt;
    return dates.moment(std::chrono::sys_days(day).time_since_epoch().count(), 0);
}

bool set_from(Typed& typed, std::optional<Instant> at) {
    if (at) typed.from = std::max(typed.from, *at);
    return at.has_value();
}

bool set_until(Typed& typed, std::optional<Instant> at) {
    if (at) typed.until = std::min(typed.until, *at);
    return at.has_value();
}

bool set(bool& flag, bool known) {
    flag = flag || known;
    return known;
}

/// False: the value says nothing.
bool take(Typed& typed, const Part& part, const i18n::Dates& dates) {
    const std::string name = ascii_lower(part.name), value = ascii_lower(part.value);
    if (name == "in") return add(typed.in, part.value);
    if (name == "by")
        return add(typed.by, value.starts_with('@') ? std::string_view(value).substr(1)
                                                    : std::string_view(value));
    if (name == "tag")
        return add(typed.tags, part.value.starts_with('#') ? part.value.substr(1) : part.value);
    if (name == "after") return set_from(typed, beginning(value, dates));
    if (name == "before") return set_until(typed, beginning(value, dates));
    if (name == "is") return set(typed.unanswered, value == "unanswered");
    return set(typed.with_file, value == "file");
}

void append(std::string& list, std::string_view part) {
    if (part.empty()) return;
    if (!list.empty()) list += ' ';
    list += part;
}

}  // namespace

Typed read(std::string_view text, const i18n::Dates& dates) {
    Typed typed;
    while (!text.empty()) {
        const auto length = part_length(text);
        const Part part = part_of(text.substr(0, length));
        if (part.name.empty()) append(typed.words, part.whole);
        else if (take(typed, part, dates)) append(typed.filters, part.whole);
        else typed.unclear.emplace_back(part.whole);
        text.remove_prefix(std::min(text.size(), length + 1));
    }
    return typed;
}

std::string filter(std::string_view name, std::string_view value) {
    const bool spaced = value.find(' ') != value.npos;
    std::string text = std::string(name) + ":";
    return text + (spaced ? "\"" : "") + std::string(value) + (spaced ? "\"" : "");
}

}  // namespace torv::search
