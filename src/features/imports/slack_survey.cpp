#include "features/imports/slack_survey.hpp"

#include "features/imports/slack_archive.hpp"

namespace torv::imports::slack {

namespace {

void add(Survey& survey, const json::Value& messages) {
    survey.messages += static_cast<std::int64_t>(messages.items().size());
    for (const auto& value : messages.items()) {
        const auto user = value["user"].string();
        const auto at = parse_ts(value["ts"].string_or(""));
        if (!user || !at) continue;
        Instant& first = survey.first_seen[std::string(*user)];
        if (!first || *at < first) first = *at;
    }
}

}  // namespace

Survey survey(const Archive& archive) {
    Survey found;
    for (const auto& channel : archive.channels())
        for (const auto* day : archive.days(channel))
            if (const auto read = archive.day(*day)) add(found, read->messages);
    return found;
}

}  // namespace torv::imports::slack
