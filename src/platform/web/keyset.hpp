#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/base/result.hpp"
#include "platform/base/time.hpp"

namespace torv::web {

/// Where a page of a list begins: behind the last line of the page before. Lists are in the order
/// of a moment, then of an id.
struct Keyset {
    Instant at;
    std::int64_t id = 0;

    static Keyset top();       ///< above everything
    std::string text() const;  ///< "1795255200000000.42", for an address
    static std::optional<Keyset> parse(std::string_view text);
};
/// As a request says it; `first` when it says nothing. Fault: Malformed "web.bad_cursor".
Result<Keyset> keyset_from(std::string_view text, Keyset first = Keyset::top());

}  // namespace torv::web
