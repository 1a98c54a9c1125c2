#include "platform/testing/site.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "platform/activity/activity.hpp"
#include "platform/base/text.hpp"
#include "platform/config/config.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/db/testing.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/testing/record.hpp"
#include "platform/web/guest_pages.hpp"
#include "platform/web/limits.hpp"

namespace torv::testing {

namespace {

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in)
        throw std::runtime_error("cannot read " + path.string() +
                                 "; run tests in the repository's root");
    return text.str();
}

std::vector<i18n::File> catalogue_files(std::vector<std::unique_ptr<std::string>>& keep) {
    std::vector<i18n::File> files;
    const auto kept = [&](std::string text) -> std::string_view {
        return *keep.emplace_back(std::make_unique<std::string>(std::move(text)));
    };
    for (const auto& language : std::filesystem::directory_iterator("locales"))
        for (const auto& file : std::filesystem::directory_iterator(language.path()))
            files.push_back({.language = kept(language.path().filename().string()),
                             .slice = kept(file.path().stem().string()),
                             .text = kept(read_file(file.path()))});
    return files;
}

/// Of the process: reading 100 files for each test would take most of its time.
const i18n::Catalogue& catalogue() {
    static std::vector<std::unique_ptr<std::string>> keep;
    static const auto files = catalogue_files(keep);
    static const i18n::Catalogue all{files};
    return all;
}

/// Runs the statements of seeds/test.sql one by one.
void seed(db::Db& db) {
    static const std::string text = read_file("seeds/test.sql");
    db.write([&](db::Tx& tx) {
        std::string statement;
        for (const auto line : split(text, '\n')) {
            if (line.starts_with("--")) continue;
            statement += std::string(line) + "\n";
            if (!trimmed(line).ends_with(';')) continue;
            tx.run(statement);
            statement.clear();
        }
    });
}

auth::Viewer known(std::string_view name) {
    struct Row {
        std::string_view handle, full;
        int number;
        auth::Role role;
    };
    static constexpr Row rows[] = {
        {"olga", "Olga Lund", 1, auth::Role::Owner},
        {"dan", "Dan Holm", 2, auth::Role::Admin},
        {"ada", "Ada Lind", 3, auth::Role::Moderator},
        {"bo", "Bo Bergström", 4, auth::Role::Member},
        {"cleo", "Cleo Dubois", 5, auth::Role::Member},
        {"gus", "Gus Mulder", 6, auth::Role::Owner},
    };
    for (const Row& row : rows)
        if (row.handle == name)
            return {.community = CommunityId{name == "gus" ? 2 : 1},
                    .account = AccountId{10 + row.number},
                    .id = MemberId{20 + row.number},
                    .role = row.role,
                    .session = SessionId{40 + row.number},
                    .name = std::string(row.full),
                    .handle = std::string(name),
                    .email = std::string(name) + (name == "gus" ? "@mill.test" : "@square.test")};
    return {};
}

void plain_frame(web::Context&, const web::PageOptions& options, std::string_view, html::Out& out,
                 const std::function<void(html::Out&)>& body) {
    html::put(out, "<body><main>");
    body(out);
    html::put(out, "</main><aside>");
    html::put(out, html::Safe::kept(options.aside));
    html::put(out, "</aside></body>");
}

std::optional<web::Place> place_by(db::Tx& tx, std::string_view column_value,
                                   std::string_view sql) {
    const auto row = tx.one(sql, column_value);
    if (!row) return std::nullopt;
    return web::Place{.id = row->get<CommunityId>(0),
                      .slug = row->get<std::string>(1),
                      .name = row->get<std::string>(2),
                      .tagline = row->get<std::string>(3),
                      .base_url = row->get<std::string>(4),
                      .language = row->get<std::string>(5),
                      .look_version = "1",
                      .open_to_guests = row->get<bool>(6),
                      .founded = !row->null(7),
                      .access_version = row->get<std::int64_t>(8)};
}

std::optional<web::Place> by_host(db::Tx& tx, std::string_view host) {
    return place_by(tx, host,
                    "SELECT id, slug, name, tagline, address, language, guests_may_read, "
                    "founded_at, access_version FROM communities WHERE host = $1");
}

std::optional<web::Place> by_slug(db::Tx& tx, std::string_view slug) {
    return place_by(tx, slug,
                    "SELECT id, slug, name, tagline, address, language, guests_may_read, "
                    "founded_at, access_version FROM communities WHERE slug = $1");
}

std::optional<web::Place> by_default(db::Tx& tx) { return by_slug(tx, "square"); }

thread_local const auth::Viewer* asking = nullptr;

/// Who is signed in is what the test says, or on a real server the cookie; in a community they are
/// no member of they have an account only.
auth::Viewer viewer_of(db::Tx&, const web::Place& place, std::string_view session,
                       std::string_view bearer) {
    if (!bearer.empty()) session = bearer;
    if (session.starts_with("of-")) session.remove_prefix(3);
    auth::Viewer viewer = asking ? *asking : known(session);
    if (viewer.community != place.id) {
        viewer.id = {};
        viewer.role = auth::Role::Guest;
    }
    return viewer;
}

std::string encoded(const Fields& form) {
    std::string body;
    for (const auto& [name, value] : form)
        body += (body.empty() ? "" : "&") + percent_encode(name) + "=" + percent_encode(value);
    return body;
}

/// What the server does with the body of a route that asks for a file.
void spool(http::Request& request, const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    request.body_file =
        std::make_shared<http::TempFile>(folder / ("body-" + crypto::random_token(9)));
    std::ofstream(request.body_file->path(), std::ios::binary) << request.body;
    request.body.clear();
}

std::filesystem::path new_folder() {
    auto path = std::filesystem::temp_directory_path() / ("torv-site-" + crypto::random_token(9));
    std::filesystem::create_directories(path);
    return path;
}

}  // namespace

struct Site::Impl {
    StandingClock clock;
    std::string folder = new_folder().string();
    config::Config config;
    db::testing::Scratch scratch{
        std::getenv("TORV_TEST_DATABASE") ? db::Dialect::Postgres : db::Dialect::Sqlite, &clock};
    web::Routes routes;
    activity::Runner activity{scratch.db()};
    jobs::Runner jobs{scratch.db()};
    web::Services services{.db = scratch.db(),
                           .config = config,
                           .catalogue = catalogue(),
                           .activity = &activity,
                           .jobs = &jobs,
                           .frame = plain_frame,
                           .secret = "secret of the tests"};
    web::GuestPages guest_pages{scratch.db(), catalogue()};
    std::map<std::string, std::unique_ptr<Person>, std::less<>> people;

    Impl() {
        config.data = folder;
        services.guest_pages = &guest_pages;
    }
    ~Impl() {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
};

Site::Site(std::initializer_list<Setup> setups, web::Frame frame, web::Resolver resolver)
    : impl_(std::make_unique<Impl>()) {
    web::limits::reset();
    seed(db());
    if (frame) impl_->services.frame = frame;
    impl_->services.resolver = resolver.viewer ? resolver
                                               : web::Resolver{.by_host = by_host,
                                                               .by_default = by_default,
                                                               .by_slug = by_slug,
                                                               .viewer = viewer_of};
    for (const Setup setup : setups) setup(impl_->routes);
}

Site::~Site() = default;

Person& Site::as(std::string_view name) {
    auto found = impl_->people.find(name);
    if (found == impl_->people.end())
        found = impl_->people
                    .emplace(std::string(name), std::make_unique<Person>(*this, std::string(name)))
                    .first;
    return *found->second;
}

db::Db& Site::db() { return impl_->scratch.db(); }

StandingClock& Site::clock() { return impl_->clock; }

web::Services& Site::services() { return impl_->services; }

web::Routes& Site::routes() { return impl_->routes; }

activity::Runner& Site::activity() { return impl_->activity; }

jobs::Runner& Site::jobs() { return impl_->jobs; }

const std::string& Site::folder() const { return impl_->folder; }

void Site::settle() {
    do impl_->activity.settle();
    while (impl_->jobs.run_due() > 0);
}

int Site::announced(std::string_view kind) {
    return db().read([&](db::Tx& tx) {
        return tx.one("SELECT COUNT(*) FROM activity WHERE community_id = 1 AND kind = $1", kind)
            ->get<int>(0);
    });
}

Answer Site::answer(const Person& person, http::Request request) {
    asking = person.viewer.account ? &person.viewer : nullptr;
    request.scheme = "http";
    if (request.id.empty()) request.id = "request-of-a-test";
    request.body_size = request.body.size();
    const std::string sent = request.body;
    const auto mark = request.target.find('?');
    request.path = request.target.substr(0, mark);
    request.query = mark == std::string::npos ? "" : request.target.substr(mark + 1);
    const auto plan = web::body_plan(impl_->routes, request);
    http::Response response;
    if (impl_->guest_pages.find(request, response)) {
        // As at the edge of a real server.
    } else if (request.body_size > plan.max_bytes) {
        response = web::refusal(impl_->services, impl_->routes, 413, request);
    } else {
        if (plan.spool) spool(request, impl_->config.tmp_dir());
        response = web::answer(impl_->services, impl_->routes, request);
    }
    std::string body = response.shared_body ? *response.shared_body : response.body;
    const Answer answer{
        .status = response.status, .body = std::move(body), .response = std::move(response)};
    record(request, sent, answer);
    return answer;
}

Person::Person(Site& site, std::string name)
    : viewer(known(name)), host(name == "gus" ? "mill.test" : "square.test"), site_(site) {}

Answer Person::send(http::Request request) {
    request.headers.push_back({"Host", host});
    if (viewer.account) request.headers.push_back({"Cookie", "session=of-" + viewer.handle});
    return site_.answer(*this, std::move(request));
}

Answer Person::get(std::string_view target, const std::vector<http::Header>& headers) {
    return send({.method = "GET", .target = std::string(target), .headers = headers});
}

Answer Person::form_request(std::string_view method, std::string_view target, const Fields& form,
                            const std::vector<http::Header>& headers) {
    http::Request request{.method = std::string(method),
                          .target = std::string(target),
                          .headers = headers,
                          .body = encoded(form)};
    const std::string bound = viewer.session ? "session:" + viewer.session.text() : "guest";
    request.headers.push_back(
        {"X-CSRF", base64url(crypto::hmac_sha256(site_.services().secret, bound)).substr(0, 32)});
    request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    return send(std::move(request));
}

Answer Person::post(std::string_view target, const Fields& form,
                    const std::vector<http::Header>& headers) {
    return form_request("POST", target, form, headers);
}

Answer Person::put(std::string_view target, const Fields& form) {
    return form_request("PUT", target, form, {});
}

Answer Person::del(std::string_view target, const Fields& form) {
    return form_request("DELETE", target, form, {});
}

Answer Person::api(std::string_view method, std::string_view target, std::string_view body,
                   std::string_view key) {
    http::Request request{
        .method = std::string(method), .target = std::string(target), .body = std::string(body)};
    request.headers.push_back({"Authorization", "Bearer of-" + viewer.handle});
    if (!body.empty()) request.headers.push_back({"Content-Type", "application/json"});
    if (!key.empty()) request.headers.push_back({"Idempotency-Key", std::string(key)});
    return send(std::move(request));
}

}  // namespace torv::testing
