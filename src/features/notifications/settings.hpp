#pragma once

#include <string>
#include <vector>

#include "features/notifications/mail_store.hpp"
#include "features/notifications/notifications.hpp"
#include "features/notifications/store.hpp"
#include "platform/json/json.hpp"
#include "platform/web/web.hpp"

/// What a member chose about notices, as page, form and document have it.
namespace torv::notifications {

/// A place that is followed or muted by hand.
struct KeptPlace {
    Level level{};
    std::string name;
    std::string path;    ///< of its page
    std::string action;  ///< what takes another level
    bool person = false;
};

struct SettingsPage {
    Settings settings;
    std::string zone;
    int mails_in_week = 0;
    bool mail_server = true;
    std::vector<KeptPlace> kept;
};
SettingsPage settings_page(db::Tx& tx, const web::Context& ctx);

/// "22:00" → 1320. Nothing for what is no time of a day.
std::optional<int> minute_from(std::string_view text);
std::string minute_text(int minute);

/// What is chosen in words; a name that is not there stays as it is in `before`. Faults: Invalid
/// "notifications.channel_unknown", "notifications.quiet_bad" (field "quiet_from"),
/// "notifications.limit_bad" (field "weekly_limit").
struct Typed {
    std::vector<std::pair<std::string, std::string>> channels;  ///< by kind_name
    std::optional<std::string> quiet_from, quiet_to;            ///< both empty: never quiet
    std::optional<std::int64_t> weekly_limit;
};
Result<Settings> settings_from(const Typed& typed, Settings before);

namespace views {
void settings(html::Out& out, const web::Context& ctx, const SettingsPage& page,
              const Error* error);
void stop(html::Out& out, const web::Context& ctx, bool done);
}  // namespace views

}  // namespace torv::notifications
