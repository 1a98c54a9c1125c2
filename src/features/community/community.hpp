#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/auth/auth.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"

namespace torv::config {
struct Config;
}
namespace torv::html {
class Out;
}
namespace torv::web {
struct Place;
class Context;
class Routes;
}  // namespace torv::web

/// A community: its name, purpose, look, rules and address. One installation holds many.
namespace torv::community {

/// How one becomes a member. Stored as its number.
enum class SignUp { Open = 0, Invitation = 1, Approval = 2 };
std::string_view sign_up_name(SignUp how);  ///< "open", "invitation", "approval"
std::optional<SignUp> sign_up_from(std::string_view name);

/// What the owner chooses of the look. Lightness is computed, so that every choice is legible.
struct Look {
    int hue = 45;                 ///< degrees in oklch, 0–359
    int chroma = 140;             ///< thousandths in oklch, 0–190
    std::string font = "system";  ///< "system", "humanist", "rounded", "serif", "mono"
    std::string radius = "soft";  ///< "square", "soft", "round"
    std::string logo;             ///< URL of the picture, or empty
    bool operator==(const Look&) const = default;
};

struct Community {
    CommunityId id;
    std::string slug;
    std::string host;     ///< own host, or empty
    std::string address;  ///< "https://square.example": what links begin with
    bool is_default = false;
    std::string name;
    std::string tagline;
    std::string purpose;
    std::string values;
    std::string audience;
    std::string tone;
    std::string about;       ///< Markdown
    std::string about_html;  ///< rendered
    std::string language = "en";
    SignUp sign_up = SignUp::Invitation;
    bool guests_may_read = false;
    bool members_invite = true;
    Look look;
    std::int64_t look_version = 1;
    std::int64_t rules_version = 0;  ///< 0: no rules yet
    std::int64_t access_version = 1;
    std::int64_t member_count = 0;  ///< active members
    Instant created_at;
    std::optional<Instant> founded_at;  ///< nothing until the canvas is done
};

// ── finding; the first three are web::Resolver's ──
std::optional<web::Place> by_host(db::Tx&, std::string_view host);
std::optional<web::Place> by_default(db::Tx&);
std::optional<web::Place> by_slug(db::Tx&, std::string_view slug);

/// Fault: NotFound.
Result<Community> find(db::Tx&, CommunityId);
/// By slug, or by name without regard to case; for commands. Fault: NotFound "community.not_found".
Result<Community> by_name(db::Tx&, std::string_view name_or_slug);
/// Every community, the default one first; at most 1,000.
std::vector<Community> all(db::Tx&);

// ── making and shaping ──
struct NewCommunity {
    std::string name;
    std::string slug;  ///< empty: made from the name
    std::string language = "en";
    std::string installation_address;  ///< "http://localhost:8080": its own address is made from it
};
/// The first one becomes the default. Not founded yet. Faults: Invalid, Conflict
/// "community.slug_taken".
Result<CommunityId> create(db::Tx&, const NewCommunity&);
/// At every start: makes the default community when there is none, and lets the addresses that no
/// owner chose follow the configuration.
void prepare(db::Db&, const config::Config&);

/// What the canvas and the settings write. `sign_up` and `guests_may_read` change the access
/// version.
struct Profile {
    std::string name;
    std::string tagline;
    std::string purpose;
    std::string values;
    std::string audience;
    std::string tone;
    std::string about;  ///< Markdown
    std::string language = "en";
    SignUp sign_up = SignUp::Invitation;
    bool guests_may_read = false;
    bool members_invite = true;
};
Profile profile_of(const Community&);
/// Admins and the owner. Announces community.changed. Faults: Invalid, Forbidden.
Done set_profile(db::Tx&, const auth::Viewer&, const Profile&);
/// Admins and the owner. Announces community.look_changed. Faults: Invalid, Forbidden.
Done set_look(db::Tx&, const auth::Viewer&, const Look&);
/// Only the owner. `address` is "https://square.example" or "" to follow the installation.
/// Announces community.moved. Faults: Invalid, Conflict "community.host_taken", Forbidden.
Done set_address(db::Tx&, const auth::Viewer&, std::string_view address,
                 std::string_view installation_address);
/// The canvas is done: the community opens. Announces community.founded once.
Done found(db::Tx&, const auth::Viewer&);
/// Caches of who may see what are stale from here on. Call it in the transaction that changes it.
void grow_access_version(db::Tx&, CommunityId);
/// Keeps `member_count`; only features/members calls it.
void count_members(db::Tx&, CommunityId, int by);

// ── rules ──
struct Rules {
    std::int64_t version = 0;
    std::string body;  ///< Markdown
    std::string body_html;
    Instant made_at;
};
std::optional<Rules> rules(db::Tx&, CommunityId);
/// Admins and the owner. A new version, which every member is asked to accept; the same text is no
/// new version. Announces rules.changed. Faults: Invalid, Forbidden.
Result<std::int64_t> publish_rules(db::Tx&, const auth::Viewer&, std::string_view markdown);

// ── what the canvas leaves for later ──
struct Answer {
    std::string question;
    std::string answer;
};
void save_answer(db::Tx&, CommunityId, std::string_view question, std::string_view answer);
std::vector<Answer> answers(db::Tx&, CommunityId);
struct Goal {
    std::string text;
    std::string figure;  ///< the figure it is measured by, or empty
    std::optional<std::int64_t> target;
};
void set_goals(db::Tx&, CommunityId, const std::vector<Goal>&);
std::vector<Goal> goals(db::Tx&, CommunityId);

// ── showing ──
/// The pages for those who run the community, with their menu at the side; `current` is the path of
/// the page.
void admin_frame(html::Out&, const web::Context&, std::string_view current,
                 const std::function<void(html::Out&)>& body);

void routes(web::Routes&);

}  // namespace torv::community
