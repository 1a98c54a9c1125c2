#include <algorithm>

#include "platform/base/text.hpp"
#include "platform/web/web.hpp"

namespace torv::web {

namespace {

/// Does `pattern` fit the decoded segments? Fills `params`.
bool fits(std::string_view pattern, const std::vector<std::string>& segments,
          Routes::PathParams& params) {
    std::size_t at = 0;
    pattern.remove_prefix(1);
    if (pattern.empty()) return segments.empty();
    while (true) {
        const auto slash = pattern.find('/');
        const auto part = pattern.substr(0, slash);
        if (part.starts_with('{') && part.ends_with("...}")) {
            std::string rest;
            for (; at < segments.size(); ++at) rest += (rest.empty() ? "" : "/") + segments[at];
            params.emplace_back(part.substr(1, part.size() - 5), std::move(rest));
            return true;
        }
        if (at >= segments.size()) return false;
        if (part.starts_with('{')) {
            if (segments[at].empty()) return false;
            params.emplace_back(part.substr(1, part.size() - 2), segments[at]);
        } else if (part != segments[at]) {
            return false;
        }
        ++at;
        if (slash == std::string_view::npos) return at == segments.size();
        pattern.remove_prefix(slash + 1);
    }
}

/// Literal routes before those with parameters, so that /s/new wins over /s/{slug}.
bool before(const Route& a, const Route& b) {
    const auto weight = [](const Route& r) {
        return std::count(r.pattern.begin(), r.pattern.end(), '{');
    };
    if (weight(a) != weight(b)) return weight(a) < weight(b);
    if (a.pattern != b.pattern) return a.pattern < b.pattern;
    return a.method < b.method;
}

}  // namespace

Route& Routes::add(std::string_view method, std::string_view pattern, Access access,
                   Handler handler) {
    auto route = std::make_unique<Route>(
        Route{.method = method, .pattern = pattern, .access = access, .handler = handler});
    const auto place =
        std::lower_bound(routes_.begin(), routes_.end(), route,
                         [](const auto& a, const auto& b) { return before(*a, *b); });
    return **routes_.insert(place, std::move(route));
}

Routes::Match Routes::find(const std::string_view method,
                           const std::vector<std::string>& segments) const {
    Match match;
    const std::string_view wanted = method == "HEAD" ? "GET" : method;
    for (const auto& route : routes_) {
        PathParams params;
        if (!fits(route->pattern, segments, params)) continue;
        if (route->method == wanted) {
            match.route = route.get();
            match.params = std::move(params);
            return match;
        }
        if (match.allowed.find(route->method) == std::string::npos)
            match.allowed += (match.allowed.empty() ? "" : ", ") + std::string(route->method);
    }
    return match;
}

}  // namespace torv::web
