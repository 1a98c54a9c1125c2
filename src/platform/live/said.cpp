#include "platform/live/said.hpp"

#include <algorithm>

namespace torv::live {

std::vector<MemberId> members_of(const json::Value& list) {
    std::vector<MemberId> members;
    for (const auto& item : list.items())
        if (const auto id = MemberId::parse(item.string_or(""))) members.push_back(*id);
    return members;
}

std::optional<Said> said_from(std::string_view text) {
    const auto json = json::parse(text);
    if (!json) return std::nullopt;
    const std::string does = (*json)["do"].string_or("");
    if (does == "who") {
        Said said{.does = Said::Does::AskWho, .members = members_of((*json)["members"])};
        if (said.members.size() > kWatchedMax) said.members.resize(kWatchedMax);
        std::sort(said.members.begin(), said.members.end());
        const auto last = std::unique(said.members.begin(), said.members.end());
        said.members.erase(last, said.members.end());
        return said;
    }
    auto stream = Stream::parse((*json)["stream"].string_or(""));
    if (!stream) return std::nullopt;
    Said said{.stream = *std::move(stream)};
    if (does == "on") {
        said.does = Said::Does::Follow;
        said.after = std::max<std::int64_t>(0, (*json)["after"].integer().value_or(0));
    } else if (does == "off") {
        said.does = Said::Does::Leave;
    } else if (does == "writing") {
        said.does = Said::Does::Write;
    } else {
        return std::nullopt;
    }
    return said;
}

}  // namespace torv::live
