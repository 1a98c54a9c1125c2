#pragma once

#include <string>
#include <string_view>

namespace torv::stackexchange {

/// The HTML of a body as Markdown that shows the same: paragraphs, headings, lists, quotes, code,
/// links, pictures, emphasis. Of what Markdown has no sign for the words stay.
std::string to_markdown(std::string_view html);

/// Text as Markdown that shows exactly it.
std::string literal(std::string_view text);

}  // namespace torv::stackexchange
