#include <array>

#include "features/spaces/spaces.hpp"

namespace torv::spaces {

namespace {

constexpr std::array<std::string_view, 5> kKinds{"discussion", "questions", "articles", "ideas",
                                                 "chat"};
constexpr std::array<std::string_view, 5> kVisibilities{"public", "members", "private", "secret",
                                                        "direct"};
constexpr std::array<std::string_view, 3> kRoles{"reader", "member", "moderator"};

template <class Enum, std::size_t Size>
std::optional<Enum> named(const std::array<std::string_view, Size>& names, std::string_view name) {
    for (std::size_t i = 0; i < Size; ++i)
        if (names[i] == name) return static_cast<Enum>(i);
    return std::nullopt;
}

}  // namespace

std::string_view kind_name(Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }
std::optional<Kind> kind_from(std::string_view name) { return named<Kind>(kKinds, name); }
std::string_view visibility_name(Visibility visibility) {
    return kVisibilities[static_cast<std::size_t>(visibility)];
}
std::optional<Visibility> visibility_from(std::string_view name) {
    const auto visibility = named<Visibility>(kVisibilities, name);
    return visibility == Visibility::Direct ? std::nullopt : visibility;  // nobody makes such a one
}
std::string_view role_name(Role role) { return kRoles[static_cast<std::size_t>(role)]; }
std::optional<Role> role_from(std::string_view name) { return named<Role>(kRoles, name); }

std::string path(std::string_view slug) { return "/s/" + std::string(slug); }

}  // namespace torv::spaces
