#pragma once

#include <string>
#include <vector>

#include "features/circles/store.hpp"
#include "features/members/members.hpp"
#include "platform/html/html.hpp"
#include "platform/web/web.hpp"

/// The markup of this slice.
namespace torv::circles::views {

/// /circles
void list(html::Out& out, const web::Context& ctx, const std::vector<Circle>& circles);

/// /circles/{slug}
struct CirclePage {
    Circle circle;
    bool manages = false;  ///< changes the circle itself
    bool keeps = false;    ///< puts people in and out
    std::vector<store::Person> people;
    std::string next;  ///< address of the next page; empty: that was all
    std::vector<store::Request> requests;
    members::Faces faces;
    std::string typed;  ///< a handle or an answer that was not accepted
    const Error* error = nullptr;
};
void circle(html::Out& out, const web::Context& ctx, const CirclePage& page);

/// "Who wrote 10 posts in the last 90 days"
std::string rule_words(const web::Context& ctx, const Rule& rule);

/// /circles/{slug}/rule
struct RulePage {
    Circle circle;
    Rule rule;
    std::string after;  ///< as typed
    std::optional<Preview> preview;
    members::Faces faces;
    const Error* error = nullptr;
};
void rule(html::Out& out, const web::Context& ctx, const RulePage& page);

/// The form of a new circle or of one that is there.
struct FormPage {
    std::string slug;  ///< empty: a new one
    std::string title;
    NewCircle typed;
    bool ruled = false;
    const Error* error = nullptr;
};
void form(html::Out& out, const web::Context& ctx, const FormPage& page);

}  // namespace torv::circles::views
