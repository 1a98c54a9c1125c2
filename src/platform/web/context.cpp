#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "platform/base/text.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/web/limits.hpp"
#include "platform/web/state.hpp"
#include "platform/web/store.hpp"

namespace torv::web {

Context::Context(State& state)
    : request(state.request),
      services(state.services),
      db(state.services.db),
      place(state.place),
      viewer(state.viewer),
      t(*state.words),
      dates(*state.dates),
      state_(state) {}

std::string_view Context::path(std::string_view name) const {
    for (const auto& [key, value] : state_.params)
        if (key == name) return value;
    return {};
}

std::string_view Context::query(std::string_view name) const { return state_.query[name]; }

const std::optional<SentFile>& Context::file() const { return state_.file; }

const Form& Context::form() const { return state_.form; }

bool Context::is_api() const { return !state_.segments.empty() && state_.segments[0] == "api"; }

bool Context::wants_fragment() const { return !request.header("Torv-Fragment").empty(); }

Instant Context::now() const { return db.clock().now(); }

std::int64_t Context::position() const { return state_.position; }

bool Context::shared() const { return state_.shared; }

std::string_view Context::request_key() const {
    const auto header = request.header("Idempotency-Key");
    const auto key = header.empty() ? state_.form["once"] : header;
    return key.size() > 200 ? key.substr(0, 200) : key;
}

namespace {

/// What was asked, without what changes each time it is sent again: a token, a boundary.
std::string content_hash(const Context::State& state) {
    std::string text;
    for (const auto& [name, value] : state.form.fields())
        if (name != "csrf" && name != "once") text += name + '\0' + value + '\0';
    if (text.empty()) text = state.request.body;
    return hex(crypto::sha256(text + state.file_hash)).substr(0, 32);
}

}  // namespace

std::string hash_of(const SentFile& file) {
    std::ifstream in(file.path, std::ios::binary);
    in.seekg(static_cast<std::streamoff>(file.offset));
    crypto::Sha256 hash;
    std::string piece(1 << 20, '\0');
    for (std::uint64_t left = file.length; left > 0;) {
        in.read(piece.data(), static_cast<std::streamsize>(std::min(left, piece.size())));
        const auto count = static_cast<std::uint64_t>(in.gcount());
        if (count == 0) throw std::runtime_error("cannot read " + file.path.string());
        hash.add(std::string_view(piece).substr(0, count));
        left -= count;
    }
    return hash.hex();
}

void Context::weigh() {
    if (!request_key().empty() && state_.content.empty()) state_.content = content_hash(state_);
}

Result<std::int64_t> Context::known_result(db::Tx& tx) {
    const auto key = request_key();
    if (key.empty()) return 0;
    const auto known =
        store::known_request(tx, place.id, viewer.account, state_.method + " " + request.path, key);
    if (!known) return 0;
    if (known->body_hash != state_.content) return fail(Fault::Conflict, "web.key_reused");
    return known->result;
}

void Context::keep_result(db::Tx& tx, std::int64_t id) {
    const auto key = request_key();
    if (key.empty()) return;
    store::keep_request(tx, place.id, viewer.account, state_.method + " " + request.path, key,
                        state_.content, id);
}

std::string Context::absolute(std::string_view path) const {
    return place.base_url + std::string(path);
}

std::string_view Context::cookie(std::string_view name) const {
    const auto guarded = request.cookie("__Host-" + std::string(name));
    // Over https only the guarded name counts: a neighbouring host may set the plain one.
    if (request.scheme == "https") return guarded;
    return request.cookie(name);
}

void Context::set_cookie(std::string_view name, std::string_view value,
                         std::chrono::seconds max_age) {
    const bool secure = request.scheme == "https";
    std::string line = (secure ? "__Host-" : "") + std::string(name) + "=" + std::string(value) +
                       "; Path=/; HttpOnly; SameSite=Lax";
    line += "; Max-Age=" + std::to_string(max_age.count());
    if (secure) line += "; Secure";
    state_.cookies.push_back(std::move(line));
}

std::string Context::csrf_token() const {
    if (state_.shared) return {};
    // Guests share one, which is no secret; and their pages are kept for one another.
    if (state_.csrf.empty())
        state_.csrf = viewer.session ? masked(csrf_token_for(services, viewer), services, request)
                                     : csrf_token_for(services, viewer);
    return state_.csrf;
}

void Context::csrf_field(html::Out& out) const {
    html::put(out, R"(<input type="hidden" name="csrf" value="{}">)", csrf_token());
}

void Context::once_field(html::Out& out) const {
    const auto typed = state_.form["once"];
    html::put(out, R"(<input type="hidden" name="once" value="{}">)",
              typed.empty() ? crypto::random_token(16) : std::string(typed));
}

void Context::method_field(html::Out& out, std::string_view method) const {
    html::put(out, R"(<input type="hidden" name="_method" value="{}">)", method);
}

std::string Context::household() const { return http::household(request.peer); }

Done Context::limit(std::string_view key, int per_minute, int burst) {
    if (limits::take(key, per_minute, burst, now())) return Unit{};
    return fail(Fault::TooMany, "web.too_many");
}

Done Context::may_look(std::string_view what, int per_minute, int burst) {
    if (!viewer.is_member() && !place.open_to_guests)
        return fail(Fault::SignInNeeded, "web.sign_in_needed");
    const std::string whose = viewer.account ? viewer.account.text() : household();
    return limit(std::string(what) + ":" + whose, per_minute, burst);
}

}  // namespace torv::web
