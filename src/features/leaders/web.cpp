#include "platform/web/web.hpp"

#include "features/conversations/conversations.hpp"
#include "features/leaders/rules.hpp"
#include "features/leaders/views.hpp"
#include "platform/web/keyset.hpp"

namespace torv::leaders {

namespace {

using web::Access;
using web::Context;
using web::Response;

constexpr int kOwnShown = 20;
constexpr int kOnPage = 30;
constexpr int kCounted = 5000;  // questions that the figures are made of
constexpr std::chrono::hours kPeriod{24 * 30};

std::vector<MemberId> people_in(const std::vector<Question>& questions) {
    std::vector<MemberId> people;
    for (const Question& one : questions) {
        people.push_back(one.asker);
        if (one.taken_by) people.push_back(one.taken_by);
    }
    return people;
}

Response ask_page(Context& ctx, const Error* error) {
    auto page = ctx.db.read([&](db::Tx& tx) {
        const CommunityId community = ctx.viewer.community;
        views::AskPage found{.leaders = members::with_role(tx, community, auth::Role::Moderator),
                             .readable = spaces::readable(tx, ctx.viewer),
                             .own = store::asked_by(tx, community, ctx.viewer.id, kOwnShown),
                             .leads = scope_of(tx, ctx.viewer).leads()};
        found.faces = members::names(tx, community, people_in(found.own));
        return found;
    });
    page.body = error ? std::string(ctx.form()["body"]) : std::string{};
    page.space = std::string(error ? ctx.form()["space"] : ctx.query("space"));
    page.error = error;
    const std::string title(ctx.t("leaders.title"));
    const auto draw = [&](html::Out& out) { views::ask(out, ctx, page); };
    const web::PageOptions options{.section = "messages"};
    if (error) return ctx.refuse_form(*error, title, draw, options);
    return ctx.page(title, draw, options);
}

Response show(Context& ctx) { return ask_page(ctx, nullptr); }

Response create(Context& ctx) {
    const std::string_view typed = ctx.form()["space"];
    const auto space = SpaceId::parse(typed);
    const Error unknown{.fault = Fault::Invalid, .key = "leaders.no_space", .field = "space"};
    if (!typed.empty() && !space) return ask_page(ctx, &unknown);
    const auto text = topics::written(ctx, ctx.form()["body"]);
    if (!text) return ask_page(ctx, &text.error());
    const auto made = ctx.create([&](db::Tx& tx) -> Result<TopicId> {
        return ask(tx, ctx.viewer, space.value_or(SpaceId{}), *text);
    });
    if (!made) return ask_page(ctx, &made.error());
    return ctx.redirect_with(conversations::path(*made), "leaders.is_asked");
}

Result<views::ListPage> load_list(db::Tx& tx, const Context& ctx) {
    const auto& viewer = ctx.viewer;
    const auto scope = scope_of(tx, viewer);
    if (!scope.leads()) return fail(Fault::NotFound, "web.not_found");
    views::ListPage page{.closed = ctx.query("show") == "closed",
                         .readable = spaces::readable(tx, viewer)};
    const auto past =
        TRY(web::keyset_from(ctx.query("past"), page.closed ? web::Keyset::top() : web::Keyset{}));
    const auto ask = page.closed ? store::closed : store::open;
    page.questions = ask(tx, viewer.community, scope, past, kOnPage + 1);
    if (static_cast<int>(page.questions.size()) > kOnPage) {
        page.questions.pop_back();
        const Question& last = page.questions.back();
        page.next = std::string("/leaders/questions?") + (page.closed ? "show=closed&" : "") +
                    "past=" + web::Keyset{.at = last.asked_at, .id = last.id.value}.text();
    }
    page.figures =
        figures(store::times(tx, viewer.community, scope, tx.now() - kPeriod, kCounted), tx.now());
    page.faces = members::names(tx, viewer.community, people_in(page.questions));
    return page;
}

Response list(Context& ctx) {
    const auto page = ctx.db.read([&](db::Tx& tx) { return load_list(tx, ctx); });
    if (!page) return ctx.refuse(page.error());
    return ctx.page(ctx.t("leaders.list"), [&](html::Out& out) { views::list(out, ctx, *page); },
                    {.section = "messages"});
}

Response take_it(Context& ctx) {
    const auto id = ctx.path_id<TopicId>("question");
    const auto from = MemberId::parse(ctx.form()["from"]).value_or(MemberId{});
    const auto done = ctx.db.write([&](db::Tx& tx) { return take(tx, ctx.viewer, id, from); });
    if (!done) return ctx.refuse(done.error());
    return ctx.redirect_with(conversations::path(id), "leaders.is_yours");
}

Response close_it(Context& ctx) {
    const auto id = ctx.path_id<TopicId>("question");
    const auto done = ctx.db.write([&](db::Tx& tx) { return close(tx, ctx.viewer, id); });
    if (!done) return ctx.refuse(done.error());
    return ctx.redirect_with("/leaders/questions", "leaders.is_closed");
}

}  // namespace

void routes(web::Routes& routes) {
    routes.get("/leaders", Access::Member, show);
    routes.post("/leaders", Access::Member, create);
    routes.get("/leaders/questions", Access::Member, list);
    routes.post("/leaders/questions/{question}/take", Access::Member, take_it);
    routes.post("/leaders/questions/{question}/close", Access::Member, close_it);
    api_routes(routes);
}

}  // namespace torv::leaders
