#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "platform/html/html.hpp"

/// What else is made of markup that markdown::render wrote and that was kept: for feeds, previews
/// and those who read pages by program. In such markup a `<` or `"` is never part of the words.
namespace torv::html {

/// Its words without any markup, at most `max` code points.
std::string words_of(std::string_view markup, std::size_t max);
/// The same markup for another host's page: paths become addresses below `base`
/// ("https://square.example").
std::string with_base(std::string_view markup, std::string_view base);
/// The path of the first picture, or "".
std::string first_picture(std::string_view markup);

/// `<script type="application/ld+json">`: data, which no browser runs. `json` is whole JSON.
void put_data(Out& out, std::string_view json);
/// `<base target="_blank">`: what a framed page links to opens outside of the frame.
void links_leave_frame(Out& out);

}  // namespace torv::html
