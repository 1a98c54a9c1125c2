#pragma once

#include "features/notifications/inbox.hpp"
#include "platform/web/web.hpp"

/// The markup of notices.
namespace torv::notifications::views {

void inbox(html::Out& out, const web::Context& ctx, const Page& page);
/// Muting somebody, and hearing them again.
void person(html::Out& out, const web::Context& ctx, std::string_view handle, std::string_view name,
            bool muted);

}  // namespace torv::notifications::views

namespace torv::notifications {

/// "Ada", "Ada and Bo", "Ada and 3 others"; a word for nobody in particular.
std::string who(const i18n::Words& t, const Bundle& bundle, const members::Faces& faces);
/// What they did, after who: "replied to you in “Picnic”".
std::string deed(const i18n::Words& t, const Line& line, const spaces::Access* space);
/// It says all by itself: "You are a moderator now".
bool nobody_did(const Bundle& bundle);
/// Both: "Ada replied to you in “Picnic”".
std::string sentence(const i18n::Words& t, const Page& page, const Line& line);
/// "Because you wrote in this topic."
std::string_view reason(const i18n::Words& t, Why why);

}  // namespace torv::notifications
