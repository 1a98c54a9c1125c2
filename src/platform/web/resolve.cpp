#include "platform/base/text.hpp"
#include "platform/config/config.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/web/guest_pages.hpp"
#include "platform/web/state.hpp"
#include "platform/web/store.hpp"

namespace torv::web {

namespace {

constexpr std::string_view kSessionCookie = "session";
constexpr std::size_t kTokenSize = 32;  ///< of a CSRF token, characters

/// "127.0.0.1:8080" and its like: the machine itself, whatever it is called.
bool is_loopback(std::string_view host) {
    const auto name =
        host.starts_with('[') ? host.substr(0, host.find(']') + 1) : host.substr(0, host.find(':'));
    return name == "localhost" || name == "[::1]" || name == "127.0.0.1";
}

struct Asked {
    std::optional<Place> place;
    bool elsewhere = false;  ///< the host is not ours: go to the default community's own address
    auth::Viewer viewer;
};

Asked look_up(db::Tx& tx, const Context::State& state, std::string_view session,
              std::string_view bearer) {
    const auto& [services, request] = std::tie(state.services, state.request);
    Asked asked;
    const std::string host = ascii_lower(request.header("Host"));
    const auto slug = request.header("Torv-Community");
    const bool by_header = !slug.empty() && !state.segments.empty() && state.segments[0] == "api";
    asked.place =
        by_header ? services.resolver.by_slug(tx, slug) : services.resolver.by_host(tx, host);
    if (!asked.place && !by_header) {
        asked.place = services.resolver.by_default(tx);
        asked.elsewhere = asked.place && !is_loopback(host) && !services.config.public_url.empty();
    }
    if (asked.place && (!session.empty() || !bearer.empty()))
        asked.viewer = services.resolver.viewer(tx, *asked.place, session, bearer);
    if (asked.place) asked.viewer.community = asked.place->id;
    return asked;
}

std::string language_for(const Context::State& state) {
    // A program says with each request which language its reader has.
    const auto asked = state.request.header("Accept-Language");
    if (state.bearer && !asked.empty())
        return state.services.catalogue.negotiate(
            asked, state.viewer.language.empty() ? state.place.language : state.viewer.language);
    if (state.viewer.signed_in() && !state.viewer.language.empty()) return state.viewer.language;
    const auto wished = guest_language(state.services.catalogue, state.request);
    return wished.empty() ? state.place.language : wished;
}

}  // namespace

std::string_view bearer_of(const http::Request& request) {
    const auto header = request.header("Authorization");
    if (header.size() < 7 || !http::same_name(header.substr(0, 7), "Bearer ")) return {};
    return trimmed(header.substr(7));
}

bool from_own_page(const http::Request& request) {
    const auto site = request.header("Sec-Fetch-Site");
    if (!site.empty() && site != "same-origin") return false;
    return request.header("Origin") == request.scheme + "://" + std::string(request.header("Host"));
}

std::optional<Response> resolve(Context::State& state) {
    const auto& request = state.request;
    const auto bearer = bearer_of(request);
    const auto session =
        bearer.empty()
            ? request.cookie(request.scheme == "https" ? "__Host-session" : kSessionCookie)
            : std::string_view{};
    Asked asked =
        state.services.db.read([&](db::Tx& tx) { return look_up(tx, state, session, bearer); });
    if (!asked.place) return plain_page(state.services, request, 404, "web.no_community");
    state.place = *std::move(asked.place);
    if (state.services.position) state.position = state.services.position(state.place.id);
    if (asked.elsewhere) {
        Response response{.status =
                              request.method == "GET" || request.method == "HEAD" ? 302 : 308};
        return response.set("Location", state.place.base_url + request.target);
    }
    state.viewer = std::move(asked.viewer);
    state.bearer = !bearer.empty();
    state.viewer.language = language_for(state);
    state.words = &state.services.catalogue.words(state.viewer.language);
    state.dates.emplace(state.viewer.language, state.viewer.zone);
    if (state.bearer && !state.viewer.signed_in()) {
        Context ctx(state);
        return ctx.refuse(Error{Fault::SignInNeeded, "web.bad_token", {}, {}});
    }
    return std::nullopt;
}

std::string csrf_token_for(const Services& services, const auth::Viewer& viewer) {
    const std::string bound = viewer.session ? "session:" + viewer.session.text() : "guest";
    return base64url(crypto::hmac_sha256(services.secret, bound)).substr(0, kTokenSize);
}

namespace {

std::string mixed(std::string_view token, std::string_view noise) {
    std::string text(token);
    for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>(text[i] ^ noise[i]);
    return text;
}

}  // namespace

std::string masked(std::string_view token, const Services& services, const http::Request& request) {
    // Another noise for each request, and the same wherever the token stands in one answer.
    const std::string noise = crypto::hmac_sha256(services.secret, "mask:" + request.id);
    static_assert(kTokenSize == 32);  // as many bytes as SHA-256 gives
    return base64url(noise + mixed(token, noise));
}

std::string unmasked(std::string_view shown) {
    const auto bytes = shown.size() > kTokenSize ? from_base64url(shown) : std::nullopt;
    if (!bytes || bytes->size() != 2 * kTokenSize) return std::string(shown);
    const std::string_view both(*bytes);
    return mixed(both.substr(kTokenSize), both.substr(0, kTokenSize));
}

Done check_origin(const Context::State& state) {
    const auto& request = state.request;
    const auto site = request.header("Sec-Fetch-Site");
    if (!site.empty() && site != "same-origin" && site != "none")
        return fail(Fault::Forbidden, "web.csrf");
    const auto origin = request.header("Origin");
    if (!origin.empty() && origin != request.scheme + "://" + std::string(request.header("Host")))
        return fail(Fault::Forbidden, "web.csrf");
    const auto header = request.header("X-CSRF");
    const auto token = unmasked(header.empty() ? state.form["csrf"] : header);
    if (!crypto::constant_time_equal(token, csrf_token_for(state.services, state.viewer)))
        return fail(Fault::Forbidden, "web.csrf");
    return Unit{};
}

void forget_old_requests(db::Db& db) {
    static constexpr microseconds kKept = std::chrono::hours(48);
    db.write([](db::Tx& tx) { store::forget_requests(tx, tx.now() - kKept); },
             db::Priority::Background);
}

std::string installation_secret(db::Db& db) {
    return db.write(
        [](db::Tx& tx) { return store::keep_fact(tx, "secret", crypto::random_token(32)); });
}

}  // namespace torv::web
