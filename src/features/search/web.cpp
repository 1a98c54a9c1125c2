#include <algorithm>

#include "features/blocks/blocks.hpp"
#include "features/messages/messages.hpp"
#include "features/search/search.hpp"
#include "features/search/similar.hpp"
#include "features/search/suggesting.hpp"
#include "features/search/views.hpp"
#include "platform/base/text.hpp"
#include "platform/web/web.hpp"

namespace torv::search {

using web::Access;
using web::Response;

namespace {

constexpr std::size_t kTypedMax = 200;  ///< code points
constexpr std::size_t kFew = 3;         ///< with as many found, nothing is asked back

struct Request {
    std::string text;
    std::optional<Kind> kind;
    int page = 0;
};

/// What stands in the box, with what was chosen beside it as filters behind.
std::string text_of(const web::Context& ctx) {
    std::string text(first_code_points(trimmed(ctx.query("q")), kTypedMax));
    const auto add = [&](std::string_view name, std::string_view value) {
        std::string plain(value);
        std::erase(plain, '"');
        if (!plain.empty()) text += (text.empty() ? "" : " ") + filter(name, plain);
    };
    for (const std::string_view name : {"in", "by", "tag", "after", "before"})
        add(name, first_code_points(trimmed(ctx.query(name)), kTypedMax));
    if (ctx.query("unanswered") == "1") add("is", "unanswered");
    if (ctx.query("file") == "1") add("has", "file");
    return std::string(first_code_points(text, 2 * kTypedMax));
}

Request asked(const web::Context& ctx) {
    return {.text = text_of(ctx),
            .kind = kind_from(ctx.query("kind")),
            .page = std::clamp(parse_int<int>(ctx.query("page")).value_or(0), 0,
                               kCandidates / kHitsOnPage)};
}

/// A conversation is called by its name, or by the people in it.
void name_talks(db::Tx& tx, const web::Context& ctx, Results& results) {
    std::vector<TopicId> talks;
    for (const Found& found : results.items) talks.push_back(found.topic);
    const auto names = messages::names(tx, ctx, talks);
    for (Found& found : results.items)
        if (const auto name = names.find(found.topic); name != names.end())
            found.title = name->second;
}

views::Page load(db::Tx& tx, const web::Context& ctx, const Request& what) {
    const auth::Viewer& viewer = ctx.viewer;
    views::Page page{.text = what.text,
                     .typed = read(what.text, ctx.dates),
                     .kind = what.kind,
                     .page = what.page};
    page.query = words::parse(page.typed.words);
    page.readable = spaces::readable(tx, viewer);
    if (page.typed.empty()) return page;
    page.results = find(tx, viewer, page.readable, page.typed, what.kind, what.page);
    const bool few = what.page == 0 && page.results.items.size() < kFew;
    if (few && what.kind != Kind::Message && what.kind != Kind::File)
        page.corrected = corrected(tx, viewer, page.readable, page.typed);
    std::vector<MemberId> authors;
    for (const Found& found : page.results.items) authors.push_back(found.author);
    page.faces = members::names(tx, viewer.community, authors);
    page.blocked = blocks::blocked_by(tx, viewer);
    if (what.kind == Kind::Message) name_talks(tx, ctx, page.results);
    return page;
}

/// A search costs more than a page.
Done may_look(web::Context& ctx) { return ctx.may_look("search", 120, 60); }

Response show(web::Context& ctx) {
    if (const auto may = may_look(ctx); !may) return ctx.refuse(may.error());
    const Request what = asked(ctx);
    const auto page = ctx.db.read([&](db::Tx& tx) { return load(tx, ctx, what); });
    return ctx.page(ctx.t("search.title"), [&](html::Out& out) { views::results(out, ctx, page); },
                    {.section = "search"});
}

/// While somebody types; the element search-box asks.
Response suggest(web::Context& ctx) {
    if (const auto may = ctx.may_look("suggest", 240, 60); !may) return ctx.refuse(may.error());
    const std::string text(first_code_points(ctx.query("q"), kTypedMax));
    const std::string month = ctx.now().rfc3339().substr(0, 7);
    const auto found =
        ctx.db.read([&](db::Tx& tx) { return suggestions(tx, ctx.viewer, text, month); });
    json::Writer w;
    w.object().key("items").array();
    for (const auto& one : found)
        w.object()
            .field("kind", name_of(one.kind))
            .field("text", one.text)
            .field("hint", one.hint)
            .field("path", one.path)
            .field("whole", one.whole)
            .end();
    w.end().end();
    return ctx.json(w.take());
}

void write_item(json::Writer& w, const views::Page& page, const Found& found) {
    w.object()
        .field("kind", kind_name(found.hit.kind))
        .field("id", std::to_string(found.hit.subject))
        .field("at", found.hit.at);
    const auto& face = page.faces[found.author];
    w.key("author")
        .object()
        .field("id", found.author)
        .field("handle", face.handle)
        .field("name", face.name)
        .end();
    if (found.hit.kind != Kind::Person) {
        if (found.hit.space) w.field("space_id", found.hit.space);
        w.field("topic_id", found.topic).field("post_id", found.post).field("title", found.title);
        std::string text;
        for (const auto& piece : words::snippet(found.text, page.query)) text += piece.text;
        w.field("text", text);
    }
    if (!found.files.empty()) {
        w.key("files").array();
        for (const File& file : found.files)
            w.object().field("name", file.name).field("path", file.path).end();
        w.end();
    }
    w.end();
}

Response api_find(web::Context& ctx) {
    if (const auto may = may_look(ctx); !may) return ctx.refuse(may.error());
    if (trimmed(ctx.query("q")).empty())
        return ctx.refuse(Error{Fault::Invalid, "search.nothing_typed", "q", {}});
    Request what = asked(ctx);
    what.page =
        std::clamp(parse_int<int>(ctx.query("cursor")).value_or(0), 0, kCandidates / kHitsOnPage);
    const auto page = ctx.db.read([&](db::Tx& tx) { return load(tx, ctx, what); });
    json::Writer w;
    w.array();
    for (const Found& found : page.results.items) write_item(w, page, found);
    w.end();
    return ctx.json_items(w.take(), page.results.more ? std::to_string(what.page + 1) : "");
}

}  // namespace

void routes(web::Routes& r) {
    r.get("/search", Access::Anyone, show).repeats_query = true;
    similar_routes(r);
    r.get("/search/suggest", Access::Anyone, suggest);
    r.get("/api/v1/search", Access::Anyone, api_find).repeats_query = true;
}

}  // namespace torv::search
