#include "features/accounts/guard.hpp"

#include <algorithm>

#include "features/accounts/store.hpp"
#include "platform/base/text.hpp"
#include "platform/crypto/crypto.hpp"

namespace torv::accounts::guard {
namespace {

using std::chrono::seconds;

struct Rule {
    std::int64_t free;  ///< failures without a pause
    seconds most;       ///< the longest pause
};
// An account from one address is what people mistype: few free tries, then long pauses. The two
// others stop guessing from many addresses, or at many accounts, with pauses that people hardly
// notice.
constexpr Rule kAccountHere{5, seconds{900}};
constexpr Rule kAccount{20, seconds{60}};
constexpr Rule kAddress{50, seconds{60}};
constexpr std::chrono::hours kForgotten{24};
constexpr std::int64_t kLinksAnHour = 5;

std::string subject(std::string_view secret, std::string_view kind, std::string_view what) {
    std::string text(kind);
    text += '\0';
    text += what;
    return hex(crypto::hmac_sha256(secret, text));
}

/// 1, 2, 4 … seconds, one step for every failure beyond the free ones.
seconds pause(const store::Failures& failures, const Rule& rule) {
    if (failures.count < rule.free) return seconds{0};
    const auto steps = std::min<std::int64_t>(failures.count - rule.free, 20);
    return std::min(rule.most, seconds{std::int64_t{1} << steps});
}

seconds left(db::Tx& tx, std::string_view name, const Rule& rule) {
    if (name.empty()) return seconds{0};
    const auto failures = store::failures(tx, name);
    if (failures.count == 0 || tx.now() - failures.last > kForgotten) return seconds{0};
    const microseconds rest = pause(failures, rule) - (tx.now() - failures.last);
    return rest.count() <= 0 ? seconds{0} : std::chrono::ceil<seconds>(rest);
}

}  // namespace

std::string known_mark(std::string_view secret, std::string_view email) {
    return subject(secret, "known", email);
}

Subjects subjects(std::string_view secret, std::string_view email, std::string_view address,
                  std::string_view known_device) {
    const bool known = crypto::constant_time_equal(known_device, known_mark(secret, email));
    std::string here(email);
    here += '\0';
    here += known ? std::string_view("known device") : address;
    return {.account_here = subject(secret, "here", here),
            .account = known ? std::string{} : subject(secret, "account", email),
            .address = subject(secret, "address", address)};
}

Done may_try(db::Tx& tx, const Subjects& who) {
    const seconds wait =
        std::max({left(tx, who.account_here, kAccountHere), left(tx, who.account, kAccount),
                  left(tx, who.address, kAddress)});
    if (wait.count() == 0) return Unit{};
    return fail(Fault::TooMany, "accounts.wait", {}, {{"seconds", std::to_string(wait.count())}});
}

void failed(db::Tx& tx, const Subjects& who) {
    for (const std::string* name : {&who.account_here, &who.account, &who.address})
        if (!name->empty()) store::add_failure(tx, *name, tx.now() - kForgotten);
}

void succeeded(db::Tx& tx, const Subjects& who) {
    // Failures of the address stay: one good account must not open the way to guess at others.
    store::forget_failures(tx, who.account_here);
    if (!who.account.empty()) store::forget_failures(tx, who.account);
}

bool may_send_link(db::Tx& tx, std::string_view secret, std::string_view email) {
    const std::string name = subject(secret, "link", email);
    const auto sent = store::failures(tx, name);
    const bool fresh = tx.now() - sent.last < std::chrono::hours(1);
    if (!fresh) store::forget_failures(tx, name);
    if (fresh && sent.count >= kLinksAnHour) return false;
    store::add_failure(tx, name, tx.now() - kForgotten);
    return true;
}

}  // namespace torv::accounts::guard
