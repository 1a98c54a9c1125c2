#include <algorithm>

#include "features/blocks/blocks.hpp"
#include "features/messages/messages.hpp"
#include "features/search/search.hpp"
#include "features/search/similar.hpp"
#include "features/search/views.hpp"
#include "platform/base/text.hpp"
#include "platform/web/web.hpp"

namespace torv::search {

using web::Access;
using web::Response;

namespace {

constexpr std::size_t kTypedMax = 200;  ///< code points

struct Asked {
    std::string typed;
    std::optional<Kind> kind;
    int page = 0;
};

Asked asked(const web::Context& ctx) {
    return {.typed = std::string(first_code_points(trimmed(ctx.query("q")), kTypedMax)),
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

views::Page load(db::Tx& tx, const web::Context& ctx, const Asked& what) {
    const auth::Viewer& viewer = ctx.viewer;
    views::Page page{.typed = what.typed,
                     .kind = what.kind,
                     .page = what.page,
                     .query = words::parse(what.typed)};
    if (what.typed.empty()) return page;
    page.results = find(tx, viewer, what.typed, what.kind, what.page);
    page.readable = spaces::readable(tx, viewer);
    std::vector<MemberId> authors;
    for (const Found& found : page.results.items) authors.push_back(found.author);
    page.faces = members::names(tx, viewer.community, authors);
    page.blocked = blocks::blocked_by(tx, viewer);
    if (what.kind == Kind::Message) name_talks(tx, ctx, page.results);
    return page;
}

/// A community that is closed to guests shows them nothing; how often one may look is limited,
/// since a search costs more than a page.
Done may_look(web::Context& ctx) {
    if (!ctx.viewer.is_member() && !ctx.place.open_to_guests)
        return fail(Fault::SignInNeeded, "web.sign_in_needed");
    return ctx.limit("search:" + (ctx.viewer.account ? ctx.viewer.account.text() : ctx.household()),
                     120, 60);
}

Response show(web::Context& ctx) {
    if (const auto may = may_look(ctx); !may) return ctx.refuse(may.error());
    const Asked what = asked(ctx);
    const auto page = ctx.db.read([&](db::Tx& tx) { return load(tx, ctx, what); });
    return ctx.page(ctx.t("search.title"), [&](html::Out& out) { views::results(out, ctx, page); },
                    {.section = "search"});
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
    w.end();
}

Response api_find(web::Context& ctx) {
    if (const auto may = may_look(ctx); !may) return ctx.refuse(may.error());
    if (trimmed(ctx.query("q")).empty())
        return ctx.refuse(Error{Fault::Invalid, "search.nothing_typed", "q", {}});
    Asked what = asked(ctx);
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
    r.get("/api/v1/search", Access::Anyone, api_find).repeats_query = true;
}

}  // namespace torv::search
