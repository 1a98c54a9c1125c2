#pragma once

#include <optional>

namespace torv {

/// What is not there is NULL in a row and null in JSON: an id 0, a moment 0, an empty text.
template <class T>
std::optional<T> or_null(T value) {
    return value == T{} ? std::nullopt : std::optional<T>(value);
}

}  // namespace torv
