#pragma once

#include <string>
#include <string_view>

#include "features/drafts/drafts.hpp"
#include "features/spaces/spaces.hpp"
#include "features/topics/pages.hpp"
#include "features/topics/topics.hpp"
#include "platform/testing/site.hpp"

/// Short ways for the tests of this slice.
namespace torv::topics::testing {

using torv::testing::Answer;
using torv::testing::Site;

/// "/t/7" of "/t/7/picnic".
inline std::string address(std::string_view location) {
    return std::string(location.substr(0, location.find('/', 3)));
}

/// Begins a topic through the page; its address.
inline std::string start_topic(Site& site, std::string_view who, std::string_view space,
                               std::string_view body = "Shall we meet?",
                               std::string_view title = "Picnic") {
    const auto made =
        site.as(who).post("/s/" + std::string(space) + "/topics",
                          {{"title", std::string(title)}, {"body", std::string(body)}});
    return address(made.location());
}

inline auth::Viewer viewer(Site& site, std::string_view who) {
    auth::Viewer someone = site.as(who).viewer;
    someone.community = CommunityId{1};
    return someone;
}

/// Answers by the rule itself, a second after what was there: pages have limits for people.
inline PostId reply(Site& site, std::string_view who, std::string_view topic,
                    std::string_view body) {
    site.clock().advance(std::chrono::seconds(1));
    const auto id = TopicId::parse(topic.substr(3)).value();
    const auto text = site.db().read([&](db::Tx& tx) { return prepare(tx, CommunityId{1}, body); });
    return site.db()
        .write([&](db::Tx& tx) { return topics::reply(tx, viewer(site, who), id, *text); })
        .value()
        .id;
}

/// Begins a topic in the lounge by the rule itself.
inline std::string quick_topic(Site& site, std::string_view title) {
    site.clock().advance(std::chrono::seconds(1));
    const auto text =
        site.db().read([&](db::Tx& tx) { return prepare(tx, CommunityId{1}, "Text"); });
    const auto id = site.db().write(
        [&](db::Tx& tx) { return start(tx, viewer(site, "bo"), SpaceId{31}, title, *text); });
    return "/t/" + id.value().text();
}

/// The id of the newest post.
inline std::string last_post(Site& site) {
    return site.db().read([](db::Tx& tx) {
        return tx.one("SELECT max(id) FROM posts WHERE community_id = 1")->get<PostId>(0).text();
    });
}

/// The address of the link that has this attribute; empty when there is none.
inline std::string link(const Answer& page, std::string_view attribute) {
    const auto at = page.body.find(attribute);
    if (at == std::string::npos) return {};
    const auto from = page.body.rfind("href=\"", at) + 6;
    std::string found = page.body.substr(from, page.body.find('"', from) - from);
    for (auto amp = found.find("&amp;"); amp != found.npos; amp = found.find("&amp;"))
        found.replace(amp, 5, "&");
    return found;
}

}  // namespace torv::topics::testing
