#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/devices/store.hpp"
#include "platform/web/web.hpp"

/// A member's devices as pages and the API have them.
namespace torv::devices {

inline constexpr int kMostDevices = 10;  ///< of a member in a community; the oldest makes room

/// What a browser says of itself.
struct Offer {
    std::string endpoint, p256dh, auth;
};
/// The browser of this session is told from now on; saying it again changes nothing. Gives all the
/// member's devices. Faults: Forbidden "devices.browser_only" for a token of the API, Invalid
/// "push.bad_address", TooMany.
Result<std::vector<store::Device>> add(web::Context& ctx, const Offer& offer);
/// Fault: NotFound "devices.not_found".
Done remove(web::Context& ctx, DeviceId id);
Result<Choice> choose(web::Context& ctx, const Choice& choice);

struct DevicesPage {
    std::vector<store::Device> devices;
    Choice choice;
    int told_in_week = 0;
    bool held = false;  ///< the week is full, and something waits
    std::string key;    ///< the installation's open one, base64url
};
DevicesPage devices_page(db::Tx& tx, const web::Context& ctx);
/// The installation's open key, base64url.
std::string open_key(web::Context& ctx);

void api_routes(web::Routes& routes);

namespace views {
void devices(html::Out& out, const web::Context& ctx, const DevicesPage& page, const Error* error);
/// "Shall this device tell you …?" – shown after a member has written something.
void ask(html::Out& out, const web::Context& ctx, std::string_view key);
}  // namespace views

}  // namespace torv::devices
