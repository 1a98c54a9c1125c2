#include "platform/auth/auth.hpp"

#include <array>

namespace torv::auth {

namespace {
constexpr std::array<std::string_view, 5> kNames{"guest", "member", "moderator", "admin", "owner"};
}

std::string_view role_name(Role role) { return kNames[static_cast<std::size_t>(role)]; }

std::optional<Role> role_from(std::string_view name) {
    for (std::size_t i = 0; i < kNames.size(); ++i)
        if (kNames[i] == name) return static_cast<Role>(i);
    return std::nullopt;
}

bool allows(Access access, const Viewer& viewer) {
    switch (access) {
        case Access::Anyone: return true;
        case Access::Account: return viewer.signed_in();
        case Access::Member: return viewer.is_member();
        case Access::Moderator: return viewer.may_moderate();
        case Access::Admin: return viewer.may_administer();
        case Access::Owner: return viewer.is_owner();
    }
    return false;
}

}  // namespace torv::auth
