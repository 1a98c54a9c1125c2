#include "features/topics/pages.hpp"
#include "platform/base/text.hpp"

/// Answers to a question: in the order of thanks, and the one that was accepted.
namespace torv::topics::pages {

namespace {

// A cursor is that of the last answer somebody thanked for, "3.41", or the id of the last of the
// others, "41".
constexpr std::string_view kOthers = "0";

/// Those nobody has thanked for, after the others, as far as there is room.
void add_unthanked(db::Tx& tx, CommunityId community, PostId after, int limit, TopicPage& page) {
    const int room = limit - static_cast<int>(page.posts.size());
    auto rest =
        store::unthanked(tx, community, page.topic.id, page.topic.first_post, after, room + 1);
    if (static_cast<int>(rest.size()) > room) {
        rest.pop_back();
        page.next = rest.empty() ? std::string(kOthers) : rest.back().id.text();
    }
    page.posts.insert(page.posts.end(), std::make_move_iterator(rest.begin()),
                      std::make_move_iterator(rest.end()));
}

}  // namespace

Done load_by_thanks(db::Tx& tx, const auth::Viewer& viewer, const Window& window, TopicPage& page) {
    const CommunityId community = viewer.community;
    page.by_thanks = true;
    if (const auto after = PostId::parse(window.below); after || window.below == kOthers) {
        add_unthanked(tx, community, after.value_or(PostId{}), window.limit, page);
        return Unit{};
    }
    const auto below = TRY(web::keyset_from(window.below));
    page.posts = store::thanked(tx, community, page.topic.id, page.topic.first_post, below,
                                window.limit + 1);
    if (static_cast<int>(page.posts.size()) > window.limit) {
        page.posts.pop_back();
        const Post& last = page.posts.back();
        page.next = web::Keyset{.at = Instant{last.thanks}, .id = last.id.value}.text();
    } else add_unthanked(tx, community, {}, window.limit, page);
    if (!window.below.empty()) return Unit{};
    if (auto opening = store::post(tx, community, page.topic.first_post))
        page.posts.insert(page.posts.begin(), *std::move(opening));
    return Unit{};
}

void load_accepted(db::Tx& tx, const auth::Viewer& viewer, TopicPage& page) {
    const bool shows_question =
        !page.posts.empty() && page.posts.front().id == page.topic.first_post;
    if (!page.topic.accepted || !shows_question) return;
    page.accepted = store::post(tx, viewer.community, page.topic.accepted);
}

}  // namespace torv::topics::pages
