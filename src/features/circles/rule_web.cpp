#include "features/circles/rules.hpp"
#include "features/circles/views.hpp"
#include "platform/base/or_null.hpp"
#include "platform/base/text.hpp"
#include "platform/json/json.hpp"

/// Rules: the page with its preview, and the same as JSON.
namespace torv::circles {

namespace {

using web::Access;
using web::Context;
using web::Response;
using Kind = web::JsonMember::Kind;

/// "2026-11-21" as the first moment of that day in UTC.
std::optional<Instant> day_from(std::string_view typed) {
    return typed.size() == 10 ? Instant::parse_rfc3339(std::string(typed) + "T00:00:00Z")
                              : std::nullopt;
}

std::string day_text(Instant at) { return at ? at.rfc3339().substr(0, 10) : std::string(); }

Rule typed_from(const web::Form& form) {
    return {.metric = metric_from(form["metric"]).value_or(Metric::None),
            .amount = parse_int<int>(trimmed(form["amount"])).value_or(0),
            .days = parse_int<int>(trimmed(form["days"])).value_or(0),
            .after = day_from(trimmed(form["after"])).value_or(Instant{}),
            .role = auth::role_from(form["role"]).value_or(auth::Role::Moderator)};
}

Response rule_page(Context& ctx, views::RulePage page, const Error* error) {
    page.error = error;
    if (page.preview) {
        std::vector<MemberId> people = page.preview->enter;
        people.insert(people.end(), page.preview->leave.begin(), page.preview->leave.end());
        page.faces = ctx.db.read(
            [&](db::Tx& tx) { return members::names(tx, ctx.viewer.community, people); });
    }
    const auto body = [&](html::Out& out) { views::rule(out, ctx, page); };
    if (error) return ctx.refuse_form(*error, ctx.t("circles.rule"), body, {.section = "circles"});
    return ctx.page(ctx.t("circles.rule"), body, {.section = "circles"});
}

Response show_rule(Context& ctx) {
    const auto circle = ctx.db.read([&](db::Tx& tx) { return named_in_path(tx, ctx); });
    if (!circle) return ctx.refuse(circle.error());
    const Rule first{.metric = Metric::Posts, .amount = 10, .days = 90};
    const Rule rule = circle->entry == Entry::Rule ? circle->rule : first;
    return rule_page(ctx, {.circle = *circle, .rule = rule, .after = day_text(rule.after)},
                     nullptr);
}

/// Shows what would change, or saves and looks who is in.
Response put_rule(Context& ctx) {
    views::RulePage page{.rule = typed_from(ctx.form()), .after = std::string(ctx.form()["after"])};
    const bool saves = ctx.form()["do"] == "save";
    if (auto ok = ctx.limit("circles-rule:" + ctx.viewer.id.text(), 30, 30); !ok)
        return ctx.refuse(ok.error());
    const auto seen = ctx.db.read([&](db::Tx& tx) -> Result<Preview> {
        page.circle = TRY(named_in_path(tx, ctx));
        return preview(tx, ctx.viewer, page.circle.id, page.rule);
    });
    if (!seen && seen.error().field.empty()) return ctx.refuse(seen.error());
    if (!seen) return rule_page(ctx, page, &seen.error());
    if (!saves) {
        page.preview = *seen;
        return rule_page(ctx, page, nullptr);
    }
    const auto done = ctx.db.write(
        [&](db::Tx& tx) { return set_rule(tx, ctx.viewer, page.circle.id, page.rule); });
    if (!done) return ctx.refuse(done.error());
    refresh(ctx.db, ctx.viewer.community, page.circle.id);
    return ctx.redirect_with(path(page.circle.slug), "circles.rule_saved");
}

Response remove_rule(Context& ctx) {
    std::string to;
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        const Circle circle = TRY(named_in_path(tx, ctx));
        to = path(circle.slug);
        return drop_rule(tx, ctx.viewer, circle.id);
    });
    if (!done) return ctx.refuse(done.error());
    return ctx.redirect_with(to, "circles.rule_dropped");
}

// ── JSON ──

Result<Rule> rule_in(const Context& ctx) {
    const auto body = TRY(ctx.json_body(
        {{"metric"}, {"amount", Kind::Number}, {"days", Kind::Number}, {"after"}, {"role"}}));
    const auto small = [&](std::string_view name) {
        const auto value = body[name].integer().value_or(0);
        return value < 0 || value > 1'000'000 ? 0 : static_cast<int>(value);
    };
    Rule rule{.metric = metric_from(body["metric"].string_or("")).value_or(Metric::None),
              .amount = small("amount"),
              .days = small("days"),
              .after = day_from(body["after"].string_or("")).value_or(Instant{}),
              .role = auth::Role::Moderator};
    if (const auto name = body["role"].string()) {
        const auto role = auth::role_from(*name);
        if (!role || *role < auth::Role::Moderator)
            return fail(Fault::Invalid, "circles.role_unknown", "role");
        rule.role = *role;
    }
    return rule;
}

void write_ids(json::Writer& json, std::string_view name, const std::vector<MemberId>& ids) {
    json.key(name).array();
    for (const MemberId id : ids) json.value(id);
    json.end();
}

Response preview_json(Context& ctx) {
    const auto rule = rule_in(ctx);
    if (!rule) return ctx.refuse(rule.error());
    if (auto ok = ctx.limit("circles-rule:" + ctx.viewer.id.text(), 30, 30); !ok)
        return ctx.refuse(ok.error());
    const auto seen = ctx.db.read([&](db::Tx& tx) {
        return preview(tx, ctx.viewer, ctx.path_id<CircleId>("circle"), *rule);
    });
    if (!seen) return ctx.refuse(seen.error());
    json::Writer json;
    json.object()
        .field("entering", seen->entering)
        .field("leaving", seen->leaving)
        .field("staying", seen->staying);
    write_ids(json, "enter", seen->enter);
    write_ids(json, "leave", seen->leave);
    json.end();
    return ctx.json(json.take());
}

Response put_json(Context& ctx) {
    const auto id = ctx.path_id<CircleId>("circle");
    const auto rule = rule_in(ctx);
    if (!rule) return ctx.refuse(rule.error());
    if (auto ok = ctx.limit("circles-rule:" + ctx.viewer.id.text(), 30, 30); !ok)
        return ctx.refuse(ok.error());
    const auto done = ctx.db.write([&](db::Tx& tx) { return set_rule(tx, ctx.viewer, id, *rule); });
    if (!done) return ctx.refuse(done.error());
    refresh(ctx.db, ctx.viewer.community, id);
    return ctx.no_content();
}

Response drop_json(Context& ctx) {
    const auto done = ctx.db.write(
        [&](db::Tx& tx) { return drop_rule(tx, ctx.viewer, ctx.path_id<CircleId>("circle")); });
    if (!done) return ctx.refuse(done.error());
    return ctx.no_content();
}

}  // namespace

void write_rule(json::Writer& json, const Circle& circle) {
    if (circle.entry != Entry::Rule) {
        json.key("rule").null();
        return;
    }
    const Rule& rule = circle.rule;
    json.key("rule")
        .object()
        .field("metric", metric_name(rule.metric))
        .field("amount", or_null(rule.amount))
        .field("days", or_null(rule.days))
        .field("after", or_null(day_text(rule.after)))
        .field("role", rule.metric == Metric::Role
                           ? std::optional(std::string(auth::role_name(rule.role)))
                           : std::nullopt)
        .end();
}

void rule_routes(web::Routes& routes) {
    routes.get("/circles/{circle}/rule", Access::Admin, show_rule);
    routes.put("/circles/{circle}/rule", Access::Admin, put_rule);
    routes.del("/circles/{circle}/rule", Access::Admin, remove_rule);
    routes.put("/api/v1/circles/{circle}/rule", Access::Admin, put_json);
    routes.del("/api/v1/circles/{circle}/rule", Access::Admin, drop_json);
    routes.post("/api/v1/circles/{circle}/rule/preview", Access::Admin, preview_json);
}

}  // namespace torv::circles
