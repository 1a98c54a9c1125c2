#include "features/accounts/accounts.hpp"

#include <algorithm>
#include <array>

#include "features/accounts/passwords.hpp"
#include "features/accounts/store.hpp"
#include "platform/base/text.hpp"
#include "platform/i18n/i18n.hpp"
#include "platform/i18n/marks.hpp"
#include "platform/mail/mail.hpp"
#include "platform/web/web.hpp"

namespace torv::accounts {
namespace {

constexpr std::size_t kNameMost = 80;

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

}  // namespace

std::optional<Account> find(db::Tx& tx, AccountId id) { return store::by_id(tx, id); }

std::optional<Account> by_email(db::Tx& tx, std::string_view email) {
    return store::by_email(tx, ascii_lower(trimmed(email)));
}

Result<std::string> parse_email(std::string_view typed) {
    std::string email = ascii_lower(trimmed(typed));
    const std::size_t at = email.find('@');
    const bool ascii = std::ranges::all_of(email, [](char c) { return c > 0x20 && c < 0x7f; });
    // ASCII only: look-alike letters would make two accounts that people cannot tell apart.
    if (!ascii || !mail::is_address(email) || at == email.npos || at == 0 || at + 1 == email.size())
        return fail(Fault::Invalid, "accounts.email_bad", "email");
    return email;
}

Result<std::string> parse_name(std::string_view typed) {
    std::string name = i18n::tidy(typed);
    if (name.empty()) return fail(Fault::Invalid, "accounts.name_needed", "name");
    if (code_points(name) > kNameMost || std::ranges::any_of(name, is_control))
        return fail(Fault::Invalid, "accounts.name_bad", "name");
    return name;
}

Result<std::string> parse_password(std::string_view typed) {
    if (code_points(typed) < 8) return fail(Fault::Invalid, "accounts.password_short", "password");
    if (typed.size() > 200) return fail(Fault::Invalid, "accounts.password_long", "password");
    if (is_common_password(typed))
        return fail(Fault::Invalid, "accounts.password_common", "password");
    return std::string(typed);
}

Result<AccountId> create(db::Tx& tx, const NewAccount& wanted) {
    const auto id = tx.new_id<AccountId>();
    if (!store::insert(tx, id, wanted))
        return fail(Fault::Conflict, "accounts.email_taken", "email");
    return id;
}

void set_name(db::Tx& tx, AccountId id, std::string_view name) {
    auto account = store::by_id(tx, id);
    if (!account) return;
    account->name = name;
    store::set_basics(tx, *account);
}

void set_language(db::Tx& tx, AccountId id, std::string_view language) {
    auto account = store::by_id(tx, id);
    if (!account) return;
    account->language = language;
    store::set_basics(tx, *account);
}

const i18n::Words& words_for(const web::Context& ctx, const Account& account) {
    const auto& catalogue = ctx.services.catalogue;
    return account.language.empty() ? catalogue.words(ctx.place.language)
                                    : catalogue.words(account.language);
}

}  // namespace torv::accounts
