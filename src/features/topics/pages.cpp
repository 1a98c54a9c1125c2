#include "features/topics/pages.hpp"
#include "features/blocks/blocks.hpp"

#include <algorithm>
#include <iterator>

#include "features/reads/reads.hpp"
#include "features/topics/rules.hpp"

namespace torv::topics::pages {

namespace {

using store::From;

/// Reads one post more than asked for, to know whether there are more.
void load_posts(db::Tx& tx, CommunityId community, const Window& window, TopicPage& page) {
    page.posts =
        store::page(tx, community, page.topic.id, window.from, window.at, window.limit + 1);
    const bool more = static_cast<int>(page.posts.size()) > window.limit;
    const bool backwards = window.from == From::Before || window.from == From::End;
    if (more && backwards) page.posts.erase(page.posts.begin());
    if (more && !backwards) page.posts.pop_back();
    page.before = backwards ? more : window.from != From::Start;
    page.after = backwards ? window.from == From::Before : more;
}

/// Some posts before one too, so that a link shows it in its conversation.
void load_context(db::Tx& tx, CommunityId community, const Window& window, TopicPage& page) {
    const bool there = !page.posts.empty() && page.posts.front().id == window.at;
    if (window.context == 0 || window.from != From::AtAndAfter || !there) return;
    auto earlier =
        store::page(tx, community, page.topic.id, From::Before, window.at, window.context + 1);
    page.before = static_cast<int>(earlier.size()) > window.context;
    if (page.before) earlier.erase(earlier.begin());
    page.posts.insert(page.posts.begin(), std::make_move_iterator(earlier.begin()),
                      std::make_move_iterator(earlier.end()));
}

/// What was deleted leaves its place; its words are for those who may bring it back.
void hide_deleted(const auth::Viewer& viewer, TopicPage& page) {
    for (Post& post : page.posts) {
        if (!post.deleted_at) continue;
        if (!may_restore(viewer, post, page.space)) post.body_md.clear();
        post.body_html.clear();
        post.reactions.clear();
    }
}

members::Faces faces_of(db::Tx& tx, CommunityId community, const TopicPage& page) {
    std::vector<MemberId> people{page.topic.author};
    if (page.accepted) people.push_back(page.accepted->author);
    for (const Post& post : page.posts) {
        people.push_back(post.author);
        if (post.reply_to_author) people.push_back(post.reply_to_author);
    }
    std::ranges::sort(people);
    people.erase(std::unique(people.begin(), people.end()), people.end());
    return members::names(tx, community, people);
}

void load_own(db::Tx& tx, const auth::Viewer& viewer, TopicPage& page) {
    std::vector<PostId> reacted;
    for (const Post& post : page.posts)
        if (!post.reactions.empty()) reacted.push_back(post.id);
    page.own = reactions::own(tx, viewer, reacted);
}

void load_reading(db::Tx& tx, const auth::Viewer& viewer, TopicPage& page) {
    if (!viewer.is_member()) return;
    const auto marks = reads::marks(tx, viewer, {page.topic.id});
    const auto mark = marks.of(page.space.id, page.topic.id);
    if (mark.opened) page.read_until = mark.until;
    const auto unread = reads::unread(mark, page.topic.last_post_at, page.topic.replies);
    page.topic.fresh = unread.any;
    page.topic.unread = unread.count;
}

void load_threads(db::Tx& tx, CommunityId community, TopicPage& page) {
    // Messages that were lifted into a topic have brought their threads along.
    if (page.topic.kind == Kind::Stream || page.topic.lifts > 0)
        page.threads = store::answers_to(tx, community, page.posts);
}

Done load_rest(db::Tx& tx, const auth::Viewer& viewer, const Window& window, TopicPage& page) {
    if (window.by_thanks) {
        TRY(load_by_thanks(tx, viewer, window, page));
    } else {
        load_posts(tx, viewer.community, window, page);
        load_context(tx, viewer.community, window, page);
    }
    load_accepted(tx, viewer, page);
    hide_deleted(viewer, page);
    page.faces = faces_of(tx, viewer.community, page);
    load_own(tx, viewer, page);
    load_reading(tx, viewer, page);
    load_threads(tx, viewer.community, page);
    if (page.topic.lifts > 0) add_lifts(tx, viewer, page);
    page.blocked = blocks::blocked_by(tx, viewer);
    return Unit{};
}

/// What is unread in both lists, asked once.
void add_unread(db::Tx& tx, const auth::Viewer& viewer, SpacePage& page) {
    std::vector<Topic> all = std::move(page.pinned);
    const auto pinned = static_cast<std::ptrdiff_t>(all.size());
    std::ranges::move(page.topics, std::back_inserter(all));
    pages::add_unread(tx, viewer, all);
    page.pinned.assign(std::make_move_iterator(all.begin()),
                       std::make_move_iterator(all.begin() + pinned));
    page.topics.assign(std::make_move_iterator(all.begin() + pinned),
                       std::make_move_iterator(all.end()));
}

/// The first post that is new, when it stands above those of the page.
PostId new_above(db::Tx& tx, CommunityId community, const TopicPage& page) {
    const bool above = page.read_until && page.topic.fresh && page.before &&
                       page.posts.front().created_at > page.read_until;
    if (!above) return {};
    const auto first = store::first_after(tx, community, page.topic.id, page.read_until);
    return first.value_or(PostId{});
}

}  // namespace

std::string next_after(const std::vector<Topic>& topics, store::Sort sort) {
    const Topic& last = topics.back();
    const Instant at = sort == store::Sort::Active    ? last.last_post_at
                       : sort == store::Sort::Thanked ? Instant{last.thanks}
                                                      : last.created_at;
    return web::Keyset{.at = at, .id = last.id.value}.text();
}

void add_unread(db::Tx& tx, const auth::Viewer& viewer, std::vector<Topic>& topics) {
    if (!viewer.is_member() || topics.empty()) return;
    std::vector<TopicId> ids;
    for (const Topic& topic : topics) ids.push_back(topic.id);
    const auto marks = reads::marks(tx, viewer, ids);
    for (Topic& topic : topics) {
        const auto unread =
            reads::unread(marks.of(topic.space, topic.id), topic.last_post_at, topic.replies);
        topic.fresh = unread.any;
        topic.unread = unread.count;
    }
}

Result<TopicPage> topic(db::Tx& tx, const auth::Viewer& viewer, TopicId id, Window window) {
    Seen seen = TRY(visible(tx, viewer, id));
    TopicPage page{.topic = std::move(seen.topic), .space = std::move(seen.space)};
    page.may = {.reply = may_reply(viewer, page.topic, page.space),
                .moderate = spaces::may_moderate(viewer, page.space),
                .accept = may_accept(viewer, page.topic, page.space)};
    TRY(load_rest(tx, viewer, window, page));
    if (page.may.reply) page.draft = drafts::find(tx, viewer, "topic:" + id.text());
    page.levels = notifications::levels(tx, viewer, page.space.id, id);
    return page;
}

std::optional<TopicPage> of_post(db::Tx& tx, const auth::Viewer& viewer,
                                 const spaces::Access& space, PostId id) {
    auto post = store::post(tx, viewer.community, id);
    if (!post) return std::nullopt;
    auto topic = store::topic(tx, viewer.community, post->topic, db::Ids{{space.id.value}});
    if (!topic) return std::nullopt;
    TopicPage page{.topic = *std::move(topic), .space = space};
    page.may = {.reply = may_reply(viewer, page.topic, space),
                .moderate = spaces::may_moderate(viewer, space)};
    page.posts.push_back(*std::move(post));
    hide_deleted(viewer, page);
    page.faces = faces_of(tx, viewer.community, page);
    load_threads(tx, viewer.community, page);
    return page;
}

Result<TopicPage> thread(db::Tx& tx, const auth::Viewer& viewer, const Thread& thread,
                         Window window) {
    TopicPage page{.topic = thread.topic, .space = thread.message.space};
    const PostId message = thread.message.post.id;
    page.topic.kind = Kind::Thread;
    page.topic.first_post = message;
    page.may = {.reply = may_reply(viewer, page.topic, page.space),
                .moderate = spaces::may_moderate(viewer, page.space)};
    if (page.topic.id) TRY(load_rest(tx, viewer, window, page));
    if (page.may.reply) page.draft = drafts::find(tx, viewer, "thread:" + message.text());
    return page;
}

Result<std::optional<PostId>> first_new(db::Tx& tx, const auth::Viewer& viewer, TopicId id) {
    const Seen seen = TRY(visible(tx, viewer, id));
    if (!viewer.is_member()) return std::nullopt;
    const auto mark = reads::marks(tx, viewer, {id}).of(seen.space.id, id);
    if (!mark.opened) return std::nullopt;
    return store::first_after(tx, viewer.community, id, mark.until);
}

Result<SpacePage> space(db::Tx& tx, const auth::Viewer& viewer, std::string_view slug,
                        store::Sort sort, std::string_view below) {
    const auto readable = spaces::readable(tx, viewer);
    SpacePage page{.space = TRY(spaces::find(tx, viewer.community, slug, readable)), .sort = sort};
    page.access = *readable.find(page.space.id);
    page.may_start = spaces::may_start(viewer, page.access);
    page.may_moderate = spaces::may_moderate(viewer, page.access);
    page.levels = notifications::levels(tx, viewer, page.space.id);
    if (page.space.kind == spaces::Kind::Chat) return page;

    const auto cursor = web::Keyset::parse(below);
    page.first = !cursor;
    if (!cursor && sort == store::Sort::Active)
        page.pinned = store::pinned(tx, viewer.community, page.space.id);
    const auto how = sort == store::Sort::Active ? store::Pinned::LeftOut : store::Pinned::Among;
    page.topics = store::in_space(tx, viewer.community, page.space.id, sort, how,
                                  cursor.value_or(web::Keyset::top()), kTopicsOnPage + 1);
    if (page.topics.size() > kTopicsOnPage) {
        page.topics.pop_back();
        page.next = next_after(page.topics, sort);
    }
    add_unread(tx, viewer, page);
    page.moderators = spaces::moderators(tx, viewer.community, page.space.id);
    std::vector<MemberId> people = page.moderators;
    for (const Topic& topic : page.topics) people.push_back(topic.author);
    for (const Topic& topic : page.pinned) people.push_back(topic.author);
    page.faces = members::names(tx, viewer.community, people);
    return page;
}

Result<ChatPage> chat(db::Tx& tx, const auth::Viewer& viewer, std::string_view slug,
                      Window window) {
    const auto readable = spaces::readable(tx, viewer);
    ChatPage page{.space = TRY(spaces::find(tx, viewer.community, slug, readable))};
    page.stream.space = *readable.find(page.space.id);
    if (auto stream = store::stream_of(tx, viewer.community, page.space.id))
        page.stream.topic = *std::move(stream);
    page.stream.topic.space = page.space.id;
    page.stream.topic.kind = Kind::Stream;
    page.stream.may = {.reply = may_reply(viewer, page.stream.topic, page.stream.space),
                       .moderate = spaces::may_moderate(viewer, page.stream.space)};
    if (page.stream.topic.id) TRY(load_rest(tx, viewer, window, page.stream));
    page.first_new = new_above(tx, viewer.community, page.stream);
    page.stream.levels = notifications::levels(tx, viewer, page.space.id);
    if (page.stream.may.reply)
        page.stream.draft = drafts::find(tx, viewer, "space:" + page.space.id.text());
    return page;
}

Result<History> history(db::Tx& tx, const auth::Viewer& viewer, PostId id) {
    History page{.seen = TRY(any_post(tx, viewer, id))};
    if (page.seen.post.deleted_at && !may_restore(viewer, page.seen.post, page.seen.space))
        return fail(Fault::NotFound, "topics.not_found");
    page.versions = store::versions(tx, viewer.community, id);
    std::vector<MemberId> people{page.seen.post.author};
    for (const auto& version : page.versions) people.push_back(version.editor);
    page.faces = members::names(tx, viewer.community, people);
    return page;
}

}  // namespace torv::topics::pages
