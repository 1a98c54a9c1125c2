#include "platform/web/device.hpp"

#include <array>
#include <utility>

namespace torv::web {
namespace {

using Names = std::pair<std::string_view, std::string_view>;  // what the browser sends → its name

// In this order: Edge and Opera also call themselves Chrome, Chrome also calls itself Safari.
constexpr std::array<Names, 7> kBrowsers{{{"Edg", "Edge"},
                                          {"OPR/", "Opera"},
                                          {"SamsungBrowser", "Samsung Internet"},
                                          {"Firefox/", "Firefox"},
                                          {"FxiOS", "Firefox"},
                                          {"Chrome/", "Chrome"},
                                          {"Safari/", "Safari"}}};
constexpr std::array<Names, 7> kSystems{{{"iPhone", "iPhone"},
                                         {"iPad", "iPad"},
                                         {"Android", "Android"},
                                         {"Windows", "Windows"},
                                         {"Mac OS X", "Mac"},
                                         {"CrOS", "ChromeOS"},
                                         {"Linux", "Linux"}}};

template <std::size_t N>
std::string_view name_in(const std::array<Names, N>& names, std::string_view user_agent) {
    for (const auto& [sent, name] : names)
        if (user_agent.find(sent) != user_agent.npos) return name;
    return {};
}

}  // namespace

std::string device_name(std::string_view user_agent) {
    std::string name(name_in(kBrowsers, user_agent));
    const std::string_view system = name_in(kSystems, user_agent);
    if (!name.empty() && !system.empty()) name += ", ";
    name += system;
    return name;
}

}  // namespace torv::web
