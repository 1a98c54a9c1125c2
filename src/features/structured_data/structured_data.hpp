#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/time.hpp"

/// What a page says, in the words of schema.org (JSON-LD), for search engines and others who read
/// pages by program. Knows no table: who shows the page fills these in. Addresses are absolute.
namespace torv::structured_data {

struct Person {
    std::string name;
    std::string url;
};

/// A page above this one.
struct Crumb {
    std::string name;
    std::string url;
};

/// Something that was said.
struct Said {
    std::string url;
    Person author;
    Instant at;
    Instant edited_at;  ///< 0: never
    std::string text;   ///< plain
    std::int64_t thanks = 0;
};

struct Discussion {
    std::string title;
    Said opening;
    std::string picture;           ///< empty: none
    std::int64_t replies = 0;      ///< of all pages
    bool question = false;         ///< in a space of questions
    std::vector<Said> answers;     ///< of this page
    std::optional<Said> accepted;  ///< the answer that helped
    std::vector<Crumb> above;      ///< from the home downwards
};

/// DiscussionForumPosting with its comments, or QAPage for a question that has an answer; and
/// BreadcrumbList.
std::string of(const Discussion& discussion);
/// BreadcrumbList alone; "" for none.
std::string of(const std::vector<Crumb>& above);

struct Site {
    std::string name;
    std::string url;
    std::string search;  ///< address of the search, up to what is looked for; empty: none
};
/// WebSite with its SearchAction.
std::string of(const Site& site);

}  // namespace torv::structured_data
