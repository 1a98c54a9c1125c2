#include "platform/web/keyset.hpp"

#include <limits>

#include "platform/base/text.hpp"

namespace torv::web {

Keyset Keyset::top() {
    constexpr auto highest = std::numeric_limits<std::int64_t>::max();
    return {.at = Instant{highest}, .id = highest};
}

std::string Keyset::text() const { return std::to_string(at.us) + "." + std::to_string(id); }

std::optional<Keyset> Keyset::parse(std::string_view text) {
    const auto parts = split(text, '.');
    if (parts.size() != 2) return std::nullopt;
    const auto at = parse_int<std::int64_t>(parts[0]);
    const auto id = parse_int<std::int64_t>(parts[1]);
    if (!at || !id) return std::nullopt;
    return Keyset{.at = {*at}, .id = *id};
}

Result<Keyset> keyset_from(std::string_view text, Keyset first) {
    if (text.empty()) return first;
    const auto parsed = Keyset::parse(text);
    if (!parsed) return fail(Fault::Malformed, "web.bad_cursor", "cursor");
    return *parsed;
}

}  // namespace torv::web
