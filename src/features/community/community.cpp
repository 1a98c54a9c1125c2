#include "features/community/community.hpp"

#include <algorithm>
#include <array>

#include "features/audit/audit.hpp"
#include "features/community/address.hpp"
#include "features/community/store.hpp"
#include "platform/activity/activity.hpp"
#include "platform/base/text.hpp"
#include "platform/config/config.hpp"
#include "platform/html/markdown.hpp"
#include "platform/i18n/i18n.hpp"
#include "platform/i18n/marks.hpp"
#include "platform/web/web.hpp"

namespace torv::community {
namespace {

constexpr std::size_t kNameMost = 60;
constexpr std::size_t kLineMost = 200;
constexpr std::size_t kTextMost = 2'000;
constexpr std::size_t kPageMost = 20'000;  // rules, about

constexpr std::array<std::string_view, 5> kFonts{"system", "humanist", "rounded", "serif", "mono"};
constexpr std::array<std::string_view, 3> kRadii{"square", "soft", "round"};

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

/// One line, trimmed, at most `most` characters.
Result<std::string> line(std::string_view typed, std::size_t most, std::string_view field) {
    std::string text = i18n::tidy(typed);
    if (std::ranges::any_of(text, is_control) || code_points(text) > most)
        return fail(Fault::Invalid, "community.line_long", field, {{"most", std::to_string(most)}});
    return text;
}

Result<std::string> text(std::string_view typed, std::size_t most, std::string_view field) {
    std::string result = i18n::nfc(trimmed(typed));
    if (code_points(result) > most)
        return fail(Fault::Invalid, "community.text_long", field, {{"most", std::to_string(most)}});
    return result;
}

Result<std::string> name_of(std::string_view typed) {
    std::string name = TRY(line(typed, kNameMost, "name"));
    if (name.empty()) return fail(Fault::Invalid, "community.name_needed", "name");
    return name;
}

Result<Profile> checked(const Profile& typed) {
    Profile p = typed;
    p.name = TRY(name_of(typed.name));
    p.tagline = TRY(line(typed.tagline, kLineMost, "tagline"));
    p.purpose = TRY(text(typed.purpose, kTextMost, "purpose"));
    p.values = TRY(text(typed.values, kTextMost, "values"));
    p.audience = TRY(text(typed.audience, kTextMost, "audience"));
    p.tone = TRY(text(typed.tone, kTextMost, "tone"));
    p.about = TRY(text(typed.about, kPageMost, "about"));
    if (p.language.size() < 2 || p.language.size() > 8)
        return fail(Fault::Invalid, "community.language_unknown", "language");
    return p;
}

/// Admins of the viewer's own community, and nobody else's.
Result<Community> for_admin(db::Tx& tx, const auth::Viewer& viewer) {
    if (!viewer.may_administer()) return fail(Fault::Forbidden, "community.admins_only");
    auto found = store::locked(tx, viewer.community);
    if (!found) return fail(Fault::NotFound, "community.not_found");
    return *std::move(found);
}

/// Who may come in and who may read: of the settings, what decides over rights.
std::string doors(const Profile& p) {
    json::Writer json;
    json.object()
        .field("sign_up", sign_up_name(p.sign_up))
        .field("guests_may_read", p.guests_may_read)
        .field("members_invite", p.members_invite)
        .end();
    return json.take();
}

void record(db::Tx& tx, const auth::Viewer& viewer, std::string_view kind,
            std::string before = "{}", std::string after = "{}") {
    audit::record(tx, viewer, kind, {"community", viewer.community.value}, std::move(before),
                  std::move(after));
}

void announce(db::Tx& tx, const auth::Viewer& viewer, std::string_view kind) {
    activity::announce(tx, {.community = viewer.community,
                            .kind = kind,
                            .actor = viewer.id,
                            .subject = {"community", viewer.community.value}});
}

Result<std::string> free_slug(db::Tx& tx, std::string_view wished, std::string_view name) {
    if (!wished.empty()) {
        if (!is_slug(wished)) return fail(Fault::Invalid, "community.slug_bad", "slug");
        if (store::by_slug(tx, wished))
            return fail(Fault::Conflict, "community.slug_taken", "slug");
        return std::string(wished);
    }
    std::string base = slugify(name).substr(0, 40);
    while (base.ends_with('-')) base.pop_back();
    if (base.empty()) base = "community";
    std::string slug = base;
    for (int n = 2; store::by_slug(tx, slug); ++n) slug = base + "-" + std::to_string(n);
    return slug;
}

}  // namespace

std::string_view sign_up_name(SignUp how) {
    switch (how) {
        case SignUp::Open: return "open";
        case SignUp::Invitation: return "invitation";
        case SignUp::Approval: return "approval";
    }
    return "invitation";
}

std::optional<SignUp> sign_up_from(std::string_view name) {
    for (const SignUp how : {SignUp::Open, SignUp::Invitation, SignUp::Approval})
        if (name == sign_up_name(how)) return how;
    return std::nullopt;
}

std::optional<web::Place> by_host(db::Tx& tx, std::string_view host) {
    if (auto place = store::place_of_host(tx, host)) return place;
    // "garden.localhost" on any port: browsers take it to this machine, so a second community works
    // before anybody has a domain.
    const std::string_view name = host.substr(0, host.rfind(':'));
    if (!name.ends_with(".localhost")) return std::nullopt;
    return by_slug(tx, name.substr(0, name.size() - std::string_view(".localhost").size()));
}

std::optional<web::Place> by_default(db::Tx& tx) { return store::standard_place(tx); }

std::optional<web::Place> by_slug(db::Tx& tx, std::string_view slug) {
    return store::place_of_slug(tx, slug);
}

Result<Community> find(db::Tx& tx, CommunityId id) {
    auto found = store::by_id(tx, id);
    if (!found) return fail(Fault::NotFound, "community.not_found");
    return *std::move(found);
}

Result<Community> by_name(db::Tx& tx, std::string_view name_or_slug) {
    auto found = store::by_name(tx, name_or_slug);
    if (!found) return fail(Fault::NotFound, "community.not_found");
    return *std::move(found);
}

std::vector<Community> all(db::Tx& tx) { return store::all(tx); }

Result<CommunityId> create(db::Tx& tx, const NewCommunity& wanted) {
    Community c;
    c.name = TRY(name_of(wanted.name));
    c.slug = TRY(free_slug(tx, wanted.slug, c.name));
    c.id = tx.new_id<CommunityId>();
    c.language = wanted.language.empty() ? "en" : wanted.language;
    c.is_default = !store::standard(tx);
    c.address = given_address(wanted.installation_address, c.slug, c.is_default);
    c.host = host_of(c.address);
    store::insert(tx, c);
    return c.id;
}

void prepare(db::Db& db, const config::Config& config) {
    const std::string base = config.base_url();
    db.write([&](db::Tx& tx) -> Done {
          if (!store::standard(tx))
              TRY(create(tx, {.name = "Torv", .slug = "torv", .installation_address = base}));
          for (const Community& c : store::with_given_address(tx)) {
              const std::string address = given_address(base, c.slug, c.is_default);
              if (address != c.address)
                  store::update_address(tx, c.id, address, host_of(address), false);
          }
          return Unit{};
      }).value();
}

Profile profile_of(const Community& c) {
    return {.name = c.name,
            .tagline = c.tagline,
            .purpose = c.purpose,
            .values = c.values,
            .audience = c.audience,
            .tone = c.tone,
            .about = c.about,
            .language = c.language,
            .sign_up = c.sign_up,
            .guests_may_read = c.guests_may_read,
            .members_invite = c.members_invite};
}

Done set_profile(db::Tx& tx, const auth::Viewer& viewer, const Profile& typed) {
    const Community before = TRY(for_admin(tx, viewer));
    const Profile after = TRY(checked(typed));
    const bool access_changed = before.guests_may_read != after.guests_may_read;
    store::update_profile(tx, viewer.community, after,
                          markdown::render(after.about, {.first_heading = 2}).html, access_changed);
    const std::string doors_before = doors(profile_of(before)), doors_after = doors(after);
    const bool same = doors_before == doors_after;
    record(tx, viewer, "community.changed", same ? "{}" : doors_before, same ? "{}" : doors_after);
    announce(tx, viewer, "community.changed");
    return Unit{};
}

Done set_look(db::Tx& tx, const auth::Viewer& viewer, const Look& look) {
    const Community before = TRY(for_admin(tx, viewer));
    if (look.hue < 0 || look.hue > 359 || look.chroma < 0 || look.chroma > 190)
        return fail(Fault::Invalid, "community.accent_bad", "accent");
    if (std::ranges::find(kFonts, look.font) == kFonts.end())
        return fail(Fault::Invalid, "community.font_unknown", "font");
    if (std::ranges::find(kRadii, look.radius) == kRadii.end())
        return fail(Fault::Invalid, "community.radius_unknown", "radius");
    // Only files of this host: a picture from elsewhere would tell its server who reads here.
    if (!look.logo.empty() && !look.logo.starts_with("/files/"))
        return fail(Fault::Invalid, "community.logo_bad", "logo");
    if (before.look == look) return Unit{};

    store::update_look(tx, viewer.community, look);
    record(tx, viewer, "community.look_changed");
    announce(tx, viewer, "community.look_changed");
    return Unit{};
}

Done set_address(db::Tx& tx, const auth::Viewer& viewer, std::string_view typed,
                 std::string_view installation_address) {
    if (!viewer.is_owner()) return fail(Fault::Forbidden, "community.owners_only");
    const auto before = store::locked(tx, viewer.community);
    if (!before) return fail(Fault::NotFound, "community.not_found");

    const bool chosen = !trimmed(typed).empty();
    const std::string address =
        chosen ? TRY(parse_address(typed))
               : given_address(installation_address, before->slug, before->is_default);
    const std::string host = host_of(address);
    if (const auto other = store::by_host(tx, host); other && other->id != before->id)
        return fail(Fault::Conflict, "community.host_taken", "address");
    if (address == before->address) return Unit{};

    store::update_address(tx, viewer.community, address, host, chosen);
    record(tx, viewer, "community.moved");
    announce(tx, viewer, "community.moved");
    return Unit{};
}

Done found(db::Tx& tx, const auth::Viewer& viewer) {
    const Community before = TRY(for_admin(tx, viewer));
    if (before.founded_at) return Unit{};

    store::set_founded(tx, viewer.community);
    record(tx, viewer, "community.founded");
    announce(tx, viewer, "community.founded");
    return Unit{};
}

void grow_access_version(db::Tx& tx, CommunityId id) { store::grow_access_version(tx, id); }

void count_members(db::Tx& tx, CommunityId id, int by) { store::count_members(tx, id, by); }

std::optional<Rules> rules(db::Tx& tx, CommunityId id) { return store::rules(tx, id); }

Result<std::int64_t> publish_rules(db::Tx& tx, const auth::Viewer& viewer, std::string_view typed) {
    const Community before = TRY(for_admin(tx, viewer));
    std::string body = TRY(text(typed, kPageMost, "body"));
    if (body.empty()) return fail(Fault::Invalid, "community.rules_empty", "body");
    if (const auto now = store::rules(tx, viewer.community); now && now->body == body)
        return now->version;

    Rules rules{.version = before.rules_version + 1, .body = std::move(body)};
    rules.body_html = markdown::render(rules.body, {.first_heading = 2}).html;
    store::insert_rules(tx, viewer.community, rules, viewer.id);
    record(tx, viewer, "rules.changed", audit::fact("version", before.rules_version),
           audit::fact("version", rules.version));
    announce(tx, viewer, "rules.changed");
    return rules.version;
}

void save_answer(db::Tx& tx, CommunityId id, std::string_view question, std::string_view answer) {
    store::save_answer(tx, id, question, answer);
}

std::vector<Answer> answers(db::Tx& tx, CommunityId id) { return store::answers(tx, id); }

void set_goals(db::Tx& tx, CommunityId id, const std::vector<Goal>& goals) {
    store::replace_goals(tx, id, goals);
}

std::vector<Goal> goals(db::Tx& tx, CommunityId id) { return store::goals(tx, id); }

}  // namespace torv::community
