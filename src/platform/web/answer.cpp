#include <exception>

#include "platform/base/log.hpp"
#include "platform/base/text.hpp"
#include "platform/web/coding.hpp"
#include "platform/web/form.hpp"
#include "platform/web/guest_pages.hpp"
#include "platform/web/state.hpp"

namespace torv::web {

namespace {

/// PUT, PATCH and DELETE from forms: POST with `_method`.
std::string method_of(const http::Request& request, const Form& form) {
    const auto wanted = form["_method"];
    if (request.method == "POST" && (wanted == "PUT" || wanted == "PATCH" || wanted == "DELETE"))
        return std::string(wanted);
    return request.method;
}

bool changes(std::string_view method) {
    return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

/// Does this viewer get through this door? Hidden doors look like walls.
Done check_access(const Context::State& state) {
    const auto& [route, viewer] = std::tie(*state.route, state.viewer);
    if (!auth::allows(route.access, viewer)) {
        if (route.access >= Access::Moderator) return fail(Fault::NotFound, "web.not_found");
        if (!viewer.signed_in()) return fail(Fault::SignInNeeded, "web.sign_in_needed");
        if (viewer.pending) return fail(Fault::Forbidden, "web.pending");
        return fail(Fault::Forbidden, "web.members_only");
    }
    if (state.bearer && changes(state.method) && viewer.scope == auth::Scope::Read)
        return fail(Fault::Forbidden, "web.scope_too_small");
    if (state.bearer && route.access >= Access::Admin && viewer.scope != auth::Scope::Admin)
        return fail(Fault::Forbidden, "web.scope_too_small");
    if (changes(state.method) && viewer.rules_outdated && !route.for_outdated_rules &&
        route.access >= Access::Member)
        return fail(Fault::Forbidden, "web.rules_changed");
    return Unit{};
}

/// The owner of a community that is not set up yet is led to the canvas.
bool leads_to_canvas(const Context::State& state, const Context& ctx) {
    return state.segments.empty() && !state.place.founded && state.viewer.is_owner() &&
           state.method == "GET" && !ctx.wants_fragment();
}

constexpr std::size_t kKeyMax = 200;

Response run(Context::State& state, Context& ctx) {
    if (state.form_fault) return ctx.refuse(*state.form_fault);
    if (state.request.header("Idempotency-Key").size() > kKeyMax)
        return ctx.refuse(Error{Fault::Malformed, "web.key_too_long", "Idempotency-Key", {}});
    auto match = state.routes.find(state.method, state.segments);
    if (!match.route) {
        if (match.allowed.empty())
            return ctx.refuse(Error{Fault::NotFound, "web.not_found", {}, {}});
        return ctx.refuse(Error{Fault::Malformed, "web.wrong_method", {}, {}}, 405)
            .set("Allow", match.allowed);
    }
    state.route = match.route;
    state.params = std::move(match.params);
    if (const auto access = check_access(state); !access) return ctx.refuse(access.error());
    // Who holds such an address may do what it does, cookie or none: mail programs (RFC 8058).
    const bool by_address = match.route->pattern.ends_with("/{address_key}");
    if (changes(state.method) && !state.bearer && !by_address)
        if (const auto origin = check_origin(state); !origin) return ctx.refuse(origin.error());
    if (leads_to_canvas(state, ctx)) return ctx.redirect("/start");
    const bool keyed = !state.request.header("Idempotency-Key").empty() || state.form.has("once");
    if (state.file && keyed) state.file_hash = hash_of(*state.file);
    return match.route->handler(ctx);
}

/// A full disk is said as such; everything else is our fault, has an id, and shows nothing of its
/// inside.
Response failed(Context::State& state, Context* ctx, const std::exception& error) {
    const auto* database = dynamic_cast<const db::DbError*>(&error);
    const bool full = database && database->fault == db::DbFault::Full;
    const bool away =
        database && (database->fault == db::DbFault::Connection ||
                     database->fault == db::DbFault::Busy || database->fault == db::DbFault::Io);
    log::error("request.failed", {{"request", state.request.id},
                                  {"method", state.request.method},
                                  {"path", state.request.path},
                                  {"error", error.what()}});
    if (!ctx || away)
        return plain_page(state.services, state.request,
                          full   ? 507
                          : away ? 503
                                 : 500,
                          full ? "web.disk_full" : "web.failed");
    const Error told{
        Fault::Unavailable, full ? "web.disk_full" : "web.failed", {}, {{"id", state.request.id}}};
    return ctx->refuse(told, full ? 507 : 500);
}

/// What programs read, again and again.
bool is_for_programs(std::string_view content_type) {
    const auto type = content_type.substr(0, content_type.find(';'));
    return type == "application/json" || type == "application/xml" ||
           type == "application/atom+xml" || type == "application/feed+json";
}

/// What is read again costs nothing when it has not changed.
void add_etag(const Context::State& state, Response& response) {
    if ((state.method != "GET" && state.method != "HEAD") || response.status != 200 ||
        !is_for_programs(response.header("Content-Type")))
        return;
    if (response.header("ETag").empty())
        response.set("ETag",
                     '"' + hex(std::to_string(std::hash<std::string>{}(response.body))) + '"');
    if (http::has_already(state.request, response.header("ETag"),
                          response.header("Last-Modified"))) {
        response.status = 304;
        response.body.clear();
    }
}

void finish(Context::State& state, Response& response) {
    for (const auto& cookie : state.cookies) response.add("Set-Cookie", cookie);
    add_etag(state, response);
    add_security_headers(response, state);
}

/// Is this what every guest would be shown?
bool same_for_guests(const Context::State& state, const Response& response) {
    return state.route && state.route->same_for_guests && response.status == 200 &&
           !state.viewer.signed_in() && state.cookies.empty() && !response.file;
}

void make_small(const Context::State& state, Response& response) {
    const bool telling = state.route && state.route->repeats_query && state.viewer.signed_in();
    if (!telling)
        pack(response, accepted(state.request.header("Accept-Encoding"), Effort::Quick),
             Effort::Quick);
}

void read_input(Context::State& state) {
    if (!read_urlencoded(state.request.query, state.query))
        state.form_fault = Error{Fault::Malformed, "web.bad_address", {}, {}};
    if (state.request.body_file) {
        auto file = read_spooled(state.request, state.form);
        if (file) state.file = *std::move(file);
        else state.form_fault = file.error();
        state.method = state.request.method;
        return;
    }
    auto form = read_form(state.request);
    if (form) state.form = *std::move(form);
    else if (!state.request.path.starts_with("/api/")) state.form_fault = form.error();
    state.method = method_of(state.request, state.form);
}

}  // namespace

Response answer(Services& services, const Routes& routes, http::Request& request) {
    if (request.path.starts_with("/assets/")) return asset(request);
    auto slot = services.guest_pages ? services.guest_pages->slot(request) : std::nullopt;
    Context::State state(request, services, routes);
    std::optional<Context> ctx;
    Response response;
    try {
        auto segments = request.segments();
        if (!segments) {
            response = plain_page(services, request, 400, "web.bad_address");
        } else {
            state.segments = *std::move(segments);
            read_input(state);
            if (auto early = resolve(state)) {
                response = *std::move(early);
            } else {
                ctx.emplace(state);
                response = run(state, *ctx);
            }
        }
    } catch (const std::exception& error) {
        response = failed(state, ctx ? &*ctx : nullptr, error);
    }
    finish(state, response);
    if (slot && same_for_guests(state, response))
        services.guest_pages->keep(*std::move(slot), request, response);
    else make_small(state, response);
    return response;
}

http::BodyPlan body_plan(const Routes& routes, const http::Request& head) {
    const auto segments = head.segments();
    if (!segments) return {};
    const auto match = routes.find(head.method, *segments);
    if (!match.route) return {};
    // Nobody in particular has nothing to upload: no file is made for them, and the door says why.
    const bool somebody = !head.header("Cookie").empty() || !head.header("Authorization").empty();
    if (match.route->spooled && !somebody) return {};
    return {.max_bytes = match.route->max_body, .spool = match.route->spooled};
}

}  // namespace torv::web
