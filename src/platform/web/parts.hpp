#pragma once

#include <string_view>

#include "platform/web/web.hpp"

/// Small parts of markup that every slice uses; docs/develop/components.md has their look.
namespace torv::web::parts {

/// An icon of the sprite, beside a word (hidden from screen readers).
void icon(html::Out& out, std::string_view name);
/// Address of an icon, for `<use href>` where the class is another.
std::string icon_url(std::string_view name);
enum class AvatarSize { Small, Normal, Large };
/// Picture, or initials in a colour from the handle. The name must stand beside it.
void avatar(html::Out& out, std::string_view name, std::string_view handle,
            std::string_view picture, AvatarSize size = AvatarSize::Normal);
/// `<relative-time>` whose text is the moment in the viewer's language and zone.
void time(html::Out& out, const Context& ctx, Instant at);
/// "32-bit FNV-1a of the handle, modulo 12".
int hue(std::string_view handle);
/// The title of a page and a sentence under it.
void page_head(html::Out& out, std::string_view title, std::string_view lead);
/// To the feed of a page; `feed` as in Preview.
void feed_link(html::Out& out, const Context& ctx, const std::string& feed);
/// Error summary at the top of a form; nothing when there is no error.
void error_summary(html::Out& out, const Context& ctx, const Error* error);

}  // namespace torv::web::parts
