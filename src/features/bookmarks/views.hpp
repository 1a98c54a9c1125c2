#pragma once

#include <string>
#include <vector>

#include "features/bookmarks/bookmarks.hpp"
#include "features/members/members.hpp"
#include "platform/html/html.hpp"
#include "platform/web/web.hpp"

/// The markup of this slice.
namespace torv::bookmarks::views {

/// /bookmarks
struct ListPage {
    std::vector<Shown> items;
    std::string next;  ///< cursor; empty: that was all
    members::Faces faces;
};
void list(html::Out& out, const web::Context& ctx, const ListPage& page);

/// /p/{post}/bookmark
struct FormPage {
    PostId post;
    std::string title;
    std::string words;  ///< of the post, as markup that is safe
    members::Face author;
    std::optional<Bookmark> known;
    std::string note;
    std::string when;  ///< "", "keep", "later", "tomorrow", "monday", "at"
    std::string at;    ///< "2026-11-30T08:00"
    const Error* error = nullptr;
};
void form(html::Out& out, const web::Context& ctx, const FormPage& page);

}  // namespace torv::bookmarks::views
