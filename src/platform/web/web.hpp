#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "platform/auth/auth.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"
#include "platform/html/html.hpp"
#include "platform/http/http.hpp"
#include "platform/i18n/i18n.hpp"
#include "platform/json/json.hpp"

namespace torv::config {
struct Config;
}
namespace torv::files {
class Store;
}
namespace torv::media {
class Processor;
}
namespace torv::activity {
class Runner;
}
namespace torv::jobs {
class Runner;
}
namespace torv::live {
class Hub;
}

/// Requests become Contexts, handlers answer them; faults become pages or problem documents in one
/// place.
namespace torv::web {

using auth::Access;
using http::Response;
class Context;
class GuestPages;
using Handler = Response (*)(Context&);

/// What a page must know of the community it belongs to; features/community fills it in.
struct Place {
    CommunityId id;
    std::string slug;
    std::string name;
    std::string tagline;
    std::string base_url;  ///< "https://square.example", without a slash at the end
    std::string language =
        "en";  ///< of the community, for guests whose browser asks for nothing we speak
    std::string look_version;    ///< changes with the look: part of the sheet's URL
    std::string logo;            ///< URL or empty
    bool open_to_guests = true;  ///< false: guests see the landing page and the doors only
    bool founded = false;        ///< false until the canvas is done: the owner is led to /start
    std::int64_t rules_version =
        0;  ///< of the rules that members have accepted or have to; 0: none
    std::int64_t access_version = 0;  ///< grows when who may see what changes: for caches
};

/// Who asked, and where. Given by features/accounts and features/community through app.cpp; both
/// run in one read.
struct Resolver {
    /// The community of a Host ("square.example:8080", lower case); nullopt when no community has
    /// it.
    std::optional<Place> (*by_host)(db::Tx&, std::string_view host) = nullptr;
    /// The community that answers where the host says nothing (loopback, no public address set
    /// yet); nullopt on an empty installation.
    std::optional<Place> (*by_default)(db::Tx&) = nullptr;
    std::optional<Place> (*by_slug)(db::Tx&, std::string_view slug) =
        nullptr;  ///< for the header Torv-Community
    /// The viewer of a session cookie or a bearer token (exactly one is given); a guest when it is
    /// not valid.
    auth::Viewer (*viewer)(db::Tx&, const Place&, std::string_view session_token,
                           std::string_view bearer_token) = nullptr;
};

/// What others show of a page that a guest may read: links in messengers, search engines, feeds.
struct Preview {
    std::string_view kind = "website";  ///< as Open Graph says it: "article", "profile"
    std::string picture;                ///< path of a picture; empty: the logo of the community
    std::string feed;     ///< path of its feeds without ".atom" and ".json"; empty: none
    std::string data;     ///< JSON-LD of schema.org; empty: none
    bool framed = false;  ///< other sites may show it in a frame: oEmbed tells them how
};

struct PageOptions {
    int status = 200;
    std::string description;  ///< for search engines and previews
    std::string canonical;    ///< path; empty: the request's path
    bool indexed = false;     ///< search engines may keep it
    Preview preview;
    std::string section;     ///< which entry of the navigation is current: "home", "spaces",
                             ///< "members", "search", "me", "admin"
    SpaceId space;           ///< which space is current in the sidebar
    std::string_view shape;  ///< of the main column: "" for reading, "wide", "chat", "centre"
    bool bare = false;       ///< without navigation: sign-in, canvas, errors, landing
    std::string head;        ///< more for <head>: only what html::put made
    std::string aside;       ///< the right column: only what html::put made
};

/// Draws the frame of a page (sidebar, bars) around its body. features/shell gives it through
/// app.cpp.
using Frame = void (*)(Context&, const PageOptions&, std::string_view title, html::Out& out,
                       const std::function<void(html::Out&)>& body);

/// Everything a request may need; built once in app.cpp, outlives every request.
struct Services {
    db::Db& db;
    const config::Config& config;
    const i18n::Catalogue& catalogue;
    files::Store* files = nullptr;
    media::Processor* media = nullptr;
    activity::Runner* activity = nullptr;
    jobs::Runner* jobs = nullptr;
    live::Hub* live = nullptr;
    /// How far the record of a community has come, or a little less: what is read from now on is
    /// at least as new. Open pages follow from there. Empty: pages are not live.
    std::function<std::int64_t(CommunityId)> position;
    Resolver resolver;
    Frame frame = nullptr;
    std::string secret;                 ///< of the installation; signs CSRF tokens. Never shown.
    GuestPages* guest_pages = nullptr;  ///< null: each page is made anew
};

/// Fields of a submitted form (urlencoded, multipart without files, or a flat JSON object of
/// strings).
class Form {
public:
    void add(std::string name, std::string value) {
        fields_.emplace_back(std::move(name), std::move(value));
    }
    bool has(std::string_view name) const;
    /// First value, or "". Line ends are \n; never holds NUL or broken UTF-8 (such requests are
    /// refused before the handler).
    std::string_view operator[](std::string_view name) const;
    std::vector<std::string_view> all(std::string_view name) const;
    bool checked(std::string_view name) const { return has(name); }
    const std::vector<std::pair<std::string, std::string>>& fields() const { return fields_; }

private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

/// A member that a JSON body may have.
struct JsonMember {
    enum class Kind { Text, Flag, Number, Id };  ///< an Id is text, too
    std::string_view name;
    Kind kind = Kind::Text;
};

/// A file that came with a request on a spooled route, still inside the spooled body.
struct SentFile {
    std::filesystem::path path;  ///< of the spooled body; goes with the request
    std::uint64_t offset = 0;    ///< where in it the file begins
    std::uint64_t length = 0;    ///< bytes
    std::string name;  ///< as the sender calls it: a bare name, never a path; may be empty
};
/// Copies the file to `to`, synced. Throws std::runtime_error, or db::DbError Full when there is no
/// room.
void save(const SentFile& file, const std::filesystem::path& to);

/// One request and how to answer it. Lives for one handler call on one worker thread.
class Context {
public:
    http::Request& request;
    Services& services;
    db::Db& db;
    const Place& place;  ///< the community
    const auth::Viewer& viewer;
    const i18n::Words& t;      ///< the viewer's language
    const i18n::Dates& dates;  ///< the viewer's language and zone

    // ── what was asked ──
    template <class IdType>
    IdType path_id(std::string_view name) const {
        return IdType::parse(path(name)).value_or(IdType{});  // an id of 0 is never found
    }
    std::string_view path(std::string_view name) const;  ///< a part of the path, decoded
    std::string_view query(
        std::string_view name) const;  ///< first value of the query, decoded, or ""
    /// A guest of this community, whoever asks: for what is the same for all the world.
    auth::Viewer any_guest() const { return {.community = place.id}; }
    const Form& form() const;
    /// The body of an API request: an object of nothing but `members`, each of its kind, any of
    /// them left out. Faults: Malformed "web.bad_json" (also for a name that stands twice); Invalid
    /// "web.json_not_object", "web.json_unknown", "web.json_kind", "web.json_zero" with the member
    /// as field.
    Result<json::Value> json_body(std::initializer_list<JsonMember> members) const;
    /// The file of a spooled route: the last part of a multipart form (fields must stand before
    /// it), or the whole body, named by the header X-Torv-Filename (percent-encoded).
    const std::optional<SentFile>& file() const;
    bool is_api() const;          ///< path under /api/
    bool wants_fragment() const;  ///< an element asks for a part of a page (header Torv-Fragment)
    Instant now() const;
    /// Where the record stood when this request came; -1: pages are not live.
    std::int64_t position() const;
    /// True while a fragment is drawn for many: nothing of it may be one person's. What only the
    /// author may do is marked `data-own`, and the browser takes it away from others.
    bool shared() const;

    // ── changing things exactly once ──
    /// Runs `fn(Tx&) -> Result<Id>` in one durable transaction. When the request has an idempotency
    /// key (header Idempotency-Key, or the form's field `once`) that this account used before on
    /// this path, `fn` is not run and the id it gave then is returned. The key is kept in the same
    /// transaction, so a request that was answered or cut off can be sent again. Fault: Conflict
    /// "web.key_reused" when the key came with another body.
    template <class F>
    auto create(F&& fn) -> std::invoke_result_t<F, db::Tx&> {
        using R = std::invoke_result_t<F, db::Tx&>;
        weigh();
        const auto once = [&] {
            return db.write([&](db::Tx& tx) -> R {
                const std::int64_t known = TRY(known_result(tx));
                if (known != 0) return typename R::value_type{known};
                auto made = fn(tx);
                if (made) keep_result(tx, made->value);
                return made;
            });
        };
        try {
            return once();
        } catch (const db::DbError& error) {
            // Two requests with one key at the same moment: the other was first, and its result is
            // there now.
            if (error.fault != db::DbFault::Unique || request_key().empty()) throw;
            return once();
        }
    }

    // ── answering ──
    /// A whole page. `body` writes the main column.
    Response page(std::string_view title, const std::function<void(html::Out&)>& body,
                  PageOptions options = {});
    /// A part of a page, for elements.
    Response fragment(const std::function<void(html::Out&)>& body, int status = 200);
    Response json(std::string text, int status = 200);
    /// `{"items": […]}` with `Link: <…>; rel="next"` when there is a next cursor.
    Response json_items(std::string items_array, std::string_view next_cursor = {});
    Response no_content();
    Response redirect(std::string_view path, int status = 303);
    /// Redirect with a short message shown on the next page: a locale key that exists.
    Response redirect_with(std::string_view path, std::string_view message_key);
    /// Back to the `return_to` of the form, the Referer on this host, or `otherwise`.
    Response back_to(std::string_view otherwise);
    /// To `wanted` when it is a path of this host, else to `otherwise`.
    Response back_to(std::string_view wanted, std::string_view otherwise);
    Response text(std::string body, std::string_view content_type, int status = 200);
    /// THE place where a fault becomes an answer: page, fragment, problem+json or redirect to
    /// sign-in.
    Response refuse(const Error& error);
    /// The same with a status that no fault has: 405, 500, 507.
    Response refuse(const Error& error, int status);
    /// A form again, with what was typed and the fault beside its field (status 422 and the like).
    /// `body` draws the form.
    Response refuse_form(const Error& error, std::string_view title,
                         const std::function<void(html::Out&)>& body, PageOptions options = {});

    // ── parts of markup ──
    void csrf_field(html::Out& out) const;  ///< hidden token field
    void once_field(html::Out& out) const;  ///< hidden idempotency key field
    void method_field(html::Out& out,
                      std::string_view method) const;  ///< hidden `_method` (PUT, PATCH, DELETE)
    std::string csrf_token() const;
    std::string message(const Error& error) const;  ///< the fault in the viewer's language
    /// "https://square.example/t/7" from the stored address, never from the request.
    std::string absolute(std::string_view path) const;
    /// Adds a cookie to the answer; HttpOnly, SameSite=Lax, Secure and `__Host-` on https. max_age
    /// 0 deletes it.
    void set_cookie(std::string_view name, std::string_view value, std::chrono::seconds max_age);
    std::string_view cookie(std::string_view name) const;  ///< by the name without prefix
    /// Where the request comes from, as limits count it: an IPv4 address, or the /64 of an IPv6
    /// one, of which one household has 2^64 addresses.
    std::string household() const;
    /// Allows `burst` at once and `per_minute` on average for `key`, in this process. Fault:
    /// TooMany "web.too_many".
    Done limit(std::string_view key, int per_minute, int burst);
    /// Whether the content of the community may be looked through: guests only where it is open to
    /// them, and everybody within limit(), by account or household. Faults: SignInNeeded
    /// "web.sign_in_needed", TooMany.
    Done may_look(std::string_view what, int per_minute, int burst);

    struct State;
    Context(State& state);

private:
    std::string_view request_key() const;
    void weigh();  ///< what was asked, for the key that came with it
    Result<std::int64_t> known_result(db::Tx& tx);
    void keep_result(db::Tx& tx, std::int64_t id);
    State& state_;
};

/// A Context that belongs to no request: a fragment is drawn once for all who look alike. Its
/// forms have no token; the browser puts in its own.
class Shared {
public:
    /// `audience` stands for many: it has a role and a language, and is nobody. All are borrowed.
    Shared(Services& services, const Place& place, const auth::Viewer& audience);
    ~Shared();
    Context& context();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

/// What the route table says of one route.
struct Route {
    std::string_view method;
    std::string_view pattern;  ///< "/t/{topic}/posts"; "{rest...}" takes the remaining path
    Access access = Access::Anyone;
    Handler handler = nullptr;
    std::uint64_t max_body = 1 << 20;  ///< bytes
    bool spooled = false;              ///< the body goes to a file (uploads, imports)
    bool for_outdated_rules =
        false;  ///< may change things although the member has to accept new rules first
    /// Every guest is shown the same: the page may be kept for a moment and answered at the edge.
    bool same_for_guests = false;
    /// Shows what the address says beside what only the viewer may see: never compressed for who is
    /// signed in, because the length would tell what fits what (BREACH; decisions/0010).
    bool repeats_query = false;
};

/// The table of routes. Slices add theirs in `routes(web::Routes&)`.
class Routes {
public:
    Route& get(std::string_view pattern, Access access, Handler handler) {
        return add("GET", pattern, access, handler);
    }
    Route& post(std::string_view pattern, Access access, Handler handler) {
        return add("POST", pattern, access, handler);
    }
    Route& put(std::string_view pattern, Access access, Handler handler) {
        return add("PUT", pattern, access, handler);
    }
    Route& patch(std::string_view pattern, Access access, Handler handler) {
        return add("PATCH", pattern, access, handler);
    }
    Route& del(std::string_view pattern, Access access, Handler handler) {
        return add("DELETE", pattern, access, handler);
    }
    Route& add(std::string_view method, std::string_view pattern, Access access, Handler handler);

    /// In the order of method and pattern.
    const std::vector<std::unique_ptr<Route>>& all() const { return routes_; }

    using PathParams = std::vector<std::pair<std::string_view, std::string>>;
    struct Match {
        const Route* route = nullptr;
        PathParams params;
        std::string allowed;  ///< methods of the path, when only the method is wrong
    };
    Match find(std::string_view method, const std::vector<std::string>& segments) const;

private:
    std::vector<std::unique_ptr<Route>> routes_;
};

/// Answers one request: community → viewer → route → access → CSRF → handler → headers. Never
/// throws.
Response answer(Services&, const Routes&, http::Request&);
/// Answers what was refused before anybody looked at it (a body too large, a head that cannot be
/// read, a full disk): a page, or a problem document below /api/, in the language the browser asks
/// for; what is too large hears how much the route takes. For http::Server.
Response refusal(const Services&, const Routes&, int status, const http::Request& head);
/// The sheet, scripts, icons that are built in: `/assets/…`. Cached by browsers for a year, since
/// names hold the hash.
Response asset(const http::Request&);
/// How much body a route takes, asked when the head has been read.
http::BodyPlan body_plan(const Routes&, const http::Request& head);
/// Forgets the idempotency keys of requests older than two days; a chore of each day.
void forget_old_requests(db::Db&);
/// The token of "Authorization: Bearer …", or "".
std::string_view bearer_of(const http::Request&);
/// Does the request come from a page of ours, as far as the browser says? Wants to hear an Origin.
bool from_own_page(const http::Request&);
/// The installation's secret, made at first use.
std::string installation_secret(db::Db&);

}  // namespace torv::web
