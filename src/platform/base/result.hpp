#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace torv {

/// What kind of "no" it is. `web` maps each to a status, a page and a problem+json document, once.
enum class Fault {
    Invalid,       ///< 422: the input cannot be accepted; `field` says which
    Malformed,     ///< 400: the request itself cannot be read
    SignInNeeded,  ///< 401: a guest asked for something that members may do
    Forbidden,     ///< 403: may see it, may not do it
    NotFound,      ///< 404: is not there, or may not be seen: the same answer
    Conflict,      ///< 409: somebody else was first, or the state does not allow it
    Gone,          ///< 410: a single-use link that was used or has run out
    TooLarge,      ///< 413
    TooMany,       ///< 429: try again later
    Unavailable,   ///< 503: a part that is needed is not there now (full disk, no database)
};

/// One named value that a message shows: `{name}` in the catalogue.
struct Arg {
    std::string name;
    std::string value;
};

/// An expected "no". `key` is a locale key ("accounts.email_taken"), never prose; `field` names the
/// form field or JSON member concerned, or is empty.
struct Error {
    Fault fault = Fault::Invalid;
    std::string key;
    std::string field;
    std::vector<Arg> args;
};

struct Unit {
    bool operator==(const Unit&) const = default;
};

template <class T>
using Result = std::expected<T, Error>;
using Done = Result<Unit>;

/// `return fail(Fault::Conflict, "accounts.email_taken", "email");`
[[nodiscard]] inline std::unexpected<Error> fail(Fault fault, std::string_view key,
                                                 std::string_view field = {},
                                                 std::vector<Arg> args = {}) {
    return std::unexpected(Error{fault, std::string(key), std::string(field), std::move(args)});
}

}  // namespace torv

/// Hands a fault upwards: `const Topic topic = TRY(store::visible(tx, viewer, id));`
#define TRY(...)                                                                  \
    __extension__({                                                               \
        auto try_result_ = (__VA_ARGS__);                                         \
        if (!try_result_) return std::unexpected(std::move(try_result_).error()); \
        *std::move(try_result_);                                                  \
    })
