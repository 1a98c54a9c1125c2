#include "features/notifications/handlers.hpp"
#include "features/notifications/mailing.hpp"
#include "features/notifications/settings.hpp"
#include "platform/base/text.hpp"

namespace torv::notifications {

namespace {

using web::Access;
using web::Context;
using web::Response;

Response page(Context& ctx, const Error* error) {
    const auto loaded = ctx.db.read([&](db::Tx& tx) { return settings_page(tx, ctx); });
    const auto draw = [&](html::Out& out) { views::settings(out, ctx, loaded, error); };
    const web::PageOptions options{.section = "me"};
    if (error) return ctx.refuse_form(*error, ctx.t("notifications.title"), draw, options);
    return ctx.page(ctx.t("notifications.title"), draw, options);
}

Response show(Context& ctx) { return page(ctx, nullptr); }

/// Changes what was said and keeps the rest.
Result<Settings> change(Context& ctx, const Typed& typed) {
    TRY(ctx.limit("notices:" + ctx.viewer.id.text(), 30, 30));
    return ctx.db.write([&](db::Tx& tx) -> Result<Settings> {
        tx.shown_to_no_other();
        const auto& [community, member] = std::tie(ctx.viewer.community, ctx.viewer.id);
        Settings wanted = TRY(settings_from(typed, store::settings(tx, community, member)));
        store::save_settings(tx, community, member, wanted);
        return wanted;
    });
}

Response save(Context& ctx) {
    const auto& form = ctx.form();
    Typed typed{.quiet_from = std::string(form["quiet_from"]),
                .quiet_to = std::string(form["quiet_to"]),
                .weekly_limit = parse_int<std::int64_t>(form["weekly_limit"]).value_or(-1)};
    for (int i = 0; i < kKinds; ++i) {
        const auto name = kind_name(static_cast<Kind>(i));
        if (form.has(name)) typed.channels.emplace_back(name, form[name]);
    }
    const auto done = change(ctx, typed);
    if (!done) return page(ctx, &done.error());
    return ctx.redirect_with("/me/notices", "notifications.saved");
}

Response document(Context& ctx, const Settings& settings) {
    json::Writer json;
    json.object();
    for (int i = 0; i < kKinds; ++i) {
        const Kind kind = static_cast<Kind>(i);
        json.field(kind_name(kind), channel_name(settings.of(kind)));
    }
    const auto& quiet = settings.quiet;
    json.field("quiet_from", quiet ? minute_text(quiet->from) : std::string{})
        .field("quiet_to", quiet ? minute_text(quiet->to) : std::string{})
        .field("weekly_limit", settings.weekly_limit)
        .end();
    return ctx.json(json.take());
}

Response show_json(Context& ctx) {
    return document(ctx, ctx.db.read([&](db::Tx& tx) {
        return store::settings(tx, ctx.viewer.community, ctx.viewer.id);
    }));
}

Response save_json(Context& ctx) {
    const auto body = ctx.json_body({{"mention"},
                                     {"reply"},
                                     {"answer"},
                                     {"reaction"},
                                     {"topic"},
                                     {"membership"},
                                     {"invitation"},
                                     {"request"},
                                     {"moderation"},
                                     {"message"},
                                     {"question"},
                                     {"reminder"},
                                     {"accepted"},
                                     {"circle"},
                                     {"quiet_from"},
                                     {"quiet_to"},
                                     {"weekly_limit", web::JsonMember::Kind::Number}});
    if (!body) return ctx.refuse(body.error());
    Typed typed{.weekly_limit = (*body)["weekly_limit"].integer()};
    if (const auto from = (*body)["quiet_from"].string()) typed.quiet_from = *from;
    if (const auto to = (*body)["quiet_to"].string()) typed.quiet_to = *to;
    for (int i = 0; i < kKinds; ++i) {
        const auto name = kind_name(static_cast<Kind>(i));
        if (const auto channel = (*body)[name].string())
            typed.channels.emplace_back(name, *channel);
    }
    const auto done = change(ctx, typed);
    if (!done) return ctx.refuse(done.error());
    return document(ctx, *done);
}

// ── the link at the end of a letter: it works for whoever holds it, and ends letters only ──

Response stop_page(Context& ctx) {
    const auto member = member_of_key(ctx.services.secret, ctx.place.id, ctx.path("address_key"));
    if (!member) return ctx.refuse(member.error());
    return ctx.page(ctx.t("notifications.stop_title"),
                    [&](html::Out& out) { views::stop(out, ctx, false); }, {.bare = true});
}

Response stop(Context& ctx) {
    const auto member = member_of_key(ctx.services.secret, ctx.place.id, ctx.path("address_key"));
    if (!member) return ctx.refuse(member.error());
    ctx.db.write([&](db::Tx& tx) {
        tx.shown_to_no_other();
        Settings settings = store::settings(tx, ctx.place.id, *member);
        settings.mail.fill(Channel::Never);
        store::save_settings(tx, ctx.place.id, *member, settings);
    });
    return ctx.page(ctx.t("notifications.stop_title"),
                    [&](html::Out& out) { views::stop(out, ctx, true); }, {.bare = true});
}

}  // namespace

void settings_routes(web::Routes& routes) {
    routes.get("/me/notices", Access::Member, show);
    routes.post("/me/notices", Access::Member, save);
    routes.get("/api/v1/notices/settings", Access::Member, show_json);
    routes.put("/api/v1/notices/settings", Access::Member, save_json);
    routes.get("/notices/off/{address_key}", Access::Anyone, stop_page);
    routes.post("/notices/off/{address_key}", Access::Anyone, stop);
}

}  // namespace torv::notifications
