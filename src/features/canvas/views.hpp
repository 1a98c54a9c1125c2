#pragma once

#include <string>
#include <string_view>

#include "features/canvas/draft.hpp"
#include "platform/html/html.hpp"
#include "platform/web/web.hpp"

namespace torv::canvas::views {

/// One screen of the canvas. `typed` stands in the field.
void step(html::Out& out, const web::Context& ctx, const Draft& draft, std::string_view step,
          std::string_view typed, const Error* error);
/// What the community will be, with a way back to every answer.
void review(html::Out& out, const web::Context& ctx, const Draft& draft, const Choice& choice,
            const Error* error);
/// The community is open: here is the link to send, or the button that makes one.
void opened(html::Out& out, const web::Context& ctx, std::string_view name,
            const std::string& invitation);
/// The question of a step, as the title of its page.
std::string_view question_of(const web::Context& ctx, std::string_view step);

}  // namespace torv::canvas::views
